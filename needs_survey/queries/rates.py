"""Who was asked and who has answered, as it stands now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from centar.people.models import Coordination
from centar.schools.models import School
from needs_survey.models import Invitation, Round, RoundResponse, SchoolAnswer, TeacherInvitation


@dataclass(frozen=True)
class Rate:
    """How many were asked, and how many of them have answered; `key` is of what `label` names."""

    key: object
    label: str
    asked: int
    answered: int

    @property
    def percent(self) -> int:
        """Of those who were asked."""
        return round(100 * self.answered / self.asked) if self.asked else 0


@dataclass(frozen=True)
class SchoolRate:
    """A school with its rate: of itself, or of its teachers.

    `coordinators` are the names of those who can be asked about it.
    """

    school: School
    asked: int
    answered: int
    has_begun: bool = False
    reminders: int = 0
    coordinators: list[str] = field(default_factory=list)

    @property
    def is_missing(self) -> bool:
        """Whether nobody there has answered."""
        return not self.answered


@dataclass(frozen=True)
class Rates:
    """The rates of a round: of all, by municipality, by kind of school, and of each school."""

    whole: Rate
    municipalities: list[Rate]
    kinds: list[Rate]
    schools: list[SchoolRate]

    @property
    def missing(self) -> list[SchoolRate]:
        """Schools from which nobody has answered."""
        return [one for one in self.schools if one.is_missing]


def rates(of: Round, order: str = "azbuka") -> Rates:
    """The rates of a round, schools in the order of a face."""
    schools = _of_schools(of) if of.kind == Round.Kind.SCHOOLS else _of_teachers(of)
    schools.sort(
        key=lambda one: (one.school.municipality.sort_azbuka, getattr(one.school, f"sort_{order}"))
    )
    asked = sum(one.asked for one in schools)
    answered = sum(one.answered for one in schools)
    if of.kind == Round.Kind.TEACHERS:
        # Some links are handed out without a school.
        nowhere = TeacherInvitation.objects.filter(round=of, school=None).aggregate(
            asked=Count("pk"), used=Count("pk", filter=Q(is_used=True))
        )
        asked += nowhere["asked"]
        answered += nowhere["used"]
    return Rates(
        Rate(None, "", asked, answered),
        _added(schools, lambda school: (school.municipality_id, school.municipality.name)),
        _added(schools, lambda school: (school.kind, str(school.get_kind_display()))),
        schools,
    )


def _of_schools(of: Round) -> list[SchoolRate]:
    begun = SchoolAnswer.objects.filter(invitation=OuterRef("pk"))
    sent = RoundResponse.objects.filter(round=of, school=OuterRef("school"))
    invitations = Invitation.objects.filter(round=of).annotate(
        has_begun=Exists(begun), has_sent=Exists(sent)
    )
    invitations = invitations.select_related("school__municipality")
    names = _coordinators(School.objects.filter(survey_invitations__round=of))
    return [
        SchoolRate(
            one.school, 1, int(one.has_sent), one.has_begun, one.reminders, names[one.school_id]
        )
        for one in invitations
    ]


def _of_teachers(of: Round) -> list[SchoolRate]:
    invitations = TeacherInvitation.objects.filter(round=of, school__isnull=False).order_by()
    counts = {
        school: (asked, used)
        for school, asked, used in invitations.values_list("school").annotate(
            asked=Count("pk"), used=Count("pk", filter=Q(is_used=True))
        )
    }
    asked_schools = School.objects.filter(pk__in=counts)
    names = _coordinators(asked_schools)
    return [
        SchoolRate(school, *counts[school.pk], coordinators=names[school.pk])
        for school in asked_schools.select_related("municipality")
    ]


def _coordinators(schools: QuerySet[School]) -> dict[int, list[str]]:
    """The names of those who coordinate each school now."""
    rows = Coordination.objects.filter(school__in=schools, ended_at=None).select_related("person")
    names: dict[int, list[str]] = defaultdict(list)
    for row in rows.order_by("pk"):
        names[row.school_id].append(str(row.person))
    return names


def _added(
    schools: Iterable[SchoolRate], group: Callable[[School], tuple[object, str]]
) -> list[Rate]:
    """The rates of groups of schools, in the order in which the groups come."""
    sums: dict[tuple[object, str], list[int]] = defaultdict(lambda: [0, 0])
    for one in schools:
        sums[group(one.school)][0] += one.asked
        sums[group(one.school)][1] += one.answered
    return [Rate(key, label, *counts) for (key, label), counts in sums.items()]
