"""Bookings in the back office: to read, and to change only through operations."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from centar.audit.models import Entry
from centar.events.models import Booking, Event
from tests import office
from tests.centar.events import scenes
from tests.factories.events import BookingFactory, EventFactory
from tests.factories.people import PersonFactory

State = Booking.State
LIST = "/admin/events/booking/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def user():
    return office.colleague()


@pytest.fixture
def desk(user):
    return office.desk_of(user)


@pytest.fixture
def event():
    return EventFactory(capacity=1)


def page(booking):
    return f"{LIST}{booking.pk}/change/"


def operation(booking, name):
    return f"{LIST}{booking.pk}/radnja/{name}/"


def offered(desk, booking):
    """The operations that the page of the booking offers."""
    return [one.name for one, _ in desk.get(page(booking)).context["operations"]]


def test_a_booking_is_only_read(desk, event):
    _, waiting = scenes.crowd(event, 2)
    before = Booking.objects.filter(pk=waiting.pk).values().get()

    desk.post(
        page(waiting),
        {"state": "placed", "event": EventFactory().pk, "note": "Нова", "queued_at_0": "1.1.2020."},
    )

    assert Booking.objects.filter(pk=waiting.pk).values().get() == before


def test_the_page_offers_what_is_possible_now(desk, event):
    placed, first, second = scenes.crowd(event, 3)
    scenes.bookings.withdraw(booking_id=placed.pk, by=placed.created_by)

    assert offered(desk, placed) == []
    assert offered(desk, first) == ["mesto", "premestaj", "odustajanje"]
    assert offered(desk, second) == ["mesto", "red", "premestaj", "odustajanje"]
    newcomer = scenes.enrolled(EventFactory())
    assert offered(desk, newcomer) == ["premestaj", "odustajanje"]


@pytest.mark.parametrize("name", ["mesto", "red", "premestaj", "odustajanje"])
def test_asking_about_an_operation_changes_nothing(name, desk, event):
    _, waiting = scenes.crowd(event, 2)
    before = scenes.trail()

    assert desk.get(operation(waiting, name)).status_code == 200

    assert scenes.trail() == before


def test_a_withdrawal_leaves_its_reason_in_both_records(desk, user, event):
    placed, waiting = scenes.crowd(event, 2)

    response = desk.post(operation(placed, "odustajanje"), {"reason": "Болест."})

    assert response["Location"] == page(placed)
    assert scenes.states(placed, waiting) == [State.WITHDRAWN, State.OFFERED]
    assert scenes.trail()[-1] == ("events.withdraw", user.pk, "Болест.")
    assert LogEntry.objects.get().object_id == str(placed.pk)


def test_a_new_position_is_given_with_a_reason(desk, event):
    _, first, second = scenes.crowd(event, 3)

    desk.post(operation(second, "red"), {"position": "1", "reason": "Замена."})

    assert scenes.queue(event) == [second.pk, first.pk]


def test_a_transfer_leads_to_the_new_booking(desk, event):
    placed = scenes.enrolled(event)
    other = EventFactory()

    response = desk.post(
        operation(placed, "premestaj"), {"event": other.pk, "reason": "Друга група."}
    )

    assert response["Location"] == page(other.bookings.get())


def test_only_coming_events_of_the_same_kind_are_offered_for_a_transfer(clock, desk, event):
    placed = scenes.enrolled(event)
    there = EventFactory()
    EventFactory(kind="club")
    EventFactory(starts_at=timezone.now() - timedelta(days=9))
    EventFactory(state=Event.State.DRAFT)
    EventFactory(state=Event.State.CANCELLED, cancelled_at=timezone.now())

    form = desk.get(operation(placed, "premestaj")).context["form"]

    assert list(form.fields["event"].queryset) == [there]


def test_a_given_place_needs_a_free_seat_and_says_so(desk, event):
    _, waiting = scenes.crowd(event, 2)

    response = desk.post(operation(waiting, "mesto"), {"reason": "Хитно."})

    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == [
        office.serbian("No place is free. Raise the number of places first.")
    ]
    assert scenes.state(waiting) == State.WAITING


@pytest.mark.parametrize(
    ("name", "fields", "wrong"),
    [
        ("mesto", {"reason": ""}, "reason"),
        ("mesto", {"reason": "   "}, "reason"),
        ("odustajanje", {"reason": ""}, "reason"),
        ("red", {"position": "1", "reason": ""}, "reason"),
        ("red", {"position": "9", "reason": "Замена."}, "position"),
        ("red", {"position": "0", "reason": "Замена."}, "position"),
        ("red", {"position": "прва", "reason": "Замена."}, "position"),
        ("premestaj", {"event": "", "reason": "Замена."}, "event"),
        ("premestaj", {"event": "999999", "reason": "Замена."}, "event"),
    ],
)
def test_wrong_input_stands_beside_its_field_with_the_rest_kept(name, fields, wrong, desk, event):
    _, waiting = scenes.crowd(event, 2)
    before = scenes.trail()

    response = desk.post(operation(waiting, name), fields)

    assert response.status_code == 200
    assert list(response.context["form"].errors) == [wrong]
    if fields["reason"].strip():
        assert fields["reason"] in response.content.decode()
    assert scenes.trail() == before


def test_there_is_no_other_operation(desk, event):
    placed = scenes.enrolled(event)

    assert desk.get(operation(placed, "brisanje")).status_code == 404
    assert desk.get(f"{LIST}999999/radnja/mesto/").status_code == 404


def test_a_colleague_who_only_reads_does_nothing(event):
    placed = scenes.enrolled(event)
    desk = office.desk_of(office.onlooker())

    assert desk.get(page(placed)).status_code == 200
    assert offered(desk, placed) == []
    for method in (desk.get, desk.post):
        assert method(operation(placed, "odustajanje"), {"reason": "Х"}).status_code == 403
        assert method(f"{LIST}add/").status_code == 403
    assert scenes.state(placed) == State.PLACED


def test_teachers_and_strangers_do_not_enter(client, event):
    placed = scenes.enrolled(event)
    for browser in (client, office.desk_of(placed.created_by)):
        for address in (LIST, page(placed), operation(placed, "odustajanje")):
            assert browser.get(address)["Location"].startswith("/admin/login/")


def test_nobody_deletes_a_booking(desk, event):
    placed = scenes.enrolled(event)

    assert desk.post(f"{LIST}{placed.pk}/delete/", {"post": "yes"}).status_code == 403
    desk.post(LIST, {"action": "delete_selected", "_selected_action": [placed.pk], "post": "yes"})

    assert scenes.state(placed) == State.PLACED


class TestRegistering:
    """The staff register somebody who called by telephone."""

    def test_goes_through_the_queue(self, desk, user, event):
        first, second = PersonFactory.create_batch(2)

        for person in (first, second):
            response = desk.post(
                f"{LIST}add/", {"event": event.pk, "person": person.pk, "note": "Телефоном"}
            )
            assert response["Location"] == LIST

        made = event.bookings.order_by("pk")
        assert [(one.person, one.state, one.created_by, one.note) for one in made] == [
            (first, State.PLACED, user, "Телефоном"),
            (second, State.WAITING, user, "Телефоном"),
        ]
        assert [entry.action for entry in Entry.objects.all()] == ["events.enrol"] * 2
        assert scenes.letters() == ["events.placed", "events.waiting"]

    def test_of_somebody_registered_is_refused_in_the_form(self, desk, event):
        booking = scenes.enrolled(event)

        response = desk.post(f"{LIST}add/", {"event": event.pk, "person": booking.person_id})

        assert response.status_code == 200
        assert len(office.errors(response)) == 1
        assert event.bookings.count() == 1

    def test_for_a_cancelled_event_is_refused_in_the_form(self, desk):
        event = EventFactory(state=Event.State.CANCELLED, cancelled_at=timezone.now())

        response = desk.post(f"{LIST}add/", {"event": event.pk, "person": PersonFactory().pk})

        assert office.errors(response) == [office.serbian("This event is cancelled.")]
        assert not event.bookings.exists()


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_grows_no_query_with_its_rows(number, desk, django_assert_num_queries):
    BookingFactory.create_batch(number)
    desk.get(LIST)

    with django_assert_num_queries(8):
        response = desk.get(LIST)

    assert len(response.context["cl"].result_list) == number


@pytest.mark.parametrize("typed", ["Чачаковић", "cacakovic", "ČAČAKOVIĆ", "chacha@example.org"])
def test_people_are_found_in_either_script_and_by_their_address(typed, desk):
    wanted = BookingFactory(person__last_name="Чачаковић", person__user__email="chacha@example.org")
    BookingFactory()

    response = desk.get(LIST, {"q": typed})

    assert list(response.context["cl"].result_list) == [wanted]
