"""What the schools of a round asked for: programmes and competences, counted in SQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, DecimalField, Max, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from centar.questionnaires.models import Answer, Question
from centar.schools.models import School
from centar.script.folding import fold
from needs_survey.models import Round
from needs_survey.planning.demand import COMPETENCES, WAYS, Way
from trainings.models import Competence, Programme
from trainings.queries import planning

LIST = "programmes"
"""The list of questionnaires from which programmes are chosen."""
# A list without numbers of people counts each school's choice as one.
PEOPLE = Coalesce("number", Value(1), output_field=DecimalField())
SCHOOL = "response__of_round__school"
TOWN = "response__of_round__municipality"


@dataclass(frozen=True)
class Asking:
    """A school that asked, and for how many of its teachers."""

    school: int
    name: str
    municipality: str
    municipality_id: int
    teachers: int


@dataclass(frozen=True)
class ProgrammeDemand:
    """A programme with those who asked for it; None for one of which only the title is known."""

    key: int
    title: str
    programme: Programme | None
    schools: int
    teachers: int
    municipalities: int
    asked: list[Asking] = field(default_factory=list)

    @property
    def is_offered(self) -> bool:
        """Whether it is still in the catalogue."""
        return self.programme is not None and self.programme.withdrawn_on is None


@dataclass(frozen=True)
class CompetenceDemand:
    """A competence with those who asked for programmes that strengthen it.

    A teacher who wants two such programmes is counted twice. `urgency` is the mean from 1 to 5 of
    what the schools said of the competence itself, None where nobody was asked.
    """

    code: str
    name: str
    programmes: int
    schools: int
    teachers: int
    municipalities: int
    urgency: Decimal | None


def answers(round: Round, filters: Mapping[str, Any] | None = None) -> QuerySet[Answer]:
    """What the schools answered; `filters` may name municipality, kind of school, school."""
    rows = Answer.objects.filter(response__of_round__round=round).exclude(**{SCHOOL: None})
    chosen = filters or {}
    if chosen.get("municipality"):
        rows = rows.filter(**{TOWN: chosen["municipality"]})
    if chosen.get("kind"):
        rows = rows.filter(response__of_round__school_kind=chosen["kind"])
    if chosen.get("school"):
        rows = rows.filter(**{SCHOOL: chosen["school"]})
    return rows.order_by()


def of_programmes(round: Round, filters: Mapping[str, Any] | None = None) -> list[ProgrammeDemand]:
    """What was asked for, most teachers first; five statements for any number."""
    listed = _listed(round, filters)
    totals = listed.values_list("item").annotate(
        title=Max("text"),
        schools=Count(SCHOOL, distinct=True),
        teachers=Sum(PEOPLE),
        municipalities=Count(TOWN, distinct=True),
    )
    rows = list(totals)
    asked = _asked(listed)
    known = planning.programmes([key for key, *_ in rows])
    found = [
        ProgrammeDemand(
            key=key,
            title=str(known[key]) if key in known else title,
            programme=known.get(key),
            schools=schools,
            teachers=int(teachers),
            municipalities=municipalities,
            asked=asked[key],
        )
        for key, title, schools, teachers, municipalities in rows
    ]
    return sorted(found, key=lambda one: (-one.teachers, -one.schools, one.title))


def of_competences(
    round: Round, demand: Iterable[ProgrammeDemand], filters: Mapping[str, Any] | None = None
) -> list[CompetenceDemand]:
    """The competences that the programmes asked for strengthen; two statements for any number."""
    strengthen: dict[int, tuple[Competence, list[int]]] = {}
    for one in demand:
        for competence in one.programme.competences.all() if one.programme else ():
            strengthen.setdefault(competence.pk, (competence, []))[1].append(one.key)
    counts: dict[str, Any] = {}
    for key, (_competence, items) in strengthen.items():
        of_it = Q(item__in=items)
        counts[f"schools_{key}"] = Count(SCHOOL, filter=of_it, distinct=True)
        counts[f"teachers_{key}"] = Sum(PEOPLE, filter=of_it)
        counts[f"municipalities_{key}"] = Count(TOWN, filter=of_it, distinct=True)
    if not counts:
        return []
    total = _listed(round, filters).aggregate(**counts)
    urgency = _urgency(round, filters)
    found = [
        CompetenceDemand(
            code=competence.code,
            name=competence.name,
            programmes=len(items),
            schools=total[f"schools_{key}"],
            teachers=int(total[f"teachers_{key}"] or 0),
            municipalities=total[f"municipalities_{key}"],
            urgency=urgency.get(fold(competence.code)),
        )
        for key, (competence, items) in strengthen.items()
    ]
    return sorted(found, key=lambda one: (-one.teachers, one.code))


def ways(round: Round) -> dict[int, frozenset[Way]]:
    """How and when each school would have its seminars; one statement."""
    said: dict[int, set[Way]] = defaultdict(set)
    chosen = answers(round).filter(question__code__in=WAYS, option__isnull=False)
    for school, question, option in chosen.values_list(SCHOOL, "question__code", "option__code"):
        way = WAYS[question].get(option)
        if way is not None:
            said[school].add(way)
    return {school: frozenset(those) for school, those in said.items()}


def _listed(round: Round, filters: Mapping[str, Any] | None) -> QuerySet[Answer]:
    chosen = answers(round, filters).filter(
        question__kind=Question.Kind.LISTED, question__source=LIST, item__isnull=False
    )
    # A school that wrote "0 teachers" has asked for nothing.
    return chosen.exclude(number=0)


def _asked(listed: QuerySet[Answer]) -> dict[int, list[Asking]]:
    """Who asked for each thing, most teachers first."""
    rows = listed.values_list("item", SCHOOL).annotate(teachers=Sum(PEOPLE))
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for item, school, teachers in rows:
        found[item].append((school, int(teachers)))
    keys = {school for those in found.values() for school, _teachers in those}
    schools = School.objects.select_related("municipality").in_bulk(keys)
    return defaultdict(
        list,
        {
            item: sorted(
                (_asking(schools[school], teachers) for school, teachers in those),
                key=lambda one: (-one.teachers, one.name),
            )
            for item, those in found.items()
        },
    )


def _asking(school: School, teachers: int) -> Asking:
    place = school.municipality
    return Asking(school.pk, str(school), place.name, place.pk, teachers)


def _urgency(round: Round, filters: Mapping[str, Any] | None) -> dict[str, Decimal]:
    """The mean of the matrix of competences, by the folded code of the option."""
    rows = answers(round, filters).filter(
        question__kind=Question.Kind.MATRIX, question__code=COMPETENCES
    )
    means = rows.values_list("option__code").annotate(Avg("number"))
    return {fold(code): mean for code, mean in means}
