"""A survey of 129 schools, and one of teachers with 5,000 responses to 60 questions."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from statistics import median

from django.utils import timezone

from centar.people.models import User
from centar.questionnaires.models import Answer, Option, Question, Questionnaire, Response
from centar.schools.models import Municipality, School, Subject
from centar.script.faces import CYRILLIC
from needs_survey.models import Round, RoundResponse
from needs_survey.queries import results
from needs_survey.reports import drawn
from needs_survey.reports import pages as drawings
from tests.bench import accounts, load, pages
from tests.bench.figures import Figure
from tests.bench.pages import Page
from tests.bench.servers import WebServer
from tests.bench.site import Site

RESPONSES, QUESTIONS, SUBJECTS = 5000, 60, 40
MILLISECONDS = 500
"""What the first reading may take."""
READINGS = 7
STAFF = "istrazivanje@example.org"
TITLE = "Проба брзине: потребе наставника"
Kind = Question.Kind

# A survey as it is: scales and choices most of all, some numbers, matrices and words.
KINDS = (
    *(Kind.SCALE,) * 24,
    *(Kind.SINGLE,) * 16,
    *(Kind.MULTIPLE,) * 8,
    *(Kind.NUMBER,) * 6,
    *(Kind.MATRIX,) * 3,
    *(Kind.RANKING,) * 1,
    *(Kind.LONG,) * 2,
)
OFFERED = 5


def furnish() -> None:
    """The questionnaire, and one answer of everybody to nearly every question."""
    questions = _make_questions()
    today = timezone.localdate()
    round_ = Round.objects.create(
        title=TITLE,
        kind=Round.Kind.TEACHERS,
        questionnaire=questions[0].questionnaire,
        opens_on=today - timedelta(days=20),
        closes_on=today + timedelta(days=20),
        opened_at=timezone.now(),
    )
    responses = Response.objects.bulk_create(
        Response(questionnaire=questions[0].questionnaire, on=today) for _ in range(RESPONSES)
    )
    places = list(Municipality.objects.order_by("pk").values_list("pk", flat=True))
    subjects = list(Subject.objects.order_by("pk").values_list("pk", flat=True)[:SUBJECTS])
    kinds = (School.Kind.PRIMARY, School.Kind.PRIMARY, School.Kind.SECONDARY_VOCATIONAL)
    RoundResponse.objects.bulk_create(
        RoundResponse(
            response=response,
            round=round_,
            municipality_id=places[number * number % len(places)],
            school_kind=kinds[number % len(kinds)],
            subject_id=subjects[number * 7 % len(subjects)],
        )
        for number, response in enumerate(responses)
    )
    for first in range(0, RESPONSES, 500):
        Answer.objects.bulk_create(
            answer
            for number, response in enumerate(responses[first : first + 500], first)
            for answer in answers(response, questions, number)
        )
    account = accounts.open_account(STAFF).user
    User.objects.filter(pk=account.pk).update(is_staff=True, is_superuser=True)


def measure(site: Site) -> list[Figure]:
    """The results read for the first time and again, and the memory of what is remembered."""
    round_ = Round.objects.get(title=TITLE)
    path = f"/potrebe/rezultati/{round_.pk}/"
    cookies = accounts.sign_in(STAFF)
    narrowed = f"{path}?opstina={Municipality.objects.earliest('pk').pk}"
    return [
        _first("needs.results_first", site.fresh, path, cookies, round_),
        _first("needs.results_first_narrowed", site.fresh, narrowed, cookies, round_),
        *pages.measure(site, Page("needs.results_next", path, cookies=cookies)),
        *_memory(round_),
    ]


def _first(
    name: str, server: WebServer, path: str, cookies: dict[str, str], round_: Round
) -> Figure:
    """The median of readings before each of which something has changed; the ratio is to the
    time that it may take.
    """
    load.visit(server.port, path, visits=pages.WARMING_VISITS, clients=4, cookies=cookies)
    seconds = []
    for _ in range(READINGS):
        round_.save()  # its revision is part of the stamp
        seconds += load.visit(server.port, path, visits=1, clients=1, cookies=cookies).answers
    milliseconds = median(seconds) * 1000
    return Figure(name, milliseconds, "ms", milliseconds / MILLISECONDS, 1)


def _memory(round_: Round) -> list[Figure]:
    """What every way of narrowing takes when all are remembered; the ratio is to the most that a
    process keeps.
    """
    store = drawn.Drawings()
    offered = results.offered(round_)
    ways = [
        ("opstina", offered.municipality),
        ("vrsta", offered.school_kind),
        ("predmet", offered.subject),
    ]
    chosen = [{}, *({name: str(key)} for name, values in ways for key, _label in values)]
    for one in chosen:
        store.get(
            tuple(one.items()), None, lambda one=one: drawings.results_page(round_, one, CYRILLIC)
        )
    taken = store.bytes / 2**20
    return [
        Figure("needs.remembered", taken, "MB", store.bytes / store.most_bytes, 1),
        Figure("needs.remembered_each", taken / len(chosen) * 1024, "KB"),
    ]


def _make_questions() -> list[Question]:
    questionnaire = Questionnaire.objects.create(title=TITLE)
    questions = Question.objects.bulk_create(
        Question(
            questionnaire=questionnaire,
            order=order,
            code=f"p{order}",
            kind=kind,
            text=f"Питање о стручном усавршавању у школи, број {order}?",
        )
        for order, kind in enumerate(KINDS)
    )
    assert len(questions) == QUESTIONS
    Option.objects.bulk_create(
        Option(question=one, order=number, code=f"o{number}", text=f"Понуђени одговор {number}")
        for one in questions
        if one.kind in Question.WITH_OPTIONS
        for number in range(OFFERED)
    )
    return list(Question.objects.filter(questionnaire=questionnaire).prefetch_related("options"))


def answers(response: Response, questions: list[Question], number: int) -> list[Answer]:
    """What the person with this number says to the questions, which come with their options."""
    return [
        answer
        for order, question in enumerate(questions)
        if (number + order) % 29  # somebody leaves something out
        for answer in _answers(
            response, question, list(question.options.all()), number * 31 + order
        )
    ]


def _answers(
    response: Response, question: Question, offered: list[Option], turn: int
) -> list[Answer]:
    """One person's answer to one question."""

    def answer(**said: object) -> Answer:
        return Answer(response=response, question=question, **said)

    if question.kind in (Kind.SCALE, Kind.NUMBER):
        return [answer(number=Decimal(1 + turn % (5 if question.kind == Kind.SCALE else 40)))]
    if question.kind == Kind.LONG:
        return [answer(text=f"Више обука уживо, пример {turn}.")] if turn % 5 == 0 else []
    if question.kind == Kind.SINGLE:
        return [answer(option=offered[turn % OFFERED])]
    if question.kind == Kind.MULTIPLE:
        return [
            answer(option=offered[turn % OFFERED]),
            answer(option=offered[(turn + 2) % OFFERED]),
        ]
    return [
        answer(option=one, number=Decimal(1 + (turn + place) % OFFERED))
        for place, one in enumerate(offered)
    ]
