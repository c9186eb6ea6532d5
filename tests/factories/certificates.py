"""Seminars that were held, who was there, and the particulars of their certificates."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from centar.events.models import Booking, Presence
from tests.factories.events import BookingFactory
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolFactory
from tests.factories.trainings import SeminarFactory
from trainings.models import IssuingSettings, Seminar

ISSUES = (
    "trainings.view_certificate",
    "trainings.add_certificate",
    "trainings.change_certificate",
    "documents.view_document",
    "documents.change_document",
    "events.view_event",
    "events.change_event",
    "events.view_booking",
    "trainings.view_seminarevent",
    "trainings.change_seminarevent",
    "trainings.view_certificatebatch",
)
"""What somebody needs who works on certificates."""


class IssuingSettingsFactory(DjangoModelFactory[IssuingSettings]):
    """Particulars that have been in force for long."""

    valid_from = date(2020, 1, 1)
    organiser = "Центар за образовање Крагујевац"
    seat = "Крагујевац"
    authorised_person = "Мр Љубица Ђаковић"
    authorised_title = "директор"

    class Meta:
        model = IssuingSettings
        django_get_or_create = ("valid_from",)


class HeldSeminarFactory(SeminarFactory):
    """A seminar of one day of six hours, forty days ago."""

    event__starts_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=40))


def participant(seminar: Seminar, minutes: int | None = 360, **person: Any) -> Booking:
    """Somebody with a place, who was there for so many minutes of the first day; None is not at
    all. The person has a birth date, a birth place and a school.
    """
    particulars = {
        "birth_date": date(1985, 3, 24),
        "birth_place": "Крагујевац",
        "school": SchoolFactory(name="ОШ „Прва бразда“"),
        **person,
    }
    booking = BookingFactory(event=seminar.event, person=PersonFactory(**particulars))
    if minutes:
        meeting = seminar.event.meetings.earliest("starts_at")
        Presence.objects.create(meeting=meeting, booking=booking, minutes=minutes)
    return booking
