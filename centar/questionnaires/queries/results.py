"""What the responses say together, counted in SQL; nobody's answers are read one by one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Avg, Q, QuerySet

from centar.questionnaires.models import Answer, Question, Questionnaire, Response, Rules
from centar.questionnaires.queries.counts import count
from centar.questionnaires.queries.distributions import Distribution, Limits, distributions
from centar.questionnaires.queries.groupings import Grouping, groupings
from centar.questionnaires.queries.questions import with_questions


@dataclass(frozen=True)
class Result:
    """What a question brought. `is_hidden`: too few answered it for its numbers to be shown."""

    question: Question
    answered: int
    is_hidden: bool = False
    distributions: list[Distribution] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)


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


def results(
    questionnaire: Questionnaire,
    responses: QuerySet[Response],
    *,
    suppress: bool = True,
    cells: bool = False,
    with_texts: bool = True,
) -> Results:
    """What these responses say, in a constant number of statements.

    Nothing is given for fewer responses than the rules ask; a question that fewer answered is
    hidden too, and so is a thing of a list or an option that fewer gave a number. With `cells`
    each count of fewer is hidden as well, with what would give it away. `suppress=False` shows
    all, for answers that are not anonymous. Words come in a random order, so that no two of them
    can be put together.
    """
    smallest = Rules.current().smallest_group if suppress else 0
    number = responses.count()
    if number < smallest:
        return Results(number, smallest)
    answers = Answer.objects.filter(response__in=responses, question__questionnaire=questionnaire)
    counts = count(answers)
    texts = _texts(answers) if with_texts else {}
    limits = Limits(smallest, cells=smallest if cells else 0)
    found = []
    whole = with_questions(Questionnaire.objects.all()).get(pk=questionnaire.pk)
    for question in whole.questions.all():
        people = counts.people.get(question.pk, 0)
        if question.kind in Question.IN_WORDS:
            found.append(Result(question, people, texts=texts.get(question.pk, [])))
        elif people < smallest:
            found.append(Result(question, people, is_hidden=True))
        else:
            spread = distributions(question, counts, limits)
            found.append(Result(question, people, distributions=spread))
    grading = [one.question.pk for one in found if one.question.is_grade and not one.is_hidden]
    if not grading:
        return Results(number, smallest, found)
    # Grades of the statements that are hidden too: NULL is in no list, hence the two conditions.
    shown = Q(option=None) | ~Q(option__in=counts.rare(smallest))
    grades = answers.filter(shown, question__in=grading)
    return Results(
        number,
        smallest,
        found,
        grades.aggregate(mean=Avg("number"))["mean"],
        groupings([one.question for one in found], grades, responses, number, smallest),
    )


def _texts(answers: QuerySet[Answer]) -> dict[int, list[str]]:
    """The words by question, in a random order."""
    texts: dict[int, list[str]] = defaultdict(list)
    words = answers.filter(question__kind__in=Question.IN_WORDS).order_by("?")
    for question, text in words.values_list("question", "text"):
        texts[question].append(text)
    return texts
