"""Verification codes and register numbers as people type them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from centar.documents import kinds
from centar.documents.models import CODE_ALPHABET, CODE_LENGTH
from centar.script import folding

# Capital letters that look alike on a Serbian keyboard, Cyrillic to Latin.
_LOOK_ALIKE = str.maketrans("АВСЕНЈКМРТХ", "ABCEHJKMPTX")
_SEPARATORS = re.compile(r"[\s\-–—.]+")
_NUMBER = re.compile(r"(?:([a-z]{1,9})-?)?([0-9]{1,7})(?:/([0-9]{4}))?", re.ASCII)


def read_code(text: str, length: int = CODE_LENGTH) -> str | None:
    """The code in what was typed: case, spaces, dashes and the keyboard's script do not matter.

    None for what cannot be a code of this length.
    """
    code = _SEPARATORS.sub("", text).upper().translate(_LOOK_ALIKE)
    return code if len(code) == length and set(code) <= set(CODE_ALPHABET) else None


def same_number(one: str, other: str) -> bool:
    """Whether two texts are the same register number, in either script and however spaced."""
    return _plain(one) == _plain(other)


def _plain(number: str) -> str:
    return folding.fold(number).replace(" ", "")


@dataclass(frozen=True)
class Number:
    """A register number or its beginning: „У-12/2026“, „12/2026“ or „12“."""

    number: int
    year: int | None
    kinds: tuple[str, ...]
    """Kinds with the prefix that was written; all of them when there was none."""


def read_number(text: str) -> Number | None:
    """The register number in what was typed; None when it is something else."""
    parts = _NUMBER.fullmatch(_plain(text))
    if parts is None:
        return None
    prefix, number, year = parts.groups()
    every = tuple(
        kind.code for kind in kinds.every() if prefix is None or _plain(kind.prefix) == prefix
    )
    return Number(int(number), int(year) if year else None, every)
