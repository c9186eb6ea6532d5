"""The letters about the ledger: what waits for a coordinator, and what became of it."""

from __future__ import annotations

import re

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centar.outbox import kinds, operations
from centar.outbox.models import Letter
from centar.people.models import Person
from centar.script import faces
from trainings.models import LedgerEntry
from trainings.queries import ledger as queries

WAITING, ANSWERED = "trainings.ledger_waiting", "trainings.ledger_answered"


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    kinds.register(kinds.Kind(WAITING, gettext_lazy("entries wait for you"), _compose_waiting))
    kinds.register(kinds.Kind(ANSWERED, gettext_lazy("your entry was read"), _compose_answered))


def queue_waiting(entry: LedgerEntry) -> None:
    """Tell the coordinators that something waits: one letter a day, whatever comes in that day."""
    today = f"{timezone.localdate():%Y-%m-%d}"
    operations.queue_many(
        Letter(
            kind=WAITING,
            object_id=coordinator.pk,
            recipient=coordinator.email,
            version=today,
            face=coordinator.face,
        )
        for coordinator in queries.coordinators_of(entry.person)
    )


def queue_answer(entry: LedgerEntry) -> None:
    """Tell the owner that the entry was confirmed or returned."""
    operations.queue(
        ANSWERED,
        object_id=entry.pk,
        recipient=entry.person.email,
        version=f"{entry.state}-{entry.revision}",
        face=entry.person.face,
    )


def _compose_waiting(letter: Letter) -> kinds.Message:
    coordinator = Person.objects.select_related("user").filter(pk=letter.object_id).first()
    user = coordinator.user if coordinator is not None else None
    count = queries.to_confirm(user).count() if user is not None else 0
    if coordinator is None or not count:
        raise kinds.NoLongerTrue(_("Nothing waits any more."))
    sentence = ngettext(
        "%(count)d entry of a colleague waits for your confirmation.",
        "%(count)d entries of colleagues wait for your confirmation.",
        count,
    ) % {"count": count}
    facts = {
        "person": coordinator,
        "sentence": sentence,
        "link": _address(letter, "trainings:confirmations"),
    }
    return kinds.Message(_("Hours of colleagues wait for you"), _text("waiting", facts))


def _compose_answered(letter: Letter) -> kinds.Message:
    entry = LedgerEntry.objects.select_related("person").filter(pk=letter.object_id).first()
    state = letter.version.split("-")[0]
    if entry is None or entry.state != state:
        raise kinds.NoLongerTrue(_("The entry has changed in the meantime."))
    is_confirmed = state == LedgerEntry.State.CONFIRMED
    subject = _("Confirmed: %(title)s") if is_confirmed else _("Returned to you: %(title)s")
    facts = {
        "person": entry.person,
        "entry": entry,
        "is_confirmed": is_confirmed,
        "link": _address(letter, "trainings:ledger"),
    }
    return kinds.Message(subject % {"title": entry.title}, _text("answered", facts))


def _text(template: str, facts: dict[str, object]) -> str:
    written = render_to_string(f"trainings/letters/ledger_{template}.txt", facts)
    return re.sub(r"\n{3,}", "\n\n", written).strip() + "\n"


def _address(letter: Letter, view: str) -> str:
    return settings.SITE_URL + faces.address(reverse(view), faces.by_code(letter.face))
