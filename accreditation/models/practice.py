from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accreditation.models.proposals import Attachment, Proposal
from accreditation.models.versions import Version
from centar.audit.models import Revised
from centar.documents.models import Document
from centar.events.models import Event
from centar.schools.models import School, Subject
from centar.script import columns
from centar.script.fields import MendedCharField, MendedTextField
from centar.script.search import Vector


class PracticeQuerySet(models.QuerySet["Practice"]):
    """The vocabulary of examples of good practice."""

    def published(self) -> PracticeQuerySet:
        """Those that everybody reads."""
        return self.filter(published_at__isnull=False, hidden_at=None)


class Practice(Revised):
    """An accepted example of good practice as a public page."""

    class Level(models.TextChoices):
        PRESCHOOL = "preschool", _("preschool")
        LOWER = "lower", _("grades 1–4")
        UPPER = "upper", _("grades 5–8")
        SECONDARY = "secondary", _("secondary school")
        ALL = "all", _("all levels")

    proposal = models.OneToOneField(
        Proposal, models.PROTECT, related_name="practice", verbose_name=_("proposal")
    )
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="practices", verbose_name=_("version")
    )
    title = MendedCharField(_("title"), max_length=250)
    summary = MendedTextField(_("in short"), blank=True)
    text = MendedTextField(_("text"))
    authors = MendedCharField(
        _("authors"), max_length=500, help_text=_("As they stand on the page.")
    )
    schools = models.ManyToManyField(
        School, related_name="practices", blank=True, verbose_name=_("schools")
    )
    subject = models.ForeignKey(
        Subject,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("subject"),
    )
    level = models.CharField(_("level"), max_length=10, choices=Level, default=Level.ALL)
    files = models.ManyToManyField(
        Attachment, related_name="practices", blank=True, verbose_name=_("files")
    )
    presented_at = models.ForeignKey(
        Event,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="practices",
        verbose_name=_("presented at"),
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)
    hidden_at = models.DateTimeField(_("taken down at"), null=True, editable=False)
    folded = columns.folded("title", "authors")
    search = models.GeneratedField(
        expression=Vector("title", weight="A")
        + Vector("authors", weight="B")
        + Vector("summary", weight="C")
        + Vector("text", weight="D"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PracticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("example of good practice")
        verbose_name_plural = _("examples of good practice")
        ordering = ("-published_at", "-pk")
        indexes = (
            GinIndex(fields=["search"], name="accreditation_practice_search"),
            GinIndex(
                fields=["folded"], opclasses=["gin_trgm_ops"], name="accreditation_practice_folded"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The public page."""
        return reverse("accreditation:practice", args=[self.pk])

    @property
    def is_public(self) -> bool:
        """Whether everybody reads it."""
        return self.published_at is not None and self.hidden_at is None


class PracticePaper(models.Model):
    """The paper that an author got for an example of good practice."""

    practice = models.ForeignKey(
        Practice, models.PROTECT, related_name="papers", verbose_name=_("example")
    )
    author = models.OneToOneField(
        "accreditation.Author",
        models.PROTECT,
        related_name="paper",
        verbose_name=_("author"),
    )
    document = models.OneToOneField(
        Document, models.PROTECT, related_name="practice_paper", verbose_name=_("document")
    )

    class Meta:
        verbose_name = _("paper about good practice")
        verbose_name_plural = _("papers about good practice")

    def __str__(self) -> str:
        return str(self.document)
