"""What the letters about bookings say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from icalendar import Calendar

from centar.events import jobs, links
from centar.outbox import kinds, operations
from centar.outbox.models import Letter
from centar.people.models import User
from tests.centar.events import news, scenes
from tests.factories.events import EventFactory, MeetingFactory
from tests.factories.people import PersonFactory

SITE = "https://portal.example.org"
pytestmark = pytest.mark.django_db
every_news = pytest.mark.parametrize(
    ("kind", "happens"), news.ALL, ids=[happens.__name__ for _, happens in news.ALL]
)


@pytest.fixture(autouse=True)
def _site(settings):
    settings.SITE_URL = SITE


@pytest.fixture
def room(staff, clock):
    return news.Newsroom(staff, clock)


def sent(kind, booking):
    """The letter of this kind about the booking, as it went out."""
    letter = Letter.objects.get(kind=kind, object_id=booking.pk)
    mail.outbox.clear()
    operations.deliver_due()
    letter.refresh_from_db()
    assert (letter.state, letter.error) == (Letter.State.SENT, "")
    [message] = [
        message
        for message in mail.outbox
        if message.extra_headers["Message-ID"].startswith(f"<letter-{letter.pk}@")
    ]
    return message


def calendar(message):
    """The entries of the attached calendar file, or None without one."""
    if not message.attachments:
        return None
    name, content, mime_type = message.attachments[0]
    assert (name, mime_type) == ("centar.ics", "text/calendar")
    return list(Calendar.from_ical(content).walk("VEVENT"))


def test_every_kind_of_news_is_tried_here():
    known = {kind.code for kind in kinds.every() if kind.code.startswith("events.")}

    assert {kind for kind, _ in news.ALL} == known


@every_news
@pytest.mark.parametrize("face", User.Face.values)
def test_each_letter_is_written_in_each_face(kind, happens, face, room):
    room.face = face
    booking = happens(room)

    message = sent(kind, booking)

    assert message.to == [booking.person.user.email]
    prefix = {"cyr": "", "lat": "/lat", "en": "/en"}[face]
    assert f"{SITE}{prefix}/prijave/{booking.pk}/" in message.body
    title, name = ("Читање", "Јелена") if face == "cyr" else ("Čitanje", "Jelena")
    assert title in message.subject
    assert title in message.body
    assert name in message.body
    assert "\n\n\n" not in message.body
    assert message.body == message.body.strip() + "\n"


@pytest.mark.parametrize(("kind", "happens"), news.WITH_PLACE.items(), ids=list(news.WITH_PLACE))
def test_the_online_link_is_told_to_those_with_a_place(kind, happens, room):
    message = sent(kind, happens(room))
    told = message.body + "".join(str(content) for _, content, _ in message.attachments)

    if kind in ("events.placed", "events.reminder"):
        assert news.LINK in message.body
    if kind != "events.runs":
        assert news.LINK in told


@pytest.mark.parametrize(
    ("kind", "happens"),
    news.WITHOUT_PLACE,
    ids=[happens.__name__ for _, happens in news.WITHOUT_PLACE],
)
def test_the_online_link_is_told_to_nobody_else(kind, happens, room):
    message = sent(kind, happens(room))

    for text in (
        message.body,
        message.alternatives[0][0],
        *(str(a[1]) for a in message.attachments),
    ):
        assert "tajna" not in text.replace("\r\n ", "")


def test_a_place_comes_with_its_calendar_entry_and_the_last_day_to_withdraw(room):
    booking = news.placed(room)

    message = sent("events.placed", booking)

    assert message.subject == "You have a place: Čitanje"
    assert "please withdraw by 3 March 2027 at 12:00" in message.body
    [entry] = calendar(message)
    assert (str(entry["STATUS"]), str(entry["SUMMARY"])) == ("CONFIRMED", "Čitanje")
    assert str(entry["UID"]).startswith(str(booking.event.uid))


def test_whoever_waits_is_told_plainly_that_there_is_no_place_yet(room):
    message = sent("events.waiting", news.waiting(room))

    assert message.subject == "You are on the waiting list, without a place yet: Čitanje"
    assert (
        "you are on the waiting list, number 2 of 2. You have NO place yet: please do not travel."
    ) in message.body
    assert "You have a place" not in message.body
    assert message.attachments == []


def test_an_offer_says_until_when_and_leads_to_its_answer(room, client):
    booking = news.offered(room)

    message = sent("events.offered", booking)

    assert "Please answer by 3 February 2027 at 12:00" in message.body
    [address] = [line for line in message.body.split() if "/ponuda/" in line]
    token = address.removeprefix(f"{SITE}/en/ponuda/").removesuffix("/")
    assert links.booking_of(token) == booking
    assert message.attachments == []


def test_a_cancellation_gives_the_reason_and_strikes_the_calendar_entry(room):
    message = sent("events.cancelled", news.cancelled(room))

    assert "Predavač je bolestan." in message.body
    [entry] = calendar(message)
    assert str(entry["STATUS"]) == "CANCELLED"
    assert entry["SEQUENCE"] == 1


def test_a_new_plan_is_told_with_the_new_hours(room):
    booking = news.changed(room)

    message = sent("events.changed", booking)

    assert "10 March 2027, 12:00–18:00" in message.body
    [entry] = calendar(message)
    assert entry.start == booking.event.starts_at + timedelta(days=7)


def test_whoever_waits_gets_a_new_plan_without_a_calendar_entry(room):
    message = sent("events.changed", news.changed_waiting(room))

    assert "You still have no place" in message.body
    assert calendar(message) is None


def test_every_day_is_told_with_its_hours_and_its_own_place(room):
    start = timezone.now() + timedelta(days=10)
    event = EventFactory(starts_at=start, place="Крагујевац", address="Кнеза Милоша 5")
    MeetingFactory(
        event=event,
        starts_at=start + timedelta(days=1),
        ends_at=start + timedelta(days=2),
        place="ОШ „Радоје Домановић“",
    )

    message = sent("events.placed", room.reader(event))

    assert "11 February 2027, 12:00–18:00\n" in message.body
    assert (
        "12 February 2027 at 12:00 – 13 February 2027 at 12:00, OŠ „Radoje Domanović“\n"
    ) in message.body
    assert "Kneza Miloša 5, Kragujevac\n" in message.body


def test_marks_in_a_title_are_no_mark_up_and_no_pattern(room):
    title = "Читање & писање <b>100%</b> „(s)“ 'a' %(title)s"
    event = EventFactory(title=title)

    message = sent("events.placed", scenes.enrolled(event))

    assert title in message.subject
    assert title in message.body
    [(html, _)] = message.alternatives
    assert "&lt;b&gt;100%&lt;/b&gt;" in html


def test_a_person_without_an_account_gets_letters_in_cyrillic(staff):
    person = PersonFactory(user=None, contact_email="zvonko@example.org", first_name="Звонко")
    booking = scenes.bookings.enrol(event_id=EventFactory().pk, person=person, by=staff)

    message = sent("events.placed", booking)

    assert message.to == ["zvonko@example.org"]
    assert "Звонко" in message.body


def test_the_reminder_goes_once_and_again_after_a_new_plan(room):
    booking = news.reminder(room)
    jobs.queue_reminders()
    assert scenes.letters_to(booking).count("events.reminder") == 1

    scenes.moved(booking.event, booking.event.starts_at - timedelta(hours=1), room.staff)
    jobs.queue_reminders()

    assert scenes.letters_to(booking).count("events.reminder") == 2
