"""What a school sent, to read and as a paper."""

from __future__ import annotations

from django.utils.translation import gettext as _

from centar.documents import pdf
from centar.events import moments
from centar.questionnaires import lines
from centar.questionnaires.lines import ReadSection
from centar.script import faces
from needs_survey.models import SchoolAnswer
from needs_survey.queries import answers as queries


def sections_of(answer: SchoolAnswer) -> list[ReadSection]:
    """The questionnaire with what the school sent last; nothing where it has sent nothing."""
    invitation = answer.invitation
    row = queries.response_of(invitation)
    if row is None:
        return []
    questionnaire = queries.questionnaire_of(invitation.round)
    return lines.of_questionnaire(questionnaire, row.response.answers.all())


def paper(answer: SchoolAnswer, face: faces.Face) -> bytes:
    """The receipt (PDF) of an answer that was sent, in the face's language and script."""
    invitation = answer.invitation
    school, survey = invitation.school, invitation.round
    assert answer.sent_at is not None  # only what was sent has a receipt
    data = {
        "centre": _("Centre for Education Kragujevac"),
        "title": survey.title,
        "subtitle": _("Receipt of the answer"),
        "facts": [
            [_("School"), f"{school}, {school.municipality}"],
            [_("Sent"), moments.written(answer.sent_at)],
            [_("Signed by"), answer.signed_as],
        ],
        "sections": [
            {
                "title": part.section.title,
                "questions": [
                    {
                        "text": one.question.text,
                        "lines": [[line.label, line.value] for line in one.lines],
                    }
                    for one in part.questions
                ],
            }
            for part in sections_of(answer)
        ],
        "nothing": _("no answer"),
    }
    return pdf.render("survey_answer", data, face=face, made_at=answer.sent_at)
