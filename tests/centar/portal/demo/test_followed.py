"""What the demonstration has behind it: attendance, evaluations, certificates, ledgers."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from django.utils import timezone

from centar.documents import papers
from centar.documents.models import Document
from centar.events.models import Booking, Presence
from centar.people.models import Person, User
from centar.portal import work_queue
from centar.portal.demo import accounts
from trainings.models import BatchEntry, Certificate, LedgerEntry, Seminar, SeminarRules
from trainings.permissions import ledger as ledger_permissions
from trainings.queries import evaluation, trainers
from trainings.queries import year as years

pytestmark = pytest.mark.usefixtures("demo")
State = LedgerEntry.State


def person(address: str) -> Person:
    return Person.objects.select_related("user", "school").get(user__email=address)


def seminar(words: str) -> Seminar:
    return Seminar.objects.select_related("event").get(
        event__title__startswith=words, event__ends_at__lte=timezone.now()
    )


def test_people_were_there_the_whole_time_a_part_of_it_or_never():
    event = seminar("Правопис").event
    (meeting,) = event.days
    placed = event.bookings.filter(state=Booking.State.PLACED)

    minutes = Counter(Presence.objects.filter(meeting=meeting).values_list("minutes", flat=True))

    assert minutes == {450: 15, 225: 2}
    assert placed.filter(presences=None).count() == 2


def test_results_of_enough_people_are_shown_and_of_three_hidden():
    shown = {
        words: evaluation.results(seminar(words))
        for words in ("Правопис", "Ноћно небо", "Јаслице", "Формативно")
    }

    assert {words: (one.tally.responses, one.tally.is_hidden) for words, one in shown.items()} == {
        "Правопис": (15, False),
        "Ноћно небо": (3, True),
        "Јаслице": (17, False),
        "Формативно": (14, False),
    }
    groups = [group for one in shown.values() for part in one.groupings for group in part.groups]
    assert {group.is_hidden for group in groups} == {True, False}
    assert all(group.responses >= 5 for group in groups if not group.is_hidden)


def test_the_deadline_of_evaluations_is_as_usual_again():
    assert SeminarRules.current().evaluation_days == 30


def test_certificates_are_issued_refused_revoked_and_replaced():
    ended = Document.objects.filter(kind="certificate").exclude(revoked_at=None)
    replaced = ended.filter(replaced_by__isnull=False)
    refused = BatchEntry.objects.exclude(reason="")

    assert Certificate.objects.count() == 122
    assert Certificate.objects.filter(ended_at=None).count() == 120
    assert (ended.count(), replaced.count()) == (2, 1)
    assert refused.count() == 30
    assert b"%PDF" in papers.pdf_of(replaced.get())[:8]


def test_the_teacher_has_certificates_points_and_something_to_evaluate():
    teacher = person(accounts.TEACHER)
    entries = LedgerEntry.objects.filter(person=teacher)

    assert Certificate.objects.filter(booking__person=teacher, ended_at=None).count() == 2
    assert Counter(entries.values_list("state", flat=True)) == {
        State.CONFIRMED: 5,
        State.PENDING: 2,
        State.RETURNED: 1,
    }
    points = entries.counted().values_list("points", flat=True)
    assert sum(points) == Decimal(32)
    (booking,) = evaluation.bookings_to_evaluate(teacher, timezone.now())
    assert booking.event_id == seminar("Формативно").pk


def test_the_coordinator_has_the_teachers_entries_to_confirm():
    coordinator = User.objects.get(email=accounts.COORDINATOR)

    waiting = list(LedgerEntry.objects.confirmable_by(coordinator).waiting())

    assert {entry.person for entry in waiting} == {person(accounts.TEACHER)}
    assert {entry.kind for entry in waiting} == {LedgerEntry.Kind.IN_HOUSE, LedgerEntry.Kind.OTHER}
    assert all(ledger_permissions.may_confirm(entry, coordinator) for entry in waiting)


def test_the_trainer_leads_seminars_ahead_and_behind_and_has_handed_files_out():
    led = trainers.led_seminars(User.objects.get(email=accounts.TRAINER), timezone.now())

    assert [len(part) for part in (led.coming, led.past)] == [3, 2]
    assert seminar("Правопис").materials.count() == 2


def test_the_year_in_numbers_has_participants_places_subjects_and_a_mean():
    year = years.in_numbers(2026, timezone.now(), "azbuka")

    assert (len(year.seminars), year.participants) == (9, 160)
    assert year.mean is not None
    assert [one.title for one in year.seminars if one.mean is None] == [
        "Ноћно небо над Шумадијом: астрономија за учитеље",
        "Стрип као лектира",
    ]
    assert len(year.municipalities) > 5
    assert len(year.subjects) > 5


def test_the_staff_find_attendance_reports_and_an_entry_to_deal_with():
    staff = User.objects.get(email=accounts.STAFF)

    counts = {
        str(task.address).partition("?work=")[2]: task.count for task in work_queue.tasks_for(staff)
    }

    assert (counts["attendance"], counts["staff"]) == (1, 1)
