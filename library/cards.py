"""What a bar-code reader reads on a reader's card and on the label of a copy."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from django.utils.safestring import SafeString

from centar.documents import qr
from library import barcodes
from library.models import Copy


class Drawings(TypedDict):
    """Both as SVG. A card may come with a number of its own; lines are drawn of what has lines."""

    code: str
    bars: SafeString | None


def drawings(card: str) -> Drawings:
    """The drawings of the number of a card."""
    return {"code": qr.screen_svg(card), "bars": barcodes.svg(card) if _has_lines(card) else None}


@dataclass(frozen=True)
class Label:
    """What is stuck on a copy: its number in lines, or in a square where lines cannot be."""

    copy: Copy
    number: str
    bars: SafeString | None
    code: str


def label(copy: Copy) -> Label:
    """The label of a copy, whose record was read with it: its bar code, or else the number under
    which it stands in the register, which the desk knows as well.
    """
    number = copy.barcode or copy.accession_number
    if _has_lines(number):
        return Label(copy, number, barcodes.svg(number), "")
    return Label(copy, number, None, qr.svg(number))


def _has_lines(number: str) -> bool:
    return number.isascii() and number.isprintable()
