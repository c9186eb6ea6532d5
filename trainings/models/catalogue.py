from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.people.models import Person
from centar.script import columns
from centar.script.fields import MendedCharField, MendedTextField
from centar.script.search import Vector


class Cycle(Revised):
    """A catalogue cycle of the national institute: the school years it is valid for."""

    name = MendedCharField(_("name"), max_length=60, unique=True)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("catalogue cycle")
        verbose_name_plural = _("catalogue cycles")
        ordering = ("-starts_on",)
        constraints = (
            models.CheckConstraint(
                condition=Q(ends_on__gt=models.F("starts_on")),
                name="trainings_cycle_ends_after_start",
            ),
        )

    def __str__(self) -> str:
        return self.name


class Competence(Revised):
    """A competence (K1–K4) that programmes of a cycle strengthen."""

    cycle = models.ForeignKey(
        Cycle, models.PROTECT, related_name="competences", verbose_name=_("cycle")
    )
    code = models.CharField(_("code"), max_length=10)
    name = MendedCharField(_("name"), max_length=200)

    class Meta:
        verbose_name = _("competence")
        verbose_name_plural = _("competences")
        ordering = ("cycle", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("cycle", "code"), name="trainings_one_competence_of_a_code"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class PriorityArea(Revised):
    """A priority area that the ministry set for a cycle."""

    cycle = models.ForeignKey(
        Cycle, models.PROTECT, related_name="priority_areas", verbose_name=_("cycle")
    )
    code = models.CharField(_("code"), max_length=10)
    name = MendedCharField(_("name"), max_length=300)

    class Meta:
        verbose_name = _("priority area")
        verbose_name_plural = _("priority areas")
        ordering = ("cycle", "code")
        constraints = (
            models.UniqueConstraint(
                fields=("cycle", "code"), name="trainings_one_priority_of_a_code"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.name}"


class Area(Revised):
    """The field a programme belongs to, such as „Природне науке“."""

    name = MendedCharField(_("name"), max_length=150, unique=True)
    sort_azbuka = columns.azbuka("name")

    class Meta:
        verbose_name = _("area")
        verbose_name_plural = _("areas")
        ordering = ("sort_azbuka",)

    def __str__(self) -> str:
        return self.name


class Trainer(Revised):
    """Somebody who leads programmes; linked to a person when they use the portal."""

    name = MendedCharField(_("name and title"), max_length=150)
    about = MendedTextField(_("about the trainer"), blank=True)
    person = models.OneToOneField(
        Person,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="trainer",
        verbose_name=_("person"),
    )
    folded = columns.folded("name")
    sort_azbuka = columns.azbuka("name")

    class Meta:
        verbose_name = _("trainer")
        verbose_name_plural = _("trainers")
        ordering = ("sort_azbuka",)

    def __str__(self) -> str:
        return self.name


class ProgrammeQuerySet(models.QuerySet["Programme"]):
    """The vocabulary of programmes."""

    def published(self) -> ProgrammeQuerySet:
        """Programmes shown in the catalogue."""
        return self.filter(withdrawn_on=None)


class Programme(Revised):
    """An entry of the catalogue: a programme, a professional meeting, a workshop …"""

    class Form(models.TextChoices):
        PROGRAMME = "programme", _("training programme")
        MEETING = "meeting", _("professional meeting")
        WORKSHOP = "workshop", _("workshop")
        PANEL = "panel", _("panel")
        WEBINAR = "webinar", _("webinar")

    cycle = models.ForeignKey(
        Cycle,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("cycle"),
    )
    number = models.CharField(
        _("catalogue number"),
        max_length=40,
        blank=True,
        help_text=_("Unique in its cycle; empty for events without one."),
    )
    ministry_number = models.CharField(
        _("ministry number"),
        max_length=60,
        blank=True,
        help_text=_("For programmes of public interest."),
    )
    title = MendedCharField(_("title"), max_length=250)
    form = models.CharField(_("form"), max_length=12, choices=Form, default=Form.PROGRAMME)
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="programmes",
        verbose_name=_("area"),
    )
    competences = models.ManyToManyField(
        Competence, related_name="programmes", blank=True, verbose_name=_("competences")
    )
    priority_areas = models.ManyToManyField(
        PriorityArea, related_name="programmes", blank=True, verbose_name=_("priority areas")
    )
    trainers = models.ManyToManyField(
        Trainer, related_name="programmes", blank=True, verbose_name=_("trainers")
    )
    audience = MendedTextField(_("audience"), blank=True)
    aims = MendedTextField(_("aims"), blank=True)
    topics = MendedTextField(_("topics"), blank=True)
    hours = models.PositiveSmallIntegerField(_("hours"), default=0)
    points = models.DecimalField(
        _("points"), max_digits=5, decimal_places=1, default=0, validators=[MinValueValidator(0)]
    )
    fee = models.DecimalField(
        _("fee per person (RSD)"),
        max_digits=10,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
    )
    group_minimum = models.PositiveSmallIntegerField(_("smallest group"), default=15)
    group_maximum = models.PositiveSmallIntegerField(_("largest group"), default=30)
    hours_a_day = models.PositiveSmallIntegerField(_("most hours a day"), default=8)
    least_attendance = models.PositiveSmallIntegerField(
        _("attendance for a certificate (%)"),
        default=80,
        validators=[MaxValueValidator(100)],
        help_text=_("The least share of its hours that a participant must have been there."),
    )
    needs_evaluation = models.BooleanField(
        _("certificate only after the evaluation"),
        default=False,
        help_text=_("Whoever has not filled in the evaluation gets no certificate."),
    )
    organiser = MendedCharField(_("organiser"), max_length=250, blank=True)
    withdrawn_on = models.DateField(
        _("withdrawn from the catalogue"), null=True, blank=True, db_index=True
    )
    source = models.TextField(_("source"), blank=True)
    folded = columns.folded("title")
    search = models.GeneratedField(
        expression=Vector("title", weight="A")
        + Vector("number", weight="A")
        + Vector("topics", weight="C")
        + Vector("audience", weight="D"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    sort_azbuka = columns.azbuka("title")
    sort_abeceda = columns.abeceda("title")

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ("sort_azbuka", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("cycle", "number"),
                condition=~Q(number=""),
                name="trainings_one_programme_of_a_number",
                violation_error_message=_("The cycle already has a programme with this number."),
            ),
            models.CheckConstraint(
                condition=Q(group_maximum__gte=models.F("group_minimum")),
                name="trainings_group_limits_in_order",
                violation_error_message=_("The largest group is smaller than the smallest."),
            ),
            models.CheckConstraint(
                condition=Q(least_attendance__lte=100), name="trainings_attendance_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(points__gte=0, fee__gte=0), name="trainings_programme_not_negative"
            ),
        )
        indexes = (
            GinIndex(fields=["search"], name="trainings_programme_search"),
            GinIndex(
                fields=["folded"], opclasses=["gin_trgm_ops"], name="trainings_programme_folded"
            ),
            models.Index(fields=("sort_azbuka",), name="trainings_programme_azbuka"),
            models.Index(fields=("sort_abeceda",), name="trainings_programme_abeceda"),
        )

    def __str__(self) -> str:
        return f"{self.number} {self.title}" if self.number else self.title
