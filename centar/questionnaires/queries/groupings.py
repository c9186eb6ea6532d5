"""The grades that may be shown, and their mean by groups of those who answered."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery, Sum
from django.utils.translation import gettext as _

from centar.questionnaires import suppression
from centar.questionnaires.models import Answer, Question, Response
from centar.questionnaires.narrowing import Row, Tally

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


def grades(tally: Tally) -> list[Row]:
    """The lines of grades that may be shown."""
    return [
        row for one in tally.found if one.question.is_grade for row in one.rows if not row.is_hidden
    ]


def groupings(tally: Tally, responses: QuerySet[Response]) -> list[Grouping]:
    """The mean grade by each question with one answer of several; `tally` is of the responses."""
    shown = grades(tally)
    total = sum((row.total for row in shown), Decimal(0))
    n = sum(row.people for row in shown)
    questions = [one.question for one in tally.found if one.question.kind == Kind.SINGLE]
    if not n or not questions:
        return []
    sums = _sums(questions, _shown_grades(tally, responses), responses)
    found = []
    for question in questions:
        options = {option.pk: option.text for option in question.options.all()}
        of_each = {key: sums.get(key, (0, Decimal(0), 0)) for key in options}
        # Whoever did not answer is a group too: it could be computed from the total.
        rest = (
            tally.responses - sum(people for people, _total, _n in of_each.values()),
            total - sum(part for _people, part, _n in of_each.values()),
            n - sum(many for _people, _total, many in of_each.values()),
        )
        of_all = {**of_each, 0: rest}
        labels = {**options, 0: _("no answer")}
        found.append(Grouping(question, _groups(labels, of_all, tally.smallest)))
    return found


def _shown_grades(tally: Tally, responses: QuerySet[Response]) -> QuerySet[Answer]:
    """The answers of the lines of `grades`."""
    graded = [one for one in tally.found if one.question.is_grade and not one.is_hidden]
    unseen = [
        option.pk
        for one in graded
        for option in one.question.options.all()
        if one.row(option.code) is None
    ]
    # NULL is in no list, hence the two conditions.
    seen = Q(option=None) | ~Q(option__in=unseen)
    questions = [one.question.pk for one in graded]
    return Answer.objects.filter(seen, question__in=questions, response__in=responses)


def _sums(
    questions: list[Question], answers: QuerySet[Answer], responses: QuerySet[Response]
) -> dict[int | None, tuple[int, Decimal, int]]:
    """By the chosen option: how many people, the sum of their grades, and how many these are."""
    # The grades of each response are looked up by its key: a join of answers with answers took
    # minutes when the planner had no figures of the tables yet.
    own = answers.filter(response=OuterRef("response")).order_by().values("response")
    chosen = Answer.objects.filter(
        question__in=[question.pk for question in questions], response__in=responses
    )
    rows = (
        chosen.annotate(total=Subquery(own.values(sum=Sum("number"))))
        .annotate(n=Subquery(own.values(count=Count("pk"))))
        .order_by()
        .values("option")
        .annotate(people=Count("response"), total_of_all=Sum("total"), n_of_all=Sum("n"))
        .values_list("option", "people", "total_of_all", "n_of_all")
    )
    return {option: (people, total, n) for option, people, total, n in rows}


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
