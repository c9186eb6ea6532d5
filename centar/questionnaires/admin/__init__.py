"""Questionnaires in the back office: written freely until the first response, mended after it."""

from centar.questionnaires.admin.questionnaires import QuestionnaireAdmin, RulesAdmin
from centar.questionnaires.admin.questions import QuestionAdmin

__all__ = ["QuestionAdmin", "QuestionnaireAdmin", "RulesAdmin"]
