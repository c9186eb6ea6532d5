"""Issuing, revoking and replacing papers. Who may is asked by the operation that issues one."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal
from centar.audit import trail
from centar.documents import kinds
from centar.documents.models import Document, Register
from centar.people.models import Person, User


def next_number(kind: str) -> tuple[int, int]:
    """The year and the number that the next paper of this kind will bear.

    For papers that print something counted from it. The register stays locked until the caller's
    transaction ends, so the number holds for the paper issued in it.
    """
    register = _locked_register(kind, timezone.localdate().year)
    return register.year, register.last + 1


@transaction.atomic
def issue(
    *,
    kind: str,
    content: dict[str, Any],
    by: User | None,
    person: Person | None = None,
    replaces: Document | None = None,
) -> Document:
    """A new document under the next number of its kind in the present year.

    The register's row stays locked until the caller's transaction ends, so numbers have no gaps:
    one that is rolled back is given to the next.
    """
    now = timezone.now()
    year = timezone.localdate(now).year
    register = _locked_register(kind, year)
    register.last += 1
    register.save(update_fields=["last"])
    document = Document.objects.create(
        kind=kind,
        year=year,
        number=register.last,
        person=person,
        content=content,
        issued_at=now,
        issued_by=by,
        replaces=replaces,
    )
    trail.record("documents.issue", document, by=by, number=document.register_number)
    return document


@transaction.atomic
def revoke(*, document_id: int, by: User | None, reason: str) -> Document:
    """End the validity of a document, which stays on record with the reason.

    Refuses without a reason, and for a document that is revoked already.
    """
    document = Document.objects.select_for_update().get(pk=document_id)
    if not reason.strip():
        raise Refusal(_("Write the reason; whoever verifies it reads that."), field="reason")
    if not document.is_valid:
        raise Refusal(_("This document is revoked already."))
    document.revoked_at = timezone.now()
    document.revoked_by = by
    document.revoke_reason = reason.strip()
    document.save(update_fields=["revoked_at", "revoked_by", "revoke_reason"])
    trail.record("documents.revoke", document, by=by, reason=reason)
    return document


@transaction.atomic
def replace(*, document_id: int, content: dict[str, Any], by: User | None, reason: str) -> Document:
    """Revoke a document and issue one with the new content, to which the old one points."""
    old = revoke(document_id=document_id, by=by, reason=reason)
    return issue(kind=old.kind, content=content, by=by, person=old.person, replaces=old)


def _locked_register(kind: str, year: int) -> Register:
    Register.objects.get_or_create(kind=kinds.get(kind).code, year=year)
    return Register.objects.select_for_update().get(kind=kind, year=year)
