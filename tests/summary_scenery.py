"""A survey that is over, with its published summary, for the tests that look at all pages."""

from __future__ import annotations

from django.urls import reverse
from django.utils import timezone

from centar.questionnaires.models import Question
from needs_survey.models import Invitation
from tests.factories.needs_survey import InvitationFactory, RoundFactory, answer_of_school
from tests.factories.questionnaires import QuestionFactory

Kind = Question.Kind


def furnish() -> Invitation:
    """Six schools answered questions of every kind, one did not; gives the first invitation."""
    last = RoundFactory(title="Потребе школа лане", closed=True)
    round = RoundFactory(
        title="Потребе школа",
        closed=True,
        compared_with=last,
        done="Одржали смо обуке.",
        published_at=timezone.now(),
    )
    questionnaire = round.questionnaire
    scale = QuestionFactory(questionnaire=questionnaire, text="Колико су вам потребне обуке?")
    number = QuestionFactory(questionnaire=questionnaire, kind=Kind.NUMBER, text="Колико вас је?")
    words = QuestionFactory(questionnaire=questionnaire, kind=Kind.LONG, text="Шта још?")
    single = QuestionFactory(
        questionnaire=questionnaire, kind=Kind.SINGLE, text="Кад?", offers=["Радни дан", "Субота"]
    )
    several = [
        QuestionFactory(
            questionnaire=questionnaire, kind=kind, text=text, offers=["Настава", "Сарадња"]
        )
        for kind, text in (
            (Kind.MATRIX, "Колико је хитно?"),
            (Kind.RANKING, "Шта је прече?"),
            (Kind.NUMBERS, "Колико по групама?"),
        )
    ]
    listed = QuestionFactory(questionnaire=questionnaire, kind=Kind.LISTED, text="Који програми?")
    for turn in range(6):
        invitation = InvitationFactory(round=round)
        response = answer_of_school(
            invitation,
            (scale, 1 + turn % 5),
            (number, 20 + turn),
            (words, "Више огледа."),
            (single, ["Радни дан", "Субота"][turn % 2]),
        ).response
        for question in several:
            for place, option in enumerate(question.options.all(), start=1):
                response.answers.create(question=question, option=option, number=place)
        response.answers.create(question=listed, item=1, number=4, text="Програм огледа")
    InvitationFactory(round=round)
    return round.invitations.earliest("pk")


def public_pages(own: Invitation) -> dict[str, list[str]]:
    """The pages for everybody, by the names of their addresses."""
    return {
        "needs_survey:summaries": [reverse("needs_survey:summaries")],
        "needs_survey:summary": [reverse("needs_survey:summary", args=[own.round_id])],
    }


def staff_pages(own: Invitation) -> list[str]:
    """The pages of those who read results, in their cases, and that of the invited school."""
    round = own.round
    names = ("results", "rates", "map", "publish")
    paths = [reverse(f"needs_survey:{name}", args=[round.pk]) for name in names]
    codes = [
        f"{question.code}.{option.code}" if option else question.code
        for question in round.questionnaire.questions.all()
        for option in [question.options.first()]
        if question.kind in (Kind.SCALE, Kind.SINGLE, Kind.RANKING)
    ]
    return [
        reverse("needs_survey:results_rounds"),
        reverse("needs_survey:summary_school", args=[own.pk]),
        *paths,
        f"{paths[0]}?opstina=nema",
        *(f"{paths[2]}?pitanje={code}" for code in codes),
    ]
