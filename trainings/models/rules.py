from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centar.audit.models import OneRow
from centar.questionnaires.models import Questionnaire


class SeminarRules(OneRow):
    """What the staff decide about all seminars: one row, or none for the defaults."""

    questionnaire = models.ForeignKey(
        Questionnaire,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("usual questionnaire"),
        help_text=_("For seminars that have none of their own."),
    )
    evaluation_days = models.PositiveSmallIntegerField(
        _("days to evaluate"),
        default=30,
        validators=[MinValueValidator(1)],
        help_text=_("After the end of the seminar."),
    )
    evaluation_reminder_days = models.PositiveSmallIntegerField(
        _("days until the reminder to evaluate"),
        default=7,
        help_text=_("After the end of the seminar; one reminder, only to those who have not."),
    )
    announce_days = models.PositiveSmallIntegerField(
        _("days to announce ahead"),
        default=30,
        help_text=_("Schools are told of a seminar at least so many days before it."),
    )
    report_days = models.PositiveSmallIntegerField(
        _("days to report"),
        default=7,
        help_text=_("The report goes to the institute within so many days after the end."),
    )
    late_report_days = models.PositiveSmallIntegerField(
        _("days to remind of a report"),
        default=90,
        help_text=_(
            "A seminar without a report stands in the work queue for so many days after its end; "
            "older ones are only counted there."
        ),
    )
    hour_minutes = models.PositiveSmallIntegerField(
        _("minutes in an hour of training"), default=45, validators=[MinValueValidator(1)]
    )

    class Meta:
        verbose_name = _("rules of seminars")
        verbose_name_plural = _("rules of seminars")
        constraints = (
            models.CheckConstraint(condition=Q(pk=1), name="trainings_one_rules"),
            models.CheckConstraint(
                condition=Q(evaluation_days__gt=0, hour_minutes__gt=0),
                name="trainings_rules_last_some_time",
            ),
        )

    @classmethod
    def current(cls) -> SeminarRules:
        """The rules in force, with the usual questionnaire."""
        return cls.objects.select_related("questionnaire").first() or cls()
