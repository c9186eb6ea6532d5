"""Two desks and two readers at the very same moment."""

from __future__ import annotations

from functools import partial

import pytest
import time_machine
from django.utils import timezone

from centar.access import Refusal
from library import locks
from library.models import Loan, Member, Record, Reservation
from library.operations import desk, reservations
from library.queries import rules
from tests.factories.library import CopyFactory, MemberFactory, RecordFactory
from tests.factories.people import StaffFactory
from tests.races import crowds

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def librarian(transactional_db):
    return StaffFactory(permissions=["library.change_loan"])


def no_locks(monkeypatch):
    """Everybody reads the rows as they are, and nobody waits."""
    monkeypatch.setattr(locks, "lock_record", lambda pk: Record.objects.get(pk=pk))
    unlocked = Member.objects.select_related("person")
    monkeypatch.setattr(locks, "lock_member", lambda pk: unlocked.get(pk=pk))


def kinds_of(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def test_two_desks_lend_the_last_copy(librarian):
    copy = CopyFactory()
    lendings = [
        partial(desk.lend, member_id=member.pk, copy_id=copy.pk, by=librarian)
        for member in MemberFactory.create_batch(2)
    ]

    assert kinds_of(crowds.at_once(lendings)) == ["Done", "Refusal"]
    assert Loan.objects.open().count() == 1
    assert Record.objects.get().free_copies == 0


def test_without_the_lock_one_desk_breaks(librarian, monkeypatch):
    """The control: both see the copy free; the database's second belt stops one of them."""
    copy = CopyFactory()
    no_locks(monkeypatch)
    monkeypatch.setattr(rules, "applying", crowds.met(2, rules.applying))
    lendings = [
        partial(desk.lend, member_id=member.pk, copy_id=copy.pk, by=librarian)
        for member in MemberFactory.create_batch(2)
    ]

    assert kinds_of(crowds.at_once(lendings)) == ["Done", "IntegrityError"]


def four_copies_for_one(librarian):
    member = MemberFactory()
    return [
        partial(desk.lend, member_id=member.pk, copy_id=copy.pk, by=librarian)
        for copy in CopyFactory.create_batch(4)
    ]


def test_one_member_gets_no_more_than_the_rules_allow_at_several_desks(librarian):
    outcomes = crowds.at_once(four_copies_for_one(librarian))

    assert kinds_of(outcomes) == ["Done", "Done", "Done", "Refusal"]


def test_without_the_lock_the_same_member_gets_more(librarian, monkeypatch):
    """The control: everybody counts before anybody writes."""
    no_locks(monkeypatch)
    monkeypatch.setattr(desk, "_own_reservation", crowds.met(4, desk._own_reservation))

    assert kinds_of(crowds.at_once(four_copies_for_one(librarian))) == ["Done"] * 4


def reservings(record):
    return [
        partial(
            reservations.reserve,
            record_id=record.pk,
            member_id=member.pk,
            by=member.person.user,
        )
        for member in MemberFactory.create_batch(2)
    ]


def turns_of_two_at_one_moment():
    """How many different turns two readers get who reserve while the clock stands still."""
    record = CopyFactory().record
    deeds = reservings(record)
    with time_machine.travel(timezone.now(), tick=False):
        outcomes = crowds.at_once(deeds)

    assert kinds_of(outcomes) == ["Reservation", "Reservation"]
    return record.reservations.values("queued_at").distinct().count()


def test_two_readers_reserve_and_one_is_first():
    assert turns_of_two_at_one_moment() == 2


def test_without_the_lock_both_are_first(monkeypatch):
    """The control: both look for the last in the queue before either stands in it."""
    no_locks(monkeypatch)
    monkeypatch.setattr(rules, "applying", crowds.met(2, rules.applying))

    assert turns_of_two_at_one_moment() == 1


def test_a_return_at_two_desks_serves_two_different_readers(librarian):
    record = RecordFactory()
    copies = CopyFactory.create_batch(2, record=record)
    for deed in reservings(record):
        deed()

    outcomes = crowds.at_once(
        [partial(desk.take_back, copy_id=copy.pk, by=librarian) for copy in copies]
    )

    assert not any(isinstance(one, Refusal) for one in outcomes)
    ready = Reservation.objects.filter(state=Reservation.State.READY)
    assert ready.values("member").distinct().count() == 2


def test_without_the_lock_two_copies_are_put_aside_for_one(librarian, monkeypatch):
    """The control: both desks see the same reader first."""
    record = RecordFactory()
    copies = CopyFactory.create_batch(2, record=record)
    for deed in reservings(record):
        deed()
    no_locks(monkeypatch)
    monkeypatch.setattr(
        desk.shelving.queues, "waiting", crowds.met(2, desk.shelving.queues.waiting)
    )

    crowds.at_once([partial(desk.take_back, copy_id=copy.pk, by=librarian) for copy in copies])

    assert Reservation.objects.filter(state=Reservation.State.READY).count() == 1
