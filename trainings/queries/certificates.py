"""Who was how long at a seminar, and which certificates there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from centar.documents.models import Document
from centar.events.models import Booking, Meeting, Presence
from centar.people.models import User
from trainings.models import BatchEntry, Certificate, EvaluationReceipt, Seminar


@dataclass(frozen=True)
class Standing:
    """What decides whether a participant gets a certificate, minutes as they were noted."""

    booking: Booking
    attended: int
    whole: int
    has_evaluated: bool
    has_certificate: bool


def standings(seminar: Seminar, bookings: Iterable[Booking]) -> list[Standing]:
    """The standing of each of these bookings of the seminar; four queries for any number.

    Nobody was at a meeting longer than it lasted.
    """
    lengths = {
        meeting.pk: _minutes(meeting) for meeting in Meeting.objects.filter(event_id=seminar.pk)
    }
    asked = list(bookings)
    keys = [booking.pk for booking in asked]
    attended = dict.fromkeys(keys, 0)
    for presence in Presence.objects.filter(booking__in=keys, meeting__in=lengths):
        attended[presence.booking_id] += min(presence.minutes, lengths[presence.meeting_id])
    evaluated = set(
        EvaluationReceipt.objects.filter(seminar=seminar).values_list("person_id", flat=True)
    )
    holders = Certificate.objects.filter(booking__in=keys, ended_at=None)
    certified = set(holders.values_list("booking_id", flat=True))
    whole = sum(lengths.values())
    return [
        Standing(
            booking=booking,
            attended=attended[booking.pk],
            whole=whole,
            has_evaluated=booking.person_id in evaluated,
            has_certificate=booking.pk in certified,
        )
        for booking in asked
    ]


def _minutes(meeting: Meeting) -> int:
    return int((meeting.ends_at - meeting.starts_at).total_seconds() // 60)


def participants(seminar: Seminar) -> QuerySet[Booking]:
    """Those with a place at the seminar, in the order of their names."""
    placed = Booking.objects.filter(event_id=seminar.pk, state=Booking.State.PLACED)
    return placed.select_related("person").order_by("person__sort_azbuka", "pk")


def own(user: User) -> QuerySet[Certificate]:
    """A person's own certificates, the newest in front; those that ended included."""
    mine = Certificate.objects.filter(booking__person__user=user)
    return mine.select_related("document__replaced_by", "booking").order_by(
        "-document__issued_at", "-pk"
    )


def papers_of_batch(batch_id: int) -> list[Document]:
    """The valid papers of a batch's participants in the order of their numbers: those that it
    issued, and those that somebody had already.
    """
    booked = BatchEntry.objects.filter(batch=batch_id).values("booking")
    valid = Document.objects.filter(certificate__booking__in=booked, certificate__ended_at=None)
    return list(valid.order_by("year", "number"))
