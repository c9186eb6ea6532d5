"""Letters in the back office: to read, and to send again."""

from __future__ import annotations

import pytest
from django.core import mail
from django.utils import timezone

from centar.audit.models import Entry
from centar.events.operations import bookings
from centar.outbox import operations
from centar.outbox.models import Letter
from tests import office, reader
from tests.factories.people import PersonFactory
from tests.factories.trainings import SeminarFactory

pytestmark = pytest.mark.django_db

LETTERS = "/admin/outbox/letter/"
State = Letter.State


@pytest.fixture
def staff():
    return office.colleague()


@pytest.fixture
def desk(staff):
    return office.desk_of(staff)


def letter(**facts):
    """A letter about a place that somebody really has, in the state asked for."""
    person = PersonFactory()
    bookings.enrol(event_id=SeminarFactory().pk, person=person, by=person.user)
    made = Letter.objects.get(recipient=person.email)
    for name, value in facts.items():
        setattr(made, name, value)
    if made.state == State.SENT:
        made.sent_at = timezone.now()
    made.save()
    return made


def resend(desk, made):
    address = f"{LETTERS}{made.pk}/radnja/ponovo/"
    return desk.post(address, {"sent": "yes"}, follow=True)


@pytest.mark.parametrize("state", [State.SENT, State.FAILED, State.DROPPED])
def test_a_letter_is_sent_again_as_a_new_row(desk, staff, state):
    old = letter(state=state, error="550 no such user")

    answer = resend(desk, old)
    operations.deliver_due()

    again = Letter.objects.exclude(pk=old.pk).get()
    assert answer.redirect_chain == [(f"{LETTERS}{again.pk}/change/", 302)]
    assert (again.state, again.recipient, again.kind) == (State.SENT, old.recipient, old.kind)
    assert again.version != old.version
    assert [sent.to for sent in mail.outbox] == [[old.recipient]]
    old.refresh_from_db()
    assert (old.state, old.error) == (state, "550 no such user")
    entry = Entry.objects.latest("pk")
    assert (entry.action, entry.actor_id) == ("outbox.resend", staff.pk)


def test_what_is_no_longer_true_is_not_sent_again(desk):
    old = letter(state=State.FAILED)
    booking = bookings.Booking.objects.get(pk=old.object_id)
    bookings.withdraw(booking_id=booking.pk, by=booking.created_by)
    Letter.objects.filter(kind="events.withdrawn").delete()

    resend(desk, old)
    operations.deliver_due()

    again = Letter.objects.exclude(pk=old.pk).get()
    assert (again.state, mail.outbox) == (State.DROPPED, [])


@pytest.mark.parametrize("state", [State.QUEUED, State.SENDING])
def test_a_letter_on_its_way_is_not_sent_twice(desk, state):
    made = letter(state=state)

    offered = desk.get(f"{LETTERS}{made.pk}/change/").context["operations"]
    answer = resend(desk, made)

    sentence = office.serbian("This letter is already on its way.")
    assert offered == []
    assert answer.context["form"].non_field_errors() == [sentence]
    assert Letter.objects.count() == 1


def test_a_letter_with_a_private_link_is_not_sent_by_others(desk):
    made = Letter.objects.create(
        kind="accounts.password_reset",
        object_id=1,
        recipient="ana@example.org",
        version="1",
        state=State.FAILED,
    )

    answer = resend(desk, made)

    sentence = "This letter held a private link. The person can ask for a new one."
    assert answer.context["form"].non_field_errors() == [office.serbian(sentence)]
    assert Letter.objects.count() == 1


def test_what_was_sent_can_be_read_and_not_changed(desk):
    made = letter()
    operations.deliver_due()
    made.refresh_from_db()

    page = reader.Page(desk.get(f"{LETTERS}{made.pk}/change/").content.decode())
    desk.post(f"{LETTERS}{made.pk}/change/", {"text": "Друго", "recipient": "x@example.org"})
    removed = desk.post(f"{LETTERS}{made.pk}/delete/", {"post": "yes"}).status_code

    assert made.subject in page.text
    after = Letter.objects.get(pk=made.pk)
    assert (after.text, after.recipient, removed) == (made.text, made.recipient, 403)
    assert desk.get(f"{LETTERS}add/").status_code == 403


def test_the_list_of_failed_letters_is_the_one_of_the_work_queue(desk):
    failed = letter(state=State.FAILED)
    letter()

    rows = desk.get(LETTERS, {"state__exact": "failed"}).context["cl"].result_list

    assert [row.pk for row in rows] == [failed.pk]


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_takes_the_same_queries_however_many_rows(desk, django_assert_num_queries, rows):
    for _ in range(rows):
        letter()

    with django_assert_num_queries(9):
        answer = desk.get(LETTERS)

    assert len(answer.context["cl"].result_list) == rows
