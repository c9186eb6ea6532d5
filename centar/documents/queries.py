"""What whoever verifies a paper gets to read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from centar.documents import codes, kinds
from centar.documents.models import Document
from centar.people.models import User


@dataclass(frozen=True)
class Verified:
    """A paper that is in the register: its public content, and the one that replaced it."""

    document: Document
    kind: kinds.DocumentKind
    lines: Sequence[kinds.Line]
    replaced_by: Document | None


def verified(code: str) -> Verified | None:
    """The paper with this code as it was typed; None alike for unknown and for senseless ones."""
    known = codes.read_code(code)
    if known is None:
        return None
    document = Document.objects.select_related("replaced_by").filter(code=known).first()
    if document is None:
        return None
    kind = kinds.get(document.kind)
    return Verified(document, kind, kind.public(document), getattr(document, "replaced_by", None))


def has_number(document: Document, number: str) -> bool:
    """Whether this is the number on the paper, in either script and however it was spaced."""
    return codes.same_number(document.register_number, number)


def kept_by(user: User) -> QuerySet[Document]:
    """A person's own papers of the kinds that are kept, the newest in front; ended ones too."""
    kept = [kind.code for kind in kinds.every() if kind.is_kept]
    mine = Document.objects.filter(person__user=user, kind__in=kept)
    return mine.select_related("replaced_by").order_by("-issued_at", "-pk")
