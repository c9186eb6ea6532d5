from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class LetterQuerySet(models.QuerySet["Letter"]):
    """The vocabulary of letters."""

    def due(self, now: datetime) -> LetterQuerySet:
        """Letters whose turn has come, those whose sender died on the way included."""
        return self.filter(
            state__in=(Letter.State.QUEUED, Letter.State.SENDING), next_attempt_at__lte=now
        )

    def failed(self) -> LetterQuerySet:
        """Letters given up after their last attempt."""
        return self.filter(state=Letter.State.FAILED)


class Letter(models.Model):
    """One letter to one address about one object. Written when it is sent, not when queued."""

    class State(models.TextChoices):
        QUEUED = "queued", _("queued")
        SENDING = "sending", _("being sent")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        DROPPED = "dropped", _("no longer true, not sent")

    kind = models.CharField(_("kind"), max_length=60)
    object_id = models.BigIntegerField(_("object"))
    recipient = models.EmailField(_("recipient"))
    version = models.CharField(
        _("version"),
        max_length=60,
        help_text=_("Tells a new letter about the same object from a repeated one."),
    )
    face = models.CharField(_("script"), max_length=3, default="cyr")
    context = models.JSONField(_("facts"), default=dict, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    error = models.TextField(_("error"), blank=True)
    created_at = models.DateTimeField(_("queued"), default=timezone.now)
    next_attempt_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    subject = models.CharField(_("subject"), max_length=250, blank=True)
    text = models.TextField(_("text"), blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("kind", "object_id", "recipient", "version"),
                name="outbox_one_letter_of_a_version",
            ),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False)
                | (~Q(state="sent") & Q(sent_at=None)),
                name="outbox_sent_has_its_moment",
            ),
        )
        indexes = (
            models.Index(
                fields=("next_attempt_at",),
                condition=Q(state__in=("queued", "sending")),
                name="outbox_due",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} → {self.recipient}"
