from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centar.assessment.models.items import Item
from centar.assessment.models.panels import Criterion
from centar.audit.models import Revised
from centar.people.models import Person
from centar.script.fields import MendedTextField


class Assignment(Revised):
    """That somebody assesses a thing, what they wrote so far, and whether it is sent."""

    class State(models.TextChoices):
        ASKED = "asked", _("waits")
        SENT = "sent", _("sent")
        DECLINED = "declined", _("declined")
        ENDED = "ended", _("taken away")

    LIVE = (State.ASKED, State.SENT)
    """States of what somebody assesses or has assessed."""

    class Recommendation(models.TextChoices):
        ACCEPT = "accept", _("accept")
        REVISE = "revise", _("ask for changes")
        REFUSE = "refuse", _("refuse")

    item = models.ForeignKey(
        Item, models.PROTECT, related_name="assignments", verbose_name=_("thing")
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="assignments", verbose_name=_("assessor")
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State, default=State.ASKED, editable=False
    )
    due_on = models.DateField(_("last day"))
    assigned_at = models.DateTimeField(_("assigned at"), default=timezone.now, editable=False)
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    recommendation = models.CharField(
        _("recommendation"), max_length=6, choices=Recommendation, blank=True
    )
    for_author = MendedTextField(_("comment for the author"), blank=True)
    for_chair = MendedTextField(_("comment for the chair only"), blank=True)
    saves = models.PositiveIntegerField(
        _("saved so many times"),
        default=0,
        editable=False,
        help_text=_("Tells two pages with the same draft apart."),
    )
    saved_at = models.DateTimeField(_("saved at"), null=True, editable=False)
    saved_from = models.CharField(
        _("saved from"),
        max_length=32,
        blank=True,
        editable=False,
        help_text=_("The page it was typed into, which is never told of its own saving."),
    )
    declined_because = MendedTextField(_("declined because"), blank=True, editable=False)
    given_back_because = MendedTextField(
        _("given back because"),
        blank=True,
        editable=False,
        help_text=_("Why it was given back last; what was sent then is kept in the audit."),
    )
    reminders = models.PositiveSmallIntegerField(_("reminders sent"), default=0, editable=False)
    reminded_on = models.DateField(_("reminded on"), null=True, editable=False)

    class Meta:
        verbose_name = _("assignment of an assessor")
        verbose_name_plural = _("assignments of assessors")
        ordering = ("item", "assigned_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("item", "person"), name="assessment_one_assignment_of_a_person"
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                name="assessment_sent_has_its_moment",
            ),
        )
        indexes = (
            models.Index(fields=("person", "state", "due_on"), name="assessment_work_of_a_person"),
        )

    def __str__(self) -> str:
        # Names neither: the back office lists by this what hangs on a person, to anybody.
        return str(self.pk)


class Score(models.Model):
    """Points of one assessor by one criterion, with the words for it."""

    assignment = models.ForeignKey(
        Assignment, models.CASCADE, related_name="scores", verbose_name=_("assignment")
    )
    criterion = models.ForeignKey(
        Criterion, models.PROTECT, related_name="scores", verbose_name=_("criterion")
    )
    points = models.PositiveSmallIntegerField(_("points"), null=True)
    comment = MendedTextField(_("in words"), blank=True)

    class Meta:
        verbose_name = _("score")
        verbose_name_plural = _("scores")
        constraints = (
            models.UniqueConstraint(
                fields=("assignment", "criterion"), name="assessment_one_score_of_a_criterion"
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.points}"
