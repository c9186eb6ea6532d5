"""QR codes as drawings for pages and papers."""

from __future__ import annotations

import segno


def svg(text: str) -> str:
    """The code as an SVG without a background, error correction M (15 % may be dirty)."""
    code = segno.make(text, error="m", boost_error=False, micro=False)
    return code.svg_inline(border=0, scale=4)
