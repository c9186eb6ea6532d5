from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centar.audit.models import OneRow


class Rules(OneRow):
    """What the staff decide about all assessments: one row, or none for the defaults."""

    days_before = models.PositiveSmallIntegerField(
        _("days before the last day"),
        default=7,
        help_text=_("When an assessor who has not sent is reminded for the first time."),
    )
    days_after = models.PositiveSmallIntegerField(
        _("days after the last day"),
        default=3,
        help_text=_("When an assessor who has not sent is reminded again."),
    )
    most_reminders = models.PositiveSmallIntegerField(
        _("reminders at most"), default=2, help_text=_("For one assignment.")
    )
    days_again = models.PositiveSmallIntegerField(
        _("days for a revised thing"),
        default=14,
        help_text=_("For those who assessed it before, from the day it comes again."),
    )
    digest_weekday = models.PositiveSmallIntegerField(
        _("day of the weekly letter"),
        default=0,
        choices=list(
            enumerate(
                (
                    _("Monday"),
                    _("Tuesday"),
                    _("Wednesday"),
                    _("Thursday"),
                    _("Friday"),
                    _("Saturday"),
                    _("Sunday"),
                )
            )
        ),
        help_text=_("When assessors read what waits for them."),
    )

    class Meta:
        verbose_name = _("rules of assessment")
        verbose_name_plural = _("rules of assessment")
        constraints = (
            models.CheckConstraint(condition=Q(pk=1), name="assessment_one_rules"),
            models.CheckConstraint(
                condition=Q(digest_weekday__lte=6), name="assessment_digest_is_on_a_weekday"
            ),
        )
