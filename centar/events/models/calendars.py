from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centar.people.models import Person


def new_token() -> str:
    """A secret for an address that nobody can guess: 32 random bytes."""
    return secrets.token_urlsafe(32)


class CalendarToken(models.Model):
    """The secret in the address of a person's own calendar feed."""

    person = models.ForeignKey(
        Person, models.CASCADE, related_name="calendar_tokens", verbose_name=_("person")
    )
    token = models.CharField(_("token"), max_length=64, unique=True, default=new_token)
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = (
            models.UniqueConstraint(
                fields=("person",),
                condition=Q(revoked_at=None),
                name="events_one_live_calendar_address",
            ),
        )

    def __str__(self) -> str:
        return str(self.person)
