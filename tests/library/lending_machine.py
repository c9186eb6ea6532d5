"""What Hypothesis may do to copies and reservations, and to their published rules beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import transaction
from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from centar.access import Refusal
from centar.people.models import User
from library.jobs import lending as jobs
from library.models import Copy, Loan, Member, Record, Reservation
from library.operations import condition, desk, renewals, reservations
from tests.factories.library import CopyFactory, RecordFactory

START = datetime(2027, 3, 20, 11, 0, tzinfo=UTC)
"""Eight days before the clocks are moved in Belgrade."""
ITEMS, PICKUP_DAYS, RENEWALS = 3, 5, 1
State = Reservation.State

which = st.integers(0, 5)


@dataclass
class Shelf:
    """The published rules of one record: who has which copy, who waits, in what order."""

    on_shelf: set[int] = field(default_factory=set)
    lost: set[int] = field(default_factory=set)
    lent: dict[int, int] = field(default_factory=dict)
    renewed: dict[int, int] = field(default_factory=dict)
    aside: dict[int, tuple[int, date]] = field(default_factory=dict)
    turns: dict[int, int] = field(default_factory=dict)
    suspended: dict[int, date] = field(default_factory=dict)

    @property
    def queue(self) -> list[int]:
        kept = {member for member, _until in self.aside.values()}
        return sorted((m for m in self.turns if m not in kept), key=lambda m: self.turns[m])

    def served(self, today: date) -> list[int]:
        return [m for m in self.queue if self.suspended.get(m, date.min) < today]

    def pass_on(self, copy: int, today: date) -> bool:
        served = self.served(today)
        self.on_shelf.add(copy)
        if served:
            self.on_shelf.remove(copy)
            self.aside[copy] = (served[0], today + timedelta(days=PICKUP_DAYS))
        return bool(served)

    def aside_of(self, member: int) -> int | None:
        return next((copy for copy, (m, _until) in self.aside.items() if m == member), None)

    def end_turn(self, member: int) -> int | None:
        copy = self.aside_of(member)
        if copy is not None:
            del self.aside[copy]
        del self.turns[member]
        self.suspended.pop(member, None)
        return copy

    def lends(self, copy: int, member: int, today: date) -> bool:
        if copy in self.aside:
            return self.aside[copy][0] == member
        if copy not in self.on_shelf:
            return False
        if self.aside_of(member) is not None:
            return True
        served = self.served(today)
        before = served[: served.index(member)] if member in served else served
        return len(before) < len(self.on_shelf)


class LendingMachine(RuleBasedStateMachine):
    """Two records with two copies each, five readers, and days that pass."""

    readers: Sequence[Member] = ()
    staff: User

    def __init__(self) -> None:
        super().__init__()
        self.transaction = transaction.atomic()
        self.transaction.__enter__()
        self.stopped = time_machine.travel(START, tick=False)
        self.clock = self.stopped.start()
        self.arrived = 0

    def teardown(self) -> None:
        self.stopped.stop()
        transaction.set_rollback(True)
        self.transaction.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        self.records: list[Record] = RecordFactory.create_batch(2)
        self.shelves, self.copies = [], []
        for record in self.records:
            made = CopyFactory.create_batch(2, record=record)
            self.copies += made
            self.shelves.append(Shelf(on_shelf={copy.pk for copy in made}))

    # --- Readers ----------------------------------------------------------------------------

    @rule(at=st.integers(0, 1), who=which)
    def reserve(self, at: int, who: int) -> None:
        """Somebody takes the next turn."""
        member, shelf = self.reader(who), self.shelves[at]
        facts = {"record_id": self.records[at].pk, "member_id": member.pk, "by": self.staff}
        has = member.pk in shelf.turns or member.pk in shelf.lent.values()
        if has or len(shelf.lost) == 2:
            refused(reservations.reserve, **facts)
            return
        reservations.reserve(**facts)
        self.arrived += 1
        shelf.turns[member.pk] = self.arrived

    @rule(at=st.integers(0, 1), who=which)
    def cancel(self, at: int, who: int) -> None:
        """Somebody gives the turn back; what was put aside goes on at once."""
        shelf = self.shelves[at]
        for member in pick(shelf.turns, who):
            reservations.cancel(
                reservation_id=self.live(at, member), by=self.staff, reason="Одустаје."
            )
            copy = shelf.end_turn(member)
            if copy is not None:
                shelf.pass_on(copy, self.today)

    @rule(at=st.integers(0, 1), who=which, days=st.sampled_from([-1, 0, 3, 300]))
    def suspend(self, at: int, who: int, days: int) -> None:
        """Somebody lets others go first for some days."""
        shelf = self.shelves[at]
        until = self.today + timedelta(days=days)
        for member in pick(shelf.turns, who):
            facts = {"reservation_id": self.live(at, member), "until": until, "by": self.staff}
            if days not in (0, 3) or shelf.aside_of(member) is not None:
                refused(reservations.suspend, **facts)
                continue
            reservations.suspend(**facts)
            shelf.suspended[member] = until

    @rule(at=st.integers(0, 1), who=which)
    def resume(self, at: int, who: int) -> None:
        """Somebody wants to be served again."""
        shelf = self.shelves[at]
        for member in pick(shelf.suspended, who):
            reservations.resume(reservation_id=self.live(at, member), by=self.staff)
            del shelf.suspended[member]

    @rule(who=which)
    def renew(self, who: int) -> None:
        """Somebody keeps a copy longer, unless somebody else would get it."""
        for copy, shelf in self.lent(who):
            loan = Loan.objects.open().get(copy=copy)
            waits = len(shelf.served(self.today)) > len(shelf.on_shelf)
            if waits or shelf.renewed[copy] >= RENEWALS:
                refused(renewals.renew, loan_id=loan.pk, by=self.staff)
                continue
            renewals.renew(loan_id=loan.pk, by=self.staff)
            shelf.renewed[copy] += 1

    # --- The desk ---------------------------------------------------------------------------

    @rule(copy=which, who=which, changes_mind=st.booleans())
    def lend(self, copy: int, who: int, changes_mind: bool) -> None:
        """A card and a copy are scanned, and now and then it is undone."""
        piece, shelf, member = self.copy(copy), self.shelf(copy), self.reader(who)
        facts = {"copy_id": piece.pk, "member_id": member.pk, "by": self.staff}
        has = sum(list(one.lent.values()).count(member.pk) for one in self.shelves)
        if has >= ITEMS or not shelf.lends(piece.pk, member.pk, self.today):
            refused(desk.lend, **facts)
            return
        done = desk.lend(**facts)
        if changes_mind and shelf.aside_of(member.pk) in (None, piece.pk):
            desk.undo(done=done, by=self.staff)
            return
        shelf.on_shelf.discard(piece.pk)
        if member.pk in shelf.turns:
            other = shelf.end_turn(member.pk)
            if other not in (None, piece.pk):
                shelf.pass_on(other, self.today)
        shelf.lent[piece.pk] = member.pk
        shelf.renewed[piece.pk] = 0

    @rule(copy=which, changes_mind=st.booleans())
    def take_back(self, copy: int, changes_mind: bool) -> None:
        """A copy is scanned without a card: lent, on the shelf, put aside or lost."""
        piece, shelf = self.copy(copy), self.shelf(copy)
        idle = piece.pk in shelf.on_shelf and not shelf.served(self.today)
        if idle or piece.pk in shelf.aside:
            refused(desk.take_back, copy_id=piece.pk, by=self.staff)
            return
        done = desk.take_back(copy_id=piece.pk, by=self.staff)
        if changes_mind:
            desk.undo(done=done, by=self.staff)
            return
        shelf.lent.pop(piece.pk, None)
        shelf.lost.discard(piece.pk)
        shelf.pass_on(piece.pk, self.today)

    @rule(copy=which)
    def lose(self, copy: int) -> None:
        """A copy is lost, wherever it was; whoever it was put aside for keeps the old turn."""
        piece, shelf = self.copy(copy), self.shelf(copy)
        facts = {"copy_id": piece.pk, "state": Copy.State.LOST, "by": self.staff}
        if piece.pk in shelf.lost:
            refused(condition.mark, reason="Нема је.", **facts)
            return
        condition.mark(reason="Нема је.", **facts)
        shelf.on_shelf.discard(piece.pk)
        shelf.lent.pop(piece.pk, None)
        shelf.aside.pop(piece.pk, None)
        shelf.lost.add(piece.pk)

    @rule(at=st.integers(0, 1), who=which, place=which)
    def move(self, at: int, who: int, place: int) -> None:
        """The staff give somebody who waits another position."""
        shelf = self.shelves[at]
        queue = shelf.queue
        for member in pick(queue, who):
            index = place % len(queue)
            reservations.move(
                reservation_id=self.live(at, member),
                position=index + 1,
                by=self.staff,
                reason="Замена.",
            )
            kept = sorted(shelf.turns[one] for one in queue)
            queue.remove(member)
            queue.insert(index, member)
            shelf.turns.update(zip(queue, kept, strict=True))

    # --- Time -------------------------------------------------------------------------------

    @rule(days=st.sampled_from([1, 4, 6, 30]))
    def time_passes(self, days: int) -> None:
        """What was not fetched in time goes on, and its time starts anew."""
        self.clock.shift(timedelta(days=days))
        jobs.pass_on_unfetched()
        for shelf in self.shelves:
            late = [(m, c) for c, (m, until) in shelf.aside.items() if until < self.today]
            for member, copy in sorted(late, key=lambda one: shelf.turns[one[0]]):
                shelf.end_turn(member)
                shelf.pass_on(copy, self.today)

    # --- What must hold ---------------------------------------------------------------------

    @invariant()
    def the_portal_agrees_with_the_published_rules(self) -> None:
        """Every loan, every turn and every copy that is put aside is the same in both."""
        for record, shelf in zip(self.records, self.shelves, strict=True):
            live = Reservation.objects.live().filter(record=record)
            ready = live.filter(state=State.READY).values_list("copy", "member", "pickup_until")
            assert {copy: (member, until) for copy, member, until in ready} == shelf.aside
            assert [one.member_id for one in record.reservations.queue()] == shelf.queue
            lent = Loan.objects.open().filter(copy__record=record)
            assert dict(lent.values_list("copy", "member")) == shelf.lent
            record.refresh_from_db()
            assert record.free_copies == len(shelf.on_shelf)

    @invariant()
    def whoever_had_something_and_keeps_no_history_is_forgotten(self) -> None:
        """Nothing that is over names a person, but what is lost and not made good."""
        over = Loan.objects.filter(ending=Loan.Ending.RETURNED, member__isnull=False)
        ended = Reservation.objects.filter(ended_at__isnull=False, member__isnull=False)
        assert not over.exists()
        assert not ended.exists()

    # --- What the machine sees --------------------------------------------------------------

    @property
    def today(self) -> date:
        return timezone.localdate()

    def reader(self, who: int) -> Member:
        return self.readers[who % len(self.readers)]

    def copy(self, number: int) -> Copy:
        return self.copies[number % len(self.copies)]

    def shelf(self, number: int) -> Shelf:
        return self.shelves[number % len(self.copies) // 2]

    def live(self, at: int, member: int) -> int:
        """The key of the member's live reservation."""
        rows = Reservation.objects.live().filter(record=self.records[at])
        return rows.get(member=member).pk

    def lent(self, who: int) -> list[tuple[int, Shelf]]:
        """One copy that is lent, with its shelf."""
        found = [(copy, shelf) for shelf in self.shelves for copy in sorted(shelf.lent)]
        return [found[who % len(found)]] if found else []


def pick(members: object, who: int) -> list[int]:
    """One of them, or none where there are none."""
    ordered = sorted(members)
    return [ordered[who % len(ordered)]] if ordered else []


def refused(operation: object, **facts: object) -> None:
    """The operation must refuse; that it leaves no trace the invariants show."""
    assert callable(operation)
    with pytest.raises(Refusal):
        operation(**facts)
