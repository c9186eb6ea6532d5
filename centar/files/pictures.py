"""Pictures written anew: what a telephone adds (place, time, owner) and hidden data are gone."""

from __future__ import annotations

import io

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

from centar.access import Refusal
from centar.files import heic, kinds
from centar.files.kinds import FileKind

MOST_PIXELS = 50_000_000
"""The camera of a telephone makes 12 to 50 millions."""

KINDS = (kinds.JPEG, kinds.PNG, kinds.HEIC)
"""What `clean` takes."""
_FORMATS = {kinds.JPEG: "JPEG", kinds.PNG: "PNG"}


def clean(
    content: bytes, kind: FileKind, longest_side: int | None = None
) -> tuple[bytes, FileKind]:
    """The same picture, turned upright, without anything but its pixels, and its kind now; made
    smaller where it is longer than wanted.

    HEIC becomes JPEG. Refuses a picture with too many pixels before it is decoded, and one that
    cannot be read.
    """
    if kind is kinds.HEIC:
        try:
            content, kind = heic.as_jpeg(content, MOST_PIXELS), kinds.JPEG
        except heic.TooLarge as large:
            raise _too_large() from large
        except heic.Damaged as damaged:
            raise _damaged() from damaged
        if longest_side is None:
            return content, kind
    return _rewritten(content, _FORMATS[kind], longest_side), kind


def _rewritten(content: bytes, form: str, longest_side: int | None) -> bytes:
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
            if longest_side is not None:
                picture.thumbnail((longest_side, longest_side))
            written = io.BytesIO()
            picture.save(written, form, quality=88)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_large() from bomb
    except (OSError, ValueError, SyntaxError) as broken:
        raise _damaged() from broken
    return written.getvalue()


def _damaged() -> Refusal:
    return Refusal(_("This picture is damaged and cannot be opened."))


def _too_large() -> Refusal:
    return Refusal(
        _("This picture has too many pixels. Send at most %(millions)d millions of them.")
        % {"millions": MOST_PIXELS // 1_000_000}
    )
