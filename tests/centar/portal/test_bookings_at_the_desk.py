"""Bookings in the back office beside the other apps: what they are reached from and chosen for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from centar.audit.models import Entry
from centar.events.models import Booking, Event
from centar.events.operations import bookings
from tests import office, reader
from tests.factories.people import PersonFactory
from tests.factories.trainings import SeminarFactory

pytestmark = pytest.mark.django_db
BOOKINGS = "/admin/events/booking/"
State = Booking.State


@pytest.fixture
def staff():
    return office.colleague()


@pytest.fixture
def desk(staff):
    return office.desk_of(staff)


def enrolled(seminar, number):
    """Several people register, one after the other."""
    made = []
    for _ in range(number):
        person = PersonFactory()
        made.append(bookings.enrol(event_id=seminar.pk, person=person, by=person.user))
    return made


def page_of(booking):
    return f"{BOOKINGS}{booking.pk}/change/"


def deed(booking, name):
    return f"{BOOKINGS}{booking.pk}/radnja/{name}/"


def done(desk, booking, name, **fields):
    return desk.post(deed(booking, name), {"sent": "yes", **fields}, follow=True)


def states(made):
    rows = Booking.objects.in_bulk([booking.pk for booking in made])
    return [rows[booking.pk].state for booking in made]


def last_entry():
    entry = Entry.objects.latest("pk")
    return entry.action, entry.actor_id, entry.reason


def test_a_place_is_given_past_the_queue_when_one_is_free(desk, staff):
    seminar = SeminarFactory(event__capacity=1)
    made = enrolled(seminar, 3)
    Event.objects.filter(pk=seminar.pk).update(capacity=2)

    done(desk, made[2], "mesto", reason="Реализатор програма.")

    assert states(made) == [State.PLACED, State.WAITING, State.PLACED]
    assert last_entry() == ("events.give_place", staff.pk, "Реализатор програма.")


def new(desk, seminar, person, note=""):
    fields = {"event": seminar.pk, "person": person.pk, "note": note}
    return desk.post(f"{BOOKINGS}add/", fields)


def test_the_staff_may_register_after_the_deadline_but_not_past_the_queue(desk):
    closed = timezone.now() - timedelta(days=1)
    seminar = SeminarFactory(event__capacity=0, event__registration_closes_at=closed)

    new(desk, seminar, PersonFactory())

    assert Booking.objects.get().state == State.WAITING


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"event__state": "draft"}, "This event is not published yet."),
        (
            {"event__state": "cancelled", "event__cancelled_at": timezone.now()},
            "This event is cancelled.",
        ),
        ({"event__starts_at": timezone.now() - timedelta(days=9)}, "This event is over."),
    ],
    ids=["draft", "cancelled", "over"],
)
def test_what_the_operation_would_refuse_is_said_in_the_form(desk, facts, sentence):
    seminar, person = SeminarFactory(**facts), PersonFactory()

    answer = new(desk, seminar, person, "Хитно.")

    assert (answer.status_code, Booking.objects.count()) == (200, 0)
    assert office.errors(answer) == [office.serbian(sentence)]
    assert reader.typed(answer.content.decode())["note"] == ["Хитно."]


@pytest.mark.parametrize("missing", ["event", "person"])
def test_a_new_booking_needs_both(desk, missing):
    fields = {"event": SeminarFactory().pk, "person": PersonFactory().pk, "note": ""}

    answer = desk.post(f"{BOOKINGS}add/", fields | {missing: ""})

    assert list(answer.context["adminform"].form.errors) == [missing]


@pytest.mark.parametrize(
    "forged",
    [
        {"state": "placed"},
        {"state": "withdrawn", "ended_at": "2020-01-01"},
        {"queued_at": "2000-01-01 00:00"},
        {"person": "1", "event": "1"},
        {"note": "друга"},
    ],
)
def test_a_forged_form_changes_nothing(desk, forged):
    seminar = SeminarFactory(event__capacity=0)
    (booking,) = enrolled(seminar, 1)
    before = Booking.objects.values().get(pk=booking.pk)

    page = desk.get(page_of(booking)).content.decode()
    answer = desk.post(page_of(booking), reader.typed(page, **forged))

    assert answer.status_code == 302
    assert Booking.objects.values().get(pk=booking.pk) == before


def test_a_new_booking_cannot_forge_its_state(desk):
    fields = {"event": SeminarFactory(event__capacity=0).pk, "person": PersonFactory().pk}

    desk.post(
        f"{BOOKINGS}add/", {**fields, "note": "", "state": "placed", "queued_at": "2000-01-01"}
    )

    booking = Booking.objects.get()
    assert (booking.state, booking.queued_at.year) == (State.WAITING, timezone.now().year)


def test_the_bookings_of_one_seminar_are_behind_one_link(desk):
    seminar = SeminarFactory()
    made = enrolled(seminar, 2)
    enrolled(SeminarFactory(), 1)
    page = desk.get(f"/admin/trainings/seminarevent/{seminar.pk}/change/").content.decode()
    link = next(href for href, _ in reader.Page(page).links if "event__id" in href)

    rows = desk.get(link).context["cl"].result_list

    assert {row.pk for row in rows} == {booking.pk for booking in made}


@pytest.mark.parametrize("rows", [1, 3])
def test_a_booking_s_page_takes_the_same_queries_however_long_the_queue(
    desk, django_assert_num_queries, rows
):
    made = enrolled(SeminarFactory(event__capacity=0), rows)
    PersonFactory.create_batch(rows)

    with django_assert_num_queries(11):
        desk.get(page_of(made[0]))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_of_a_new_booking_lists_neither_people_nor_events(
    desk, django_assert_num_queries, rows
):
    enrolled(SeminarFactory(), rows)

    with django_assert_num_queries(4):
        page = desk.get(f"{BOOKINGS}add/").content.decode()

    assert page.count("<option") <= 2


def test_choosing_an_event_offers_those_that_still_take_people(desk):
    coming = SeminarFactory(programme__title="Огледи")
    SeminarFactory(programme__title="Огледи", event__state=Event.State.DRAFT)
    SeminarFactory(programme__title="Огледи", event__starts_at=timezone.now() - timedelta(days=9))

    found = desk.get(
        "/admin/autocomplete/",
        {"term": "ogledi", "app_label": "events", "model_name": "booking", "field_name": "event"},
    ).json()

    assert [row["id"] for row in found["results"]] == [str(coming.pk)]
