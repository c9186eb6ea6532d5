"""The staff send a letter once more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from centar.outbox import jobs, kinds, operations
from centar.outbox.models import Letter
from tests.factories.people import StaffFactory

State = Letter.State
pytestmark = pytest.mark.django_db


@pytest.fixture
def letter(greeting):
    operations.queue(
        "tests.greeting", object_id=7, recipient="ana@example.org", version="3", face="lat", a="б"
    )
    return Letter.objects.get()


@pytest.mark.parametrize("state", [State.SENT, State.FAILED, State.DROPPED])
def test_a_letter_is_sent_again_as_a_new_version(state, letter, clock):
    staff = StaffFactory()
    letter.state = state
    letter.sent_at = timezone.now() if state == State.SENT else None
    letter.attempts = 6
    letter.save()

    again = operations.resend(letter=letter, by=staff)

    assert again.version == "3+20270201110000000000"
    assert (again.kind, again.object_id, again.recipient, again.face, again.context) == (
        "tests.greeting",
        7,
        "ana@example.org",
        "lat",
        {"a": "б"},
    )
    assert (again.state, again.attempts) == (State.QUEUED, 0)
    letter.refresh_from_db()
    assert (letter.state, letter.attempts) == (state, 6)
    entry = Entry.objects.get()
    assert (entry.action, entry.actor_id, entry.object_id, entry.detail) == (
        "outbox.resend",
        staff.pk,
        again.pk,
        {"again_of": letter.pk},
    )
    jobs.deliver_due()
    assert len(mail.outbox) == 1


def test_a_letter_sent_again_and_again_keeps_its_first_version(letter, clock):
    jobs.deliver_due()
    letter.refresh_from_db()
    again = operations.resend(letter=letter, by=None)
    jobs.deliver_due()
    again.refresh_from_db()
    clock.shift(timedelta(seconds=1))

    third = operations.resend(letter=again, by=None)

    assert third.version == "3+20270201110001000000"


@pytest.mark.parametrize("state", [State.QUEUED, State.SENDING])
def test_a_letter_on_its_way_is_not_sent_again(state, letter):
    letter.state = state
    letter.save()

    with pytest.raises(Refusal):
        operations.resend(letter=letter, by=None)

    assert Letter.objects.count() == 1


def test_a_double_click_sends_it_again_once(letter):
    """The second click comes with the page as it was before the first."""
    jobs.deliver_due()
    seen = Letter.objects.get()
    operations.resend(letter=seen, by=None)

    with pytest.raises(Refusal):
        operations.resend(letter=seen, by=None)

    assert Letter.objects.count() == 2


def test_a_letter_with_a_private_link_is_not_sent_again(new_kind):
    new_kind("tests.secret", lambda letter: kinds.Message("а", "б"), secret=True)
    operations.queue("tests.secret", object_id=1, recipient="ana@example.org", version="1")
    jobs.deliver_due()

    with pytest.raises(Refusal):
        operations.resend(letter=Letter.objects.get(), by=None)

    assert len(mail.outbox) == 1


def test_what_is_untrue_by_now_is_not_sent_again(new_kind):
    true = [True]

    def compose(letter):
        if not true:
            raise kinds.NoLongerTrue("Књига је враћена.")
        true.pop()
        return kinds.Message("а", "б")

    new_kind("tests.overdue", compose)
    operations.queue("tests.overdue", object_id=1, recipient="ana@example.org", version="1")
    jobs.deliver_due()

    again = operations.resend(letter=Letter.objects.get(), by=None)
    jobs.deliver_due()

    again.refresh_from_db()
    assert again.state == State.DROPPED
    assert len(mail.outbox) == 1
