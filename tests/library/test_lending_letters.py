"""The letters of the library: once, with the right number, and never for what has come back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
import time_machine
from django.core import mail
from django.utils import timezone

from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from library.jobs import lending as jobs
from library.models import LendingTerms, Loan, Member, MemberKind, Reservation
from library.operations import desk, records, renewals, reservations
from tests.factories.library import (
    CopyFactory,
    LoanFactory,
    MemberFactory,
    ReservationFactory,
)
from tests.factories.library import librarian as describer

MORNING = datetime(2027, 3, 22, 8, 0, tzinfo=UTC)
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def clock():
    with time_machine.travel(MORNING, tick=False) as moved:
        yield moved


def written():
    """The subjects of what the worker sends now."""
    jobs.queue_reminders()
    mail.outbox.clear()
    outbox.deliver_due()
    return [message.subject for message in mail.outbox]


def reader(**facts):
    member = MemberFactory(**facts)
    member.person.user.face = "en"
    member.person.user.save()
    return member


def test_one_letter_a_day_tells_of_everything_and_reminders_are_numbered(clock):
    member, today = reader(), timezone.localdate()
    late, soon = (
        LoanFactory(member=member, copy__record__title=title, due_on=today + timedelta(days=days))
        for title, days in (("Касна", -1), ("Скора", 3))
    )
    LoanFactory(member=member, due_on=today + timedelta(days=60))

    assert written() == ["Reminder no. 1: please return to the library"]
    text = mail.outbox[0].body
    assert ("Kasna" in text, "Skora" in text) == (True, True)
    day = today + timedelta(days=2)
    another = LoanFactory(member=member, copy__record__title="Друга", due_on=day)
    assert written() == []
    clock.shift(timedelta(days=1))
    written()
    assert "Druga" in mail.outbox[0].body
    another.delete()

    clock.shift(timedelta(days=6))
    renewals.renew(loan_id=soon.pk, by=member.person.user)
    assert written() == ["Reminder no. 2: please return to the library"]
    assert Letter.objects.filter(kind="library.reminder").values_list("text", "context")[0] == (
        "",
        {},
    )
    clock.shift(timedelta(days=7))
    assert written() == ["Reminder no. 3: please return to the library"]
    clock.shift(timedelta(days=7))
    assert written() == []  # three, and then no more
    Loan.objects.filter(pk=late.pk).update(due_on=today + timedelta(days=28))
    clock.shift(timedelta(days=4))
    # Near again after the renewal, and for the first time.
    assert written() == ["To be returned to the library soon: 2 things"]


def test_what_has_come_back_meanwhile_is_not_asked_for(clock, librarian):
    member, today = reader(), timezone.localdate()
    alone = LoanFactory(member=reader(), due_on=today)
    twice, once = (
        LoanFactory(
            member=member,
            copy__record__title=title,
            due_on=today - timedelta(days=days),
            overdue_letters=letters,
        )
        for title, days, letters in (("Двапут", 9, 1), ("Једном", 1, 0))
    )
    jobs.queue_reminders()
    for loan in (alone, twice):
        desk.take_back(copy_id=loan.copy_id, by=librarian)

    outbox.deliver_due()

    assert dict(Letter.objects.values_list("object_id", "state")) == {
        alone.member_id: Letter.State.DROPPED,
        member.pk: Letter.State.SENT,
    }
    # The number is that of what is still late.
    (letter,) = mail.outbox
    assert letter.subject == "Reminder no. 1: please return to the library"
    assert ("Jednom" in letter.body, "Dvaput" in letter.body) == (True, False)
    once.refresh_from_db()
    assert once.overdue_letters == 1


def test_a_pupils_letters_go_to_the_guardian_who_is_led_to_the_desk(clock):
    pupil = reader(
        kind=MemberKind.PUPIL,
        guardian_name="Мира",
        guardian_email="mira@example.org",
        consent_on=timezone.localdate(),
    )
    for member in (pupil, reader()):
        LoanFactory(member=member, due_on=timezone.localdate())

    written()

    assert [(message.to[0], "/biblioteka/moje/" in message.body) for message in mail.outbox] == [
        ("mira@example.org", False),
        (Member.objects.exclude(pk=pupil.pk).get().person.user.email, True),
    ]


def test_whoever_has_no_address_is_not_counted_as_reminded(clock):
    late = timezone.localdate() - timedelta(days=1)
    pupil = reader(kind=MemberKind.PUPIL, guardian_name="Мира", consent_on=None)
    loan = LoanFactory(member=pupil, due_on=late)

    assert (jobs.queue_reminders(), written()) == (0, [])
    loan.refresh_from_db()
    pupil.refresh_from_db()
    assert (loan.overdue_letters, pupil.written_on) == (0, None)

    Member.objects.filter(pk=pupil.pk).update(guardian_email="mira@example.org")
    assert written() == ["Reminder no. 1: please return to the library"]


def test_whoever_was_written_that_it_is_there_is_told_when_it_is_not(clock, librarian):
    copy = LoanFactory().copy
    ReservationFactory(record=copy.record, member=reader())
    take_back = partial(desk.take_back, copy_id=copy.pk, by=librarian)

    desk.undo(done=take_back(), by=librarian)
    assert written() == []

    done = take_back()
    LendingTerms.objects.create(place_and_hours="Приземље, од 9 до 17.")
    assert written() == ["Ready to be fetched from the library"]
    assert mail.outbox[0].body.rstrip().endswith("Prizemlje, od 9 do 17.")
    desk.undo(done=done, by=librarian)
    assert written() == ["Not ready after all, your turn at the library is kept"]


def test_whoever_waits_for_what_is_withdrawn_is_told(clock):
    copy = CopyFactory(state="written_off")
    one = ReservationFactory(record=copy.record, member=reader())

    records.withdraw(record_id=copy.record_id, reason="Нема га.", by=describer())

    assert written() == ["A reservation at the library has ended"]
    one.refresh_from_db()
    assert (one.state, one.member) == (Reservation.State.CANCELLED, None)


def test_nobody_is_written_to_at_night(clock):
    LoanFactory(member=reader(), due_on=timezone.localdate())
    clock.move_to(MORNING.replace(hour=3))

    assert written() == []


def test_what_is_not_fetched_goes_on_and_both_are_told(clock, librarian):
    copy = LoanFactory(copy=CopyFactory(record__title="Ћуприја")).copy
    first, second = (ReservationFactory(record=copy.record, member=reader()) for _ in "12")
    member, first_address = first.member, first.member.letters_to
    desk.take_back(copy_id=copy.pk, by=librarian)
    assert written() == ["Ready to be fetched from the library"]

    assert "Ćuprija" in mail.outbox[0].body

    clock.shift(timedelta(days=6))
    assert jobs.pass_on_unfetched() == 1

    assert sorted(written()) == [
        "A reservation at the library has ended",
        "Ready to be fetched from the library",
    ]
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, first.member) == (Reservation.State.EXPIRED, None)
    assert (second.state, second.copy) == (Reservation.State.READY, copy)
    assert jobs.pass_on_unfetched() == 0
    # What stays of the letters tells who was written to, and nothing of what they read.
    kept = Letter.objects.filter(recipient=first_address)
    assert [(one.object_id, one.subject, one.text, one.context) for one in kept] == [
        (member.pk, "A reservation at the library has ended", "", {}),
        (member.pk, "Ready to be fetched from the library", "", {}),
    ]
    told = {one.version for one in Letter.objects.all()}
    assert not any(f"{MORNING:%Y%m%d}" in version for version in told)


def test_a_reservation_given_back_needs_no_letter_and_its_ready_letter_is_dropped(clock, librarian):
    copy = LoanFactory().copy
    one = ReservationFactory(record=copy.record, member=reader())
    desk.take_back(copy_id=copy.pk, by=librarian)
    reservations.cancel(reservation_id=one.pk, by=one.member.person.user)

    assert written() == []
    assert Letter.objects.get().state == Letter.State.DROPPED
