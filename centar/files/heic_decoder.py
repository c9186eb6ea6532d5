"""A HEIC picture from the standard input, as JPEG on the standard output.

Run as a script by `centar.files.heic`, in a process of its own: the decoder is native code and
reads the bytes of strangers. It knows neither settings nor secrets, and its memory and time end.
"""

from __future__ import annotations

import resource
import sys

import pillow_heif

TOO_LARGE = 3
"""The exit status for a picture of more pixels than the first argument allows."""
MEMORY_BYTES = 1024**3
"""Fifty million pixels take half of it."""
CPU_SECONDS = 20
QUALITY = 88


def main() -> int:
    """Write the main picture, upright and without anything but its pixels."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    pillow_heif.options.THUMBNAILS = False
    pillow_heif.options.DEPTH_IMAGES = False
    pillow_heif.options.AUX_IMAGES = False
    pillow_heif.options.DECODE_THREADS = 1
    opened = pillow_heif.open_heif(sys.stdin.buffer.read())
    width, height = opened.size  # from the head of the file; nothing is decoded yet
    if width * height > int(sys.argv[1]):
        return TOO_LARGE
    # Turned upright by the decoder, as the file says.
    picture = opened.to_pillow().convert("RGB")
    picture.info.clear()
    picture.save(sys.stdout.buffer, "JPEG", quality=QUALITY)
    return 0


if __name__ == "__main__":
    sys.exit(main())
