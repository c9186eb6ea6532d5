"""A proposal of seminars: which programmes, how many groups, where and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from needs_survey.models import Wish
from needs_survey.planning import groups, places, scores
from needs_survey.planning.demand import Asked, Wanted
from needs_survey.planning.places import Place
from needs_survey.planning.term import Start, Term

LeftOut = Wish.LeftOut


@dataclass(frozen=True)
class Group:
    """A seminar that is proposed, with those whom it is for.

    `judged` are the parts of its programme's score. `start` is None where no days are left in
    the term.
    """

    programme: int
    title: str
    number: int
    members: list[Asked]
    judged: scores.Parts
    place: Place
    start: Start | None = None

    @property
    def people(self) -> int:
        """How many it is for."""
        return sum(one.teachers for one in self.members)

    @property
    def score(self) -> Decimal:
        """That of its programme."""
        return scores.score(self.judged)


@dataclass(frozen=True)
class Proposal:
    """The groups, the highest score first, and with each programme those who are in none."""

    groups: list[Group]
    left_out: list[tuple[Wanted, list[Asked], LeftOut]]


def propose(
    programmes: Sequence[Wanted],
    weights: scores.Weights,
    term: Term,
    *,
    centre: int | None = None,
) -> Proposal:
    """Groups for everybody who asked, as far as the limits of the programmes allow.

    `centre` is the Centre's own municipality.
    """
    found: list[tuple[Group, Wanted]] = []
    left_out = []
    offered = [one for one in programmes if one.is_offered]
    for wanted, judged in zip(offered, scores.parts(offered, weights), strict=True):
        assert wanted.key is not None  # what is offered stands in the catalogue
        parted = groups.cut(wanted)
        for number, members in enumerate(parted.groups, start=1):
            webinar = Place(None, {}) if wanted.is_webinar else None
            place = webinar or places.of(members, weights, centre)
            group = Group(wanted.key, wanted.title, number, members, judged, place)
            found.append((group, wanted))
        if parted.left:
            why = LeftOut.NO_ROOM if parted.groups else LeftOut.TOO_FEW
            left_out.append((wanted, parted.left, why))
    left_out += [
        (one, list(one.asked), LeftOut.WITHDRAWN) for one in programmes if not one.is_offered
    ]
    found.sort(key=lambda one: (-one[0].score, one[0].programme, one[0].number))
    dated = [
        replace(group, start=term.take(wanted.days, group.members, weights))
        for group, wanted in found
    ]
    return Proposal(dated, left_out)
