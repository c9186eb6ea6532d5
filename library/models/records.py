from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Left, Now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from centar.audit.models import Revised
from centar.files.models import PrivateFile
from centar.script import columns
from centar.script.fields import MendedCharField, MendedTextField
from centar.script.search import Vector
from library.models.facets import Facets


class RecordQuerySet(models.QuerySet["Record"]):
    """The vocabulary of records."""

    def published(self) -> RecordQuerySet:
        """Records that readers find."""
        return self.filter(withdrawn_at=None)


class Record(Revised):
    """A publication or a thing of the library, described as it names itself, in its own script.

    What is said of one edition; the pieces on the shelf are its copies. Fields follow the areas of
    the ISBD.
    """

    class Kind(models.TextChoices):
        BOOK = "book", _("book")
        JOURNAL = "journal", _("journal")
        MATERIAL = "material", _("didactic material")
        KIT = "kit", _("kit")
        AUDIO = "audio", _("audio recording")
        VIDEO = "video", _("video recording")
        ELECTRONIC = "electronic", _("electronic publication")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind, default=Kind.BOOK)
    title = MendedCharField(
        _("title"), max_length=1000, help_text=_("As it is printed, in its own script.")
    )
    subtitle = MendedCharField(_("subtitle"), max_length=1000, blank=True)
    responsibility = MendedCharField(
        _("statement of responsibility"),
        max_length=1000,
        blank=True,
        help_text=_("As it is printed: who wrote, edited, translated."),
    )
    edition = MendedCharField(_("edition"), max_length=250, blank=True)
    place = MendedCharField(_("place"), max_length=250, blank=True)
    publisher = MendedCharField(_("publisher"), max_length=250, blank=True)
    printed_year = MendedCharField(
        _("year as printed"), max_length=60, blank=True, help_text=_("Such as 1998 or [1987?].")
    )
    year = models.PositiveSmallIntegerField(_("year"), null=True, blank=True)
    extent = MendedCharField(
        _("extent"), max_length=250, blank=True, help_text=_("Such as 214 стр. : илустр. ; 24 cm.")
    )
    series = MendedCharField(_("series"), max_length=500, blank=True)
    language = models.CharField(
        _("language"),
        max_length=3,
        blank=True,
        help_text=_("Three letters of ISO 639-2, such as srp."),
    )
    udc = models.CharField(
        _("UDC"), max_length=120, blank=True, help_text=_("Universal Decimal Classification.")
    )
    subjects = MendedTextField(_("subjects"), blank=True, help_text=_("One in a line."))
    notes = MendedTextField(_("notes"), blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    file = models.ForeignKey(
        PrivateFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("file"),
        help_text=_("Of an electronic publication."),
    )
    cover = models.ForeignKey(
        PrivateFile,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("cover"),
    )
    control_number = models.CharField(
        _("control number"),
        max_length=60,
        blank=True,
        help_text=_("Of the record in the system that it came from."),
    )
    source = models.CharField(_("source"), max_length=250, blank=True)
    names = MendedTextField(_("names"), blank=True, editable=False)
    numbers = models.TextField(_("numbers"), blank=True, editable=False)
    """What is searched of contributions and identifiers: their operations keep them here."""
    free_copies = models.PositiveIntegerField(_("free copies"), default=0, editable=False)
    """How many may be taken home at this moment: the database counts."""
    created_at = models.DateTimeField(_("catalogued"), db_default=Now(), editable=False)
    changed_at = models.DateTimeField(_("changed"), db_default=Now(), editable=False)
    withdrawn_at = models.DateTimeField(
        pgettext_lazy("of a record", "withdrawn"), null=True, editable=False
    )
    """Kept for those who have harvested the record: they hear that it is gone."""
    udc_class = models.GeneratedField(
        expression=Left("udc", 1), output_field=models.CharField(max_length=1), db_persist=True
    )
    folded = columns.folded("title")
    search = models.GeneratedField(
        expression=Vector("title", weight="A")
        + Vector("numbers", weight="A")
        + Vector("names", weight="B")
        + Vector("subjects", weight="B")
        + Vector("subtitle", weight="C")
        + Vector("responsibility", weight="C")
        + Vector("series", weight="D")
        + Vector("notes", weight="D"),
        output_field=SearchVectorField(),
        db_persist=True,
    )
    facets = models.GeneratedField(
        expression=Facets("kind", "udc", "language", "year"),
        output_field=ArrayField(models.TextField()),
        db_persist=True,
    )
    """What it is narrowed by, such as kind:book or decade:199; indexed together with the words."""
    sort_azbuka = columns.azbuka("title")
    sort_abeceda = columns.abeceda("title")

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("record")
        verbose_name_plural = _("records")
        ordering = ("sort_azbuka", "pk")
        indexes = (
            # One index for both: words and facets are intersected before any row is read.
            GinIndex(fields=("search", "facets"), name="library_record_found"),
            models.Index(OpClass("folded", "text_pattern_ops"), name="library_record_beginning"),
            models.Index(OpClass("udc", "text_pattern_ops"), name="library_record_notation"),
            models.Index(fields=("sort_azbuka", "id"), name="library_record_azbuka"),
            models.Index(fields=("sort_abeceda", "id"), name="library_record_abeceda"),
            models.Index(fields=("folded",), name="library_record_folded"),
            models.Index(fields=("changed_at", "id"), name="library_record_changed"),
            models.Index(F("created_at").desc(), F("id").desc(), name="library_record_newest"),
            models.Index(fields=("udc_class", "sort_azbuka"), name="library_record_udc"),
            models.Index(
                fields=("source", "control_number"),
                name="library_record_control",
                condition=~Q(control_number=""),
            ),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(title=""), name="library_record_has_a_title"),
            models.CheckConstraint(
                condition=Q(language="") | Q(language__regex="^[a-z]{3}$"),
                name="library_record_language_has_three_letters",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def titled(self, issue: JournalIssue | None) -> str:
        """The title, with the number of the issue where one of a journal is meant."""
        return self.title if issue is None else f"{self.title} {issue}"


class Contribution(Revised):
    """Somebody who made the work or had a part in it, the first one in front."""

    class Role(models.TextChoices):
        """Codes are those of the MARC relators."""

        AUTHOR = "aut", _("author")
        EDITOR = "edt", _("editor")
        TRANSLATOR = "trl", _("translator")
        ILLUSTRATOR = "ill", _("illustrator")
        PHOTOGRAPHER = "pht", _("photographer")
        COMPOSER = "cmp", _("composer")
        PERFORMER = "prf", _("performer")
        DIRECTOR = "drt", _("director")
        FOREWORD = "aui", _("author of the foreword")
        REVIEWER = "rev", _("reviewer")
        OTHER = "oth", _("other")

    record = models.ForeignKey(
        Record, models.CASCADE, related_name="contributions", verbose_name=_("record")
    )
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    name = MendedCharField(
        _("name"), max_length=250, help_text=_("The family name first: Андрић, Иво.")
    )
    role = models.CharField(_("role"), max_length=3, choices=Role, default=Role.AUTHOR)
    is_body = models.BooleanField(
        _("is an institution"), default=False, help_text=_("A school, a society, a conference.")
    )
    folded = columns.folded("name")

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        ordering = ("record", "order", "pk")
        indexes = (models.Index(fields=("folded",), name="library_contribution_folded"),)

    def __str__(self) -> str:
        return self.name


class Identifier(models.Model):
    """A number that the publication bears; a wrong one is kept as it is printed."""

    class Kind(models.TextChoices):
        ISBN = "isbn", "ISBN"
        ISSN = "issn", "ISSN"

    record = models.ForeignKey(
        Record, models.CASCADE, related_name="identifiers", verbose_name=_("record")
    )
    kind = models.CharField(_("kind"), max_length=4, choices=Kind, default=Kind.ISBN)
    printed = models.CharField(_("as printed"), max_length=40)
    number = models.CharField(
        max_length=13,
        blank=True,
        editable=False,
        help_text=_("ISBN with 13 digits or ISSN with 8; empty where the printed one is wrong."),
    )

    class Meta:
        verbose_name = _("number")
        verbose_name_plural = _("numbers of the publication")
        ordering = ("record", "pk")
        indexes = (models.Index(fields=("number",), name="library_identifier_number"),)
        constraints = (
            models.UniqueConstraint(
                fields=("record", "kind", "printed"), name="library_number_once_in_a_record"
            ),
        )

    def __str__(self) -> str:
        return self.printed


class JournalIssue(Revised):
    """An issue of a journal that the library has."""

    record = models.ForeignKey(
        Record, models.CASCADE, related_name="issues", verbose_name=_("journal")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    volume = models.CharField(_("volume"), max_length=20, blank=True)
    number = models.CharField(_("number"), max_length=20)
    title = MendedCharField(_("title of the issue"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("issue")
        verbose_name_plural = _("issues")
        ordering = ("record", "-year", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("record", "year", "volume", "number"), name="library_issue_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


class KitPart(Revised):
    """What lies in a kit, to be counted when it comes back."""

    record = models.ForeignKey(Record, models.CASCADE, related_name="parts", verbose_name=_("kit"))
    order = models.PositiveSmallIntegerField(_("order"), default=1)
    name = MendedCharField(_("part"), max_length=200)
    pieces = models.PositiveSmallIntegerField(_("pieces"), default=1)

    class Meta:
        verbose_name = _("part of the kit")
        verbose_name_plural = _("parts of the kit")
        ordering = ("record", "order", "pk")
        constraints = (
            models.CheckConstraint(condition=Q(pieces__gt=0), name="library_part_has_pieces"),
        )

    def __str__(self) -> str:
        return self.name
