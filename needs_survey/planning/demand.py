"""What a proposal is made of: programmes, and the schools that asked for them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Way(StrEnum):
    """How and when a school would have its seminars."""

    WEEKDAY = "weekday"
    WEEKEND = "weekend"
    LIVE = "live"
    ONLINE = "online"


WAYS = {
    "vreme": {
        "prepodne": Way.WEEKDAY,
        "poslepodne": Way.WEEKDAY,
        "subota": Way.WEEKEND,
        "nedelja": Way.WEEKEND,
    },
    "nacin": {
        "centar": Way.LIVE,
        "skola": Way.LIVE,
        "okolina": Way.LIVE,
        "onlajn": Way.ONLINE,
        "samostalno": Way.ONLINE,
    },
}
"""What the options of the first questionnaire mean, by the codes of the question and the option.

A copied questionnaire keeps its codes; where a questionnaire has others, nothing is known.
"""
COMPETENCES = "kompetencije"
"""The matrix that asks how urgent each competence is; its options bear the competences' codes."""


@dataclass(frozen=True)
class Asked:
    """So many teachers of a school want a programme; `ways` are all that suit the school."""

    school: int
    municipality: int
    teachers: int
    ways: frozenset[Way] = frozenset()


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
