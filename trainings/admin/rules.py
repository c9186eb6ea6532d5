"""What the staff decide about all seminars."""

from __future__ import annotations

from django.contrib import admin

from centar.audit.admin import OneRowAdmin
from trainings.models import SeminarRules


@admin.register(SeminarRules)
class SeminarRulesAdmin(OneRowAdmin):
    """The one row of rules."""

    autocomplete_fields = ("questionnaire",)
    fields = (
        "questionnaire",
        "evaluation_days",
        "evaluation_reminder_days",
        "announce_days",
        "report_days",
        "late_report_days",
        "hour_minutes",
    )
