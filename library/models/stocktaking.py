from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centar.people.models import User
from centar.script.fields import MendedCharField
from library.models.copies import Copy


class StockTaking(models.Model):
    """A walk along the shelves: what stands there against what should."""

    shelf_from = MendedCharField(
        _("from shelf mark"), max_length=60, blank=True, help_text=_("Empty for the first.")
    )
    shelf_to = MendedCharField(
        _("to shelf mark"), max_length=60, blank=True, help_text=_("Empty for the last.")
    )
    began_at = models.DateTimeField(_("begun"), default=timezone.now)
    began_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("begun by")
    )
    ended_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("stock-taking")
        verbose_name_plural = _("stock-takings")
        ordering = ("-began_at", "-pk")

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d}: {self.shelf_from or '…'} – {self.shelf_to or '…'}"


class Sighting(models.Model):
    """A bar code scanned at the shelf; without a copy it is of nothing that the library knows."""

    stocktaking = models.ForeignKey(StockTaking, models.CASCADE, related_name="sightings")
    copy = models.ForeignKey(Copy, models.PROTECT, null=True, related_name="sightings")
    code = models.CharField(_("bar code"), max_length=60)
    at = models.DateTimeField(_("scanned"), default=timezone.now)

    class Meta:
        verbose_name = _("sighting")
        verbose_name_plural = _("sightings")
        ordering = ("-at", "-pk")
        constraints = (
            models.UniqueConstraint(fields=("stocktaking", "code"), name="library_seen_once"),
            models.CheckConstraint(condition=~Q(code=""), name="library_seen_has_a_code"),
        )

    def __str__(self) -> str:
        return self.code
