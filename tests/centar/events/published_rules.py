"""The rules of places and queues as they are published, told once more in the plainest way.

A person is a name. The hall knows nothing of rows, locks and letters; the state machine does the
same to it and to the portal, and they must always agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta


@dataclass(eq=False)
class Party:
    """People who want to come together, and how often others were let in before them."""

    overtaken: int = 0


@dataclass
class Hall:
    """One event: its seats, who has one, who was offered one, and the queue."""

    capacity: int | None
    starts_at: datetime
    offer_hours: int
    max_overtakes: int
    cancelled: bool = False
    placed: set[str] = field(default_factory=set)
    offers: dict[str, datetime] = field(default_factory=dict)
    queue: list[str] = field(default_factory=list)
    parties: dict[str, Party] = field(default_factory=dict)
    ended: dict[str, str] = field(default_factory=dict)

    @property
    def held(self) -> int:
        """Seats with a person in them or kept for one."""
        return len(self.placed) + len(self.offers)

    def free(self) -> float:
        """Seats nobody holds."""
        return float("inf") if self.capacity is None else self.capacity - self.held

    def is_in(self, name: str) -> bool:
        """Whether the person has a place, an offer or a turn here."""
        return name in self.placed or name in self.offers or name in self.queue

    def units(self, queue: Sequence[str]) -> Iterator[list[str]]:
        """Who moves together: a party at the turn of its first member, everybody else alone."""
        seen: list[Party] = []
        for name in queue:
            party = self.parties.get(name)
            if party is None:
                yield [name]
            elif party not in seen:
                seen.append(party)
                yield [other for other in queue if self.parties.get(other) is party]

    def next_unit(self, queue: Sequence[str]) -> tuple[list[str], list[Party]]:
        """Whoever is let in next, and the parties in front of them; nobody when nobody may."""
        passed: list[Party] = []
        for unit in self.units(queue):
            if len(unit) <= self.free():
                return unit, passed
            assert self.capacity is not None
            if len(unit) > self.capacity:
                continue  # it never fits; nobody waits for it
            party = self.parties.get(unit[0])
            if party is None or party.overtaken >= self.max_overtakes:
                break
            passed.append(party)
        return [], []

    def settle(self, now: datetime, arriving: Sequence[str] = ()) -> None:
        """Overdue offers end; then the queue is let in from its front, unit by unit."""
        for name, until in list(self.offers.items()):
            if until <= now:
                del self.offers[name]
                self.ended[name] = "expired"
        self.queue += arriving
        while not self.cancelled:
            at_the_door = [name for name in self.queue if name in arriving]
            unit, passed = self.next_unit(at_the_door if self.starts_at <= now else self.queue)
            if not unit:
                break
            for party in passed:
                party.overtaken += 1
            for name in unit:
                self.queue.remove(name)
                if name in arriving:
                    self.placed.add(name)
                else:
                    self.offers[name] = min(now + timedelta(hours=self.offer_hours), self.starts_at)

    def arrive(self, now: datetime, names: Sequence[str], *, together: bool = False) -> None:
        """Newcomers; together they are one party."""
        party = Party()
        for name in names:
            self.ended.pop(name, None)
            self.parties.pop(name, None)
            if together:
                self.parties[name] = party
        self.settle(now, names)

    def leave(self, now: datetime, name: str, how: str) -> None:
        """Somebody ends their place, offer or turn."""
        self.placed.discard(name)
        self.offers.pop(name, None)
        if name in self.queue:
            self.queue.remove(name)
        self.ended[name] = how
        self.settle(now)

    def take(self, name: str) -> None:
        """An offer is accepted, or a place is given past the queue."""
        self.offers.pop(name, None)
        if name in self.queue:
            self.queue.remove(name)
        self.placed.add(name)

    def cancel(self) -> None:
        """Everything ends."""
        self.cancelled = True
        for name in (*self.placed, *self.offers, *self.queue):
            self.ended[name] = "cancelled"
        self.placed, self.offers, self.queue = set(), {}, []

    def standing(self) -> dict[str, str]:
        """The state of everybody who ever came."""
        return {
            **self.ended,
            **dict.fromkeys(self.placed, "placed"),
            **dict.fromkeys(self.offers, "offered"),
            **dict.fromkeys(self.queue, "waiting"),
        }
