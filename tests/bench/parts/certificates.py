"""A seminar of 300 participants whose certificates the worker makes, unsigned."""

from __future__ import annotations

import gc
import resource
import time
from datetime import date, timedelta
from pathlib import Path

from django.utils import timezone

from centar.documents import papers
from centar.documents.models import Document
from centar.events.models import Booking, Event, Meeting, Presence
from centar.people.models import Person, User
from centar.schools.models import School
from tests.bench.figures import Figure
from tests.bench.site import Site
from trainings.certificates import KIND as CERTIFICATE
from trainings.models import IssuingSettings, Programme, Seminar
from trainings.operations import certificate_batches as batches
from trainings.seminars import KIND

PARTICIPANTS = 300
SECONDS = 15
"""The aim: so long for all of them, on two cores."""
MEGABYTES = 64
"""The most by which memory may grow, while they are issued and printed in one file, and again while
300 PDFs are made one after another.
"""
TITLE = "Семинар са уверењима"


def furnish() -> None:
    """A seminar that was held, and everybody was there."""
    starts_at = timezone.now() - timedelta(days=30)
    event = Event.objects.create(
        kind=KIND,
        title=TITLE,
        state=Event.State.CLOSED,
        place="Крагујевац",
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=6),
    )
    meeting = Meeting.objects.create(event=event, starts_at=starts_at, ends_at=event.ends_at)
    programme = Programme.objects.earliest("pk")
    seminar = Seminar.objects.create(event=event, programme=programme)
    seminar.trainers.set(programme.trainers.all())
    IssuingSettings.objects.create(
        valid_from=date(2020, 1, 1),
        organiser="Центар за образовање Крагујевац",
        seat="Крагујевац",
        authorised_person="Мр Љубица Ђаковић",
        authorised_title="директор",
    )
    people = Person.objects.bulk_create(
        Person(
            first_name="Љиљана",
            last_name=f"Ђурђевић {number}",
            birth_date=date(1985, 3, 24),
            birth_place="Крагујевац",
            contact_email=f"ucesnica{number}@example.org",
            school=School.objects.first(),
        )
        for number in range(PARTICIPANTS)
    )
    now = timezone.now()
    bookings = Booking.objects.bulk_create(
        Booking(
            event=event, person=person, state=Booking.State.PLACED, queued_at=now, placed_at=now
        )
        for person in people
    )
    Presence.objects.bulk_create(
        Presence(meeting=meeting, booking=booking, minutes=360) for booking in bookings
    )


def measure(site: Site) -> list[Figure]:
    """Registered, printed in one file, and then each as the single PDF that its owner fetches."""
    before = _peak()
    started = time.perf_counter()
    batch = batches.order(seminar_id=Event.objects.get(title=TITLE).pk, by=_staff())
    batches.work_off(batch.pk)
    in_batch = time.perf_counter() - started
    peak = _peak() - before
    batch.refresh_from_db()
    if batch.issued != PARTICIPANTS:
        raise RuntimeError(f"{batch.issued} certificates of {PARTICIPANTS} were issued.")
    # What is read once, such as fonts, has been read by the file of all.
    before = _resident()
    for document in Document.objects.filter(kind=CERTIFICATE).iterator(chunk_size=50):
        papers.pdf_of(document)
    seconds = time.perf_counter() - started
    growth = _resident() - before
    return [
        Figure("certificates.batch", in_batch, "s"),
        Figure("certificates.all", seconds, "s", seconds / SECONDS, 1),
        Figure("certificates.a_second", PARTICIPANTS / seconds, "1/s"),
        Figure("certificates.batch_memory", peak, "MB", peak / MEGABYTES, 1),
        Figure("certificates.single_memory", growth, "MB", growth / MEGABYTES, 1),
    ]


def _staff() -> User:
    return User.objects.create_superuser("uverenja@example.org")


def _peak() -> float:
    """The most memory that this process has held so far, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _resident() -> float:
    """The memory that this process holds now, in megabytes."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20
