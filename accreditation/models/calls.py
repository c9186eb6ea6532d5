from __future__ import annotations

from datetime import date

from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from centar.assessment.models import Panel
from centar.audit.models import OneRow, Revised
from centar.questionnaires.models import Questionnaire
from centar.script.fields import MendedCharField, MendedTextField
from trainings.models import Cycle


class Rules(OneRow):
    """What the staff decide about all calls: one row, or none for the defaults."""

    meeting_days = models.PositiveSmallIntegerField(
        _("days to file a meeting ahead"),
        default=60,
        help_text=_("A professional meeting is filed at least so many days before it starts."),
    )
    expiry_days = models.PositiveSmallIntegerField(
        _("days to warn of an end"),
        default=180,
        help_text=_("Before an accreditation ends it stands in the work queue."),
    )
    draft_days = models.PositiveSmallIntegerField(
        _("days to remind of a draft"),
        default=3,
        help_text=_("So many days before a call ends, authors of drafts get a letter."),
    )
    most_authors = models.PositiveSmallIntegerField(
        _("authors at most"), default=8, validators=[MinValueValidator(1)]
    )
    most_files = models.PositiveSmallIntegerField(_("files of a proposal at most"), default=20)

    class Meta:
        verbose_name = _("rules of accreditation")
        verbose_name_plural = _("rules of accreditation")
        constraints = (models.CheckConstraint(condition=Q(pk=1), name="accreditation_one_rules"),)


class CallQuerySet(models.QuerySet["Call"]):
    """The vocabulary of calls."""

    def published(self) -> CallQuerySet:
        """Calls that everybody sees."""
        return self.filter(published_at__isnull=False)

    def open_on(self, day: date) -> CallQuerySet:
        """Calls to which proposals are submitted on the day."""
        return self.published().filter(opens_on__lte=day, closes_on__gte=day)


class Call(Revised):
    """An invitation to propose: its days, its form, the documents it asks for, its phases.

    The form is a questionnaire whose sections mirror the institute's form. Questions with the
    codes of `accreditation.meanings` are what a programme of the catalogue is made from.
    """

    class Kind(models.TextChoices):
        PROGRAMME = "programme", _("programme of professional development")
        MEETING = "meeting", _("professional meeting")
        PRACTICE = "practice", _("example of good practice")
        WORKSHOP = "workshop", _("workshop for teachers or pupils")

    OF_THE_INSTITUTE = (Kind.PROGRAMME, Kind.MEETING)
    """Kinds that the national institute decides about."""

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    title = MendedCharField(_("title"), max_length=200)
    about = MendedTextField(_("about the call"), blank=True)
    cycle = models.ForeignKey(
        Cycle,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="calls",
        verbose_name=_("catalogue cycle"),
    )
    form = models.ForeignKey(
        Questionnaire,
        models.PROTECT,
        related_name="calls",
        verbose_name=_("form that authors fill in"),
        help_text=_(
            "A questionnaire. One for each kind of call comes with the portal; to ask for "
            "something else, copy it or write a new one."
        ),
    )
    opens_on = models.DateField(_("from"))
    closes_on = models.DateField(_("until"), help_text=_("The last day, until midnight."))
    with_schedule = models.BooleanField(
        _("with a schedule of hours"),
        default=True,
        help_text=_("Its sum must be the duration of the programme."),
    )
    all_sign = models.BooleanField(
        _("all authors sign off"), default=True, help_text=_("Before it can be submitted.")
    )
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call for proposals")
        verbose_name_plural = _("calls for proposals")
        ordering = ("-opens_on", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(closes_on__gte=F("opens_on")),
                name="accreditation_call_ends_after_it_begins",
                violation_error_message=_("The last day is before the first."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    def is_open_on(self, day: date) -> bool:
        """Whether proposals are submitted on the day."""
        return self.published_at is not None and self.opens_on <= day <= self.closes_on


class AskedDocument(Revised):
    """A document that authors attach to a proposal."""

    call = models.ForeignKey(
        Call, models.CASCADE, related_name="asked_documents", verbose_name=_("call")
    )
    order = models.PositiveSmallIntegerField(_("number"), default=0)
    title = MendedCharField(_("title"), max_length=200)
    help = MendedTextField(_("help"), blank=True)
    required = models.BooleanField(_("must be attached"), default=False)
    names_nobody = models.BooleanField(
        _("names no author"),
        default=False,
        help_text=_("Such a document is also shown to reviewers who must not know the authors."),
    )

    class Meta:
        verbose_name = _("document asked for")
        verbose_name_plural = _("documents asked for")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.title


class Phase(Revised):
    """A step of the review of a call, with a panel of its own."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="phases", verbose_name=_("call"))
    order = models.PositiveSmallIntegerField(_("number"), default=0)
    panel = models.OneToOneField(
        Panel, models.PROTECT, related_name="phase", verbose_name=_("panel of assessors")
    )

    class Meta:
        verbose_name = _("phase of review")
        verbose_name_plural = _("phases of review")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return str(self.panel)
