"""Answers of every kind counted in SQL, all together or by groups, in a few statements.

What may be shown of the counts, and to whom, is decided in `narrowing`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Count, F, Max, QuerySet, Sum, Window
from django.db.models.functions import RowNumber

from centar.questionnaires.models import Answer, Question, Response

Kind = Question.Kind

MOST_TEXTS = 50
"""So many of the words written under one question are read; an export has all of them."""


_ANSWERED = """
    SELECT grouped.value, once.question_id, count(*)
      FROM (SELECT DISTINCT question_id, response_id FROM questionnaires_answer
             WHERE question_id = ANY(%s)) AS once
      JOIN ({grouped}) AS grouped (response_id, value) USING (response_id)
     GROUP BY 1, 2
"""


class Place(NamedTuple):
    """Where something is counted: a question, and an offered answer or a thing of a list."""

    question: int
    option: int | None = None
    item: int | None = None


@dataclass
class Score:
    """How many people answered something, the sum of their numbers, and who gave which number."""

    people: int = 0
    total: Decimal = Decimal(0)
    numbers: dict[Decimal, int] = field(default_factory=dict)

    def add(self, people: int, total: Decimal) -> None:
        """Count more people."""
        self.people += people
        self.total += total


@dataclass
class Counted:
    """All answers counted. `answered` and `words` are by question, `names` by thing of a list."""

    responses: int
    answered: dict[int, int] = field(default_factory=dict)
    scores: dict[Place, Score] = field(default_factory=lambda: defaultdict(Score))
    names: dict[int, str] = field(default_factory=dict)
    texts: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))


def whole(
    questions: Sequence[Question], responses: QuerySet[Response], *, all_texts: bool = False
) -> Counted:
    """Everything that these responses to one questionnaire say to its questions.

    Of words some are read (`MOST_TEXTS`), or with `all_texts` all.
    """
    counted = Counted(responses.count())
    answers = Answer.objects.order_by()
    if counted.responses < _all_responses(questions):
        # Asked only where it makes a difference: it takes half as long again.
        answers = answers.filter(response__in=responses)
    single, several, words, listed = _by_way_of_counting(questions)
    numbered = answers.filter(question__in=single + several)
    rows = numbered.values_list("question", "option", "number").annotate(Count("pk"))
    for question, option, number, people in rows:
        score = counted.scores[Place(question, option)]
        score.add(people, (number or Decimal(0)) * people)
        if number is not None:
            score.numbers[number] = people
        counted.answered[question] = counted.answered.get(question, 0) + people
    # Several rows of one person were counted as several above.
    distinct = answers.filter(question__in=several + listed).values_list("question")
    counted.answered.update(distinct.annotate(Count("response", distinct=True)))
    _count_things(counted, answers.filter(question__in=listed))
    _read_words(counted, answers.filter(question__in=words), all_texts=all_texts)
    return counted


def by_group(
    questions: Sequence[Question], responses: QuerySet[Response], group: str
) -> dict[Hashable, Counted]:
    """The same by groups, without words and without who gave which number.

    `group` is the path from a response to what divides them, such as "of_round__municipality".
    """
    found: dict[Hashable, Counted] = {
        value: Counted(people)
        for value, people in responses.order_by().values_list(group).annotate(Count("pk"))
    }
    path = f"response__{group}"
    answers = Answer.objects.filter(response__in=responses).order_by()
    single, several, _words, listed = _by_way_of_counting(questions)
    rows = answers.filter(question__in=single + several + listed)
    keys = rows.values_list(path, "question", "option", "item")
    for value, question, option, item, people, total in keys.annotate(Count("pk"), Sum("number")):
        counted = found[value]
        counted.scores[Place(question, option, item)].add(people, total or Decimal(0))
        counted.answered[question] = counted.answered.get(question, 0) + people
    for value, question, people in _answered(several + listed, responses, group):
        found[value].answered[question] = people
    names = dict(answers.filter(question__in=listed).values_list("item").annotate(Max("text")))
    for counted in found.values():
        counted.names = names
    return found


def _answered(
    questions: Sequence[int], responses: QuerySet[Response], group: str
) -> list[tuple[Hashable, int, int]]:
    """How many of each group answered each question.

    The index gives each respondent of a question once; to count distinct ones of a group, all
    answers would be sorted, which takes three times as long.
    """
    grouped, values = responses.order_by().values_list("pk", group).query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(_ANSWERED.format(grouped=grouped), [list(questions), *values])
        found: list[tuple[Hashable, int, int]] = cursor.fetchall()
    return found


def _all_responses(questions: Sequence[Question]) -> int:
    """How many have answered the questionnaire, whatever they were asked about."""
    questionnaires = {question.questionnaire_id for question in questions}
    return Response.objects.filter(questionnaire__in=questionnaires).count()


def _by_way_of_counting(
    questions: Iterable[Question],
) -> tuple[list[int], list[int], list[int], list[int]]:
    """Keys of questions that one person answers by one row, by several, in words, from a list."""
    single, several, words, listed = [], [], [], []
    for question in questions:
        if question.kind in Question.IN_WORDS:
            words.append(question.pk)
        elif question.kind == Kind.LISTED:
            listed.append(question.pk)
        elif question.kind in (Kind.SCALE, Kind.SINGLE, Kind.NUMBER):
            single.append(question.pk)
        else:
            several.append(question.pk)
    return single, several, words, listed


def _count_things(counted: Counted, answers: QuerySet[Answer]) -> None:
    rows = answers.values_list("question", "item")
    for question, item, people, total, name in rows.annotate(
        Count("pk"), Sum("number"), Max("text")
    ):
        counted.scores[Place(question, item=item)].add(people, total or Decimal(0))
        counted.names[item] = name


def _read_words(counted: Counted, answers: QuerySet[Answer], *, all_texts: bool) -> None:
    """The words in the order of their random keys, so that no two of them can be put together."""
    counted.answered.update(answers.values_list("question").annotate(Count("pk")))
    if not all_texts:
        turn: Any = Window(RowNumber(), partition_by=F("question"), order_by=F("pk").asc())
        answers = answers.annotate(turn=turn).filter(turn__lte=MOST_TEXTS)
    for question, text in answers.order_by("pk").values_list("question", "text"):
        counted.texts[question].append(text)
