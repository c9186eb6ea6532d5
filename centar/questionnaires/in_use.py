"""Which questionnaires have answers, so that only their wording may still be mended.

Responses are answers; an app that keeps answers in rows of its own (drafts of proposals) says so
here, and the questions under them stay as they were.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, Q, QuerySet

Rows = Callable[[], QuerySet[Any]]

_answers: list[Rows] = []


def register(rows: Rows) -> None:
    """Make answers known; `rows` gives those of one questionnaire, its key as `OuterRef("pk")`."""
    _answers.append(rows)


def is_answered() -> Q:
    """The condition on questionnaires that somebody has answered one, for filters and columns."""
    condition = Q()
    for rows in _answers:
        condition |= Q(Exists(rows()))
    return condition
