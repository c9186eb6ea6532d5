"""Editing a seminar in the back office: two editors, wrong input, and what an edit brings about."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.contrib.admin.models import LogEntry
from django.utils import timezone

from centar.audit.models import Entry
from centar.events.models import Event
from centar.events.operations import bookings
from centar.outbox.models import Letter
from tests import office, reader
from tests.factories.events import BookingFactory
from tests.factories.people import PersonFactory
from tests.factories.trainings import SeminarFactory
from trainings.models import Seminar

pytestmark = pytest.mark.django_db

SEMINARS = "/admin/trainings/seminarevent/"


@pytest.fixture
def staff():
    return office.colleague()


@pytest.fixture
def desk(staff):
    return office.desk_of(staff)


@pytest.fixture
def next_spring():
    return timezone.localtime() + timedelta(days=90)


def change(seminar):
    return f"{SEMINARS}{seminar.pk}/change/"


def opened(desk, seminar):
    return desk.get(change(seminar)).content.decode()


def test_the_later_of_two_editors_is_told_and_nothing_is_overwritten(desk, staff):
    seminar = SeminarFactory(programme__title="Огледи")
    other = office.colleague()
    mine, theirs = opened(desk, seminar), opened(office.desk_of(other), seminar)

    first = office.desk_of(other).post(change(seminar), reader.typed(theirs, title="Њихов наслов"))
    second = desk.post(change(seminar), reader.typed(mine, title="Мој наслов", place="Рача"))

    assert (first.status_code, second.status_code) == (302, 200)
    event = Event.objects.get(pk=seminar.pk)
    assert (event.title, event.place) == ("Њихов наслов", "Центар за образовање")
    assert any(str(other) in sentence for sentence in office.errors(second))
    kept = reader.typed(second.content.decode())
    assert (kept["title"], kept["place"]) == (["Мој наслов"], ["Рача"])


def test_sending_the_refused_form_again_is_refused_again(desk):
    """The page must be opened anew: what is in it was never compared with the newer one."""
    seminar = SeminarFactory()
    page = opened(desk, seminar)
    Event.objects.filter(pk=seminar.pk).update(title="Промењен")

    once = desk.post(change(seminar), reader.typed(page, title="Мој"))
    twice = desk.post(change(seminar), reader.typed(once.content.decode(), title="Мој"))

    assert (once.status_code, twice.status_code) == (200, 200)
    assert Event.objects.get(pk=seminar.pk).title == "Промењен"


def test_registrations_in_the_meantime_do_not_stop_the_editor(desk):
    """People register all the time; only a change of the seminar itself is another's edit."""
    seminar = SeminarFactory(event__capacity=5)
    page = opened(desk, seminar)
    person = PersonFactory()
    bookings.enrol(event_id=seminar.pk, person=person, by=person.user)

    answer = desk.post(change(seminar), reader.typed(page, place="Рача"))

    assert answer.status_code == 302
    assert Event.objects.get(pk=seminar.pk).place == "Рача"


def test_the_fee_of_two_editors_is_guarded_with_the_page(desk):
    """The fee is a row of its own; the one who saved last without looking must be told."""
    seminar = SeminarFactory(fee=1000)
    other = office.desk_of(office.colleague())
    mine, theirs = opened(desk, seminar), opened(other, seminar)

    other.post(change(seminar), reader.typed(theirs, **{"seminar-0-fee": "2000"}))
    answer = desk.post(change(seminar), reader.typed(mine, **{"seminar-0-fee": "3000"}))

    seminar.refresh_from_db()
    assert (answer.status_code, seminar.fee) == (200, 2000)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("-1", "Ensure this value is greater than or equal to %(limit_value)s."),
        ("-0.01", "Ensure this value is greater than or equal to %(limit_value)s."),
        ("бесплатно", "Enter a number."),
    ],
)
def test_a_fee_that_is_none_is_refused_beside_its_field_and_stays(desk, typed, sentence):
    seminar = SeminarFactory(fee=1000)

    answer = desk.post(
        change(seminar),
        reader.typed(opened(desk, seminar), place="Рача", **{"seminar-0-fee": typed}),
    )

    assert office.errors(answer) == [office.serbian(sentence) % {"limit_value": 0}]
    kept = reader.typed(answer.content.decode())
    assert (kept["seminar-0-fee"], kept["place"]) == ([typed], ["Рача"])
    seminar.refresh_from_db()
    assert (seminar.fee, seminar.event.place) == (1000, "Центар за образовање")


def test_a_seminar_may_be_free_and_says_so(desk, client):
    seminar = SeminarFactory(fee=1000)

    answer = desk.post(
        change(seminar), reader.typed(opened(desk, seminar), **{"seminar-0-fee": "0"})
    )

    assert answer.status_code == 302
    page = reader.Page(client.get(f"/en/seminari/{seminar.pk}/").content.decode())
    assert "free of charge" in page.text


def test_fewer_places_than_are_taken_are_refused_beside_the_field(desk):
    seminar = SeminarFactory(event__capacity=3)
    BookingFactory.create_batch(3, event=seminar.event)
    page = opened(desk, seminar)

    answer = desk.post(change(seminar), reader.typed(page, capacity="2", place="Рача"))

    event = Event.objects.get(pk=seminar.pk)
    assert (answer.status_code, event.capacity, event.place) == (200, 3, "Центар за образовање")
    assert len(answer.context["adminform"].form.errors["capacity"]) == 1
    kept = reader.typed(answer.content.decode())
    assert (kept["capacity"], kept["place"]) == (["2"], ["Рача"])


def test_more_places_go_to_the_queue_at_once(desk):
    seminar = SeminarFactory(event__capacity=1)
    people = [PersonFactory() for _ in range(3)]
    for person in people:
        bookings.enrol(event_id=seminar.pk, person=person, by=person.user)

    desk.post(change(seminar), reader.typed(opened(desk, seminar), capacity="2"))

    states = seminar.event.bookings.order_by("pk").values_list("state", flat=True)
    assert list(states) == ["placed", "offered", "waiting"]


def test_a_moved_day_is_told_and_raises_the_sequence(desk, next_spring):
    seminar = SeminarFactory()
    person = PersonFactory()
    bookings.enrol(event_id=seminar.pk, person=person, by=person.user)
    moved = next_spring.replace(hour=10, minute=30, second=0, microsecond=0)

    desk.post(change(seminar), reader.typed(opened(desk, seminar), **office.day(0, moved)))

    event = Event.objects.get(pk=seminar.pk)
    assert (event.starts_at, event.sequence) == (moved, 1)
    assert Letter.objects.filter(kind="events.changed", recipient=person.email).count() == 1


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"meetings-0-starts_at_0": "32.13.2027."}, "starts_at"),
        ({"meetings-0-starts_at_0": "jutros"}, "starts_at"),
        ({"meetings-0-ends_at_1": "25:61"}, "ends_at"),
        ({"meetings-0-starts_at_0": ""}, "starts_at"),
    ],
)
def test_a_bad_date_is_said_beside_it_and_nothing_typed_is_lost(desk, typed, field):
    seminar = SeminarFactory()
    page = opened(desk, seminar)

    answer = desk.post(change(seminar), reader.typed(page, place="Рача", **typed))

    days = answer.context["inline_admin_formsets"][1].formset
    assert list(days.forms[0].errors) == [field]
    kept = reader.typed(answer.content.decode())
    name, value = next(iter(typed.items()))
    assert (kept[name], kept["place"]) == ([value], ["Рача"])


def test_a_day_that_ends_before_it_begins_is_said(desk):
    seminar = SeminarFactory()
    page = opened(desk, seminar)
    day_before = timezone.localtime(seminar.event.starts_at) - timedelta(days=1)

    answer = desk.post(
        change(seminar),
        reader.typed(page, **{"meetings-0-ends_at_0": f"{day_before:%d.%m.%Y.}"}),
    )

    days = answer.context["inline_admin_formsets"][1].formset
    sentence = office.serbian("A meeting must end after it starts.")
    assert days.forms[0].non_field_errors() == [sentence]


def test_the_last_day_of_a_public_seminar_stays(desk):
    seminar = SeminarFactory()

    answer = desk.post(
        change(seminar), reader.typed(opened(desk, seminar), **{"meetings-0-DELETE": "on"})
    )

    assert (answer.status_code, seminar.event.meetings.count()) == (200, 1)
    assert len(office.errors(answer)) > 0


def test_registration_that_closes_before_it_opens_is_said(desk):
    seminar = SeminarFactory()
    page = opened(desk, seminar)
    typed = {
        "registration_opens_at_0": "02.02.2027.",
        "registration_opens_at_1": "08:00",
        "registration_closes_at_0": "01.02.2027.",
        "registration_closes_at_1": "08:00",
    }

    answer = desk.post(change(seminar), reader.typed(page, **typed))

    assert answer.status_code == 200
    assert len(office.errors(answer)) == 1


@pytest.mark.parametrize(
    "forged",
    [
        {"state": "cancelled"},
        {"starts_at": "2020-01-01", "ends_at": "2020-01-02"},
        {"confirmed_at": "2020-01-01 10:00"},
        {"kind": "club", "uid": "0"},
    ],
)
def test_a_forged_field_changes_nothing(desk, forged):
    seminar = SeminarFactory()
    names = ("state", "starts_at", "ends_at", "confirmed_at", "kind", "uid")
    before = Event.objects.values(*names).get(pk=seminar.pk)

    desk.post(change(seminar), reader.typed(opened(desk, seminar), **forged))

    assert Event.objects.values(*names).get(pk=seminar.pk) == before


def test_seminars_are_never_deleted(desk):
    seminar = SeminarFactory()

    assert desk.post(f"{SEMINARS}{seminar.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Seminar.objects.count() == 1


def test_every_edit_is_signed(desk, staff):
    seminar = SeminarFactory()

    desk.post(change(seminar), reader.typed(opened(desk, seminar), place="Рача"))

    log = LogEntry.objects.latest("pk")
    assert (log.user, log.object_id) == (staff, str(seminar.pk))
    assert Entry.objects.latest("pk").actor_id == staff.pk


def test_the_clock_of_the_form_is_the_one_on_the_wall(desk):
    starts_at = datetime(2027, 7, 1, 9, 0, tzinfo=timezone.get_default_timezone())
    seminar = SeminarFactory(event__starts_at=starts_at)

    kept = reader.typed(opened(desk, seminar))

    assert (kept["meetings-0-starts_at_0"], kept["meetings-0-starts_at_1"]) == (
        ["01.07.2027."],
        ["09:00:00"],
    )
