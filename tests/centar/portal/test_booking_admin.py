"""Bookings in the back office: through operations only, each with its reason."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from centar.audit.models import Entry
from centar.events.models import Booking, Event
from centar.events.operations import bookings
from centar.outbox.models import Letter
from tests import office, reader
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.schools import SchoolFactory
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


def refused(response):
    """The sentences of the form that was refused, by field."""
    assert (response.status_code, response.redirect_chain) == (200, [])
    return {name: list(found) for name, found in response.context["form"].errors.items()}


def last_entry():
    entry = Entry.objects.latest("pk")
    return entry.action, entry.actor_id, entry.reason


def test_withdrawing_somebody_moves_the_queue_and_is_recorded(desk, staff):
    seminar = SeminarFactory(event__capacity=1)
    placed, waiting = made = enrolled(seminar, 2)

    answer = done(desk, placed, "odustajanje", reason="Јавила је телефоном.")

    assert states(made) == [State.WITHDRAWN, State.OFFERED]
    assert answer.redirect_chain == [(page_of(placed), 302)]
    assert last_entry() == ("events.withdraw", staff.pk, "Јавила је телефоном.")
    assert Letter.objects.filter(object_id=waiting.pk, kind="events.offered").count() == 1


def test_a_place_is_given_past_the_queue_when_one_is_free(desk, staff):
    seminar = SeminarFactory(event__capacity=1)
    made = enrolled(seminar, 3)
    Event.objects.filter(pk=seminar.pk).update(capacity=2)

    done(desk, made[2], "mesto", reason="Реализатор програма.")

    assert states(made) == [State.PLACED, State.WAITING, State.PLACED]
    assert last_entry() == ("events.give_place", staff.pk, "Реализатор програма.")


def test_a_place_that_is_not_there_is_not_given(desk):
    seminar = SeminarFactory(event__capacity=1)
    made = enrolled(seminar, 2)

    answer = done(desk, made[1], "mesto", reason="Хитно.")

    sentence = "No place is free. Raise the number of places first."
    assert refused(answer) == {"__all__": [office.serbian(sentence)]}
    assert states(made) == [State.PLACED, State.WAITING]
    assert reader.typed(answer.content.decode())["reason"] == ["Хитно."]


def test_somebody_is_moved_to_another_seminar(desk, staff):
    seminar, other = SeminarFactory(event__capacity=1), SeminarFactory(event__capacity=1)
    moved, waiting = enrolled(seminar, 2)

    done(desk, moved, "premestaj", event=other.pk, reason="Погрешан термин.")

    assert states([moved, waiting]) == [State.WITHDRAWN, State.OFFERED]
    there = Booking.objects.get(event=other.pk)
    assert (there.person, there.state) == (moved.person, State.PLACED)
    assert last_entry() == ("events.transfer", staff.pk, "Погрешан термин.")


def test_only_coming_seminars_are_offered_for_a_move(desk):
    (booking,) = enrolled(SeminarFactory(), 1)
    coming = SeminarFactory()
    SeminarFactory(event__state=Event.State.DRAFT)
    SeminarFactory(event__starts_at=timezone.now() - timedelta(days=3))
    SeminarFactory(event__state=Event.State.CANCELLED, event__cancelled_at=timezone.now())

    form = desk.get(deed(booking, "premestaj")).context["form"]

    assert [event.pk for event in form.fields["event"].queryset] == [coming.pk]


def test_the_queue_is_reordered_with_a_reason(desk, staff):
    seminar = SeminarFactory(event__capacity=0)
    made = enrolled(seminar, 3)

    done(desk, made[2], "red", position="1", reason="Пријављена прва, грешком уписана касније.")

    order = seminar.event.bookings.queue().values_list("pk", flat=True)
    assert list(order) == [made[2].pk, made[0].pk, made[1].pk]
    assert last_entry() == (
        "events.reorder",
        staff.pk,
        "Пријављена прва, грешком уписана касније.",
    )


@pytest.mark.parametrize("name", ["odustajanje", "mesto", "red", "premestaj"])
@pytest.mark.parametrize("reason", ["", "   "])
def test_without_a_reason_nothing_is_done_and_it_is_said_beside_the_field(desk, name, reason):
    seminar, other = SeminarFactory(event__capacity=0), SeminarFactory()
    made = enrolled(seminar, 2)

    answer = done(desk, made[1], name, reason=reason, position="1", event=other.pk)

    assert refused(answer) == {"reason": [office.serbian("This field is required.")]}
    assert states(made) == [State.WAITING] * 2
    assert list(seminar.event.bookings.queue()) == made
    if name == "red":
        assert reader.typed(answer.content.decode())["position"] == ["1"]


@pytest.mark.parametrize(
    ("position", "sentence"),
    [("9", "The queue has positions from 1 to %(last)d."), ("0", None), ("прва", None), ("", None)],
)
def test_a_position_outside_the_queue_is_said_beside_it(desk, position, sentence):
    seminar = SeminarFactory(event__capacity=0)
    made = enrolled(seminar, 2)

    errors = refused(done(desk, made[1], "red", position=position, reason="Тако треба."))

    assert list(errors) == ["position"]
    if sentence is not None:
        assert errors["position"] == [office.serbian(sentence) % {"last": 2}]
    assert list(seminar.event.bookings.queue()) == made


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (State.PLACED, ["premestaj", "odustajanje"]),
        (State.WAITING, ["mesto", "red", "premestaj", "odustajanje"]),
        (State.OFFERED, ["mesto", "premestaj", "odustajanje"]),
        (State.WITHDRAWN, []),
        (State.DECLINED, []),
        (State.EXPIRED, []),
        (State.CANCELLED, []),
    ],
)
def test_only_what_is_possible_is_offered(desk, state, offered):
    (booking,) = enrolled(SeminarFactory(), 1)
    Booking.objects.filter(pk=booking.pk).update(
        state=state,
        offered_until=timezone.now() if state == State.OFFERED else None,
        ended_at=timezone.now() if state in Booking.ENDED else None,
    )

    answer = desk.get(page_of(booking))

    assert [page.name for page, _ in answer.context["operations"]] == offered


# --- New bookings ---------------------------------------------------------------------------


def new(desk, seminar, person, note=""):
    fields = {"event": seminar.pk, "person": person.pk, "note": note}
    return desk.post(f"{BOOKINGS}add/", fields)


def test_the_staff_register_somebody_by_telephone(desk, staff):
    seminar = SeminarFactory()
    person = PersonFactory(user=None, school=SchoolFactory())

    answer = new(desk, seminar, person, "Телефоном.")

    booking = Booking.objects.get()
    assert (answer.status_code, booking.state, booking.created_by) == (302, State.PLACED, staff)
    assert (booking.person, booking.note) == (person, "Телефоном.")


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


def test_nobody_is_registered_twice(desk):
    seminar = SeminarFactory()
    (booking,) = enrolled(seminar, 1)

    answer = new(desk, seminar, booking.person)

    assert (answer.status_code, Booking.objects.count()) == (200, 1)
    assert len(office.errors(answer)) == 1


@pytest.mark.parametrize("missing", ["event", "person"])
def test_a_new_booking_needs_both(desk, missing):
    fields = {"event": SeminarFactory().pk, "person": PersonFactory().pk, "note": ""}

    answer = desk.post(f"{BOOKINGS}add/", fields | {missing: ""})

    assert list(answer.context["adminform"].form.errors) == [missing]


# --- What the admin must not do -------------------------------------------------------------


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


def test_bookings_are_never_deleted(desk):
    (booking,) = enrolled(SeminarFactory(), 1)

    one = desk.post(f"{BOOKINGS}{booking.pk}/delete/", {"post": "yes"}).status_code
    fields = {"action": "delete_selected", "_selected_action": [booking.pk], "post": "yes"}
    desk.post(BOOKINGS, fields)

    assert (one, Booking.objects.count()) == (403, 1)


@pytest.mark.parametrize("name", ["odustajanje", "mesto", "red", "premestaj"])
def test_whoever_only_reads_cannot_act(name):
    desk = office.desk_of(office.onlooker())
    made = enrolled(SeminarFactory(event__capacity=0), 2)

    answers = [
        desk.get(deed(made[1], name)).status_code,
        desk.post(deed(made[1], name), {"reason": "Хоћу.", "position": "1"}).status_code,
    ]

    assert answers == [403, 403]
    assert states(made) == [State.WAITING] * 2


def test_the_back_office_of_bookings_is_for_those_with_the_right():
    codes = [
        office.desk_of(user).get(BOOKINGS).status_code
        for user in (PersonFactory().user, StaffFactory(), office.onlooker(), office.colleague())
    ]

    assert codes == [302, 403, 200, 200]


# --- Lists ----------------------------------------------------------------------------------


@pytest.mark.parametrize("words", ["Ђурђевић", "djurdjevic", "ĐURĐEVIĆ ljiljana", "ljilja@example"])
def test_a_booking_is_found_by_its_person_in_either_script(desk, words):
    seminar = SeminarFactory()
    person = PersonFactory(
        first_name="Љиљана", last_name="Ђурђевић", user__email="ljilja@example.org"
    )
    found = bookings.enrol(event_id=seminar.pk, person=person, by=person.user)
    enrolled(seminar, 2)

    rows = desk.get(BOOKINGS, {"q": words}).context["cl"].result_list

    assert [row.pk for row in rows] == [found.pk]


def test_the_bookings_of_one_seminar_are_behind_one_link(desk):
    seminar = SeminarFactory()
    made = enrolled(seminar, 2)
    enrolled(SeminarFactory(), 1)
    page = desk.get(f"/admin/trainings/seminarevent/{seminar.pk}/change/").content.decode()
    link = next(href for href, _ in reader.Page(page).links if "event__id" in href)

    rows = desk.get(link).context["cl"].result_list

    assert {row.pk for row in rows} == {booking.pk for booking in made}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_however_many_rows(desk, django_assert_num_queries, rows):
    seminar = SeminarFactory()
    for _ in range(rows):
        person = PersonFactory(school=SchoolFactory())
        bookings.enrol(event_id=seminar.pk, person=person, by=person.user)

    with django_assert_num_queries(8):
        answer = desk.get(BOOKINGS)

    assert len(answer.context["cl"].result_list) == rows


@pytest.mark.parametrize("rows", [1, 3])
def test_a_booking_s_page_takes_the_same_queries_however_long_the_queue(
    desk, django_assert_num_queries, rows
):
    made = enrolled(SeminarFactory(event__capacity=0), rows)
    PersonFactory.create_batch(rows)

    with django_assert_num_queries(9):
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
