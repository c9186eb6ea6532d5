"""Questionnaires with their questions, and what the responses say together."""

from centar.questionnaires.queries.distributions import Distribution, Share
from centar.questionnaires.queries.groupings import Group, Grouping
from centar.questionnaires.queries.questions import with_questions
from centar.questionnaires.queries.results import Result, Results, results

__all__ = [
    "Distribution",
    "Group",
    "Grouping",
    "Result",
    "Results",
    "Share",
    "results",
    "with_questions",
]
