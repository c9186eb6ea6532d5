from __future__ import annotations

from datetime import date

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.people.models import Person
from centar.script.fields import MendedCharField, MendedTextField


class TargetQuerySet(models.QuerySet["Target"]):
    """The vocabulary of targets."""

    def holding_on(self, day: date) -> TargetQuerySet:
        """Those that hold on the day; several may at once."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class Target(Revised):
    """What a rulebook asks of everybody in a period. A requirement of zero is none."""

    class Certainty(models.TextChoices):
        OFFICIAL = "official", _("official text")
        SECONDARY = "secondary", _("reliable secondary source")
        WEAK = "weak", _("weak or old source, to be checked")

    name = MendedCharField(_("name"), max_length=200, unique=True)
    rulebook = MendedCharField(
        _("rulebook"), max_length=200, blank=True, help_text=_("Written into new ledger entries.")
    )
    starts_on = models.DateField(
        _("from"),
        help_text=_(
            "Periods of several years are counted from this day for everybody who has not entered "
            "when their own began."
        ),
    )
    ends_on = models.DateField(_("until"), null=True, blank=True)
    years = models.PositiveSmallIntegerField(
        _("period in school years"), default=1, validators=[MinValueValidator(1)]
    )
    in_house_hours = models.PositiveSmallIntegerField(_("hours in the institution"), default=0)
    programmes = models.PositiveSmallIntegerField(_("accredited programmes"), default=0)
    programme_hours = models.PositiveSmallIntegerField(
        _("least hours of such a programme"), default=0
    )
    meetings = models.PositiveSmallIntegerField(_("professional meetings"), default=0)
    approved_hours = models.PositiveSmallIntegerField(
        _("hours of accredited programmes together"), default=0
    )
    points = models.PositiveSmallIntegerField(_("points together"), default=0)
    approved_points = models.PositiveSmallIntegerField(
        _("of them from accredited programmes"), default=0
    )
    source = MendedTextField(_("source"), blank=True)
    certainty = models.CharField(
        _("certainty"), max_length=10, choices=Certainty, default=Certainty.WEAK
    )

    objects = TargetQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ("-starts_on", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=models.F("starts_on")),
                name="trainings_target_ends_after_start",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(condition=Q(years__gte=1), name="trainings_target_has_a_period"),
        )

    def __str__(self) -> str:
        return self.name


class OwnPeriod(models.Model):
    """When somebody's own period of a target of several years began, as they know it.

    The periods follow one another from that school year. Nobody else knows it: without this row
    the period is counted from the beginning of the target, which is a guess.
    """

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="own_periods", verbose_name=_("person")
    )
    target = models.ForeignKey(
        Target, models.CASCADE, related_name="own_periods", verbose_name=_("target")
    )
    first_year = models.PositiveSmallIntegerField(
        _("school year"), help_text=_("The calendar year in which it began.")
    )

    class Meta:
        verbose_name = _("own period")
        verbose_name_plural = _("own periods")
        ordering = ("person", "target")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "target"), name="trainings_one_own_period_of_a_target"
            ),
        )

    def __str__(self) -> str:
        return str(self.first_year)


class PlannedActivity(models.Model):
    """A row of somebody's personal plan for a school year."""

    class Kind(models.TextChoices):
        PROGRAMME = "programme", _("accredited programme")
        MEETING = "meeting", _("professional meeting")
        IN_HOUSE = "in_house", _("activity in the institution")
        OTHER = "other", _("other form")

    person = models.ForeignKey(
        Person, models.PROTECT, related_name="planned_activities", verbose_name=_("person")
    )
    school_year = models.PositiveSmallIntegerField(
        _("school year"), help_text=_("The calendar year in which it begins.")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = MendedCharField(_("title"), max_length=250)
    when = MendedCharField(_("when"), max_length=80, blank=True)
    hours = models.DecimalField(_("hours"), max_digits=5, decimal_places=1)

    class Meta:
        verbose_name = _("planned activity")
        verbose_name_plural = _("planned activities")
        ordering = ("school_year", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(hours__gte=0), name="trainings_planned_hours_not_negative"
            ),
        )
        indexes = (models.Index(fields=("person", "school_year"), name="trainings_plan_by_year"),)

    def __str__(self) -> str:
        return self.title
