from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.script import columns
from centar.script.fields import MendedCharField, MendedTextField


class Centre(Revised):
    """One of the twelve centres of the network; `source` says where the facts were found."""

    name = MendedCharField(_("name"), max_length=200, unique=True)
    town = MendedCharField(_("town"), max_length=100)
    site = models.URLField(_("web site"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("telephone"), max_length=60, blank=True)
    address = MendedCharField(_("address"), max_length=200, blank=True)
    region_note = MendedTextField(_("region and history"), blank=True)
    status = models.CharField(_("how surely known"), max_length=30, blank=True)
    source = models.TextField(_("source"), blank=True)
    sort_azbuka = columns.azbuka("town")

    class Meta:
        verbose_name = _("centre of the network")
        verbose_name_plural = _("centres of the network")
        ordering = ("sort_azbuka",)

    def __str__(self) -> str:
        return self.name
