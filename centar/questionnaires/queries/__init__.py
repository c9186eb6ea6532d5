"""Questionnaires with their questions, and the grades that responses give together."""

from centar.questionnaires.queries.groupings import Group, Grouping, grades, groupings
from centar.questionnaires.queries.questions import with_questions

__all__ = ["Group", "Grouping", "grades", "groupings", "with_questions"]
