"""Why a seminar is planned, and where and when: the scores in words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from needs_survey.models import PlannedSeminar
from needs_survey.planning import places
from needs_survey.planning.scores import ONLINE, PARTS, PLACE, PROGRAMME, TIME, Part, score

PART_NAMES = {
    "teachers": gettext_lazy("interested teachers"),
    "schools": gettext_lazy("schools"),
    "municipalities": gettext_lazy("municipalities"),
    "priority": gettext_lazy("in a priority area"),
    "near": gettext_lazy("place: teachers from there"),
    "wanted": gettext_lazy("place: teachers who want it there"),
    "room": gettext_lazy("place: a room"),
    "suits": gettext_lazy("time: teachers whom it suits"),
    "quiet": gettext_lazy("time: a quiet week"),
}
"""What the parts of the scores are called."""


@dataclass(frozen=True)
class Reason:
    """A part of a score as a sentence, its points and the most that it could give.

    With a weight of zero it counts for nothing and is only said.
    """

    sentence: str
    points: Decimal
    weight: int


@dataclass(frozen=True)
class Reasons:
    """A score in words: of what, its points, and what they are made of."""

    title: str
    points: Decimal
    most: int
    parts: list[Reason]


def parts_of(planned: PlannedSeminar) -> dict[str, Part]:
    """The parts of the scores as they were computed; none for what was decided by hand."""
    return {name: Part(**planned.parts[name]) for name in (*PARTS, ONLINE) if name in planned.parts}


def of(planned: PlannedSeminar) -> list[Reasons]:
    """Why this programme, this place and this time; what was decided by hand has no reasons."""
    parts = parts_of(planned)
    kinds = (
        (_("Programme"), PROGRAMME),
        (_("Place"), (*PLACE, ONLINE)),
        (_("Time"), TIME),
    )
    return [
        _reasons(title, {name: parts[name] for name in names if name in parts})
        for title, names in kinds
        if any(name in parts for name in names)
    ]


def _reasons(title: str, parts: dict[str, Part]) -> Reasons:
    return Reasons(
        title=title,
        points=score(parts),
        most=sum(part.weight for part in parts.values()),
        parts=[
            Reason(SENTENCES[name](part), part.points, part.weight) for name, part in parts.items()
        ],
    )


def _teachers(part: Part) -> str:
    return ngettext(
        "%(value)d teacher wants it; of the programme wanted most, %(largest)d",
        "%(value)d teachers want it; of the programme wanted most, %(largest)d",
        part.value,
    ) % vars(part)


def _schools(part: Part) -> str:
    return ngettext(
        "%(value)d school asks for it; most for one programme: %(largest)d",
        "%(value)d schools ask for it; most for one programme: %(largest)d",
        part.value,
    ) % vars(part)


def _municipalities(part: Part) -> str:
    return ngettext(
        "they are in %(value)d municipality; most for one programme: %(largest)d",
        "they are in %(value)d municipalities; most for one programme: %(largest)d",
        part.value,
    ) % vars(part)


def _priority(part: Part) -> str:
    return _("it is in a priority area") if part.value else _("it is in no priority area")


def _near(part: Part) -> str:
    return ngettext(
        "%(value)d teacher of the group is from there; most from one municipality: %(largest)d",
        "%(value)d teachers of the group are from there; most from one municipality: %(largest)d",
        part.value,
    ) % vars(part)


def _wanted(part: Part) -> str:
    return ngettext(
        "it is where the school of %(value)d teacher wants seminars; at best of %(largest)d",
        "it is where the schools of %(value)d teachers want seminars; at best of %(largest)d",
        part.value,
    ) % vars(part)


def _room(part: Part) -> str:
    if part.value == places.SURE:
        return _("a room is offered there")
    if part.value == places.BY_AGREEMENT:
        return _("a room is offered there by agreement")
    return _("no school of the group offers a room there")


def _online(part: Part) -> str:
    return _("schools want it online for %(value)d of the group's teachers, live for %(live)d") % {
        "value": part.value,
        "live": part.largest,
    }


def _suits(part: Part) -> str:
    return ngettext(
        "the time suits the school of %(value)d teacher; at best of %(largest)d",
        "the time suits the schools of %(value)d teachers; at best of %(largest)d",
        part.value,
    ) % vars(part)


def _quiet(part: Part) -> str:
    others = part.largest - part.value
    if not others:
        return _("no other seminar of the plan was in that week yet")
    return ngettext(
        "%(number)d seminar of the plan was in that week already; most in one week: %(most)d",
        "%(number)d seminars of the plan were in that week already; most in one week: %(most)d",
        others,
    ) % {"number": others, "most": part.largest}


SENTENCES: dict[str, Callable[[Part], str]] = {
    "teachers": _teachers,
    "schools": _schools,
    "municipalities": _municipalities,
    "priority": _priority,
    "near": _near,
    "wanted": _wanted,
    "room": _room,
    ONLINE: _online,
    "suits": _suits,
    "quiet": _quiet,
}
