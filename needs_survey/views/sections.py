"""The page of one section, the same for coordinators and for colleagues with a link."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from centar import access
from centar.questionnaires import views as questionnaires
from centar.questionnaires.drafts import Seen
from needs_survey.models import Invitation, SectionDraft
from needs_survey.operations import answers as operations
from needs_survey.permissions import answers as permissions
from needs_survey.permissions.answers import Writer


@dataclass(frozen=True)
class Desk(questionnaires.Desk):
    """A section of a school's answer before its writer."""

    invitation: Invitation
    writer: Writer

    @property
    def title(self) -> str:
        """The survey."""
        return str(self.invitation.round)

    @property
    def subtitle(self) -> str:
        """The school."""
        return str(self.invitation.school)

    @property
    def verdict(self) -> access.Verdict:
        """Whether it can be written now."""
        today = timezone.localdate()
        return permissions.may_fill(self.invitation, self.section.pk, self.writer, today)

    def keep(
        self, values: dict[str, list[str]], seen: Seen, *, is_whole: bool, by_button: bool
    ) -> SectionDraft:
        """Save; only the button says that a section is filled in for the first time."""
        before = self.draft
        was_done = isinstance(before, SectionDraft) and before.is_done
        return operations.keep_section(
            invitation_id=self.invitation.pk,
            section_id=self.section.pk,
            values=values,
            is_done=is_whole and (was_done or by_button),
            seen=seen,
            writer=self.writer,
        )
