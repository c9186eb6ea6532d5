"""The ledger of points: what an issued paper brings, and taking it back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal
from centar.audit import trail
from centar.documents.models import Document
from centar.people.models import Person, User
from trainings.models import LedgerEntry, SchoolYear, Target

State = LedgerEntry.State


@transaction.atomic
def credit(
    *,
    person: Person,
    kind: str,
    title: str,
    earned_on: date,
    hours: Decimal,
    points: Decimal,
    by: User | None,
    number: str = "",
    competences: Iterable[str] = (),
    priority: str = "",
    document: Document | None = None,
) -> LedgerEntry:
    """Write what an issued paper proves; it counts at once. The issuing operation asks who may.

    `competences` are codes such as K1. Refuses amounts below zero, and a document that is in the
    ledger already.
    """
    if hours < 0 or points < 0:
        raise Refusal(_("Hours and points are never below zero."))
    if document is not None:
        _lock(document)
        if LedgerEntry.objects.filter(document=document, reverses=None).exists():
            raise Refusal(_("This document is in the ledger already."))
    entry = LedgerEntry.objects.create(
        person=person,
        kind=LedgerEntry.Kind(kind),
        title=title,
        number=number,
        earned_on=earned_on,
        school_year=SchoolYear.current().of(earned_on),
        hours=hours,
        points=points,
        competences=list(competences),
        priority=priority,
        rules=rules_on(earned_on),
        document=document,
        created_by=by,
        **_confirmed(by),
    )
    trail.record("trainings.credit", entry, by=by, person=person.pk)
    return entry


@transaction.atomic
def reverse(*, document: Document, by: User | None, reason: str) -> LedgerEntry:
    """Take back what a document brought, by a new entry with the amounts below zero.

    It falls into the year of the first one. The operation that revokes the document asks who
    may. Refuses without a reason, for a document that brought nothing, and twice.
    """
    if not reason.strip():
        raise Refusal(_("Write why; the person reads it."), field="reason")
    entry = (
        LedgerEntry.objects.select_for_update(no_key=True)
        .filter(document=document, reverses=None)
        .first()
    )
    if entry is None:
        raise Refusal(_("This document is not in the ledger."))
    if LedgerEntry.objects.filter(reverses=entry).exists():
        raise Refusal(_("What this document brought is taken back already."))
    back = LedgerEntry.objects.create(
        person_id=entry.person_id,
        kind=entry.kind,
        title=entry.title,
        number=entry.number,
        earned_on=entry.earned_on,
        school_year=entry.school_year,
        hours=-entry.hours,
        points=-entry.points,
        competences=entry.competences,
        priority=entry.priority,
        rules=entry.rules,
        document=document,
        reverses=entry,
        reason=reason.strip(),
        created_by=by,
        **_confirmed(by),
    )
    trail.record("trainings.reverse_credit", back, by=by, reason=reason, of=entry.pk)
    return back


def rules_on(day: date) -> str:
    """The rulebook that the newest target holding on the day names."""
    newest = Target.objects.holding_on(day).exclude(rulebook="").first()
    return newest.rulebook if newest is not None else ""


def _lock(document: Document) -> None:
    """Two credits of one paper at once meet here."""
    Document.objects.select_for_update(no_key=True).get(pk=document.pk)


def _confirmed(by: User | None) -> dict[str, object]:
    return {"state": State.CONFIRMED, "confirmed_at": timezone.now(), "confirmed_by": by}
