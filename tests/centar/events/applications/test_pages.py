"""The coordinator's pages, from the list to the application."""

from __future__ import annotations

import pymupdf
import pytest
from django.urls import reverse
from django.utils import timezone

from centar.events.models import Booking, BookingGroup
from centar.people.models import Coordination, CoordinationRequest
from tests.centar.events import scenes
from tests.factories.people import CoordinationFactory, PersonFactory
from tests.reader import Page

State = Booking.State
pytestmark = pytest.mark.django_db
PASTE = "Име\tПрезиме\tМејл\nНова\tНић\tnova@example.org\nДруга\tНић\tdruga@example.org"


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


@pytest.mark.parametrize("who", ["booked", "of another school", "nobody", "forged"])
def test_who_cannot_come_instead_is_told_beside_the_field(desk, event, group, colleagues, who):
    waiting = event.bookings.get(state=State.WAITING)
    person = {
        "booked": colleagues[0].pk,
        "of another school": PersonFactory().pk,
        "nobody": "",
        "forged": "999999",
    }[who]

    answer = desk.post(
        english(reverse("events:application_member", args=[waiting.pk])), {"person": person}
    )

    sentence = "The substitute must be of the same school and not registered."
    expected = "Choose who comes instead." if who == "nobody" else sentence
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"person": [expected]}
    assert Booking.objects.get(pk=waiting.pk).person == waiting.person


def test_one_or_all_are_withdrawn(desk, event, group):
    placed = event.bookings.filter(state=State.PLACED).earliest("pk")
    desk.post(english(reverse("events:application_member", args=[placed.pk])), {"withdraw": "1"})

    assert scenes.state(placed) == State.WITHDRAWN

    assert desk.get(english(reverse("events:withdraw_all", args=[group.pk]))).status_code == 200
    desk.post(english(reverse("events:withdraw_all", args=[group.pk])))

    assert event.bookings.live().count() == 0


PAGES = (
    ("portal:school", "school", "get"),
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


def test_the_list_to_print_is_a_pdf_in_the_script_of_the_reader(desk, school, group, colleagues):
    answer = desk.get("/lat" + reverse("events:school_list", args=[school.pk]))

    text = pymupdf.open(stream=answer.content)[0].get_text()
    assert answer.headers["Content-Type"] == "application/pdf"
    assert "Jovan Lazić 0" in text
    assert "Лазић" not in text
