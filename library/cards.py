"""What a bar-code reader reads on a reader's card: a square, and lines where they can be."""

from __future__ import annotations

from typing import TypedDict

from django.utils.safestring import SafeString

from centar.documents import qr
from library import barcodes


class Drawings(TypedDict):
    """Both as SVG. A card may come with a number of its own; lines are drawn of what has lines."""

    code: str
    bars: SafeString | None


def drawings(card: str) -> Drawings:
    """The drawings of the number of a card."""
    has_lines = card.isascii() and card.isprintable()
    return {"code": qr.svg(card), "bars": barcodes.svg(card) if has_lines else None}
