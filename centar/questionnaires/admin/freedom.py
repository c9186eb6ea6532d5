"""Until somebody answers, all of a questionnaire is changed at will."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from centar.questionnaires.models import Question, Questionnaire


def questionnaire_of(part: Any) -> Questionnaire | None:
    """The questionnaire that this is, or is a part of; None where it is to be made."""
    return part.questionnaire if isinstance(part, Question) else part


def is_free(part: Any) -> bool:
    """Whether nobody has answered the questionnaire yet."""
    questionnaire = questionnaire_of(part)
    return questionnaire is None or questionnaire.pk is None or not questionnaire.is_answered


class FreeInline(admin.TabularInline[Any, Any]):
    """Parts of a questionnaire that are added, changed and deleted until the first response."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until the first response."""
        return super().has_add_permission(request, obj) and is_free(obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until the first response."""
        return super().has_change_permission(request, obj) and is_free(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until the first response."""
        return super().has_delete_permission(request, obj) and is_free(obj)
