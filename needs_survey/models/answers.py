from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from centar.audit.models import Revised
from centar.people.models import Person
from centar.questionnaires.models import Section
from centar.script.fields import MendedCharField
from needs_survey.models.rounds import Invitation


class SchoolAnswer(Revised):
    """A school's answer while it is being written, and whether it is sent.

    The drafts of its sections stay when it is sent, so that it can be changed until the last day.
    What was sent last is the response of the school (`RoundResponse`).
    """

    invitation = models.OneToOneField(
        Invitation, models.PROTECT, related_name="answer", verbose_name=_("invitation")
    )
    sent_at = models.DateTimeField(_("sent at"), null=True, editable=False)
    sent_by = models.ForeignKey(
        Person,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="survey_answers",
        verbose_name=_("sent by"),
    )
    signed_as = MendedCharField(
        _("signed as"),
        max_length=200,
        blank=True,
        editable=False,
        help_text=_("Name and post of whoever signed it."),
    )
    confirmed = models.JSONField(
        _("confirmed doubts"),
        default=list,
        editable=False,
        help_text=_("Numbers that do not add up and are right all the same."),
    )

    class Meta:
        verbose_name = _("answer of a school")
        verbose_name_plural = _("answers of schools")
        constraints = (
            models.CheckConstraint(
                condition=Q(sent_at=None) | ~Q(signed_as=""),
                name="needs_survey_a_sent_answer_is_signed",
            ),
        )

    def __str__(self) -> str:
        return str(self.invitation)


class SectionDraft(Revised):
    """What a school has filled in of one section, as it was typed; `revision` tells two who save
    at once.
    """

    answer = models.ForeignKey(
        SchoolAnswer, models.CASCADE, related_name="drafts", verbose_name=_("answer")
    )
    section = models.ForeignKey(
        Section, models.PROTECT, related_name="drafts", verbose_name=_("section")
    )
    values = models.JSONField(_("values"), default=dict)
    is_done = models.BooleanField(_("filled in"), default=False)
    saved_at = models.DateTimeField(_("saved at"), auto_now=True)
    saved_by = MendedCharField(_("saved by"), max_length=200)
    saved_from = models.CharField(
        _("saved from"),
        max_length=32,
        blank=True,
        editable=False,
        help_text=_("The page it was typed into, which is never told of its own saving."),
    )

    class Meta:
        verbose_name = _("draft of a section")
        verbose_name_plural = _("drafts of sections")
        constraints = (
            models.UniqueConstraint(
                fields=("answer", "section"), name="needs_survey_one_draft_of_a_section"
            ),
        )

    def __str__(self) -> str:
        return f"{self.answer}: {self.section}"


class Contributor(models.Model):
    """A colleague who fills in some sections, by a private link in a letter.

    Only the link's digest is kept: whoever reads the database cannot open it.
    """

    answer = models.ForeignKey(
        SchoolAnswer, models.CASCADE, related_name="contributors", verbose_name=_("answer")
    )
    name = MendedCharField(_("name"), max_length=160)
    email = models.EmailField(_("e-mail"))
    sections = models.ManyToManyField(
        Section, related_name="contributors", verbose_name=_("sections")
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_at = models.DateTimeField(_("invited at"), auto_now_add=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)

    class Meta:
        verbose_name = _("contributor")
        verbose_name_plural = _("contributors")
        constraints = (
            models.UniqueConstraint(
                fields=("answer", "email"),
                condition=Q(ended_at=None),
                name="needs_survey_one_link_of_a_contributor",
            ),
        )

    def __str__(self) -> str:
        return self.name
