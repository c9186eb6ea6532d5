"""What the letters about applications say."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from centar.events import links
from centar.events.models import Booking, BookingGroup, Event
from centar.events.operations import applications, bookings, schedule
from centar.outbox import kinds
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from centar.people import operations as people
from centar.people.permissions import CHANGE_COORDINATION
from tests.centar.events import scenes
from tests.factories.events import MANAGES, EventFactory
from tests.factories.people import PersonFactory, StaffFactory
from tests.trainings.payments import papers

State = Booking.State
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_english(coordinator):
    coordinator.face = "en"
    coordinator.save()


@pytest.fixture
def teacher(school):
    """Somebody of the school with an account, reading English."""
    return PersonFactory(school=school, first_name="Vera", user__face="en")


@pytest.fixture
def group(event, school, coordinator, colleagues, teacher):
    """An application for a teacher with an account and three without: one waits."""
    return bookings.enrol_group(
        event_id=event.pk,
        people=[teacher, *colleagues[:3]],
        policy=BookingGroup.Policy.SPLIT,
        by=coordinator,
        school=school,
    )


def of(group, person):
    return group.bookings.get(person=person)


def text_to(recipient, kind):
    """The letter of this kind to the address, sent an hour from now at the latest."""
    outbox.deliver_due(timezone.now() + timedelta(hours=1))
    letter = Letter.objects.get(kind=kind, recipient=recipient)
    assert (letter.state, letter.error) == (Letter.State.SENT, "")
    return letter.text


def test_who_applied_and_where_to_object(group, teacher, coordinator):
    text = text_to(teacher.email, "applications.applied")

    assert "Milica Petrović" in text
    assert "You have a place." in text
    assert "If you do not agree, say so here, no password is needed:" in text


def test_whoever_has_a_place_gets_the_code_for_the_entrance(group, teacher, colleagues):
    outbox.deliver_due()

    attached = {letter.to[0]: [name for name, *_ in letter.attachments] for letter in mail.outbox}
    assert attached[teacher.email] == ["centar.ics", "ulaznica.png"]
    assert attached[colleagues[2].contact_email] == []
    [picture] = [
        content
        for letter in mail.outbox
        for name, content, _ in letter.attachments
        if letter.to == [teacher.email] and name == "ulaznica.png"
    ]
    assert papers.code_of(picture) == links.ticket(of(group, teacher))


def test_the_letter_of_a_place_says_what_the_code_and_the_link_are_for(event, group, teacher):
    Event.objects.update(online_link="https://example.org/soba")

    text = text_to(teacher.email, "applications.applied")

    assert "Show it at the entrance" in text
    assert "The link for taking part online: https://example.org/soba" in text


def test_whoever_waits_is_told_not_to_travel(group, colleagues):
    text = text_to(colleagues[2].contact_email, "applications.applied")

    assert "место још НЕМАТЕ" in text
    assert "на улазу" not in text


def test_withdrawn_by_the_school_says_who_did_it(group, teacher, coordinator):
    bookings.withdraw(booking_id=of(group, teacher).pk, by=coordinator)

    text = text_to(teacher.email, "events.withdrawn")

    assert "the coordinator of your school has withdrawn your registration." in text


def test_a_substituted_person_is_told(group, teacher, colleagues, coordinator):
    applications.substitute(
        booking_id=of(group, teacher).pk, person_id=colleagues[4].pk, by=coordinator
    )

    text = text_to(teacher.email, "applications.substituted")

    assert "your school has named a colleague who comes instead of you." in text


def test_the_objection_names_who_does_not_agree(group, teacher, coordinator):
    booking = of(group, teacher)
    applications.object_to(booking_id=booking.pk, person_id=teacher.pk, by=teacher.user)

    text = text_to(coordinator.email, "applications.objected")

    assert f"Vera {teacher.last_name.replace('Петровић', 'Petrović')} does not agree" in text


def test_the_digest_says_how_everybody_stands(group, teacher, coordinator):
    bookings.withdraw(booking_id=of(group, teacher).pk, by=teacher.user)

    text = text_to(coordinator.email, "applications.changed")

    assert "something has changed in the application of your school." in text
    assert text.count(": has a place\n") == 2
    assert text.count(": withdrawn\n") == 1
    assert text.count("offered a place, to be answered by") == 1


@pytest.mark.parametrize("deed", ["cancel", "give", "transfer"])
def test_what_the_staff_do_is_in_the_digest(deed, event, group, coordinator, school):
    staff = StaffFactory(permissions=MANAGES)
    Letter.objects.all().delete()
    waiting = group.bookings.get(state=State.WAITING)
    if deed == "cancel":
        schedule.cancel(event_id=event.pk, by=staff, reason="Поплава.")
    elif deed == "give":
        scenes.resized(event, 4, staff)
        bookings.give_place(booking_id=waiting.pk, by=staff, reason="Договор.")
    else:
        other = EventFactory()
        bookings.transfer(booking_id=waiting.pk, to_event_id=other.pk, by=staff, reason="Договор.")

    assert scenes.letters(recipient=coordinator.email) == ["applications.changed"]


def test_both_answers_to_a_request(school):
    staff = StaffFactory(permissions=[CHANGE_COORDINATION])
    said = []
    for number in range(2):
        person = PersonFactory(school=school, user__face="en")
        people.ask_to_coordinate(person=person, school=school, sentence="", by=person.user)
        asked = person.coordination_requests.get()
        if number:
            people.refuse_request(request_id=asked.pk, by=staff, reason="No need.")
        else:
            people.accept_request(request_id=asked.pk, by=staff)
        said.append(text_to(person.user.email, "applications.coordination"))

    assert "you are confirmed as a coordinator of the school" in said[0]
    assert "was refused. The reason: No need." in said[1]


def test_every_kind_is_written_in_some_test_here():
    known = {kind.code for kind in kinds.every() if kind.code.startswith("applications.")}

    assert known == {
        "applications.applied",
        "applications.changed",
        "applications.coordination",
        "applications.objected",
        "applications.substituted",
        "applications.summary",  # in test_sending
    }


def test_the_staff_name_a_substitute_in_the_back_office(client, group, teacher, colleagues):
    booking = of(group, teacher)
    client.force_login(StaffFactory(permissions=[*MANAGES, "events.view_booking"]))
    path = f"/admin/events/booking/{booking.pk}/radnja/zamena/"

    assert client.get(path).status_code == 200
    assert client.post(path, {"person": teacher.pk, "reason": "x"}).status_code == 200
    answer = client.post(path, {"person": colleagues[4].pk, "reason": "Болест."})

    assert answer.status_code == 302
    booking.refresh_from_db()
    assert booking.person == colleagues[4]
