"""Teachers who are asked anonymously, for the tests that look at all pages."""

from __future__ import annotations

from django.urls import reverse

from needs_survey.models import TeacherInvitation
from tests.factories.needs_survey import RoundFactory
from tests.factories.teachers import TeacherInvitationFactory, path, teachers_round

FRESH, USED, EARLY = "nova@example.org", "iskoriscena@example.org", "rana@example.org"
UNKNOWN = "/anketa/nastavnik/nema/"


def furnish() -> None:
    """One who may answer, one who has, and one whose round is not open yet."""
    survey, _questions = teachers_round(sections=2, title="Шта вам треба за рад")
    TeacherInvitationFactory(round=survey, email=FRESH)
    TeacherInvitationFactory(round=survey, email=USED, is_used=True)
    TeacherInvitationFactory(round=RoundFactory(kind="teachers", opened_at=None), email=EARLY)


def public_pages() -> dict[str, list[str]]:
    """Their pages; without a draft those that are filled in lead to the first one."""
    fresh = TeacherInvitation.objects.get(email=FRESH)
    asked = (fresh, TeacherInvitation.objects.get(email=USED), _early())
    return {
        "needs_survey:teacher_entrance": [reverse("needs_survey:teacher_entrance")],
        "needs_survey:teacher": [*(path(one) for one in asked), UNKNOWN],
        "needs_survey:teacher_step": [path(fresh, "1/")],
        "needs_survey:teacher_whole": [path(fresh, "sve/")],
        "needs_survey:teacher_send": [path(fresh, "slanje/")],
    }


def refused() -> dict[str, int]:
    """Those that say no."""
    return {UNKNOWN: 404, path(_early()): 403}


def _early() -> TeacherInvitation:
    return TeacherInvitation.objects.get(email=EARLY)
