"""The needs survey on the prepared portal: a school that answers, with the delivered questions."""

from __future__ import annotations

from django.urls import reverse

from centar.outbox import secret_links
from centar.people.models import Person
from centar.questionnaires.models import Question, Questionnaire
from centar.schools.models import Subject
from needs_survey import loading
from needs_survey.models import Contributor, Invitation
from tests.factories.needs_survey import (
    ContributorFactory,
    InvitationFactory,
    RoundFactory,
    SchoolAnswerFactory,
    answer_of_school,
)

BEGUN, SENT, MISSED = "Започета", "Послата", "Пропуштена"
TOKEN = "veza-za-primer"
UNKNOWN = "/anketa/odeljak/nema/"
"""Answered by 404."""


def furnish(teacher: Person) -> None:
    """The teacher's school has begun one survey, has sent another and missed a third."""
    loading.load()
    questionnaire = Questionnaire.objects.get(title=loading.title())
    rounds = [
        RoundFactory(title=title, questionnaire=questionnaire, closed=closed)
        for title, closed in ((BEGUN, False), (SENT, False), (MISSED, True))
    ]
    begun, sent, _missed = (
        InvitationFactory(round=survey, school=teacher.school) for survey in rounds
    )
    answer = SchoolAnswerFactory(invitation=begun)
    helper = ContributorFactory(
        answer=answer, name="Џенана Љубић", digest=secret_links.digest_of(TOKEN)
    )
    sections = list(questionnaire.sections.all())
    helper.sections.set(sections[:3])
    answer.drafts.create(
        section=sections[0], values=_numbers(questionnaire), saved_by="Џенана Љубић", is_done=True
    )
    novac = Question.objects.get(questionnaire=questionnaire, code="novac")
    answer_of_school(sent, (novac, "Не"))


def _numbers(questionnaire: Questionnaire) -> dict[str, list[str]]:
    """More people in all than at their posts, and a subject."""
    keys = dict(questionnaire.questions.values_list("code", "pk"))
    posts = Question.objects.get(pk=keys["radna_mesta"]).options.first()
    assert posts is not None
    subject = Subject.objects.latest("pk")
    listed = f"q{keys['predmeti']}"
    return {
        f"q{keys['zaposleni']}": ["12"],
        f"q{posts.question_id}_{posts.pk}": ["5"],
        listed: [str(subject.pk)],
        f"{listed}_{subject.pk}": ["3"],
    }


def own_pages(teacher: Person) -> dict[str, list[str]]:
    """The pages of the teacher as her school's coordinator, by the names of their addresses."""
    assert teacher.school is not None
    rows = Invitation.objects.filter(school=teacher.school)
    begun, sent, missed = (rows.get(round__title=title) for title in (BEGUN, SENT, MISSED))
    sections = list(begun.round.questionnaire.sections.all())
    every = [begun.pk, sent.pk, missed.pk]
    return {
        "needs_survey:school_rounds": [reverse("needs_survey:school_rounds")],
        "needs_survey:school_answer": _each("school_answer", every),
        "needs_survey:school_section": [
            *(
                reverse("needs_survey:school_section", args=[begun.pk, section.pk])
                for section in sections
            ),
            reverse("needs_survey:school_section", args=[begun.pk, sections[1].pk]) + "?provera=1",
            reverse("needs_survey:school_section", args=[missed.pk, sections[1].pk]),
        ],
        "needs_survey:share": _each("share", [begun.pk, missed.pk]),
        "needs_survey:check": _each("check", every),
        "needs_survey:sent": _each("sent", [sent.pk]),
    }


def _each(name: str, keys: list[int]) -> list[str]:
    return [reverse(f"needs_survey:{name}", args=[key]) for key in keys]


def public_pages() -> dict[str, list[str]]:
    """What the private link of a colleague opens, and a link that opens nothing."""
    section = Contributor.objects.get(digest=secret_links.digest_of(TOKEN)).sections.first()
    assert section is not None
    return {
        "needs_survey:contribution": [
            reverse("needs_survey:contribution", args=[TOKEN]),
            UNKNOWN,
        ],
        "needs_survey:contributed_section": [
            reverse("needs_survey:contributed_section", args=[TOKEN, section.pk])
        ],
    }
