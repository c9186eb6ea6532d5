from __future__ import annotations

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.people.models import User
from library.models.records import Record


class ImportRun(Revised):
    """A file of records, read and then written by the worker in batches.

    Nothing of it is in the catalogue before somebody who has seen its rows says so. Whatever the
    worker was doing when it was lost is taken up again: each batch is a transaction.
    """

    class State(models.TextChoices):
        """What is being done with the file, or what it waits for."""

        READING = "reading", _("being read")
        READ = "read", _("waits for a confirmation")
        WRITING = "writing", _("being imported")
        STOPPED = "stopped", _("stopped")
        DONE = "done", _("done")
        UNREADABLE = "unreadable", _("cannot be read")

    AT_WORK: ClassVar[tuple[State, ...]] = (State.READING, State.WRITING)

    class Format(models.TextChoices):
        """What the fields of the file mean and what they are wrapped in."""

        MARC21 = "marc21", "MARC 21 (ISO 2709)"
        UNIMARC = "unimarc", "UNIMARC / COMARC (ISO 2709)"
        MARC21_XML = "marc21_xml", "MARC 21 (MARCXML)"
        UNIMARC_XML = "unimarc_xml", "UNIMARC / COMARC (MARCXML)"
        CSV = "csv", "CSV"
        XLSX = "xlsx", "Excel (XLSX)"

    class Encoding(models.TextChoices):
        """How letters are written in ISO 2709."""

        UTF8 = "utf8", "UTF-8"
        MARC8 = "marc8", "MARC-8"
        YUSCII_LATIN = "yuscii_latin", _("JUS I.B1.002 (7 bits, Latin)")
        YUSCII_CYRILLIC = "yuscii_cyrillic", _("JUS I.B1.003 (7 bits, Cyrillic)")
        CP1250 = "cp1250", "Windows-1250"
        CP1251 = "cp1251", "Windows-1251"

    file_name = models.CharField(_("file"), max_length=150)
    content = models.BinaryField(null=True, editable=False)
    """The file until it is done with."""
    format = models.CharField(_("format"), max_length=12, choices=Format)
    encoding = models.CharField(
        _("encoding"), max_length=16, choices=Encoding, default=Encoding.UTF8
    )
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.READING)
    changes_held = models.BooleanField(
        _("change what is held"),
        default=False,
        help_text=_("Records that the library has are written anew as the file says."),
    )
    takes_copies = models.BooleanField(
        _("take the copies"),
        default=True,
        help_text=_("Copies that the file names come into the register."),
    )
    trouble = models.TextField(_("trouble"), blank=True)
    total = models.PositiveIntegerField(_("records"), default=0)
    written = models.PositiveIntegerField(_("records done"), default=0)
    created_at = models.DateTimeField(_("uploaded"), default=timezone.now)
    created_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("uploaded by")
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True)
    confirmed_by = models.ForeignKey(
        User, models.SET_NULL, null=True, related_name="+", verbose_name=_("confirmed by")
    )
    """In whose name it is written, with the choices above."""
    moved_at = models.DateTimeField(_("last moved"), default=timezone.now)
    finished_at = models.DateTimeField(_("finished"), null=True)

    class Meta:
        verbose_name = _("import of records")
        verbose_name_plural = _("imports of records")
        ordering = ("-pk",)
        constraints = (
            models.CheckConstraint(
                condition=Q(written__lte=F("total")), name="library_import_counts_add_up"
            ),
        )

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_only_looked_at(self) -> bool:
        """Whether nothing of it can be in the catalogue, and nothing is being done with it."""
        return self.confirmed_at is None and self.state not in self.AT_WORK


class ImportRow(models.Model):
    """One record of a file, what it would do, and what it did."""

    class Verdict(models.TextChoices):
        """What the record is beside the catalogue."""

        NEW = "new", _("new")
        SAME = "same", _("held already, the same")
        CHANGED = "changed", _("held already, described otherwise")
        BAD = "bad", _("cannot be imported")

    class Outcome(models.TextChoices):
        """What was done with it."""

        ADDED = "added", _("added")
        CHANGED = "changed", _("changed")
        LEFT = "left", _("left as it is")
        FAILED = "failed", _("not imported")

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="rows", verbose_name=_("run"))
    place = models.PositiveIntegerField(_("row of the file"))
    title = models.CharField(_("title"), max_length=300, blank=True)
    described = models.JSONField(null=True, editable=False)
    verdict = models.CharField(_("comparison"), max_length=8, choices=Verdict)
    reason = models.TextField(_("reason"), blank=True)
    record = models.ForeignKey(
        Record,
        models.SET_NULL,
        null=True,
        related_name="+",
        verbose_name=_("record"),
        help_text=_("Of the catalogue: the one that is held, later the one that was made."),
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, blank=True)
    copies_written = models.PositiveSmallIntegerField(
        _("copies"), default=0, help_text=_("Entered in the register or corrected there.")
    )
    keys = ArrayField(models.CharField(max_length=32), default=list, editable=False)
    """What the edition is recognised by within the file."""

    class Meta:
        verbose_name = _("row of an import")
        verbose_name_plural = _("rows of an import")
        ordering = ("run", "place")
        constraints = (
            models.UniqueConstraint(fields=("run", "place"), name="library_row_once_in_a_run"),
            models.CheckConstraint(
                condition=~Q(verdict="bad") | ~Q(reason=""), name="library_bad_row_says_why"
            ),
        )
        indexes = (
            models.Index(
                fields=("run", "place"), name="library_rows_to_write", condition=Q(outcome="")
            ),
            GinIndex(fields=("keys",), name="library_row_keys"),
        )

    def __str__(self) -> str:
        return f"{self.place}. {self.title}"
