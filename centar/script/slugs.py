"""The last part of an address, from a Serbian title."""

from __future__ import annotations

import re

from centar.script import folding

_GAP = re.compile("[^a-z0-9]+")


def slugify(text: str) -> str:
    """A slug of plain Latin letters, digits and hyphens: „Ђачки парламент“ is djacki-parlament.

    Empty when the text has no such letter or digit; its length is not limited.
    """
    return _GAP.sub("-", folding.fold(text)).strip("-")
