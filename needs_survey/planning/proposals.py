"""A proposal of seminars: which programmes, how many groups, where and when.

Where: in the municipality with most interested teachers of the group. The nearest place to all of
them would need distances between municipalities, and no data about these are known.

When: at a weekend or on working days, and live or online, as more of the group's teachers want,
by what their schools said; at a weekend and live when it is even or nobody said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from needs_survey.models import Wish
from needs_survey.planning import groups, scores
from needs_survey.planning.demand import Asked, Wanted, Way
from needs_survey.planning.term import Term

LeftOut = Wish.LeftOut


@dataclass(frozen=True)
class Group:
    """A seminar that is proposed, with those whom it is for; `municipality` is None online."""

    programme: int
    title: str
    number: int
    members: list[Asked]
    parts: scores.Parts
    municipality: int | None
    on: date | None = None

    @property
    def people(self) -> int:
        """How many it is for."""
        return sum(one.teachers for one in self.members)

    @property
    def score(self) -> Decimal:
        """That of its programme."""
        return scores.score(self.parts)


@dataclass(frozen=True)
class Proposal:
    """The groups, the highest score first, and with each programme those who are in none."""

    groups: list[Group]
    left_out: list[tuple[Wanted, list[Asked], LeftOut]]


def propose(programmes: Sequence[Wanted], weights: Mapping[str, int], term: Term) -> Proposal:
    """Groups for everybody who asked, as far as the limits of the programmes allow."""
    found: list[tuple[Group, Wanted]] = []
    left_out = []
    offered = [one for one in programmes if one.is_offered]
    for wanted, parts in zip(offered, scores.parts(offered, weights), strict=True):
        parted = groups.cut(wanted)
        found += [
            (_group(wanted, number, members, parts), wanted)
            for number, members in enumerate(parted.groups, start=1)
        ]
        if parted.left:
            why = LeftOut.NO_ROOM if parted.groups else LeftOut.TOO_FEW
            left_out.append((wanted, parted.left, why))
    left_out += [
        (one, list(one.asked), LeftOut.WITHDRAWN) for one in programmes if not one.is_offered
    ]
    found.sort(key=lambda one: (-one[0].score, one[0].programme, one[0].number))
    dated = [
        replace(group, on=term.take(wanted.days, at_weekend=_at_weekend(group.members)))
        for group, wanted in found
    ]
    return Proposal(dated, left_out)


def _group(wanted: Wanted, number: int, members: list[Asked], parts: scores.Parts) -> Group:
    assert wanted.key is not None  # what is offered stands in the catalogue
    online = wanted.is_webinar or _online(members)
    place = None if online else groups.municipality_of(members)
    return Group(wanted.key, wanted.title, number, members, parts, place)


def _online(members: Iterable[Asked]) -> bool:
    votes = _votes(members)
    return votes[Way.ONLINE] > votes[Way.LIVE]


def _at_weekend(members: Iterable[Asked]) -> bool:
    votes = _votes(members)
    return votes[Way.WEEKEND] >= votes[Way.WEEKDAY]


def _votes(members: Iterable[Asked]) -> Counter[Way]:
    votes: Counter[Way] = Counter()
    for one in members:
        for way in one.ways:
            votes[way] += one.teachers
    return votes
