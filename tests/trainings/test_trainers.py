"""A trainer's own seminars."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from centar.events.models import Booking, Event
from tests.centar.events import days
from tests.factories.events import BookingFactory, PresenceFactory
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.trainings import SeminarFactory, TrainerFactory
from tests.reader import Page

pytestmark = pytest.mark.django_db


@pytest.fixture
def trainer():
    return TrainerFactory(person=PersonFactory())


@pytest.fixture
def desk(trainer):
    return days.browser(trainer.person.user)


def own(event, face="/en"):
    return face + reverse("trainings:led_seminar", args=[event.pk])


def words(answer):
    return Page(answer.content.decode()).text


def test_own_seminars_the_next_first_and_the_last_first(trainer, desk):
    now = timezone.now()
    made = {
        when: SeminarFactory(event__starts_at=now + timedelta(days=when), trainers=[trainer])
        for when in (20, -30, 5, -10)
    }
    SeminarFactory(trainers=[TrainerFactory()])
    SeminarFactory(trainers=[trainer], event__state=Event.State.DRAFT)

    led = desk.get(reverse("trainings:led_seminars")).context["led"]

    assert [event.pk for event in led.coming] == [made[5].pk, made[20].pk]
    assert [event.pk for event in led.past] == [made[-10].pk, made[-30].pk]


def test_nobody_counts_free_places_of_a_seminar_that_is_over(trainer, desk):
    past = timezone.now() - timedelta(days=3)
    seminar = SeminarFactory(event__starts_at=past, event__capacity=30, trainers=[trainer])
    BookingFactory.create_batch(2, event=seminar.event)

    for path in ("/en/moji-seminari/", own(seminar.event)):
        text = words(desk.get(path))
        assert "2 people had a place" in text
        assert "free" not in text


def test_whoever_leads_nothing_is_told_so(client):
    client.force_login(PersonFactory().user)

    assert "You lead no seminar" in words(client.get("/en/moji-seminari/"))


@pytest.mark.parametrize("who", ["another trainer", "the staff", "a participant"])
def test_somebody_elses_seminar_is_not_found(who, trainer):
    event = SeminarFactory(trainers=[trainer]).event
    user = {
        "another trainer": days.another_trainer,
        "the staff": StaffFactory,
        "a participant": lambda: BookingFactory(event=event).person.user,
    }[who]()

    assert days.browser(user).get(own(event)).status_code == 404


def test_a_draft_is_not_found_by_its_trainer(trainer, desk):
    event = SeminarFactory(trainers=[trainer], event__state=Event.State.DRAFT).event

    assert desk.get(own(event)).status_code == 404


@pytest.mark.parametrize("name", ["led_seminars", "led_seminar"])
def test_whoever_is_not_signed_in_is_asked_to(name, client, trainer):
    args = [SeminarFactory(trainers=[trainer]).pk] if name == "led_seminar" else []
    address = reverse(f"trainings:{name}", args=args)

    answer = client.get(address)

    assert (answer.status_code, answer["Location"]) == (302, f"/nalog/login/?next={address}")


def test_the_attendance_by_days_and_together(trainer, desk):
    event = SeminarFactory(trainers=[trainer], event__days=2).event
    first, second = event.meetings.order_by("starts_at")
    whole, part, absent = (
        BookingFactory(event=event, person=PersonFactory(last_name=surname))
        for surname in ("Антић", "Бабић", "Вулић")
    )
    for meeting in (first, second):
        PresenceFactory(booking=whole, meeting=meeting)
    PresenceFactory(booking=part, meeting=second, minutes=45)
    BookingFactory(event=event, state=Booking.State.WAITING)

    attendance = desk.get(own(event)).context["attendance"]

    shown = [(one.booking, one.minutes, one.attended) for one in attendance.participants]
    assert shown == [
        (whole, [360, 360], 720),
        (part, [None, 45], 45),
        (absent, [None, None], 0),
    ]
    assert attendance.present == [1, 2]


@pytest.mark.parametrize("face", ["", "/lat", "/en"])
def test_no_birth_date_note_or_address_is_shown(trainer, desk, face):
    event = SeminarFactory(trainers=[trainer]).event
    person = PersonFactory(
        birth_date="1981-03-24",
        birth_place="Рача",
        phone="+381601234567",
        user__email="tajna@example.org",
    )
    BookingFactory(event=event, person=person)

    page = desk.get(own(event, face)).text

    assert re.findall(r"1981|Рача|Rača|1234567|tajna@", page) == []


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_participants(trainer, desk, django_assert_num_queries, count):
    event = SeminarFactory(trainers=[trainer]).event
    for _ in range(count):
        PresenceFactory(booking__event=event)

    with django_assert_num_queries(6):
        desk.get(own(event))


@pytest.mark.parametrize("count", [1, 3])
def test_queries_do_not_grow_with_the_seminars(trainer, desk, django_assert_num_queries, count):
    SeminarFactory.create_batch(count, trainers=[trainer])

    with django_assert_num_queries(5):
        desk.get("/moji-seminari/")


def test_two_trainers_of_one_name_do_not_see_each_others_seminars(trainer):
    namesake = TrainerFactory(name=trainer.name, person=PersonFactory())
    event = SeminarFactory(trainers=[trainer]).event

    assert days.browser(namesake.person.user).get(own(event)).status_code == 404
