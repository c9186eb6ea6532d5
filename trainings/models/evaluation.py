from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from centar.people.models import Person
from centar.questionnaires.models import Response
from trainings.models.seminars import Seminar


class EvaluationReceipt(models.Model):
    """That a participant has evaluated a seminar. What they answered is kept apart, unlinked."""

    seminar = models.ForeignKey(
        Seminar, models.PROTECT, related_name="evaluation_receipts", verbose_name=_("seminar")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="evaluation_receipts", verbose_name=_("person")
    )
    on = models.DateField(_("on"), help_text=_("Only the day: an hour could tell who wrote what."))

    class Meta:
        verbose_name = _("evaluation receipt")
        verbose_name_plural = _("evaluation receipts")
        constraints = (
            models.UniqueConstraint(
                fields=("seminar", "person"), name="trainings_one_evaluation_of_a_person"
            ),
        )

    def __str__(self) -> str:
        return f"{self.seminar}: {self.person}"


class SeminarResponse(models.Model):
    """Which seminar a response is about; who gave it is written nowhere.

    Its key is the response's own random one: no number here grows with the receipts.
    """

    response = models.OneToOneField(
        Response,
        models.PROTECT,
        primary_key=True,
        related_name="about_seminar",
        verbose_name=_("response"),
    )
    seminar = models.ForeignKey(
        Seminar, models.PROTECT, related_name="responses", verbose_name=_("seminar")
    )

    class Meta:
        verbose_name = _("response about a seminar")
        verbose_name_plural = _("responses about seminars")

    def __str__(self) -> str:
        return str(self.seminar)
