from __future__ import annotations

import secrets
from typing import Any

from django.contrib.postgres.indexes import GinIndex
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accreditation.models.calls import AskedDocument, Call
from centar.audit.models import Revised
from centar.files.models import PrivateFile
from centar.people.models import Person
from centar.questionnaires.models import Section
from centar.schools.models import School
from centar.script import columns
from centar.script.fields import MendedCharField, MendedTextField
from trainings.models import Area


def new_code() -> str:
    """A code for a proposal that says nothing about who made it or when: „K7MD2Q“."""
    return "".join(secrets.choice("ABCDEFGHJKLMNPQRSTUVWXYZ23456789") for _place in range(6))


class Written(Revised):
    """What several authors type into; the last saving is told to those who are asked again.

    `saved_from` is the page it was typed into, which is never told of its own saving.
    """

    saved_at = models.DateTimeField(_("saved at"), default=timezone.now, editable=False)
    saved_by = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("saved by"),
    )
    saved_from = models.CharField(max_length=32, blank=True, editable=False)

    class Meta:
        abstract = True


class ProposalQuerySet(models.QuerySet["Proposal"]):
    """The vocabulary of proposals."""

    def of_author(self, user: Any) -> ProposalQuerySet:
        """Those that the user is a live author of; the one door of the authors' pages."""
        if not getattr(user, "is_authenticated", False):
            return self.none()
        # One join for all conditions: accepted by this person and not left since.
        return self.filter(
            authors__person__user=user,
            authors__accepted_at__isnull=False,
            authors__removed_at=None,
        )


class Proposal(Written):
    """What authors propose to a call. What was submitted is frozen in its versions.

    The facts here are those of the draft; the state changes only by `states.TRANSITIONS`.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        REVISION = "revision", _("changes asked for")
        ACCEPTED = "accepted", _("accepted by the Centre")
        DECLINED = "declined", _("not accepted by the Centre")
        WITHDRAWN = "withdrawn", pgettext_lazy("of a proposal", "withdrawn")
        FILED = "filed", _("filed with the institute")
        RETURNED = "returned", _("returned for completion")
        ACCREDITED = "accredited", _("accredited")
        REFUSED = "refused", _("refused by the institute")

    call = models.ForeignKey(Call, models.PROTECT, related_name="proposals", verbose_name=_("call"))
    code = models.CharField(_("code"), max_length=6, unique=True, default=new_code, editable=False)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT, editable=False
    )
    title = MendedCharField(_("title"), max_length=250)
    area = models.ForeignKey(
        Area,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="proposals",
        verbose_name=_("area"),
    )
    hours = models.PositiveSmallIntegerField(
        _("duration in hours"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    wished_on = models.DateField(
        _("wished day"), null=True, blank=True, help_text=_("Of a professional meeting.")
    )
    created_at = models.DateTimeField(_("begun at"), default=timezone.now, editable=False)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, editable=False)
    withdrawn_at = models.DateTimeField(_("withdrawn at"), null=True, editable=False)
    folded = columns.folded("title")
    sort_azbuka = columns.azbuka("title")

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposal")
        verbose_name_plural = _("proposals")
        ordering = ("-created_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(state__in=("draft", "withdrawn")) | Q(submitted_at__isnull=False),
                name="accreditation_only_a_draft_is_not_submitted",
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False)
                | (~Q(state="withdrawn") & Q(withdrawn_at=None)),
                name="accreditation_withdrawn_has_its_moment",
            ),
        )
        indexes = (
            models.Index(fields=("call", "state"), name="accreditation_by_call"),
            GinIndex(
                fields=["folded"], opclasses=["gin_trgm_ops"], name="accreditation_title_folded"
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of its authors."""
        return reverse("accreditation:proposal", args=[self.pk])


class Author(Written):
    """Somebody who makes a proposal, or is invited to; the first one leads.

    Of the link in the letter only a digest is kept. `signed_content` is the fingerprint of the
    draft that the author signed off: any later change asks for it again.
    """

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="authors", verbose_name=_("proposal")
    )
    order = models.PositiveSmallIntegerField(_("number"), default=0)
    leads = models.BooleanField(_("leads"), default=False)
    name = MendedCharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail"))
    person = models.ForeignKey(
        Person,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="authorships",
        verbose_name=_("person"),
    )
    school = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("school"),
        help_text=_("Where the author worked when this was written."),
    )
    biography = MendedTextField(_("biography"), blank=True)
    digest = models.CharField(max_length=64, blank=True, editable=False)
    invited_at = models.DateTimeField(_("invited at"), default=timezone.now, editable=False)
    accepted_at = models.DateTimeField(_("accepted at"), null=True, editable=False)
    removed_at = models.DateTimeField(_("left or declined at"), null=True, editable=False)
    signed_at = models.DateTimeField(_("signed off at"), null=True, editable=False)
    signed_content = models.CharField(max_length=64, blank=True, editable=False)
    folded = columns.folded("name")

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ("order", "pk")
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                "proposal",
                condition=Q(removed_at=None),
                name="accreditation_one_author_of_an_address",
                violation_error_message=_("This address is among the authors already."),
            ),
            models.UniqueConstraint(
                fields=("proposal", "person"),
                condition=Q(removed_at=None),
                name="accreditation_one_author_of_a_person",
            ),
            models.UniqueConstraint(
                fields=("proposal",),
                condition=Q(leads=True, removed_at=None),
                name="accreditation_one_author_leads",
            ),
            models.UniqueConstraint(
                fields=("digest",), condition=~Q(digest=""), name="accreditation_one_link"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at=None) | Q(person__isnull=False),
                name="accreditation_who_accepted_has_an_account",
            ),
            models.CheckConstraint(
                condition=Q(signed_at=None, signed_content="")
                | (Q(signed_at__isnull=False) & ~Q(signed_content="")),
                name="accreditation_signed_is_signed_for_something",
            ),
        )

    def __str__(self) -> str:
        return self.name


class SectionDraft(Written):
    """What is written so far into a section of the form; `revision` tells two who save at once."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="drafts", verbose_name=_("proposal")
    )
    section = models.ForeignKey(
        Section, models.PROTECT, related_name="proposal_drafts", verbose_name=_("section")
    )
    values = models.JSONField(_("values"), default=dict)

    class Meta:
        verbose_name = _("draft of a section")
        verbose_name_plural = _("drafts of sections")
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "section"), name="accreditation_one_draft_of_a_section"
            ),
        )

    def __str__(self) -> str:
        return f"{self.proposal}: {self.section}"


class Schedule(Written):
    """The hours of a programme in their order.

    `rows` are objects with `topic`, `way` (how one works), `hours` (a number as text, so that
    halves stay exact) and `leader`, as they were typed; a draft keeps wrong ones too.
    """

    proposal = models.OneToOneField(
        Proposal, models.CASCADE, related_name="schedule", verbose_name=_("proposal")
    )
    rows = models.JSONField(_("rows"), default=list)

    class Meta:
        verbose_name = _("schedule of hours")
        verbose_name_plural = _("schedules of hours")

    def __str__(self) -> str:
        return str(self.proposal)


class Attachment(Revised):
    """A file of a proposal. One that a version holds is never thrown away, only taken out."""

    proposal = models.ForeignKey(
        Proposal, models.CASCADE, related_name="attachments", verbose_name=_("proposal")
    )
    document = models.ForeignKey(
        AskedDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="attachments",
        verbose_name=_("document asked for"),
        help_text=_("Empty for anything else."),
    )
    file = models.OneToOneField(
        PrivateFile, models.PROTECT, related_name="of_proposal", verbose_name=_("file")
    )
    added_at = models.DateTimeField(_("added at"), default=timezone.now, editable=False)
    added_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("added by")
    )
    removed_at = models.DateTimeField(_("taken out at"), null=True, editable=False)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ("added_at", "pk")

    def __str__(self) -> str:
        return str(self.file)
