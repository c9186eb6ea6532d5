"""The letters that ask how a seminar was."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.events import moments
from centar.events.models import Booking
from centar.outbox import kinds, operations
from centar.outbox.models import Letter
from centar.script import faces
from trainings import links
from trainings.permissions import evaluation as permissions
from trainings.queries import evaluation as queries


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    kinds.register(
        kinds.Kind(queries.INVITATION, gettext_lazy("how was the seminar"), _compose_invitation)
    )
    kinds.register(
        kinds.Kind(queries.REMINDER, gettext_lazy("reminder to evaluate"), _compose_reminder)
    )


def queue(kind: str, bookings: Sequence[Booking]) -> None:
    """Queue the letter of this kind to the person of each booking, once for ever."""
    operations.queue_many(
        Letter(
            kind=kind,
            object_id=booking.pk,
            recipient=booking.person.email,
            version="1",
            face=booking.person.face,
        )
        for booking in bookings
    )


def _compose_invitation(letter: Letter) -> kinds.Message:
    return _message(letter, _("How was it? %(title)s"), is_reminder=False)


def _compose_reminder(letter: Letter) -> kinds.Message:
    return _message(letter, _("We still ask: how was it? %(title)s"), is_reminder=True)


def _message(letter: Letter, subject: str, *, is_reminder: bool) -> kinds.Message:
    rows = Booking.objects.select_related("event__seminar", "person__user")
    booking = rows.filter(pk=letter.object_id).first()
    if booking is None or not permissions.may_evaluate(booking, timezone.now()):
        raise kinds.NoLongerTrue(_("There is nothing to evaluate any more."))
    face = faces.by_code(letter.face)
    link = settings.SITE_URL + faces.address(links.evaluation_path(booking), face)
    until = permissions.open_until(booking.event)
    context = {
        "person": booking.person,
        "event": booking.event,
        "link": link,
        "until": moments.day(until),
        "is_reminder": is_reminder,
    }
    written = render_to_string("trainings/letters/evaluation.txt", context)
    text = re.sub(r"\n{3,}", "\n\n", written).strip() + "\n"
    return kinds.Message(subject % {"title": booking.event.title}, text, private_link=link)
