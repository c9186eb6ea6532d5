from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.people.models import Person
from centar.script.fields import MendedCharField, MendedTextField


class Panel(Revised):
    """Those who assess the things of one phase or contest, by one set of criteria.

    Single blindness: authors do not learn who assesses. Double: assessors do not learn whose the
    things are either. It cannot be changed once somebody is assigned.
    """

    class Blindness(models.TextChoices):
        OPEN = "open", _("everybody knows everybody")
        SINGLE = "single", _("authors do not know the assessors")
        DOUBLE = "double", _("neither side knows the other")

    title = MendedCharField(_("title"), max_length=200)
    guidance = MendedTextField(
        _("guidance"), blank=True, help_text=_("What every assessor reads first.")
    )
    blindness = models.CharField(
        _("who knows whom"), max_length=6, choices=Blindness, default=Blindness.DOUBLE
    )
    due_on = models.DateField(_("last day"), help_text=_("For assessors, until midnight."))
    assessors_each = models.PositiveSmallIntegerField(
        _("assessors for each"), default=3, validators=[MinValueValidator(1)]
    )
    most_each = models.PositiveSmallIntegerField(
        _("assignments of one assessor at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Empty for any number."),
    )
    asks_recommendation = models.BooleanField(_("asks for a recommendation"), default=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)

    class Meta:
        verbose_name = _("panel of assessors")
        verbose_name_plural = _("panels of assessors")
        ordering = ("-due_on", "-pk")

    def __str__(self) -> str:
        return self.title

    @property
    def hides_authors(self) -> bool:
        """Whether assessors do not learn whose the things are."""
        return self.blindness == self.Blindness.DOUBLE

    @property
    def hides_assessors(self) -> bool:
        """Whether authors do not learn who assesses."""
        return self.blindness != self.Blindness.OPEN


class Criterion(Revised):
    """What is looked at, with its weight and the most points; what the points mean is guidance."""

    panel = models.ForeignKey(
        Panel, models.CASCADE, related_name="criteria", verbose_name=_("panel of assessors")
    )
    order = models.PositiveSmallIntegerField(_("number"), default=0)
    title = MendedCharField(_("title"), max_length=200)
    guidance = MendedTextField(_("guidance"), blank=True)
    most = models.PositiveSmallIntegerField(
        _("points at most"), default=5, validators=[MinValueValidator(1)]
    )
    weight = models.DecimalField(
        _("weight"), max_digits=4, decimal_places=2, default=1, validators=[MinValueValidator(0)]
    )
    needs_comment = models.BooleanField(_("must be explained in words"), default=False)

    class Meta:
        verbose_name = _("criterion")
        verbose_name_plural = _("criteria")
        ordering = ("order", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(most__gt=0, weight__gte=0), name="assessment_criterion_can_be_met"
            ),
        )

    def __str__(self) -> str:
        return self.title


class Seat(Revised):
    """Somebody who assesses in a panel, or leads it; `topics` are codes of what they know."""

    class Role(models.TextChoices):
        ASSESSOR = "assessor", _("assessor")
        CHAIR = "chair", _("chair")

    panel = models.ForeignKey(
        Panel, models.CASCADE, related_name="seats", verbose_name=_("panel of assessors")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="seats", verbose_name=_("person")
    )
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.ASSESSOR)
    topics = ArrayField(
        models.CharField(max_length=40),
        default=list,
        blank=True,
        verbose_name=_("knows"),
        help_text=_("Empty for everything."),
    )
    left_at = models.DateTimeField(_("left at"), null=True, editable=False)

    class Meta:
        verbose_name = _("seat in a panel")
        verbose_name_plural = _("seats in panels")
        ordering = ("panel", "role", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("panel", "person"),
                name="assessment_one_seat_of_a_person",
                violation_error_message=_("This person sits in the panel already."),
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
