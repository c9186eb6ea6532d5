"""Who gets a certificate, and why somebody gets none."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.documents.models import Document
from centar.events.models import Booking, Event, Presence
from centar.outbox.models import Letter
from tests.factories.certificates import ISSUES, IssuingSettingsFactory, participant
from tests.factories.events import BookingFactory
from tests.factories.people import PersonFactory, StaffFactory, UserFactory
from tests.factories.trainings import SeminarFactory
from trainings.models import Certificate, EvaluationReceipt, IssuingSettings, LedgerEntry
from trainings.operations import certificates
from trainings.queries import certificates as queries

pytestmark = pytest.mark.django_db


def issue(booking, by):
    return certificates.issue(booking_id=booking.pk, by=by)


def refusal(booking, by):
    """The sentence with which the certificate is refused; nothing is left behind."""
    with pytest.raises(Refusal) as refused:
        issue(booking, by)
    assert Document.objects.count() == Certificate.objects.filter(ended_at=None).count()
    return str(refused.value)


def test_whoever_was_there_gets_a_certificate_with_hours_and_points(staff, seminar):
    booking = participant(seminar)

    certificate = issue(booking, staff)

    document = certificate.document
    assert (certificate.hours, certificate.points) == (8, Decimal(8))
    assert (document.kind, document.register_number) == ("certificate", "У-1/2026")
    assert (document.person, document.issued_by) == (booking.person, staff)
    assert list(
        Entry.objects.filter(actor_id=staff.pk).values_list("action", flat=True).order_by("pk")
    ) == ["documents.issue", "trainings.credit", "trainings.issue_certificate"]


def test_the_content_is_all_that_must_stand_on_it(staff, seminar):
    event = seminar.event
    content = issue(participant(seminar, first_name="Љиљана"), staff).document.content

    assert content == {
        "name": content["name"],
        "birth_date": "1985-03-24",
        "birth_place": "Крагујевац",
        "employer": "ОШ „Прва бразда“, Доња Врбава",
        "form": "programme",
        "title": seminar.programme.title,
        "number": seminar.programme.number,
        "ministry_number": "",
        "area": "Природне науке",
        "competences": [["К1", "Компетенција К1"]],
        "priority_areas": ["2 Приоритетна област 2"],
        "trainers": [],
        "hours": 8,
        "points": "8.0",
        "days": [timezone.localdate(event.starts_at).isoformat()],
        "place": "Центар за образовање",
        "organiser": "Центар за образовање",
        "issuer": "Центар за образовање Крагујевац",
        "seat": "Крагујевац",
        "authorised_person": "Мр Љубица Ђаковић",
        "authorised_title": "директор",
    }
    assert content["name"].startswith("Љиљана ")


def test_the_particulars_are_those_in_force_today(staff, seminar):
    IssuingSettingsFactory(valid_from=timezone.localdate(), authorised_person="Нови Директор")
    IssuingSettingsFactory(
        valid_from=timezone.localdate() + timedelta(days=1), authorised_person="Тек Сутра"
    )

    content = issue(participant(seminar), staff).document.content

    assert content["authorised_person"] == "Нови Директор"


def test_its_owner_gets_one_letter(staff, seminar):
    booking = participant(seminar)

    certificate = issue(booking, staff)

    assert list(Letter.objects.values_list("kind", "object_id", "recipient")) == [
        ("trainings.certificate_ready", certificate.pk, booking.person.email)
    ]


def test_it_moves_the_ledger_of_points(staff, seminar):
    booking = participant(seminar)

    certificate = issue(booking, staff)

    entry = LedgerEntry.objects.get()
    assert (entry.person, entry.document, entry.kind) == (
        booking.person,
        certificate.document,
        "programme",
    )
    assert (entry.hours, entry.points, entry.competences) == (Decimal(8), Decimal(8), ["К1"])
    assert entry.earned_on == timezone.localdate(seminar.event.starts_at)


@pytest.mark.parametrize(
    ("minutes", "sentence"),
    [
        (None, "Was not there: no presence is noted."),
        (120, "Was there 2 hours of 6 hours; 80 % is needed."),
        (287, "Was there 4 hours 47 minutes of 6 hours; 80 % is needed."),
        (30, "Was there 30 minutes of 6 hours; 80 % is needed."),
    ],
)
def test_whoever_was_not_there_long_enough_gets_none(staff, seminar, minutes, sentence):
    assert refusal(participant(seminar, minutes=minutes), staff) == sentence


def test_the_least_share_is_enough(staff, seminar):
    assert issue(participant(seminar, minutes=288), staff).ended_at is None


def test_the_share_is_the_programmes(staff, seminar):
    seminar.programme.least_attendance = 50
    seminar.programme.save()

    assert issue(participant(seminar, minutes=180), staff).ended_at is None
    assert refusal(participant(seminar, minutes=179), staff) == (
        "Was there 2 hours 59 minutes of 6 hours; 50 % is needed."
    )


def test_even_without_a_share_nobody_gets_one_who_was_never_there(staff, seminar):
    seminar.programme.least_attendance = 0
    seminar.programme.save()

    assert refusal(participant(seminar, minutes=None), staff).startswith("Was not there")


def test_no_day_makes_up_for_another(staff):
    """More minutes than a day had do not count."""
    IssuingSettingsFactory()
    seminar = SeminarFactory(event__days=2, event__starts_at=timezone.now() - timedelta(days=40))

    assert refusal(participant(seminar, minutes=720), staff) == (
        "Was there 6 hours of 12 hours; 80 % is needed."
    )


def test_all_days_count_together(staff):
    IssuingSettingsFactory()
    seminar = SeminarFactory(event__days=2, event__starts_at=timezone.now() - timedelta(days=40))
    booking = participant(seminar, minutes=300)
    second = seminar.event.meetings.latest("starts_at")
    Presence.objects.create(meeting=second, booking=booking, minutes=280)

    assert len(issue(booking, staff).document.content["days"]) == 2


def test_the_evaluation_is_asked_for_only_where_the_programme_does(staff, seminar):
    seminar.programme.needs_evaluation = True
    seminar.programme.save()
    booking = participant(seminar)

    assert refusal(booking, staff) == "Has not filled in the evaluation."
    EvaluationReceipt.objects.create(seminar=seminar, person=booking.person, on=date(2026, 11, 1))
    assert issue(booking, staff).ended_at is None


@pytest.mark.parametrize("missing", [{"birth_date": None}, {"birth_place": ""}])
def test_nobody_gets_one_without_date_and_place_of_birth(staff, seminar, missing):
    sentence = "The date and place of birth are not known."

    assert refusal(participant(seminar, **missing), staff) == sentence


def test_nobody_gets_two(staff, seminar):
    booking = participant(seminar)
    issue(booking, staff)

    assert refusal(booking, staff) == "Already has the certificate of this seminar."
    assert Letter.objects.count() == 1
    assert LedgerEntry.objects.count() == 1


@pytest.mark.parametrize("state", [state for state in Booking.State if state != "placed"])
def test_only_whoever_has_a_place_gets_one(staff, seminar, state):
    booking = BookingFactory(event=seminar.event, state=state)

    assert refusal(booking, staff) == "Has no place at this seminar."


def test_not_before_the_seminar_is_over(staff):
    IssuingSettingsFactory()
    booking = participant(SeminarFactory())

    assert refusal(booking, staff) == "The seminar is not over yet."


def test_not_for_a_seminar_that_was_cancelled(staff, seminar):
    booking = participant(seminar)
    Event.objects.filter(pk=seminar.pk).update(
        state=Event.State.CANCELLED, cancelled_at=timezone.now()
    )

    assert refusal(booking, staff) == "This seminar was cancelled; nobody gets a certificate."


def test_not_before_the_particulars_are_entered(staff, seminar):
    IssuingSettings.objects.all().delete()

    assert refusal(participant(seminar), staff).startswith("Enter the particulars of certificates")


def test_only_who_may_issues(seminar):
    booking = participant(seminar)
    may_not = [None, UserFactory(), booking.person.user, StaffFactory()]

    for user in may_not:
        assert refusal(booking, user) == "Only the Centre's staff may do this."
    assert issue(booking, StaffFactory(permissions=ISSUES)).document.number == 1


def test_the_employer_may_be_another_or_none(staff, seminar):
    other = participant(seminar, school=None, employer="Градска управа")
    none = participant(seminar, school=None)

    employers = [issue(one, staff).document.content["employer"] for one in (other, none)]

    assert employers == ["Градска управа", ""]


def test_somebody_without_an_account_gets_the_letter_at_the_address_that_was_given(staff, seminar):
    issue(participant(seminar, user=None, contact_email="pera@example.org"), staff)
    issue(participant(seminar, user=None), staff)

    assert list(Letter.objects.values_list("recipient", flat=True)) == ["pera@example.org"]


def test_standings_take_the_same_queries_for_one_and_three(
    staff, seminar, django_assert_num_queries
):
    bookings = [participant(seminar) for _ in range(3)]
    PersonFactory()

    for number in (1, 3):
        with django_assert_num_queries(4):
            found = queries.standings(seminar, bookings[:number])
        assert [one.attended for one in found] == [360] * number
