from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.script.fields import MendedCharField, MendedTextField
from library.models.records import JournalIssue, Record


class Copy(Revised):
    """A piece on the shelf, with a number of its own in the accession register."""

    class State(models.TextChoices):
        """Where the piece is; whether it is lent is said by its loans."""

        HELD = "held", _("in the library")
        REPAIR = "repair", _("in repair")
        LOST = "lost", _("lost")
        WRITTEN_OFF = "written_off", _("written off")

    record = models.ForeignKey(
        Record, models.PROTECT, related_name="copies", verbose_name=_("record")
    )
    issue = models.ForeignKey(
        JournalIssue,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="copies",
        verbose_name=_("issue"),
    )
    accession_number = models.CharField(_("accession number"), max_length=40, unique=True)
    shelf_mark = MendedCharField(_("shelf mark"), max_length=60, blank=True)
    barcode = models.CharField(_("bar code"), max_length=40, unique=True, null=True, blank=True)
    state = models.CharField(_("state"), max_length=12, choices=State, default=State.HELD)
    only_here = models.BooleanField(
        _("only here"), default=False, help_text=_("To be read in the library, not lent.")
    )
    acquired_on = models.DateField(_("acquired"), null=True, blank=True)
    price = models.DecimalField(
        _("price (RSD)"), max_digits=10, decimal_places=2, null=True, blank=True
    )
    note = MendedTextField(_("note"), blank=True)

    class Meta:
        verbose_name = _("copy")
        verbose_name_plural = _("copies")
        ordering = ("record", "accession_number")
        indexes = (
            models.Index(F("shelf_mark"), name="library_copy_shelf_mark"),
            models.Index(
                fields=("record",),
                name="library_copy_to_lend",
                condition=Q(state="held", only_here=False),
            ),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(accession_number="") & ~Q(barcode=""),
                name="library_copy_numbers_are_not_empty",
            ),
        )

    def __str__(self) -> str:
        return self.accession_number

    @property
    def is_lendable(self) -> bool:
        """Whether it is taken home, now or once it is back: not lost, nor for the room alone."""
        return self.state in (self.State.HELD, self.State.REPAIR) and not self.only_here

    @property
    def title(self) -> str:
        """What it is: the title of its record, with its issue of a journal."""
        return self.record.titled(self.issue)
