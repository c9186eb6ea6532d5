from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.events.models import Event
from centar.script import columns
from centar.script.fields import MendedCharField, MendedTextField
from library.models.records import Record


class ReadingListQuerySet(models.QuerySet["ReadingList"]):
    """The vocabulary of reading lists."""

    def published(self) -> ReadingListQuerySet:
        """Lists that everybody reads."""
        return self.filter(is_published=True)


class ReadingList(Revised):
    """What the staff recommend on a theme, or for an event on whose page it then stands."""

    title = MendedCharField(_("title"), max_length=200)
    introduction = MendedTextField(_("introduction"), blank=True)
    event = models.ForeignKey(
        Event,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="reading_lists",
        verbose_name=_("event"),
        help_text=_("The list is shown on its page."),
    )
    is_published = models.BooleanField(_("is published"), default=False)
    sort_azbuka = columns.azbuka("title")
    sort_abeceda = columns.abeceda("title")

    objects = ReadingListQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading list")
        verbose_name_plural = _("reading lists")
        ordering = ("sort_azbuka", "pk")
        constraints = (
            models.CheckConstraint(condition=~models.Q(title=""), name="library_list_has_a_title"),
        )

    def __str__(self) -> str:
        return self.title


class ReadingListEntry(models.Model):
    """A record of a list, with a word on why to read it."""

    reading_list = models.ForeignKey(
        ReadingList, models.CASCADE, related_name="entries", verbose_name=_("reading list")
    )
    record = models.ForeignKey(
        Record, models.PROTECT, related_name="list_entries", verbose_name=_("record")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    note = MendedTextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("record of the list")
        verbose_name_plural = _("records of the list")
        ordering = ("reading_list", "order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("reading_list", "record"), name="library_record_once_in_a_list"
            ),
        )

    def __str__(self) -> str:
        return str(self.record)
