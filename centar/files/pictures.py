"""Pictures written anew: what a telephone adds (place, time, owner) and what hides in them is gone.

HEIC is not decoded by the libraries of the portal, so such a picture is kept as it came.
"""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from centar.access import Refusal
from centar.files import kinds
from centar.files.kinds import FileKind

MOST_PIXELS = 50_000_000
"""The camera of a telephone makes 12 to 50 millions."""

_FORMATS = {kinds.JPEG: "JPEG", kinds.PNG: "PNG"}


def clean(content: bytes, kind: FileKind) -> bytes:
    """The same picture, turned upright, without anything but its pixels.

    Refuses one with too many pixels before it is decoded, and one that cannot be read.
    """
    form = _FORMATS[kind]
    try:
        with Image.open(io.BytesIO(content), formats=[form]) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise _too_large()
            picture = ImageOps.exif_transpose(opened)
            if "transparency" in picture.info:
                picture = picture.convert("RGBA")
            elif picture.mode == "CMYK":
                picture = picture.convert("RGB")
            picture.info.clear()
            written = io.BytesIO()
            picture.save(written, form, quality=88)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_large() from bomb
    except (OSError, ValueError, SyntaxError) as broken:
        raise Refusal(_("This picture is damaged and cannot be opened.")) from broken
    return written.getvalue()


def _too_large() -> Refusal:
    return Refusal(
        _("This picture has too many pixels. Send at most %(millions)d millions of them.")
        % {"millions": MOST_PIXELS // 1_000_000}
    )
