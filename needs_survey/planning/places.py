"""Where a group meets: among its municipalities the one with the highest score.

A place is worth the teachers who are from there, those whom it suits by what their schools said,
and a room that one of the schools offers. The nearest place to all of them would need distances
between municipalities, and no data about these are known.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from needs_survey.planning import groups, scores
from needs_survey.planning.demand import LIVE, Asked, Way, counted

SURE, BY_AGREEMENT = 2, 1
"""What a room counts: one that is offered twice as much as one by agreement."""
HOME = (Way.OWN_SCHOOL, Way.NEARBY)


@dataclass(frozen=True)
class Place:
    """A municipality, and the parts of its score for the group; None online."""

    municipality: int | None
    parts: scores.Parts


def of(members: Sequence[Asked], weights: scores.Weights, centre: int | None = None) -> Place:
    """Online when more of the group's teachers want it so, by what schools said; else the best."""
    online, live = counted(members, [Way.ONLINE]), counted(members, LIVE)
    if online > live:
        return Place(None, {scores.ONLINE: scores.Part(online, live, 0)})
    return best(members, weights, centre)


def best(members: Sequence[Asked], weights: scores.Weights, centre: int | None = None) -> Place:
    """The place of a group; of equal ones that with more teachers, then with more schools.

    `centre` is the Centre's own municipality. It has a room there, and it is considered too when
    somebody wants to come.
    """
    teachers, schools = groups.by_municipality(members)
    candidates = set(teachers)
    if centre is not None and counted(members, [Way.CENTRE]):
        candidates.add(centre)
    values = {
        place: {
            "near": teachers[place],
            "wanted": _wanted(members, place, centre),
            "room": SURE if place == centre else _room(members, place),
        }
        for place in candidates
    }
    largest = {
        "near": max(one["near"] for one in values.values()),
        "wanted": max(one["wanted"] for one in values.values()),
        "room": SURE,
    }
    parts = {place: scores.weighed(one, largest, weights) for place, one in values.items()}
    found = min(
        candidates,
        key=lambda one: (-scores.score(parts[one]), -teachers[one], -schools[one], one),
    )
    return Place(found, parts[found])


def _wanted(members: Iterable[Asked], place: int, centre: int | None) -> int:
    return sum(counted([one], _fitting(one, place, centre)) for one in members)


def _fitting(one: Asked, place: int, centre: int | None) -> tuple[Way, ...]:
    """By which answers the place suits the school; what is nearby is known only of its own."""
    at_home = HOME if one.municipality == place else ()
    return (*at_home, Way.CENTRE) if place == centre else at_home


def _room(members: Iterable[Asked], place: int) -> int:
    there = [one.ways for one in members if one.municipality == place]
    if any(Way.ROOM in ways for ways in there):
        return SURE
    return BY_AGREEMENT if any(Way.ROOM_BY_AGREEMENT in ways for ways in there) else 0
