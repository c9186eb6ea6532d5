"""Rounds of the survey, the answers of schools and of teachers, and the plan that follows."""

from needs_survey.models.answers import Contributor, SchoolAnswer, SectionDraft
from needs_survey.models.plans import Plan, PlannedSeminar, PlanRules, SchoolBreak, Wish
from needs_survey.models.rounds import Invitation, Reminder, Round, RoundQuerySet, RoundResponse
from needs_survey.models.teachers import Ballot, TeacherDraft, TeacherInvitation

__all__ = [
    "Ballot",
    "Contributor",
    "Invitation",
    "Plan",
    "PlanRules",
    "PlannedSeminar",
    "Reminder",
    "Round",
    "RoundQuerySet",
    "RoundResponse",
    "SchoolAnswer",
    "SchoolBreak",
    "SectionDraft",
    "TeacherDraft",
    "TeacherInvitation",
    "Wish",
]
