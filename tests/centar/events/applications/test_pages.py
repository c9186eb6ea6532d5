"""The coordinator's pages, from the list to the application."""

from __future__ import annotations

import pymupdf
import pytest
from django.urls import reverse
from django.utils import timezone

from centar.events import links
from centar.events.models import Booking, BookingGroup
from centar.events.operations import bookings
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from centar.people.models import Coordination, CoordinationRequest, Person
from tests.centar.events import scenes
from tests.factories.people import CoordinationFactory, PersonFactory
from tests.factories.trainings import SeminarFactory
from tests.reader import Page

State = Booking.State
pytestmark = pytest.mark.django_db
PASTE = "Име\tПрезиме\tМејл\nНова\tНић\tnova@example.org\nДруга\tНић\tdruga@example.org"


@pytest.fixture
def event(db):
    return SeminarFactory(event__capacity=3).event


@pytest.fixture
def desk(client, coordinator):
    """The coordinator's browser, reading English."""
    client.force_login(coordinator)
    return client


@pytest.fixture
def group(event, school, coordinator, colleagues):
    """An application for four of the five: three have a place, one waits."""
    return bookings.enrol_group(
        event_id=event.pk,
        people=colleagues[:4],
        policy=BookingGroup.Policy.SPLIT,
        by=coordinator,
        school=school,
        payer=Booking.Payer.SCHOOL,
    )


def english(path):
    return "/en" + path


def text_of(answer):
    return Page(answer.content.decode()).text


def test_from_the_list_over_the_preview_to_the_application(desk, event, school, colleagues):
    listed = english(reverse("events:apply", args=[event.pk]))
    typed = {
        "chosen": [colleagues[0].pk],
        "pasted": PASTE,
        "first_name": ["Трећа"],
        "last_name": ["Нић"],
    }

    answer = desk.post(listed, {**typed, "preview": "1"}, follow=True)

    text = text_of(answer)
    assert "You apply for 4 people." in text
    assert "3 places are free." in text
    assert "3 get a place. 1 waits." in text
    preview = answer.request["PATH_INFO"] + "?" + answer.request["QUERY_STRING"]
    decided = {"policy": "split", "payer": "school", "seen_split": "3"}
    answer = desk.post(preview, decided, follow=True)
    assert "The application is sent: 3 people have a place." in text_of(answer)
    group = BookingGroup.objects.get()
    assert answer.request["PATH_INFO"] == english(reverse("events:application", args=[group.pk]))
    assert (group.school, group.bookings.count()) == (school, 4)

    # A second click, and "back" with a reload, find the first one's application.
    answer = desk.post(preview, decided, follow=True)
    assert answer.request["PATH_INFO"] == english(reverse("events:application", args=[group.pk]))
    assert Booking.objects.count() == 4


def test_places_that_went_meanwhile_are_told(desk, event, school, coordinator, colleagues):
    listed = english(reverse("events:apply", args=[event.pk]))
    answer = desk.post(
        listed, {"chosen": [one.pk for one in colleagues], "preview": "1"}, follow=True
    )
    preview = answer.request["PATH_INFO"]
    scenes.crowd(event, 2)

    answer = desk.post(
        preview, {"policy": "split", "payer": "school", "seen_split": "3"}, follow=True
    )

    text = text_of(answer)
    assert "Places changed while you were reading. This is how it stands now." in text
    assert "The application is sent: 1 person has a place." in text


def test_what_was_typed_is_there_after_a_reload(desk, event):
    listed = english(reverse("events:apply", args=[event.pk]))
    desk.post(listed, {"pasted": PASTE, "first_name": ["Трећа"], "more": "1"})

    answer = desk.get(listed)

    assert "druga@example.org" in answer.content.decode()
    assert 'value="Трећа"' in answer.content.decode()


def test_a_search_keeps_who_was_chosen(desk, event, colleagues):
    listed = english(reverse("events:apply", args=[event.pk]))

    answer = desk.post(listed, {"chosen": [colleagues[0].pk], "q": "lazic 3", "find": "1"})

    assert list(answer.context["people"]) == [colleagues[0], colleagues[3]]


@pytest.mark.parametrize(
    "typed",
    [
        {"pasted": "\0"},
        {"pasted": "x" * 30_000},
        {"first_name": "x" * 10_000, "preview": "1"},
        {"chosen": ["-1", "9" * 40, "ч", "1\0"], "preview": "1"},
        {"birth_date": "32.13.2000.", "first_name": "А", "last_name": "Б", "preview": "1"},
    ],
)
def test_no_input_breaks_the_list_or_the_preview(desk, event, typed):
    answer = desk.post(english(reverse("events:apply", args=[event.pk])), typed, follow=True)

    assert answer.status_code in (200, 422)
    assert Booking.objects.count() == 0


@pytest.mark.parametrize("sent", [{}, {"policy": "нека", "payer": "\0"}, {"policy": "split"}])
def test_a_choice_that_is_missing_is_asked_for(desk, event, colleagues, sent):
    listed = english(reverse("events:apply", args=[event.pk]))
    desk.post(listed, {"chosen": [colleagues[0].pk]})

    answer = desk.post(english(reverse("events:application_preview", args=[event.pk])), sent)

    assert answer.status_code == 422
    assert "payer" in answer.context["form"].errors
    assert Booking.objects.count() == 0


def test_a_substitute_takes_the_place_and_the_turn(desk, event, group, colleagues):
    waiting = event.bookings.get(state=State.WAITING)

    answer = desk.post(
        english(reverse("events:application_member", args=[waiting.pk])),
        {"person": colleagues[4].pk},
        follow=True,
    )

    assert "Jovan Lazić 4 comes instead of Jovan Lazić 3." in text_of(answer)
    now = Booking.objects.get(pk=waiting.pk)
    assert (now.person, now.state, now.queued_at, now.payer, now.group) == (
        colleagues[4],
        State.WAITING,
        waiting.queued_at,
        Booking.Payer.SCHOOL,
        group,
    )


def test_one_or_all_are_withdrawn(desk, event, group):
    placed = event.bookings.filter(state=State.PLACED).earliest("pk")
    desk.post(english(reverse("events:application_member", args=[placed.pk])), {"withdraw": "1"})

    assert scenes.state(placed) == State.WITHDRAWN

    assert desk.get(english(reverse("events:withdraw_all", args=[group.pk]))).status_code == 200
    desk.post(english(reverse("events:withdraw_all", args=[group.pk])))

    assert event.bookings.live().count() == 0


PAGES = (
    ("events:school", "school", "get"),
    ("events:school_list", "school", "get"),
    ("events:add_colleague", "school", "get"),
    ("events:stop_coordinating", "school", "post"),
    ("events:correct_colleague", "colleague", "get"),
    ("events:release_colleague", "colleague", "get"),
    ("events:release_colleague", "colleague", "post"),
    ("events:answer_request", "request", "post"),
    ("events:application", "group", "get"),
    ("events:withdraw_all", "group", "post"),
    ("events:application_member", "booking", "get"),
    ("events:application_member", "booking", "post"),
    ("events:apply", "event", "get"),
    ("events:application_preview", "event", "post"),
    ("events:schools", None, "get"),
)


@pytest.fixture
def things(event, school, group, colleagues):
    """One of each that the pages are about."""
    asked = CoordinationRequest.objects.create(person=PersonFactory(school=school), school=school)
    return {
        "school": school.pk,
        "colleague": colleagues[4].pk,
        "request": asked.pk,
        "group": group.pk,
        "booking": group.bookings.earliest("pk").pk,
        "event": event.pk,
    }


@pytest.mark.parametrize(("name", "thing", "method"), PAGES)
def test_nobody_else_finds_these_pages(client, things, coordinator, name, thing, method):
    """A coordinator of another school, one whose coordination ended, and a stranger."""
    path = reverse(name, args=[things[thing]] if thing else [])
    path += f"?skola={things['school']}" if thing == "event" else ""

    assert getattr(client, method)(path).headers["Location"].startswith("/nalog/login/")
    other = CoordinationFactory().person.user
    client.force_login(other)
    if (name != "events:schools" and thing != "event") or thing == "event":
        assert getattr(client, method)(path).status_code == 404
    client.force_login(coordinator)
    Coordination.objects.filter(person__user=coordinator).update(ended_at=timezone.now())
    assert getattr(client, method)(path).status_code == 404
    assert Booking.objects.live().count() == 4


@pytest.mark.parametrize(("name", "thing", "method"), [one for one in PAGES if one[2] == "get"])
def test_the_coordinator_finds_them(desk, things, name, thing, method):
    path = reverse(name, args=[things[thing]] if thing else [])

    assert desk.get(english(path), follow=True).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_the_schools_page_asks_as_often_for_three_as_for_one(
    number, desk, school, coordinator, django_assert_num_queries
):
    for _one in range(number):
        event = SeminarFactory().event
        person = PersonFactory(user=None, school=school)
        bookings.enrol_group(
            event_id=event.pk,
            people=[person],
            policy=BookingGroup.Policy.SPLIT,
            by=coordinator,
            school=school,
        )
    path = reverse("events:school", args=[school.pk])
    desk.get(path)

    # Session, account, school; bookings, presence, applications, requests, coordinators, people.
    with django_assert_num_queries(8):
        desk.get(path)


def test_the_list_to_print_is_a_pdf_in_the_script_of_the_reader(desk, school, group, colleagues):
    answer = desk.get("/lat" + reverse("events:school_list", args=[school.pk]))

    text = pymupdf.open(stream=answer.content)[0].get_text()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "Jovan Lazić 0" in text
    assert "Лазић" not in text


class TestPeople:
    def test_somebody_is_added_corrected_and_leaves(self, desk, school):
        path = english(reverse("events:add_colleague", args=[school.pk]))
        said = {"first_name": "Ана", "last_name": "Ђурић", "birth_date": "5.2.1977."}
        desk.post(path, said)
        person = Person.objects.get(last_name="Ђурић")
        assert person.school == school

        path = english(reverse("events:correct_colleague", args=[person.pk]))
        assert "1977" not in desk.get(path).content.decode()
        desk.post(path, {"first_name": "Ана", "last_name": "Ђурић Мит", "birth_date": ""})
        person.refresh_from_db()
        assert (person.last_name, str(person.birth_date)) == ("Ђурић Мит", "1977-02-05")

        desk.post(english(reverse("events:release_colleague", args=[person.pk])))
        person.refresh_from_db()
        assert person.school is None

    def test_who_has_an_account_keeps_the_profile_alone(self, desk, school):
        person = PersonFactory(school=school)

        answer = desk.get(english(reverse("events:correct_colleague", args=[person.pk])))

        assert answer.status_code == 403

    @pytest.mark.parametrize(
        "said",
        [
            {},
            {"first_name": "\0", "last_name": "Б"},
            {"first_name": "x" * 10_000, "last_name": "Б"},
            {"first_name": "А", "last_name": "Б", "subject": "999999", "post": "цар"},
            {"first_name": "А", "last_name": "Б", "birth_date": "јуче"},
        ],
    )
    def test_wrong_input_is_told_beside_its_field(self, desk, school, said):
        answer = desk.post(english(reverse("events:add_colleague", args=[school.pk])), said)

        assert answer.status_code == 422


class TestObjecting:
    def test_by_the_link_of_the_letter(self, client, event, group, coordinator):
        booking = group.bookings.filter(state=State.PLACED).earliest("pk")
        outbox.deliver_due()
        path = links.objection_path(booking)
        assert client.get(path).status_code == 200
        assert scenes.state(booking) == State.PLACED

        client.post(path)
        client.post(path)

        assert scenes.state(booking) == State.WITHDRAWN
        told = Letter.objects.filter(recipient=coordinator.email, kind="applications.objected")
        assert told.count() == 1
        # The private link is not kept where the staff can read it.
        kept = Letter.objects.get(kind="applications.applied", object_id=booking.pk).text
        assert "/prigovor/" not in kept

    def test_a_forged_link_opens_nothing(self, client):
        assert client.get(reverse("events:object", args=["лажно"])).status_code == 404
        assert client.post(reverse("events:object", args=["abc:def:ghi"])).status_code == 404

    def test_on_the_own_page(self, client, event, school, coordinator):
        person = PersonFactory(school=school)
        group = bookings.enrol_group(
            event_id=event.pk,
            people=[person],
            policy=BookingGroup.Policy.SPLIT,
            by=coordinator,
            school=school,
        )
        booking = group.bookings.get()
        client.force_login(person.user)
        assert "I do not agree" in text_of(
            client.get(english(reverse("events:booking", args=[booking.pk])))
        )

        client.post(english(reverse("events:object_to", args=[booking.pk])))

        assert scenes.state(booking) == State.WITHDRAWN
