from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centar.events.models.bookings import BookingGroup
from centar.events.models.events import Event
from centar.people.models import User
from centar.schools.models import School


class ApplicationDraft(models.Model):
    """What a coordinator has typed so far for one event, kept until it is sent.

    Once sent it is emptied and leads to the group that it became, so that a second click finds
    the first one's.
    """

    event = models.ForeignKey(Event, models.CASCADE, related_name="drafts", verbose_name=_("event"))
    school = models.ForeignKey(
        School, models.CASCADE, related_name="drafts", verbose_name=_("school")
    )
    created_by = models.ForeignKey(
        User, models.CASCADE, related_name="drafts", verbose_name=_("begun by")
    )
    typed = models.JSONField(_("typed so far"), default=dict)
    changed_at = models.DateTimeField(_("last change"), default=timezone.now)
    group = models.OneToOneField(
        BookingGroup,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="draft",
        verbose_name=_("group"),
    )

    class Meta:
        verbose_name = _("draft of an application")
        verbose_name_plural = _("drafts of applications")
        constraints = (
            models.UniqueConstraint(
                fields=("event", "school", "created_by"),
                condition=Q(group=None),
                name="events_one_unsent_draft",
            ),
        )

    def __str__(self) -> str:
        return f"{self.school}: {self.event}"
