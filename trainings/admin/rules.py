"""What the staff decide about all seminars."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from centar.audit.admin import RevisedAdmin
from trainings.models import SeminarRules


@admin.register(SeminarRules)
class SeminarRulesAdmin(RevisedAdmin):
    """The one row of rules."""

    autocomplete_fields = ("questionnaire",)
    fields = (
        "questionnaire",
        "evaluation_days",
        "evaluation_reminder_days",
        "announce_days",
        "report_days",
        "hour_minutes",
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Once."""
        return super().has_add_permission(request) and not SeminarRules.objects.exists()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The rules are changed, never taken away."""
        return False

    def save_model(self, request: HttpRequest, obj: SeminarRules, form: Any, change: bool) -> None:
        """There is one row, under one key."""
        obj.pk = 1
        super().save_model(request, obj, form, change)
