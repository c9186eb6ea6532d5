"""A printed paper as its reader and a phone see it."""

from __future__ import annotations

import io

import pymupdf
import zxingcpp
from PIL import Image


def text_of(paper: bytes) -> str:
    """All words of a PDF, in the order of its pages."""
    with pymupdf.open(stream=paper, filetype="pdf") as pages:
        return "\n".join(page.get_text() for page in pages)


def codes_of(paper: bytes) -> list[str]:
    """What the QR codes of a PDF say, read off its pages as a phone reads them."""
    return [code.text for code in _seen_on(paper)]


def levels_of(paper: bytes) -> list[str]:
    """How much dirt the QR codes of a PDF bear, from L to H."""
    return [code.ec_level for code in _seen_on(paper)]


def _seen_on(paper: bytes) -> list[zxingcpp.Barcode]:
    found = []
    with pymupdf.open(stream=paper, filetype="pdf") as pages:
        for page in pages:
            drawn = page.get_pixmap(dpi=200)
            picture = Image.frombytes("RGB", (drawn.width, drawn.height), drawn.samples)
            found += zxingcpp.read_barcodes(picture)
    return found


def code_of(picture: bytes) -> str:
    """What the one QR code of a picture says."""
    [code] = zxingcpp.read_barcodes(Image.open(io.BytesIO(picture)))
    return str(code.text)
