"""A kind of paper for the tests, and papers of it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from centar.documents import kinds, operations
from centar.documents.models import Document

CONFIRMATION = kinds.DocumentKind(
    code="tests.confirmation",
    label="потврда",
    prefix="ПТ",
    template="page",
    public=lambda document: [("За", document.content["name"])],
)


@contextmanager
def registered(kind: kinds.DocumentKind = CONFIRMATION) -> Iterator[kinds.DocumentKind]:
    """The kind is known as long as the block lasts."""
    before = dict(kinds._kinds)
    kinds.register(kind)
    try:
        yield kind
    finally:
        kinds._kinds.clear()
        kinds._kinds.update(before)


def issued(**facts: Any) -> Document:
    """A confirmation for somebody, whose birth date nobody is to read."""
    content = {"name": "Ана Љубичић", "birth_date": "1985-03-24"}
    given: dict[str, Any] = {"content": content, "by": None, **facts}
    return operations.issue(kind=CONFIRMATION.code, **given)
