"""Who could assess what: those who know the topic first, then those with the least work."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from centar.assessment.models import Assignment, Item, Panel, Seat
from centar.assessment.queries.conflicts import conflicts, of_user
from centar.people.models import Person, User


@dataclass(frozen=True)
class Proposed:
    """Somebody who could assess a thing, and why: `load` is what they assess in the panel."""

    person: Person
    load: int
    knows: bool

    @property
    def reason(self) -> str:
        """The reason in words."""
        topic = _("knows the topic") if self.knows else _("another topic")
        if not self.load:
            return _("%(topic)s, has none yet") % {"topic": topic}
        words = ngettext("%(topic)s, has %(load)d", "%(topic)s, has %(load)d", self.load)
        return words % {"topic": topic, "load": self.load}


@dataclass(frozen=True)
class Planned:
    """One assignment that would be made."""

    item: Item
    proposed: Proposed


@dataclass(frozen=True)
class Plan:
    """What would be assigned, and for which items so many assessors are not to be found."""

    rows: tuple[Planned, ...]
    lacking: tuple[tuple[Item, int], ...]

    @property
    def fingerprint(self) -> str:
        """Tells this plan from any other; pages carry it to the operation."""
        pairs = sorted((row.item.pk, row.proposed.person.pk) for row in self.rows)
        return hashlib.sha256(repr(pairs).encode()).hexdigest()[:32]


def proposed(item: Item) -> list[Proposed]:
    """Everybody who could still be asked to assess the item, the best first."""
    bench = _Bench.of(item.panel, [item])
    return bench.candidates(item)


def plan(panel: Panel, by: User) -> Plan:
    """Enough assessors for every open item of the panel, but for those about which whoever
    assigns has a conflict.

    Every item gets its first before any gets its second; items with the fewest candidates choose
    first, so that nobody takes the only one whom another could have.
    """
    items = list(panel.items.filter(closed_at=None).exclude(of_user(by)))
    bench = _Bench.of(panel, items)
    rows = []
    for missing in range(panel.assessors_each, 0, -1):
        hungry = [item for item in items if panel.assessors_each - bench.live[item.pk] >= missing]
        hungry.sort(key=lambda item: (len(bench.candidates(item)), item.code, item.pk))
        for item in hungry:
            for best in bench.candidates(item)[:1]:
                rows.append(Planned(item, best))
                bench.take(rows[-1])
    rows.sort(key=lambda row: (row.item.code, row.item.pk))
    short = ((item, panel.assessors_each - bench.live[item.pk]) for item in items)
    return Plan(tuple(rows), tuple((item, number) for item, number in short if number > 0))


@dataclass
class _Bench:
    """Who sits in the panel, with the work that each has or would have."""

    seats: list[Seat]
    apart: set[tuple[int, int]]
    most_each: int | None
    load: Counter[int] = field(default_factory=Counter)
    live: Counter[int] = field(default_factory=Counter)
    asked: defaultdict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, panel: Panel, items: Iterable[Item]) -> _Bench:
        """With what is assigned already; three statements."""
        seats = list(
            panel.seats.filter(role=Seat.Role.ASSESSOR, left_at=None).select_related("person__user")
        )
        people = [seat.person_id for seat in seats]
        apart = conflicts([item.pk for item in items], people)
        bench = cls(seats, apart, panel.most_each)
        rows = Assignment.objects.filter(item__panel=panel)
        for item_id, person_id, state in rows.values_list("item", "person", "state"):
            bench.asked[item_id].add(person_id)
            if state in Assignment.LIVE:
                bench.load[person_id] += 1
                bench.live[item_id] += (item_id, person_id) not in apart
        return bench

    def candidates(self, item: Item) -> list[Proposed]:
        """Who could be asked now, the best first."""
        found = [
            Proposed(seat.person, self.load[seat.person_id], knows(seat, item))
            for seat in self.seats
            if seat.person_id not in self.asked[item.pk]
            and (item.pk, seat.person_id) not in self.apart
            and (self.most_each is None or self.load[seat.person_id] < self.most_each)
        ]
        # A stable sort: the order of the seats decides what is equal.
        return sorted(found, key=lambda one: (not one.knows, one.load))

    def take(self, row: Planned) -> None:
        """Count it as made."""
        person = row.proposed.person.pk
        self.asked[row.item.pk].add(person)
        self.load[person] += 1
        self.live[row.item.pk] += 1


def knows(seat: Seat, item: Item) -> bool:
    """Whether somebody knows the item's topic; whoever names no topic knows all."""
    return not seat.topics or not item.topic or item.topic in seat.topics
