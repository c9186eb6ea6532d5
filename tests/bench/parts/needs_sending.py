"""Everybody answers a survey: 129 schools, and teachers of the 5,000 who are invited."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

from django.urls import reverse
from django.utils import timezone

from centar.people.models import Coordination
from centar.questionnaires.models import Question, Questionnaire, Section
from centar.schools.models import School
from needs_survey import teacher_links
from needs_survey.anonymous import codes
from needs_survey.models import Ballot, Invitation, Round, RoundResponse, TeacherInvitation
from tests.bench import accounts
from tests.bench.bare.models import Hall, Seat
from tests.bench.figures import Figure
from tests.bench.load import Client, UnexpectedAnswer
from tests.bench.site import Site

TEACHERS, SENDING, SCHOOLS = 5000, 500, 129
"""Teachers who are invited, those of them who are timed, and schools, who all are."""
AT_ONCE = 8
QUESTIONS = 12
SCHOOLS_TITLE, TEACHERS_TITLE = "Проба брзине: школе", "Проба брзине: наставници"
TOKEN = "0" * 32


@dataclass(frozen=True)
class Visitor:
    """Somebody with the cookies of a browser, and the forms to send, each to its path."""

    cookies: dict[str, str]
    forms: list[tuple[str, dict[str, str]]]


def furnish() -> None:
    """Both rounds with their invitations, and a coordinator with an account for each school."""
    of_schools = _make_round(SCHOOLS_TITLE, Round.Kind.SCHOOLS)
    for number, school in enumerate(School.objects.order_by("pk")[:SCHOOLS]):
        person = accounts.open_account(_email(number))
        Coordination.objects.create(person=person, school=school)
        Invitation.objects.create(round=of_schools, school=school)
    of_teachers = _make_round(TEACHERS_TITLE, Round.Kind.TEACHERS)
    schools = list(School.objects.order_by("pk"))
    keys = [uuid4() for _ in range(TEACHERS)]
    TeacherInvitation.objects.bulk_create(
        TeacherInvitation(
            id=key,
            door=codes.new_door(key),
            round=of_teachers,
            school=schools[number % len(schools)],
            email=f"nastavnik{number}@example.org",
        )
        for number, key in enumerate(keys)
    )


def measure(site: Site) -> list[Figure]:
    """Answers a second; the ratio is to as many orders of the bare project, which are one form and
    one insert each, by as many clients.
    """
    figures = [
        _beside_bare(site, "needs.schools_send", _schools()),
        _beside_bare(site, "needs.teachers_send", _teachers()),
    ]
    _check(SCHOOLS, RoundResponse.objects.filter(round__title=SCHOOLS_TITLE).count())
    _check(SENDING, Ballot.objects.filter(round__title=TEACHERS_TITLE).count())
    return figures


def _beside_bare(site: Site, name: str, visitors: Sequence[Visitor]) -> Figure:
    hall = Hall.objects.create(name=name, capacity=len(visitors))
    order: list[tuple[str, dict[str, str]]] = [(f"/halls/{hall.pk}/order/", {})]
    bare = _seconds(site.bare.port, [Visitor({"csrftoken": TOKEN}, order) for _ in visitors])
    seconds = _seconds(site.kept.port, visitors)
    _check(len(visitors), Seat.objects.filter(hall=hall).count())
    return Figure(name, len(visitors) / seconds, "answers a second", seconds / bare)


def _seconds(port: int, visitors: Sequence[Visitor]) -> float:
    """How long it takes until all have sent their forms, so many people at once."""

    async def come(left: Iterator[Visitor]) -> None:
        for visitor in left:  # shared by all
            client = Client(port, dict(visitor.cookies))
            for path, form in visitor.forms:
                answer = await client.post(path, form)
                if answer.status != 302:
                    raise UnexpectedAnswer(f"{path}: {answer.status} {answer.body[:500]!r}")
            client.leave()

    async def all_come() -> None:
        left = iter(visitors)
        await asyncio.gather(*(come(left) for _ in range(AT_ONCE)))

    started = time.perf_counter()
    asyncio.run(all_come())
    return time.perf_counter() - started


def _schools() -> list[Visitor]:
    """Coordinators: the one section, then the signature."""
    section = Section.objects.get(questionnaire__rounds__title=SCHOOLS_TITLE)
    signature = {"name": "Милица Петровић", "post": "директор"}
    invitations = Invitation.objects.filter(round__title=SCHOOLS_TITLE).order_by("pk")
    visitors = []
    for number, invitation in enumerate(invitations):
        path = reverse("needs_survey:school_answer", args=[invitation.pk])
        cookies = {**accounts.sign_in(_email(number)), "csrftoken": TOKEN}
        forms = [
            (f"{path}deo/{section.pk}/", _typed(SCHOOLS_TITLE)),
            (f"{path}provera/", signature),
        ]
        visitors.append(Visitor(cookies, forms))
    return visitors


def _teachers() -> list[Visitor]:
    """Teachers: begin, fill in everything on one page, send."""
    invited = TeacherInvitation.objects.filter(round__title=TEACHERS_TITLE)[:SENDING]
    paths = [teacher_links.path(one) for one in invited]
    typed = _typed(TEACHERS_TITLE)
    return [
        Visitor(
            {"csrftoken": TOKEN},
            [(path, {"begin": "1"}), (f"{path}sve/", typed), (f"{path}slanje/", {})],
        )
        for path in paths
    ]


def _typed(title: str) -> dict[str, str]:
    """A grade for each question."""
    questions = Question.objects.filter(questionnaire__rounds__title=title)
    return {f"q{question.pk}": str(1 + question.order % 5) for question in questions}


def _make_round(title: str, kind: str) -> Round:
    questionnaire = Questionnaire.objects.create(title=title)
    section = Section.objects.create(questionnaire=questionnaire, title="Потребе")
    Question.objects.bulk_create(
        Question(
            questionnaire=questionnaire,
            section=section,
            order=order,
            code=f"p{order}",
            kind=Question.Kind.SCALE,
            text=f"Колико вам треба обука број {order}?",
            required=True,
        )
        for order in range(QUESTIONS)
    )
    today = timezone.localdate()
    return Round.objects.create(
        title=title,
        kind=kind,
        questionnaire=questionnaire,
        opens_on=today,
        closes_on=today + timedelta(days=20),
        opened_at=timezone.now(),
    )


def _email(number: int) -> str:
    return f"koordinator{number}@example.org"


def _check(wanted: int, found: int) -> None:
    if found != wanted:
        raise UnexpectedAnswer(f"{found} answers were kept, not {wanted}.")
