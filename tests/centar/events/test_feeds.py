"""Calendars, read back as a calendar program reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from centar.events import feeds
from centar.events.models import Booking, Event
from centar.events.operations import schedule
from centar.script import faces
from tests.centar.events import ical, scenes
from tests.factories.events import EventFactory, MeetingFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def test_an_entry_says_what_when_and_where():
    event = EventFactory(
        title="Читање, писање; рачунање", place="Крагујевац", address="Кнеза Милоша 5"
    )
    day = event.meetings.get()

    [entry] = ical.entries(ical.public())

    assert str(entry["SUMMARY"]) == "Читање, писање; рачунање"
    assert str(entry["LOCATION"]) == "Кнеза Милоша 5, Крагујевац"
    assert str(entry["URL"]) == f"http://127.0.0.1:8000{event.get_absolute_url()}"
    assert (entry.start, entry.end) == (
        day.starts_at.replace(microsecond=0),
        day.ends_at.replace(microsecond=0),
    )
    assert str(entry["STATUS"]) == "CONFIRMED"
    assert str(entry["UID"]) == f"{event.uid}-{day.pk}"


def test_the_calendar_says_who_it_is_and_the_lines_are_short():
    EventFactory(title="Дуг наслов " * 20)

    text = ical.public()

    calendar = Calendar.from_ical(text)
    assert str(calendar["VERSION"]) == "2.0"
    assert str(calendar["X-WR-TIMEZONE"]) == "Europe/Belgrade"
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert text.count("\n") == text.count("\r\n")


@pytest.mark.parametrize(
    ("starts", "ends", "utc_start", "utc_end"),
    [
        # The last Sundays of March and October 2027, the days before and after.
        ("2027-03-27T10:00", "2027-03-27T16:00", "2027-03-27T09:00", "2027-03-27T15:00"),
        ("2027-03-28T10:00", "2027-03-28T16:00", "2027-03-28T08:00", "2027-03-28T14:00"),
        ("2027-10-30T10:00", "2027-10-30T16:00", "2027-10-30T08:00", "2027-10-30T14:00"),
        ("2027-10-31T10:00", "2027-10-31T16:00", "2027-10-31T09:00", "2027-10-31T15:00"),
        # Over the change itself, and over midnight.
        ("2027-03-27T20:00", "2027-03-28T08:00", "2027-03-27T19:00", "2027-03-28T06:00"),
        ("2027-10-30T20:00", "2027-10-31T08:00", "2027-10-30T18:00", "2027-10-31T07:00"),
    ],
)
def test_hours_on_the_wall_are_right_across_both_changes_of_the_clocks(
    starts, ends, utc_start, utc_end, clock
):
    event = EventFactory(starts_at=ical.at(starts), ends_at=ical.at(ends))
    event.refresh_from_db()

    [entry] = ical.entries(ical.public())

    assert entry["DTSTART"].params["TZID"] == "Europe/Belgrade"
    assert entry["DTSTART"].to_ical().decode() == starts.replace("-", "").replace(":", "") + "00"
    assert entry["DTEND"].to_ical().decode() == ends.replace("-", "").replace(":", "") + "00"
    assert (entry.start.astimezone(UTC), entry.end.astimezone(UTC)) == (
        datetime.fromisoformat(utc_start).replace(tzinfo=UTC),
        datetime.fromisoformat(utc_end).replace(tzinfo=UTC),
    )


def test_the_time_zone_comes_with_the_calendar_and_knows_both_changes(clock):
    EventFactory(starts_at=ical.at("2027-03-28T10:00"), ends_at=ical.at("2027-03-28T16:00"))
    EventFactory(starts_at=ical.at("2027-10-31T10:00"), ends_at=ical.at("2027-10-31T16:00"))

    [zone] = Calendar.from_ical(ical.public()).walk("VTIMEZONE")

    assert str(zone["TZID"]) == "Europe/Belgrade"
    written = zone.to_tz()
    for moment in ("2027-03-28T10:00", "2027-10-31T10:00", "2027-12-24T10:00", "2027-07-01T10:00"):
        naive = datetime.fromisoformat(moment)
        assert naive.replace(tzinfo=written).utcoffset() == ical.at(moment).utcoffset()


def test_each_day_is_an_entry_with_its_own_place_and_identity():
    event = EventFactory(days=1, address="Кнеза Милоша 5", place="Крагујевац")
    second = MeetingFactory(
        event=event, starts_at=event.starts_at + timedelta(days=1), place="ОШ „Радоје Домановић“"
    )

    first, other = ical.entries(ical.public())

    assert str(first["LOCATION"]) == "Кнеза Милоша 5, Крагујевац"
    assert str(other["LOCATION"]) == "ОШ „Радоје Домановић“"
    assert str(other["UID"]) == f"{event.uid}-{second.pk}"
    assert first["UID"] != other["UID"]


def test_an_online_event_without_a_place_has_no_location():
    EventFactory(place="", address="")

    [entry] = ical.entries(ical.public())

    assert "LOCATION" not in entry


def test_identity_and_sequence_stay_while_nothing_of_the_plan_changes(staff):
    event = EventFactory(capacity=1)
    [before] = ical.entries(ical.public())
    scenes.crowd(event, 3)
    scenes.resized(event, 2, staff)
    schedule.confirm_runs(event_id=event.pk, by=staff)
    schedule.close(event_id=event.pk, by=staff)
    schedule.reopen(event_id=event.pk, by=staff)

    [after] = ical.entries(ical.public())

    for name in ("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "STATUS"):
        assert after[name].to_ical() == before[name].to_ical()


def test_a_moved_event_keeps_its_identity_and_raises_its_sequence(staff, clock):
    event = EventFactory()
    [before] = ical.entries(ical.public())
    later = event.starts_at + timedelta(days=7)
    clock.shift(timedelta(hours=1))

    scenes.moved(event, later, staff)

    [after] = ical.entries(ical.public())
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTSTAMP"].dt == timezone.now()
    assert after.start == later


def test_a_draft_is_in_no_feed():
    event = EventFactory(state=Event.State.DRAFT)
    event.bookings.create(
        person=PersonFactory(), state=Booking.State.WAITING, queued_at=timezone.now()
    )

    assert ical.entries(ical.public()) == []
    assert ical.entries(ical.personal(event.bookings.get().person)) == []


def test_the_feed_of_a_kind_has_only_its_events():
    EventFactory(title="Семинар")
    EventFactory(kind="club", title="Сусрет")  # a kind without pages is in no public feed here

    [entry] = ical.entries(ical.public("seminar"))

    assert str(entry["SUMMARY"]) == "Семинар"


def test_a_feed_reaches_a_year_back():
    now = timezone.now()
    EventFactory(title="Лане", starts_at=now - timedelta(days=364))
    EventFactory(title="Давно", starts_at=now - timedelta(days=366))

    assert [str(entry["SUMMARY"]) for entry in ical.entries(ical.public())] == ["Лане"]


@pytest.mark.parametrize(
    ("face", "title", "address"),
    [
        (faces.CYRILLIC, "ЧИТАЊЕ ЉУДИМА", "http://127.0.0.1:8000/"),
        (faces.LATIN, "ČITANJE LJUDIMA", "http://127.0.0.1:8000/lat/"),
        (faces.ENGLISH, "ČITANJE LJUDIMA", "http://127.0.0.1:8000/en/"),
    ],
    ids=lambda value: getattr(value, "code", None),
)
def test_each_face_has_its_script_and_its_addresses(face, title, address):
    event = EventFactory(title="ЧИТАЊЕ ЉУДИМА")
    booking = scenes.enrolled(event)

    for text in (
        ical.public(face=face),
        ical.personal(booking.person, face),
        feeds.entry_of(event, face),
        feeds.entry_of_booking(booking, face),
    ):
        [entry] = ical.entries(text)
        assert str(entry["SUMMARY"]) == title
        assert str(entry["URL"]) == address + event.get_absolute_url().lstrip("/")


@pytest.mark.parametrize("before", range(20, 40))
def test_a_folded_line_breaks_no_letter_of_two(before):
    """Long lines are broken after 75 bytes; Њ at the break is still NJ within capitals."""
    EventFactory(title="А" * before + " ЊЕГОШ")

    [entry] = ical.entries(ical.public(face=faces.LATIN))

    assert str(entry["SUMMARY"]) == "A" * before + " NJEGOŠ"


@pytest.mark.parametrize("number", [1, 3])
def test_the_public_feed_asks_the_database_twice(number, django_assert_num_queries):
    for _ in range(number):
        EventFactory(days=2)

    with django_assert_num_queries(2):
        text = ical.public()

    assert len(ical.entries(text)) == 2 * number
