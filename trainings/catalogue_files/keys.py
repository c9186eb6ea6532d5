"""What is compared when a cell names something: look-alike letters and spaces do not count."""

from __future__ import annotations

import re

from centar.script import folding
from centar.sheets import notation

# Numbers and codes are too short to tell their script, so the Cyrillic letters count as the
# Latin ones that look the same, not as those that sound the same: К-1 is K-1, В2 is B2.
_LOOK_ALIKE = str.maketrans("АВЕКМНОРСТУХЈЅІ", "ABEKMHOPCTYXJSI")
_DASHES = re.compile("[‐‑‒–—−]")


def code(text: str) -> str:
    """The key of a number or code such as К-1."""
    return _DASHES.sub("-", "".join(text.upper().split())).translate(_LOOK_ALIKE)


def name(text: str) -> str:
    """The key of a name, a heading or a label: both scripts, any letter case."""
    return folding.fold(notation.one_line(text))


def cycle(text: str) -> str:
    """The key of a cycle's name; „2025/26 – 2027/28“ may be written without spaces."""
    return name(text).replace(" ", "")
