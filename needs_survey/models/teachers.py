"""Anonymous answers: who was asked, and what was answered, in tables that nothing joins.

An invitation knows whether it was used and nothing of the answer. A draft stands under the digest
of a key that only the respondent holds, and is sealed with it. A sent answer is a ballot in an
urn, sealed with the portal's secret, until the worker empties the urn: it shuffles the ballots
into responses, leaves out of each whatever too few share (`needs_survey.anonymous.crowds`), and
writes all invitations of the round anew, so that not even the database's own row numbers and
transaction numbers lead from one to the other.

What cannot be promised: whoever holds the database and the portal's secret and looks into the
urn before it is emptied can open the ballots, as whoever runs a portal always could.
"""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from django.db import models
from django.db.models import Q
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from centar.schools.models import School
from needs_survey.models.rounds import Round


class TeacherInvitation(models.Model):
    """That a teacher is asked. The link is computed from the key and the portal's secret, so it
    is written nowhere; without an e-mail it is handed out on paper.

    `door` is what the secret makes of the link, by which it is found. `claim` stands only while
    an answer is being sent (`operations.teachers.send`).
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Made by chance, it belongs to no link.
    door = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="teacher_invitations", verbose_name=_("round")
    )
    school = models.ForeignKey(
        School,
        models.PROTECT,
        null=True,
        related_name="teacher_invitations",
        verbose_name=_("school"),
    )
    email = models.EmailField(_("e-mail"), blank=True)
    is_used = models.BooleanField(_("answered"), default=False)
    claim = models.CharField(max_length=64, blank=True, editable=False)
    reminders = models.PositiveSmallIntegerField(_("reminders sent"), default=0)
    reminded_on = models.DateField(_("reminded on"), null=True)

    class Meta:
        verbose_name = _("invitation of a teacher")
        verbose_name_plural = _("invitations of teachers")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "email"),
                condition=~Q(email=""),
                name="needs_survey_one_invitation_of_a_teacher",
            ),
        )

    def __str__(self) -> str:
        return self.email or str(self.pk)[:8]

    def is_claimed_by(self, claims: Sequence[str]) -> bool:
        """Whether an answer with one of these claims is being sent."""
        return any(self.claim and constant_time_compare(self.claim, one) for one in claims)


class TeacherDraft(models.Model):
    """An answer begun and not sent, under the digest of the respondent's own key."""

    digest = models.CharField(max_length=64, primary_key=True, editable=False)
    round = models.ForeignKey(
        Round, models.CASCADE, related_name="teacher_drafts", verbose_name=_("round")
    )
    sealed = models.BinaryField(_("sealed values"))
    on = models.DateField(_("saved on"), auto_now=True)

    class Meta:
        verbose_name = _("draft of a teacher")
        verbose_name_plural = _("drafts of teachers")

    def __str__(self) -> str:
        return self.digest[:8]


class Ballot(models.Model):
    """A sent answer that waits in the urn, with nothing to read but of which round it is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="ballots", verbose_name=_("round")
    )
    sealed = models.BinaryField(_("sealed answers"))

    class Meta:
        verbose_name = _("ballot")
        verbose_name_plural = _("ballots")

    def __str__(self) -> str:
        return str(self.pk)[:8]
