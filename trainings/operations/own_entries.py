"""What people enter into their own ledger, until somebody confirms it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.files import operations as files
from centar.people.models import Person, User
from trainings.letters import ledger as letters
from trainings.models import LedgerEntry, SchoolYear
from trainings.operations.ledger import rules_on
from trainings.permissions import ledger as permissions

State, Kind = LedgerEntry.State, LedgerEntry.Kind


@dataclass(frozen=True, kw_only=True)
class Proposal:
    """What somebody says they have done; `competences` are codes such as K1."""

    kind: str
    title: str
    earned_on: date
    hours: Decimal
    points: Decimal = Decimal(0)
    activity: str = ""
    part: str = ""
    number: str = ""
    competences: tuple[str, ...] = ()
    priority: str = ""


@transaction.atomic
def enter(
    *, person: Person, proposal: Proposal, by: User, upload: File[bytes] | None = None
) -> LedgerEntry:
    """Enter something of one's own; it waits for the coordinator, who gets a letter.

    What was earned outside one's institution needs a file that proves it. Refuses days to come,
    and hours or points that cannot be.
    """
    demand(permissions.may_keep_ledger(person, by))
    _check(proposal)
    if upload is None and proposal.kind != Kind.IN_HOUSE:
        raise Refusal(_("Add the file that proves it."), field="file")
    entry = LedgerEntry(person=person, created_by=by)
    _write(entry, proposal)
    _attach(entry, upload, by)
    entry.save()
    trail.record("trainings.enter_own", entry, by=by, kind=entry.kind)
    letters.queue_waiting(entry)
    return entry


@transaction.atomic
def revise(
    *, entry_id: int, proposal: Proposal, by: User, upload: File[bytes] | None = None
) -> LedgerEntry:
    """Mend one's own entry that nobody has confirmed; a returned one waits again.

    A new file takes the place of the old one, which is thrown away.
    """
    entry = _own(entry_id, by)
    _check(proposal)
    old = entry.proof
    _write(entry, proposal)
    _attach(entry, upload, by)
    entry.state, entry.reason = State.PENDING, ""
    entry.save()
    if old is not None and old != entry.proof:
        files.remove(file=old, by=by)
    trail.record("trainings.revise_own", entry, by=by)
    letters.queue_waiting(entry)
    return entry


@transaction.atomic
def withdraw(*, entry_id: int, by: User) -> LedgerEntry:
    """Take back one's own entry that nobody has confirmed; its file is thrown away."""
    entry = _own(entry_id, by)
    proof = entry.proof
    entry.state, entry.proof, entry.reason = State.WITHDRAWN, None, ""
    entry.save(update_fields=["state", "proof", "reason"])
    if proof is not None:
        files.remove(file=proof, by=by)
    trail.record("trainings.withdraw_own", entry, by=by)
    return entry


def _own(entry_id: int, by: User) -> LedgerEntry:
    entry = (
        LedgerEntry.objects.select_related("person")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=entry_id)
    )
    demand(permissions.may_change_entry(entry, by))
    return entry


def _check(proposal: Proposal) -> None:
    if proposal.earned_on > timezone.localdate():
        raise Refusal(_("This day is still to come."), field="earned_on")
    if proposal.hours <= 0:
        raise Refusal(_("Write how many hours it was, more than zero."), field="hours")
    if proposal.points < 0:
        raise Refusal(_("Points are never below zero."), field="points")


def _write(entry: LedgerEntry, proposal: Proposal) -> None:
    facts = asdict(proposal) | {"competences": list(proposal.competences)}
    for name, value in facts.items():
        setattr(entry, name, value)
    entry.school_year = SchoolYear.current().of(proposal.earned_on)
    entry.rules = rules_on(proposal.earned_on)


def _attach(entry: LedgerEntry, upload: File[bytes] | None, by: User) -> None:
    if upload is None:
        return
    try:
        entry.proof = files.store(upload=upload, by=by)
    except Refusal as refusal:
        raise Refusal(str(refusal), field="file") from refusal
