from __future__ import annotations

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centar.events.models.bookings import Booking
from centar.events.models.events import Meeting
from centar.people.models import User


class Presence(models.Model):
    """Somebody with a place was at a meeting, the whole of it or a part."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="presences", verbose_name=_("meeting")
    )
    booking = models.ForeignKey(
        Booking, models.PROTECT, related_name="presences", verbose_name=_("booking")
    )
    minutes = models.PositiveIntegerField(
        _("minutes"), validators=[MinValueValidator(1)], help_text=_("How long they were there.")
    )
    noted_at = models.DateTimeField(_("noted"), default=timezone.now)
    noted_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("noted by")
    )

    class Meta:
        verbose_name = _("presence")
        verbose_name_plural = _("presences")
        constraints = (
            models.UniqueConstraint(fields=("meeting", "booking"), name="events_one_presence"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="events_presence_lasts"),
        )

    def __str__(self) -> str:
        return f"{self.booking}: {self.minutes} min"

    @property
    def noted_by_name(self) -> str:
        """Who noted it: the person's name, or the address of a login that has none."""
        if self.noted_by is None:
            return ""
        return str(getattr(self.noted_by, "person", self.noted_by))

    @property
    def is_partial(self) -> bool:
        """Whether they were there for less than the whole meeting."""
        return self.minutes < self.meeting.minutes
