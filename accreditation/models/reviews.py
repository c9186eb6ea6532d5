from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation.models.calls import Phase
from accreditation.models.proposals import Attachment, Proposal
from accreditation.models.versions import Version
from centar.assessment.models import Item
from centar.audit.models import Revised
from centar.files.models import PrivateFile
from centar.people.models import Person
from centar.script.fields import MendedCharField, MendedTextField


class Review(Revised):
    """That a version is assessed in a phase. A revised version gets a new one, which follows."""

    phase = models.ForeignKey(
        Phase, models.PROTECT, related_name="reviews", verbose_name=_("phase")
    )
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="reviews", verbose_name=_("version")
    )
    item = models.OneToOneField(
        Item, models.PROTECT, related_name="review", verbose_name=_("assessed thing")
    )
    began_at = models.DateTimeField(_("began at"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ("began_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("phase", "version"), name="accreditation_one_review_in_a_phase"
            ),
        )

    def __str__(self) -> str:
        return f"{self.item} ({self.phase})"


class Masking(Revised):
    """What staff put in the place of words that give the authors away, for blind reviewers.

    Names, addresses and schools of the authors are masked without any row here.
    """

    version = models.ForeignKey(
        Version, models.CASCADE, related_name="maskings", verbose_name=_("version")
    )
    words = MendedCharField(_("words"), max_length=200)
    instead = MendedCharField(_("instead"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("masked words")
        verbose_name_plural = _("masked words")
        constraints = (
            models.UniqueConstraint(
                fields=("version", "words"), name="accreditation_one_masking_of_words"
            ),
        )

    def __str__(self) -> str:
        return self.words


class BlindCopy(models.Model):
    """A copy of an attachment without its authors' names, which staff made and looked at."""

    attachment = models.OneToOneField(
        Attachment, models.CASCADE, related_name="blind_copy", verbose_name=_("attachment")
    )
    file = models.OneToOneField(
        PrivateFile, models.PROTECT, related_name="of_blind_copy", verbose_name=_("file")
    )

    class Meta:
        verbose_name = _("copy for blind reviewers")
        verbose_name_plural = _("copies for blind reviewers")

    def __str__(self) -> str:
        return str(self.file)


class RevisionRequest(Revised):
    """That the authors are asked to change what they submitted, point by point."""

    version = models.OneToOneField(
        Version, models.PROTECT, related_name="revision_request", verbose_name=_("version")
    )
    note = MendedTextField(_("note"), blank=True)
    due_on = models.DateField(_("until"), help_text=_("The last day, until midnight."))
    asked_at = models.DateTimeField(_("asked at"), default=timezone.now, editable=False)
    answered_by = models.OneToOneField(
        Version,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="answers_request",
        verbose_name=_("answered by the version"),
    )

    class Meta:
        verbose_name = _("request for changes")
        verbose_name_plural = _("requests for changes")

    def __str__(self) -> str:
        return str(self.version)


class RevisionPoint(Revised):
    """One thing that is asked for, and what the authors answer to it."""

    request = models.ForeignKey(
        RevisionRequest, models.CASCADE, related_name="points", verbose_name=_("request")
    )
    order = models.PositiveSmallIntegerField(_("number"), default=0)
    text = MendedTextField(_("what is asked for"))
    answer = MendedTextField(_("answer of the authors"), blank=True)

    class Meta:
        verbose_name = _("point of a request")
        verbose_name_plural = _("points of a request")
        ordering = ("order", "pk")

    def __str__(self) -> str:
        return self.text


class Decision(models.Model):
    """What the Centre decided about a version, for ever (a trigger refuses changes)."""

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("not accepted")

    proposal = models.OneToOneField(
        Proposal, models.PROTECT, related_name="decision", verbose_name=_("proposal")
    )
    version = models.OneToOneField(
        Version, models.PROTECT, related_name="decision", verbose_name=_("version")
    )
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome)
    reasons = MendedTextField(_("reasons"), help_text=_("The authors read them in the letter."))
    decided_at = models.DateTimeField(_("decided at"), default=timezone.now)
    decided_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("decided by")
    )

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        constraints = (
            models.CheckConstraint(
                condition=~Q(reasons=""), name="accreditation_decision_has_reasons"
            ),
        )

    def __str__(self) -> str:
        return f"{self.version}: {self.get_outcome_display()}"
