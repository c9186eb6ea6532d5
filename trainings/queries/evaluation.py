"""Reads about evaluations: which questionnaire, whom to ask, and what was said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Count, Exists, OuterRef, QuerySet, Sum

from centar.events.models import Booking, Event, Presence
from centar.outbox.models import Letter
from centar.people.models import Person
from centar.questionnaires import narrowing, tallies
from centar.questionnaires import queries as questionnaires
from centar.questionnaires.models import Answer, Question, Questionnaire, Response, Rules
from centar.questionnaires.narrowing import Tally
from trainings.models import EvaluationReceipt, Seminar, SeminarRules
from trainings.seminars import KIND

INVITATION = "trainings.evaluation"
REMINDER = "trainings.evaluation_reminder"


def questionnaire_of(seminar: Seminar) -> Questionnaire | None:
    """The seminar's questionnaire with its questions, else the usual one, else none."""
    key = seminar.questionnaire_id or SeminarRules.current().questionnaire_id
    if key is None:
        return None
    return questionnaires.with_questions(Questionnaire.objects.all()).get(pk=key)


def responses_about(seminar: Seminar) -> QuerySet[Response]:
    """What participants said of this seminar."""
    return Response.objects.filter(about_seminar__seminar=seminar)


@dataclass(frozen=True)
class Grade:
    """The grades that the participants of a seminar gave: their sum, and how many they are."""

    total: Decimal
    answers: int

    def __add__(self, other: Grade) -> Grade:
        return Grade(self.total + other.total, self.answers + other.answers)

    @property
    def mean(self) -> Decimal:
        """From 1 to 5."""
        return self.total / self.answers


NO_GRADE = Grade(Decimal(0), 0)


@dataclass(frozen=True)
class Results:
    """What participants said together: the tally, the mean of the grades that it shows, None where
    there are none, and the same by groups.
    """

    tally: Tally
    mean: Decimal | None
    groupings: list[questionnaires.Grouping]


def results(seminar: Seminar) -> Results | None:
    """What the participants said together, in a constant number of statements; None where there is
    nothing to ask.

    Few people come to a seminar, so single counts are shown, other than of things of a list.
    """
    questionnaire = questionnaire_of(seminar)
    if questionnaire is None:
        return None
    responses = responses_about(seminar).filter(questionnaire=questionnaire)
    questions = list(questionnaire.questions.all())
    tally = narrowing.of_all(
        questions,
        tallies.whole(questions, responses, all_texts=True),
        Rules.current().smallest_group,
        cells=(Question.Kind.LISTED,),
    )
    grade = NO_GRADE
    for row in questionnaires.grades(tally):
        grade += Grade(row.total, row.people)
    mean = grade.mean if grade.answers else None
    return Results(tally, mean, questionnaires.groupings(tally, responses))


def grades(seminars: QuerySet[Seminar]) -> dict[int, Grade]:
    """The grades of those of these seminars that enough people evaluated, by the seminar's key.

    Questions and statements that too few answered are left out, and so are whole seminars: a
    total made of these grades gives away nothing that is hidden on the page of a seminar.
    """
    counted = (
        Answer.objects.filter(
            response__about_seminar__seminar__in=seminars, question__is_grade=True
        )
        .order_by()
        .values_list("response__about_seminar__seminar", "question", "option")
        .annotate(people=Count("response", distinct=True))
        .filter(people__gte=Rules.current().smallest_group)
        .values_list("response__about_seminar__seminar", Sum("number"), Count("pk"))
    )
    found: dict[int, Grade] = {}
    for key, total, answers in counted:
        found[key] = found.get(key, NO_GRADE) + Grade(total, answers)
    return found


def bookings_to_ask(kind: str, now: datetime) -> list[Booking]:
    """Those who may evaluate a seminar and got no letter of this kind: the invitation after the
    end, the reminder some days later.
    """
    rules = SeminarRules.current()
    wait = timedelta(days=rules.evaluation_reminder_days if kind == REMINDER else 0)
    letters = Letter.objects.filter(kind=kind, object_id=OuterRef("pk"))
    found = _open(rules, now).filter(~Exists(letters), event__ends_at__lte=now - wait)
    return list(found.select_related("event", "person__user").order_by("pk"))


def bookings_to_evaluate(person: Person, now: datetime) -> list[Booking]:
    """The person's bookings of seminars that they may evaluate now, the latest first."""
    found = _open(SeminarRules.current(), now).filter(person=person)
    return list(found.select_related("event").order_by("-event__ends_at", "-pk"))


def _open(rules: SeminarRules, now: datetime) -> QuerySet[Booking]:
    """Bookings of those who were at a seminar that has ended and is open for evaluation, and have
    not evaluated it.
    """
    receipts = EvaluationReceipt.objects.filter(
        seminar=OuterRef("event_id"), person=OuterRef("person_id")
    )
    found = Booking.objects.filter(
        Exists(Presence.objects.filter(booking=OuterRef("pk"))),
        ~Exists(receipts),
        event__kind=KIND,
        event__state__in=(Event.State.OPEN, Event.State.CLOSED),
        event__ends_at__lte=now,
        event__ends_at__gt=now - timedelta(days=rules.evaluation_days),
    )
    if rules.questionnaire_id is None:
        found = found.exclude(event__seminar__questionnaire=None)
    return found
