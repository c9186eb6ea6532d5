"""What a proposal is made of: programmes, and the schools that asked for them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """What suits a school: times, places, and whether it has a room for others."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    SATURDAY = "saturday"
    SUNDAY = "sunday"
    HOLIDAYS = "holidays"
    CENTRE = "centre"
    OWN_SCHOOL = "own_school"
    NEARBY = "nearby"
    ONLINE = "online"
    ROOM = "room"
    ROOM_BY_AGREEMENT = "room_by_agreement"


LIVE = frozenset({Way.CENTRE, Way.OWN_SCHOOL, Way.NEARBY})
WAYS = {
    "vreme": {
        "prepodne": Way.MORNING,
        "poslepodne": Way.AFTERNOON,
        "subota": Way.SATURDAY,
        "nedelja": Way.SUNDAY,
        "raspust": Way.HOLIDAYS,
    },
    "nacin": {
        "centar": Way.CENTRE,
        "skola": Way.OWN_SCHOOL,
        "okolina": Way.NEARBY,
        "onlajn": Way.ONLINE,
        "samostalno": Way.ONLINE,
    },
    "domacin": {"da": Way.ROOM, "dogovor": Way.ROOM_BY_AGREEMENT},
}
"""What the options of the first questionnaire mean, by the codes of the question and the option.

Partly live and partly online (`kombinovano`) speaks for neither and is left out. A copied
questionnaire keeps its codes; where a questionnaire has others, nothing is known.
"""
COMPETENCES = "kompetencije"
"""The matrix that asks how urgent each competence is; its options bear the competences' codes."""


@dataclass(frozen=True)
class Asked:
    """So many teachers of a school want a programme; `ways` is what the school said of itself."""

    school: int
    municipality: int
    teachers: int
    ways: frozenset[Way] = frozenset()


def counted(asked: Iterable[Asked], ways: Collection[Way]) -> int:
    """How many teachers are of schools that said any of these."""
    return sum(one.teachers for one in asked if not one.ways.isdisjoint(ways))


@dataclass(frozen=True)
class Wanted:
    """A programme with the limits of its group, how many days it takes, and who asked for it.

    `key` is None for what is in the catalogue's tables no longer; `title` is what the schools
    saw. Nothing is proposed of what `is_offered` no more.
    """

    key: int | None
    title: str
    smallest: int
    largest: int
    asked: tuple[Asked, ...]
    days: int = 1
    in_priority: bool = False
    is_webinar: bool = False
    is_offered: bool = True

    @property
    def teachers(self) -> int:
        """All who want it."""
        return sum(one.teachers for one in self.asked)

    @property
    def schools(self) -> int:
        """How many schools asked for it."""
        return len({one.school for one in self.asked})

    @property
    def municipalities(self) -> int:
        """In how many municipalities they are."""
        return len({one.municipality for one in self.asked})
