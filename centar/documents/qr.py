"""QR codes as drawings for pages and papers."""

from __future__ import annotations

import io

import segno

# ISO/IEC 18004 has eight masks, which a reader knows from the code itself. Weighing them all
# against each other takes four fifths of the time, and helps papers that are badly copied.
SCREEN_MASK = 4


def svg(text: str) -> str:
    """The code as an SVG without a background, error correction M (15 % may be dirty)."""
    return _drawn(segno.make(text, error="m", boost_error=False, micro=False))


def screen_svg(text: str) -> str:
    """The same for a page that somebody waits for: one mask, not the best of all eight."""
    code = segno.make(text, error="m", boost_error=False, micro=False, mask=SCREEN_MASK)
    return _drawn(code)


def _drawn(code: segno.QRCode) -> str:
    return code.svg_inline(border=0, scale=4)


def png(text: str) -> bytes:
    """The code as a PNG with its white margin, for programs that show no SVG, such as mail."""
    code = segno.make(text, error="m", boost_error=False, micro=False)
    picture = io.BytesIO()
    code.save(picture, kind="png", border=4, scale=8)
    return picture.getvalue()
