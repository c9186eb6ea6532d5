"""The kinds of issued documents. Each app registers its own."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True)
class DocumentKind:
    """A kind of paper with a register of its own.

    `prefix` begins its register numbers, such as „У“ in „У-12/2026“; `template` is the file in
    `templates/pdf/` that prints its content.
    """

    code: str
    label: str | Promise
    prefix: str
    template: str


_kinds: dict[str, DocumentKind] = {}


def register(kind: DocumentKind) -> None:
    """Make a kind known; each code and each prefix once."""
    taken = any(kind.prefix == other.prefix for other in _kinds.values())
    if kind.code in _kinds or taken:
        raise ValueError(f"The document kind {kind.code} is registered already.")
    _kinds[kind.code] = kind


def get(code: str) -> DocumentKind:
    """The kind with this code; an unknown code raises KeyError."""
    return _kinds[code]


def every() -> list[DocumentKind]:
    """All kinds, ordered by code."""
    return [_kinds[code] for code in sorted(_kinds)]
