"""Issuing, revoking and replacing papers.

Who may issue and replace is asked by the app's operation that does it; `withdraw` is what the
back office offers for every kind.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.documents import kinds, permissions, signing
from centar.documents.models import Document, Register
from centar.people.models import Person, User


def next_number(kind: str) -> tuple[int, int]:
    """The year and the number that the next paper of this kind will bear.

    For papers that print something counted from it. The register stays locked until the caller's
    transaction ends, so the number holds for the paper issued in it.
    """
    register = lock_register(kind, timezone.localdate().year)
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
    register = lock_register(kind, timezone.localdate().year)
    # Read after the lock, so that numbers and moments have one order.
    now = timezone.now()
    register.last += 1
    register.save(update_fields=["last"])
    document = Document.objects.create(
        kind=kind,
        year=register.year,
        number=register.last,
        person=person,
        content=content,
        proof=signing.proof(),
        issued_at=now,
        issued_by=by,
        replaces=replaces,
    )
    trail.record("documents.issue", document, by=by, number=document.register_number)
    return document


def lock_register(kind: str, year: int) -> Register:
    """The register's row, made when missing, held until the transaction ends."""
    Register.objects.get_or_create(kind=kinds.get(kind).code, year=year)
    return Register.objects.select_for_update().get(kind=kind, year=year)


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


@transaction.atomic
def withdraw(*, document: Document, by: User, reason: str) -> Document:
    """Revoke a document of any kind, by its app's own operation where it has one."""
    demand(permissions.may_revoke(by))
    own = kinds.get(document.kind).revoke
    if own is None:
        return revoke(document_id=document.pk, by=by, reason=reason)
    own(document, by, reason)
    document.refresh_from_db()
    return document
