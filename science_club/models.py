from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.script import columns
from centar.script.fields import MendedCharField, MendedTextField


class Club(Revised):
    """A club of the network that the Center for the Promotion of Science supports."""

    town = MendedCharField(_("town"), max_length=100, unique=True)
    host = MendedCharField(_("host"), max_length=200, blank=True)
    opened_year = models.PositiveSmallIntegerField(_("year of opening"), null=True, blank=True)
    opened_on = models.DateField(_("day of opening"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(_("order in the network"), null=True, blank=True)
    status = models.CharField(_("how surely known"), max_length=30, blank=True)
    note = MendedTextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)
    sort_azbuka = columns.azbuka("town")

    class Meta:
        verbose_name = _("science club")
        verbose_name_plural = _("science clubs")
        ordering = ("sort_azbuka",)

    def __str__(self) -> str:
        return self.town
