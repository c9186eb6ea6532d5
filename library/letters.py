"""The letters of the library. Each is written when it is sent, from the facts of that moment.

They are secret: what somebody reads is forgotten here too, once the letter has gone. What stays
of a letter (its object, its version, its subject) names the member alone.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centar.events import moments
from centar.outbox import kinds, operations, texts
from centar.outbox.models import Letter
from centar.script import faces
from library.models import LendingTerms, Loan, Member, MemberKind, Reservation

State = Reservation.State
REMINDER, READY, ENDED, SET_BACK = (
    "library.reminder",
    "library.ready",
    "library.ended",
    "library.set_back",
)


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    for code, label, compose in (
        (REMINDER, gettext_lazy("things to return to the library"), _compose_reminder),
        (READY, gettext_lazy("a reservation can be fetched"), _compose_ready),
        (ENDED, gettext_lazy("a reservation has ended"), _compose_ended),
        (SET_BACK, gettext_lazy("a reservation waits again"), _compose_set_back),
    ):
        kinds.register(kinds.Kind(code, label, compose, secret=True))


def queue_reminder(member: Member, loans: Sequence[int], today: date) -> None:
    """Queue the one letter of this day to the member, about all their things.

    `loans` are the keys of those that are the reason for it.
    """
    _queue(REMINDER, member, today.isoformat(), loans=loans)


def queue_ready(reservation: Reservation) -> None:
    """Queue the letter that a copy is put aside. Only once it is in hand."""
    _queue_about(reservation, READY)


def queue_ended(reservation: Reservation) -> None:
    """Queue the letter that a turn has ended; before the person is cut off."""
    _queue_about(reservation, ENDED)


def queue_set_back(reservation: Reservation) -> None:
    """Queue the letter that the copy is not there after all, and that the turn is kept.

    Whoever has not been written yet that it was there is told nothing.
    """
    member = reservation.member
    if member is None:
        return
    if not operations.drop(READY, object_id=member.pk, reservation=reservation.pk):
        _queue_about(reservation, SET_BACK)


def _queue_about(reservation: Reservation, kind: str) -> None:
    if reservation.member is not None:
        # The moment would tell which reservation it was.
        version = secrets.token_hex(16)
        _queue(kind, reservation.member, version, reservation=reservation.pk)


def _queue(kind: str, member: Member, version: str, **facts: object) -> None:
    letter = Letter(
        kind=kind,
        object_id=member.pk,
        recipient=member.letters_to,
        version=version,
        face=member.letters_face,
        context={
            "name": str(member.person),
            # A parent or a teacher has no page with the pupil's loans to be led to.
            "is_own": member.kind != MemberKind.PUPIL,
            **facts,
        },
    )
    operations.queue_many([letter])


def _compose_reminder(letter: Letter) -> kinds.Message:
    today = timezone.localdate()
    terms = LendingTerms.current()
    loans = list(
        Loan.objects.open()
        .filter(member=letter.object_id, due_on__lte=today + timedelta(days=terms.notice_days))
        .select_related("copy__record", "copy__issue")
        .order_by("due_on", "pk")
    )
    reasons = set(letter.context["loans"])
    if not any(loan.pk in reasons for loan in loans):
        raise kinds.NoLongerTrue(_("Everything has come back or was renewed."))
    late = [loan for loan in loans if loan.days_late(today)]
    soon = [loan for loan in loans if not loan.days_late(today)]
    # The highest number of the letters about what is late is the number of this one.
    step = max((loan.overdue_letters for loan in late), default=0)
    if late:
        subject = _("Reminder no. %(step)d: please return to the library") % {"step": step}
    else:
        subject = ngettext(
            "To be returned to the library soon: %(count)d thing",
            "To be returned to the library soon: %(count)d things",
            len(soon),
        ) % {"count": len(soon)}
    facts = {
        "late": [(loan.copy.title, moments.day(loan.due_on)) for loan in late],
        "soon": [(loan.copy.title, moments.day(loan.due_on)) for loan in soon],
        "step": step,
    }
    return _message(letter, subject, "reminder", **facts)


def _compose_ready(letter: Letter) -> kinds.Message:
    reservation = _reservation(letter, State.READY)
    assert reservation.pickup_until is not None  # kept by a constraint of the database
    if reservation.pickup_until < timezone.localdate():
        raise _changed()
    until = moments.day(reservation.pickup_until)
    return _about(
        letter, reservation, _("Ready to be fetched from the library"), "ready", until=until
    )


def _compose_ended(letter: Letter) -> kinds.Message:
    reservation = _reservation(letter, State.EXPIRED, State.CANCELLED)
    again = Reservation.objects.live().filter(
        record=reservation.record_id, issue=reservation.issue_id, member=letter.object_id
    )
    if again.exists():
        raise _changed()
    subject = _("A reservation at the library has ended")
    expired = reservation.state == State.EXPIRED
    return _about(letter, reservation, subject, "ended", expired=expired)


def _compose_set_back(letter: Letter) -> kinds.Message:
    reservation = _reservation(letter, State.WAITING)
    subject = _("Not ready after all, your turn at the library is kept")
    return _about(letter, reservation, subject, "set_back")


def _reservation(letter: Letter, *states: str) -> Reservation:
    found = Reservation.objects.select_related("record", "issue").filter(
        pk=letter.context["reservation"], state__in=states
    )
    reservation = found.first()
    if reservation is None:
        raise _changed()
    return reservation


def _changed() -> kinds.NoLongerTrue:
    return kinds.NoLongerTrue(_("The reservation has changed in the meantime."))


def _about(
    letter: Letter, reservation: Reservation, subject: str, template: str, **facts: object
) -> kinds.Message:
    return _message(letter, subject, template, title=reservation.title, **facts)


def _message(letter: Letter, subject: str, template: str, **facts: object) -> kinds.Message:
    path = faces.address(reverse("library:mine"), faces.by_code(letter.face))
    context = {
        "name": letter.context.get("name", ""),
        "link": settings.SITE_URL + path,
        "is_own": letter.context.get("is_own", True),
        "place_and_hours": LendingTerms.current().place_and_hours,
        **facts,
    }
    return kinds.Message(subject, texts.written(f"library/letters/{template}.txt", context))
