from __future__ import annotations

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accreditation.models.proposals import Attachment, Proposal
from centar.people.models import Person


class Version(models.Model):
    """A proposal as it was submitted: whole, and never changed or deleted (a trigger refuses).

    `content` is read without any other row; `versions.content` documents its shape and makes it.
    """

    proposal = models.ForeignKey(
        Proposal, models.PROTECT, related_name="versions", verbose_name=_("proposal")
    )
    number = models.PositiveSmallIntegerField(_("number"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("SHA-256"), max_length=64, help_text=_("Of the content."))
    made_at = models.DateTimeField(_("submitted at"), default=timezone.now)
    made_by = models.ForeignKey(
        Person, models.SET_NULL, null=True, related_name="+", verbose_name=_("submitted by")
    )
    attachments = models.ManyToManyField(
        Attachment, related_name="versions", verbose_name=_("attachments")
    )

    class Meta:
        verbose_name = _("submitted version")
        verbose_name_plural = _("submitted versions")
        ordering = ("proposal", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("proposal", "number"), name="accreditation_one_version_of_a_number"
            ),
        )

    def __str__(self) -> str:
        return f"{self.proposal} ({self.number})"
