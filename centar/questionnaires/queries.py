"""What the responses say together, counted in SQL; nobody's answers are read one by one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Avg, Count, F, Max, Min, Prefetch, Q, QuerySet, Sum
from django.utils.translation import gettext as _

from centar.questionnaires import suppression
from centar.questionnaires.models import (
    SCALE,
    Answer,
    Option,
    Question,
    Questionnaire,
    Response,
    Rules,
)

Kind = Question.Kind


@dataclass(frozen=True)
class Share:
    """How many chose this, and how many percent of those who answered the question."""

    label: str
    count: int
    percent: int


@dataclass(frozen=True)
class Distribution:
    """How the answers to a question, or to one statement of a matrix, are spread.

    `is_hidden`: a statement that too few answered.
    """

    label: str
    answered: int
    shares: list[Share]
    mean: Decimal | None = None
    least: Decimal | None = None
    most: Decimal | None = None
    is_hidden: bool = False


@dataclass(frozen=True)
class Result:
    """What a question brought. `is_hidden`: too few answered it for its numbers to be shown."""

    question: Question
    answered: int
    is_hidden: bool = False
    distributions: list[Distribution] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


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


@dataclass(frozen=True)
class Results:
    """What a questionnaire brought; without `questions` when fewer than `smallest` answered.

    `mean` is that of the grades shown, 1 to 5.
    """

    responses: int
    smallest: int
    questions: list[Result] = field(default_factory=list)
    mean: Decimal | None = None
    groupings: list[Grouping] = field(default_factory=list)

    @property
    def is_hidden(self) -> bool:
        """Whether there are too few responses to show anything."""
        return self.responses < self.smallest


def with_questions(questionnaires: QuerySet[Questionnaire]) -> QuerySet[Questionnaire]:
    """The questionnaires with their sections, questions and options, in four statements.

    Questions come section after section, those without one first.
    """
    options = Prefetch("options", Option.objects.order_by("order", "pk"))
    by_section = F("section__order").asc(nulls_first=True)
    questions = Question.objects.select_related("section").prefetch_related(options)
    questions = questions.order_by(by_section, "section_id", "order", "pk")
    return questionnaires.prefetch_related(Prefetch("questions", questions), "sections")


def results(questionnaire: Questionnaire, responses: QuerySet[Response]) -> Results:
    """What these responses say, in a constant number of statements.

    Nothing is given for fewer responses than the rules ask; a question that fewer answered is
    hidden too. Words come in a random order, so that no two of them can be put together.
    """
    smallest = Rules.current().smallest_group
    number = responses.count()
    if number < smallest:
        return Results(number, smallest)
    answers = Answer.objects.filter(response__in=responses, question__questionnaire=questionnaire)
    counts = _counts(answers)
    spans = _spans(answers)
    rare = [option for (_question, option), span in spans.items() if span["n"] < smallest]
    texts: dict[int, list[str]] = defaultdict(list)
    for key, text in answers.exclude(text="").order_by("?").values_list("question", "text"):
        texts[key].append(text)
    answered = dict(
        answers.order_by().values_list("question").annotate(Count("response", distinct=True))
    )
    found = []
    whole = with_questions(Questionnaire.objects.all()).get(pk=questionnaire.pk)
    for question in whole.questions.all():
        people = answered.get(question.pk, 0)
        if question.kind in Question.IN_WORDS:
            found.append(Result(question, people, texts=texts[question.pk]))
        elif people < smallest:
            found.append(Result(question, people, is_hidden=True))
        else:
            spread = _distributions(question, people, counts, spans, rare)
            found.append(Result(question, people, distributions=spread))
    grading = [one.question.pk for one in found if one.question.is_grade and not one.is_hidden]
    # Grades of the statements that are hidden too: NULL is in no list, hence the two conditions.
    shown = Q(option=None) | ~Q(option__in=[option for option in rare if option is not None])
    grades = answers.filter(shown, question__in=grading)
    return Results(
        number,
        smallest,
        found,
        grades.aggregate(mean=Avg("number"))["mean"],
        _groupings([one.question for one in found], grades, number, smallest),
    )


Counts = dict[tuple[int, int | None, Decimal | None], int]
Spans = dict[tuple[int, int | None], dict[str, Any]]


def _counts(answers: QuerySet[Answer]) -> Counts:
    rows = answers.filter(text="").order_by().values_list("question", "option", "number")
    return {
        (question, option, value): n for question, option, value, n in rows.annotate(Count("pk"))
    }


def _spans(answers: QuerySet[Answer]) -> Spans:
    rows = answers.exclude(number=None).order_by().values("question", "option")
    rows = rows.annotate(mean=Avg("number"), least=Min("number"), most=Max("number"), n=Count("pk"))
    return {(row["question"], row["option"]): {**row} for row in rows}


def _distributions(
    question: Question, people: int, counts: Counts, spans: Spans, rare: list[int | None]
) -> list[Distribution]:
    if question.kind == Kind.MATRIX:
        return [
            Distribution(option.text, 0, [], is_hidden=True)
            if option.pk in rare
            else _on_scale(question, option.pk, option.text, counts, spans)
            for option in question.options.all()
        ]
    if question.kind == Kind.SCALE:
        return [_on_scale(question, None, "", counts, spans)]
    if question.kind == Kind.NUMBER:
        span = spans[question.pk, None]
        return [Distribution("", people, [], span["mean"], span["least"], span["most"])]
    chosen = [
        (option.text, counts.get((question.pk, option.pk, None), 0))
        for option in question.options.all()
    ]
    return [Distribution("", people, [_share(label, n, people) for label, n in chosen])]


def _on_scale(
    question: Question, option: int | None, label: str, counts: Counts, spans: Spans
) -> Distribution:
    span = spans.get((question.pk, option), {})
    people = span.get("n", 0)
    chosen = [(str(grade), counts.get((question.pk, option, Decimal(grade)), 0)) for grade in SCALE]
    shares = [_share(grade, n, people) for grade, n in chosen]
    return Distribution(label, people, shares, span.get("mean"))


def _share(label: str, count: int, people: int) -> Share:
    return Share(label, count, round(100 * count / people) if people else 0)


def _groupings(
    questions: list[Question], grades: QuerySet[Answer], responses: int, smallest: int
) -> list[Grouping]:
    """The mean grade by each question with one answer of several."""
    chosen = grades.filter(response__answers__question__kind=Kind.SINGLE)
    rows = (
        chosen.order_by()
        .values("response__answers__option")
        .annotate(people=Count("response", distinct=True))
        .annotate(total=Sum("number"), n=Count("pk"))
        .values_list("response__answers__option", "people", "total", "n")
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
                responses - sum(people for people, _total, _n in of_each.values()),
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
