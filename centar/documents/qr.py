"""QR codes as drawings for pages and papers."""

from __future__ import annotations

import io

import segno


def svg(text: str) -> str:
    """The code as an SVG without a background, error correction M (15 % may be dirty)."""
    code = segno.make(text, error="m", boost_error=False, micro=False)
    return code.svg_inline(border=0, scale=4)


def png(text: str) -> bytes:
    """The code as a PNG with its white margin, for programs that show no SVG, such as mail."""
    code = segno.make(text, error="m", boost_error=False, micro=False)
    picture = io.BytesIO()
    code.save(picture, kind="png", border=4, scale=8)
    return picture.getvalue()
