"""HEIC pictures, as telephones make them, turned into JPEG, which every browser shows."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from centar.files import heic_decoder

DECODER = Path(heic_decoder.__file__)
PATIENCE_SECONDS = 60
"""On the clock; of the processor it gets `heic_decoder.CPU_SECONDS`."""


class TooLarge(Exception):
    """It has more pixels than were allowed; it was not decoded."""


class Damaged(Exception):
    """It could not be decoded."""


def as_jpeg(content: bytes, most_pixels: int) -> bytes:
    """The main picture as JPEG, upright and without anything but its pixels.

    Decoded in a process of its own (see `heic_decoder`): should the decoder fall over what it was
    given, the portal does not. Raises TooLarge or Damaged.
    """
    try:
        done = subprocess.run(
            # Isolated, and without the variables that hold the portal's secrets.
            [sys.executable, "-I", str(DECODER), str(most_pixels)],
            env={},
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as hung:
        raise Damaged from hung
    if done.returncode == heic_decoder.TOO_LARGE:
        raise TooLarge
    if done.returncode or not done.stdout:
        raise Damaged
    return done.stdout
