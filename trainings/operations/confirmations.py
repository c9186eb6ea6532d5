"""Confirming what others entered into their ledgers, or returning it to them."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from trainings.letters import ledger as letters
from trainings.models import LedgerEntry
from trainings.permissions import ledger as permissions

State = LedgerEntry.State


@transaction.atomic
def confirm(*, entry_id: int, revision: int, by: User) -> LedgerEntry:
    """Let the entry count from now on; its owner gets a letter.

    `revision` is the one that was read: an entry mended meanwhile is refused, so that nobody
    confirms what they have not seen.
    """
    entry = _as_read(entry_id, revision, by)
    entry.state = State.CONFIRMED
    entry.confirmed_at, entry.confirmed_by = timezone.now(), by
    entry.save(update_fields=["state", "confirmed_at", "confirmed_by"])
    trail.record("trainings.confirm_entry", entry, by=by)
    letters.queue_answer(entry)
    return entry


@transaction.atomic
def send_back(*, entry_id: int, revision: int, by: User, reason: str) -> LedgerEntry:
    """Return the entry to its owner with a reason; the owner gets a letter and may mend it."""
    entry = _as_read(entry_id, revision, by)
    if not reason.strip():
        raise Refusal(_("Write what is missing; the person reads it."), field="reason")
    entry.state, entry.reason = State.RETURNED, reason.strip()
    entry.save(update_fields=["state", "reason"])
    trail.record("trainings.return_entry", entry, by=by, reason=reason)
    letters.queue_answer(entry)
    return entry


def _as_read(entry_id: int, revision: int, by: User) -> LedgerEntry:
    entry = (
        LedgerEntry.objects.select_related("person__user")
        .select_for_update(of=("self",), no_key=True)
        .get(pk=entry_id)
    )
    demand(permissions.may_confirm(entry, by))
    if entry.revision != revision:
        raise Refusal(_("This entry was changed while you were reading. Please look at it again."))
    return entry
