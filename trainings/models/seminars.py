from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.events.models import Event, EventQuerySet
from centar.questionnaires.models import Questionnaire
from centar.script.fields import MendedTextField
from trainings.models.catalogue import Programme, Trainer
from trainings.seminars import KIND


class Seminar(Revised):
    """A realisation of a programme: an event with days and places, a fee and trainers."""

    event = models.OneToOneField(
        Event, models.PROTECT, primary_key=True, related_name="seminar", verbose_name=_("event")
    )
    programme = models.ForeignKey(
        Programme, models.PROTECT, related_name="seminars", verbose_name=_("programme")
    )
    trainers = models.ManyToManyField(
        Trainer, related_name="seminars", blank=True, verbose_name=_("trainers")
    )
    fee = models.DecimalField(
        _("fee per person (RSD)"),
        max_digits=10,
        decimal_places=2,
        default=0,
        validators=[MinValueValidator(0)],
    )
    note = MendedTextField(_("note for participants"), blank=True)
    questionnaire = models.ForeignKey(
        Questionnaire,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="seminars",
        verbose_name=_("questionnaire"),
        help_text=_("Empty for the usual one; it stays once somebody has answered."),
    )
    announced_on = models.DateField(_("announced to schools"), null=True, editable=False)
    reported_on = models.DateField(_("reported to the institute"), null=True, editable=False)
    copied_from = models.ForeignKey(
        "self",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="copies",
        verbose_name=_("copied from"),
    )

    class Meta:
        verbose_name = _("seminar")
        verbose_name_plural = _("seminars")
        constraints = (
            models.CheckConstraint(
                condition=Q(fee__gte=0), name="trainings_seminar_fee_not_negative"
            ),
        )

    def __str__(self) -> str:
        return str(self.event)


class SeminarEventManager(models.Manager["SeminarEvent"]):
    """Only the events that are seminars."""

    def get_queryset(self) -> EventQuerySet:  # type: ignore[override]
        """Events of the kind of seminars."""
        return EventQuerySet(self.model, using=self._db).filter(kind=KIND)


class SeminarEvent(Event):
    """The event of a seminar, as the back office edits it: days and places with the programme."""

    objects = SeminarEventManager()  # type: ignore[assignment,misc]

    if TYPE_CHECKING:
        seminar: Seminar

    class Meta:
        proxy = True
        verbose_name = _("seminar")
        verbose_name_plural = _("seminars")
