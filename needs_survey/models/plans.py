from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.schools.models import Municipality
from centar.script.fields import MendedCharField, MendedTextField
from needs_survey.models.rounds import Round
from trainings.models import Programme, Seminar


def _weight(label: str, default: int) -> models.PositiveSmallIntegerField:
    return models.PositiveSmallIntegerField(
        label, default=default, help_text=_("Zero leaves it out of the score.")
    )


class Plan(Revised):
    """A proposal of the next term's seminars, from what a round asked for.

    The score of a programme is the sum of its parts, each a share of the largest of its kind
    times the weight, so that staff can read it and change it.
    """

    title = MendedCharField(_("title"), max_length=200)
    round = models.ForeignKey(Round, models.PROTECT, related_name="plans", verbose_name=_("round"))
    starts_on = models.DateField(_("term from"))
    ends_on = models.DateField(_("term until"))
    weight_teachers = _weight(_("weight of interested teachers"), 4)
    weight_schools = _weight(_("weight of schools"), 3)
    weight_municipalities = _weight(_("weight of municipalities"), 2)
    weight_priority = _weight(_("weight of priority areas"), 1)

    class Meta:
        verbose_name = _("plan of seminars")
        verbose_name_plural = _("plans of seminars")
        ordering = ("-starts_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gte=F("starts_on")),
                name="needs_survey_term_ends_after_it_begins",
                violation_error_message=_("The term ends before it begins."),
            ),
        )

    def __str__(self) -> str:
        return self.title


class PlannedSeminar(Revised):
    """One group of a programme in the plan; `seminar` is the draft that was made from it."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="seminars", verbose_name=_("plan"))
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="planned", verbose_name=_("programme")
    )
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="planned_seminars",
        verbose_name=_("municipality"),
        help_text=_("The nearest to those who asked; empty for an online seminar."),
    )
    on = models.DateField(_("on"), null=True, blank=True)
    people = models.PositiveSmallIntegerField(
        _("expected people"), validators=[MinValueValidator(1)]
    )
    score = models.DecimalField(
        _("score"), max_digits=6, decimal_places=2, default=0, editable=False
    )
    parts = models.JSONField(_("parts of the score"), default=dict, editable=False)
    is_chosen = models.BooleanField(_("to be held"), default=True)
    note = MendedTextField(_("note"), blank=True)
    seminar = models.OneToOneField(
        Seminar,
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="planned",
        verbose_name=_("seminar"),
    )

    class Meta:
        verbose_name = _("planned seminar")
        verbose_name_plural = _("planned seminars")
        ordering = ("-score", "programme", "pk")

    def __str__(self) -> str:
        return str(self.programme)
