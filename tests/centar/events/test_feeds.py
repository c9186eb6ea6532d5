"""Calendars, read back as a calendar program reads them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone
from icalendar import Calendar

from centar.events import feeds
from centar.events.models import Booking, Event
from centar.events.operations import bookings, schedule
from centar.script import faces
from tests.centar.events import scenes
from tests.factories.events import EventFactory, MeetingFactory
from tests.factories.people import PersonFactory

BELGRADE = ZoneInfo("Europe/Belgrade")
LINK = "https://sastanak.example.org/tajna"
pytestmark = pytest.mark.django_db


def entries(text):
    """The entries of a calendar, as they are parsed."""
    return list(Calendar.from_ical(text).walk("VEVENT"))


def public(kind=None, face=faces.CYRILLIC):
    """The public feed of this moment."""
    return feeds.public_feed(kind, timezone.now(), face)


def personal(person, face=faces.CYRILLIC):
    """The person's own feed of this moment."""
    return feeds.personal_feed(person, timezone.now(), face)


def at(text):
    """An hour on the wall in Belgrade."""
    return datetime.fromisoformat(text).replace(tzinfo=BELGRADE)


def test_an_entry_says_what_when_and_where():
    event = EventFactory(
        title="Читање, писање; рачунање", place="Крагујевац", address="Кнеза Милоша 5"
    )
    day = event.meetings.get()

    [entry] = entries(public())

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

    text = public()

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
    event = EventFactory(starts_at=at(starts), ends_at=at(ends))
    event.refresh_from_db()

    [entry] = entries(public())

    assert entry["DTSTART"].params["TZID"] == "Europe/Belgrade"
    assert entry["DTSTART"].to_ical().decode() == starts.replace("-", "").replace(":", "") + "00"
    assert entry["DTEND"].to_ical().decode() == ends.replace("-", "").replace(":", "") + "00"
    assert (entry.start.astimezone(UTC), entry.end.astimezone(UTC)) == (
        datetime.fromisoformat(utc_start).replace(tzinfo=UTC),
        datetime.fromisoformat(utc_end).replace(tzinfo=UTC),
    )


def test_the_time_zone_comes_with_the_calendar_and_knows_both_changes(clock):
    EventFactory(starts_at=at("2027-03-28T10:00"), ends_at=at("2027-03-28T16:00"))
    EventFactory(starts_at=at("2027-10-31T10:00"), ends_at=at("2027-10-31T16:00"))

    [zone] = Calendar.from_ical(public()).walk("VTIMEZONE")

    assert str(zone["TZID"]) == "Europe/Belgrade"
    written = zone.to_tz()
    for moment in ("2027-03-28T10:00", "2027-10-31T10:00", "2027-12-24T10:00", "2027-07-01T10:00"):
        naive = datetime.fromisoformat(moment)
        assert naive.replace(tzinfo=written).utcoffset() == at(moment).utcoffset()


def test_each_day_is_an_entry_with_its_own_place_and_identity():
    event = EventFactory(days=1, address="Кнеза Милоша 5", place="Крагујевац")
    second = MeetingFactory(
        event=event, starts_at=event.starts_at + timedelta(days=1), place="ОШ „Радоје Домановић“"
    )

    first, other = entries(public())

    assert str(first["LOCATION"]) == "Кнеза Милоша 5, Крагујевац"
    assert str(other["LOCATION"]) == "ОШ „Радоје Домановић“"
    assert str(other["UID"]) == f"{event.uid}-{second.pk}"
    assert first["UID"] != other["UID"]


def test_an_online_event_without_a_place_has_no_location():
    EventFactory(place="", address="")

    [entry] = entries(public())

    assert "LOCATION" not in entry


def test_identity_and_sequence_stay_while_nothing_of_the_plan_changes(staff):
    event = EventFactory(capacity=1)
    [before] = entries(public())
    scenes.crowd(event, 3)
    scenes.resized(event, 2, staff)
    schedule.confirm_runs(event_id=event.pk, by=staff)
    schedule.close(event_id=event.pk, by=staff)
    schedule.reopen(event_id=event.pk, by=staff)

    [after] = entries(public())

    for name in ("UID", "SEQUENCE", "DTSTAMP", "LAST-MODIFIED", "DTSTART", "STATUS"):
        assert after[name].to_ical() == before[name].to_ical()


def test_a_moved_event_keeps_its_identity_and_raises_its_sequence(staff, clock):
    event = EventFactory()
    [before] = entries(public())
    later = event.starts_at + timedelta(days=7)
    clock.shift(timedelta(hours=1))

    scenes.moved(event, later, staff)

    [after] = entries(public())
    assert after["UID"] == before["UID"]
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTSTAMP"].dt == timezone.now()
    assert after.start == later


def test_a_cancellation_reaches_the_public_and_the_personal_feed(staff):
    event = EventFactory(capacity=1, title="Читање")
    placed, waiting = scenes.crowd(event, 2)

    schedule.cancel(event_id=event.pk, by=staff, reason="Предавач је болестан.")

    for text in (public(), personal(placed.person), personal(waiting.person)):
        [entry] = entries(text)
        assert (str(entry["STATUS"]), str(entry["SUMMARY"])) == (
            "CANCELLED",
            "CANCELLED: Читање",
        )
        assert entry["SEQUENCE"] == 1


def test_a_draft_is_in_no_feed():
    event = EventFactory(state=Event.State.DRAFT)
    event.bookings.create(
        person=PersonFactory(), state=Booking.State.WAITING, queued_at=timezone.now()
    )

    assert entries(public()) == []
    assert entries(personal(event.bookings.get().person)) == []


def test_the_feed_of_a_kind_has_only_its_events():
    EventFactory(title="Семинар")
    EventFactory(kind="club", title="Сусрет")  # a kind without pages is in no public feed here

    [entry] = entries(public("seminar"))

    assert str(entry["SUMMARY"]) == "Семинар"


def test_a_feed_reaches_a_year_back():
    now = timezone.now()
    EventFactory(title="Лане", starts_at=now - timedelta(days=364))
    EventFactory(title="Давно", starts_at=now - timedelta(days=366))

    assert [str(entry["SUMMARY"]) for entry in entries(public())] == ["Лане"]


def test_the_online_link_is_only_in_the_feed_of_those_with_a_place(staff):
    event = EventFactory(capacity=2, online_link=LINK)
    leaves, placed, offered, waiting = scenes.crowd(event, 4)
    bookings.withdraw(booking_id=leaves.pk, by=staff)

    [entry] = entries(personal(placed.person))
    assert str(entry["DESCRIPTION"]) == LINK

    for booking in (offered, waiting):
        assert "tajna" not in personal(booking.person)
        assert "tajna" not in feeds.entry_of_booking(booking, faces.CYRILLIC)
    assert "tajna" not in public()
    assert "tajna" not in feeds.entry_of(event, faces.CYRILLIC)
    assert entries(personal(leaves.person)) == []


def test_whoever_only_waits_sees_that_in_the_calendar(staff):
    event = EventFactory(capacity=1, title="Читање")
    leaves, offered, waiting = scenes.crowd(event, 3)
    bookings.withdraw(booking_id=leaves.pk, by=staff)

    for booking in (offered, waiting):
        booking.refresh_from_db()
        for text in (
            personal(booking.person),
            feeds.entry_of_booking(booking, faces.CYRILLIC),
        ):
            [entry] = entries(text)
            assert (str(entry["STATUS"]), str(entry["SUMMARY"])) == (
                "TENTATIVE",
                "No place yet: Читање",
            )


def test_an_accepted_offer_becomes_a_newer_entry_of_the_same_identity(staff, clock):
    """An older file must not win over the newer one, and the plan itself has not changed."""
    event = EventFactory(capacity=1)
    placed, waiting = scenes.crowd(event, 2)
    [before] = entries(personal(waiting.person))
    clock.shift(timedelta(hours=1))
    bookings.withdraw(booking_id=placed.pk, by=staff)
    clock.shift(timedelta(hours=1))
    bookings.accept(booking_id=waiting.pk, by=None)

    [after] = entries(personal(waiting.person))

    assert after["UID"] == before["UID"]
    assert after["SEQUENCE"] == before["SEQUENCE"]
    assert str(after["STATUS"]) == "CONFIRMED"
    assert after["DTSTAMP"].dt == after["LAST-MODIFIED"].dt == timezone.now()


def test_a_withdrawn_and_repeated_registration_is_one_entry():
    event = EventFactory()
    first = scenes.enrolled(event)
    bookings.withdraw(booking_id=first.pk, by=first.created_by)
    scenes.enrolled(event, first.person)

    assert len(entries(personal(first.person))) == 1


def test_a_personal_feed_holds_only_ones_own():
    first, second = scenes.crowd(EventFactory(), 2)
    scenes.enrolled(EventFactory(), second.person)

    assert len(entries(personal(first.person))) == 1
    assert len(entries(personal(second.person))) == 2


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
        public(face=face),
        personal(booking.person, face),
        feeds.entry_of(event, face),
        feeds.entry_of_booking(booking, face),
    ):
        [entry] = entries(text)
        assert str(entry["SUMMARY"]) == title
        assert str(entry["URL"]) == address + event.get_absolute_url().lstrip("/")


@pytest.mark.parametrize("before", range(20, 40))
def test_a_folded_line_breaks_no_letter_of_two(before):
    """Long lines are broken after 75 bytes; Њ at the break is still NJ within capitals."""
    EventFactory(title="А" * before + " ЊЕГОШ")

    [entry] = entries(public(face=faces.LATIN))

    assert str(entry["SUMMARY"]) == "A" * before + " NJEGOŠ"


def test_an_address_with_serbian_letters_is_not_transliterated():
    event = EventFactory(online_link="https://састанак.срб/соба")
    booking = scenes.enrolled(event)

    [entry] = entries(feeds.entry_of_booking(booking, faces.LATIN))

    assert str(entry["DESCRIPTION"]) == "https://састанак.срб/соба"


@pytest.mark.parametrize("number", [1, 3])
def test_the_public_feed_asks_the_database_twice(number, django_assert_num_queries):
    for _ in range(number):
        EventFactory(days=2)

    with django_assert_num_queries(2):
        text = public()

    assert len(entries(text)) == 2 * number


@pytest.mark.parametrize("number", [1, 3])
def test_a_personal_feed_asks_the_database_twice(number, django_assert_num_queries):
    person = PersonFactory()
    for _ in range(number):
        scenes.enrolled(EventFactory(days=2), person)

    with django_assert_num_queries(2):
        text = personal(person)

    assert len(entries(text)) == 2 * number
