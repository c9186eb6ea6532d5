from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.script import columns
from centar.script.fields import MendedCharField, MendedTextField


class District(models.Model):
    """An administrative district (управни округ)."""

    name = MendedCharField(_("name"), max_length=100, unique=True)

    class Meta:
        verbose_name = _("district")
        verbose_name_plural = _("districts")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A municipality or city of the region; `source` says where the fact was found."""

    district = models.ForeignKey(
        District, models.PROTECT, related_name="municipalities", verbose_name=_("district")
    )
    name = MendedCharField(_("name"), max_length=100, unique=True)
    unit_type = MendedCharField(_("kind of unit"), max_length=30)
    postal_code = models.CharField(_("postal code of the seat"), max_length=10, blank=True)
    note = MendedTextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)
    sort_azbuka = columns.azbuka("name")

    class Meta:
        verbose_name = _("municipality")
        verbose_name_plural = _("municipalities")
        ordering = ("sort_azbuka",)

    def __str__(self) -> str:
        return self.name


class Settlement(models.Model):
    """A town or village of a municipality."""

    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        related_name="settlements",
        verbose_name=_("municipality"),
    )
    name = MendedCharField(_("name"), max_length=100)
    postal_code = models.CharField(_("postal code"), max_length=10, blank=True)
    note = MendedTextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        ordering = ("name",)
        constraints = (
            models.UniqueConstraint(
                fields=("municipality", "name"), name="schools_one_settlement_of_a_name"
            ),
        )

    def __str__(self) -> str:
        return self.name


class Subject(Revised):
    """A subject taught, or a field of work, that a teacher names in the profile."""

    name = MendedCharField(_("name"), max_length=120, unique=True)
    sort_azbuka = columns.azbuka("name")

    class Meta:
        verbose_name = _("subject")
        verbose_name_plural = _("subjects")
        ordering = ("sort_azbuka",)

    def __str__(self) -> str:
        return self.name


class School(Revised):
    """A school, or an outlying unit of one. Names repeat: name and place always go together."""

    class Kind(models.TextChoices):
        PRESCHOOL = "preschool", _("preschool institution")
        PRIMARY = "primary", _("primary school")
        ART_MUSIC = "art_music", _("music or art school")
        GRAMMAR = "grammar", _("grammar school")
        SECONDARY = "secondary", _("secondary school")
        SECONDARY_VOCATIONAL = "secondary_vocational", _("secondary vocational school")
        SPECIAL = "special", _("school for pupils with disabilities")
        OTHER = "other", _("other institution")

    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="outlying_units",
        verbose_name=_("main school"),
        help_text=_("Only for an outlying unit."),
    )
    name = MendedCharField(_("name"), max_length=200)
    kind = models.CharField(_("kind"), max_length=30, choices=Kind)
    place = MendedCharField(_("place"), max_length=100)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="schools", verbose_name=_("municipality")
    )
    ownership = MendedCharField(_("ownership"), max_length=60, blank=True)
    note = MendedTextField(_("note"), blank=True)
    source = models.TextField(_("source"), blank=True)
    folded = columns.folded("name", "place")
    sort_azbuka = columns.azbuka("name", "place")
    sort_abeceda = columns.abeceda("name", "place")

    class Meta:
        verbose_name = _("school")
        verbose_name_plural = _("schools")
        ordering = ("sort_azbuka",)
        constraints = (
            models.UniqueConstraint(
                fields=("name", "place", "municipality"), name="schools_one_school_of_a_name"
            ),
        )
        indexes = (
            GinIndex(fields=["folded"], opclasses=["gin_trgm_ops"], name="schools_school_folded"),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.place}"
