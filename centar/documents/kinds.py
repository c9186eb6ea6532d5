"""The kinds of issued documents. Each app registers its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.functional import Promise

if TYPE_CHECKING:
    from centar.documents.models import Document
    from centar.documents.press import Standard
    from centar.people.models import User

Line = tuple[str, str]
"""A label and what stands beside it."""


def _nothing(document: Document) -> Sequence[Line]:
    return ()


def _content(document: Document) -> dict[str, Any]:
    content: dict[str, Any] = document.content
    return content


@dataclass(frozen=True)
class DocumentKind:
    """A kind of paper with a register of its own.

    `prefix` begins its register numbers, such as „У“ in „У-12/2026“; `template` is the file in
    `templates/pdf/` that prints what `paper` makes of a document. `standards` are those of the
    PDF.

    `public` gives what everybody who verifies the paper reads, in the words of the reader: all
    that is printed on it, except what is nobody else's business, such as a birth date.

    `revoke` is the operation of the app that issues it, for papers on which other rows depend; it
    asks for the permission itself.

    `is_kept` says that it is a proof of what its person did, which everybody finds among the own
    papers without the app that issued it.
    """

    code: str
    label: str | Promise
    prefix: str
    template: str
    public: Callable[[Document], Sequence[Line]] = _nothing
    paper: Callable[[Document], dict[str, Any]] = _content
    standards: tuple[Standard, ...] = ()
    revoke: Callable[[Document, User, str], None] | None = None
    is_kept: bool = False


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
