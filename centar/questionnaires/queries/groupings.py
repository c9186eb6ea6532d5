"""The mean grade by groups of those who answered, small ones hidden."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, OuterRef, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from centar.questionnaires import suppression
from centar.questionnaires.models import Answer, Question, Response

Kind = Question.Kind


@dataclass(frozen=True)
class Group:
    """Those who chose the same answer: how many, and their mean grade, None where hidden."""

    label: str
    responses: int
    mean: Decimal | None
    is_hidden: bool


@dataclass(frozen=True)
class Grouping:
    """The mean grade by the answers to one question."""

    question: Question
    groups: list[Group]


def groupings(
    questions: list[Question],
    grades: QuerySet[Answer],
    responses: QuerySet[Response],
    number: int,
    smallest: int,
) -> list[Grouping]:
    """The mean grade by each question with one answer of several."""
    # The grades of each response are looked up by its key: a join of answers with answers took
    # minutes when the planner had no figures of the tables yet.
    own = grades.filter(response=OuterRef("response")).order_by().values("response")
    chosen = Answer.objects.filter(
        question__in=[question.pk for question in questions if question.kind == Kind.SINGLE],
        response__in=responses,
    )
    rows = (
        chosen.annotate(total=Subquery(own.values(sum=Sum("number"))))
        .annotate(n=Subquery(own.values(count=Count("pk"))))
        .order_by()
        .values("option")
        .annotate(people=Count("response"), total_of_all=Sum("total"), n_of_all=Sum("n"))
        .values_list("option", "people", "total_of_all", "n_of_all")
    )
    sums = {option: (people, total, n) for option, people, total, n in rows}
    total, n = grades.aggregate(total=Sum("number"), n=Count("pk")).values()
    groupings = []
    for question in questions:
        if question.kind == Kind.SINGLE and n:
            options = {option.pk: option.text for option in question.options.all()}
            of_each = {key: sums.get(key, (0, Decimal(0), 0)) for key in options}
            # Whoever did not answer is a group too: it could be computed from the total.
            rest = (
                number - sum(people for people, _total, _n in of_each.values()),
                total - sum(part for _people, part, _n in of_each.values()),
                n - sum(many for _people, _total, many in of_each.values()),
            )
            of_all = {**of_each, 0: rest}
            labels = {**options, 0: _("no answer")}
            groupings.append(Grouping(question, _groups(labels, of_all, smallest)))
    return groupings


def _groups(
    labels: dict[int, str], sums: dict[int, tuple[int, Decimal, int]], smallest: int
) -> list[Group]:
    covered = suppression.hidden({key: sums[key][0] for key in labels}, smallest)
    return [
        Group(
            labels[key],
            people,
            total / n if n and key not in covered else None,
            key in covered,
        )
        for key, (people, total, n) in sums.items()
        if people
    ]
