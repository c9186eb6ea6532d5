"""What authors write into the sections of the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.locks import lock_proposal
from accreditation.models import SectionDraft
from accreditation.permissions import proposals as permissions
from centar.access import Refusal, demand
from centar.people.models import User
from centar.people.queries import person_of
from centar.questionnaires import drafts
from centar.questionnaires.drafts import Seen
from centar.questionnaires.models import Section


@transaction.atomic
def keep(
    *,
    proposal_id: int,
    section_id: int,
    values: Mapping[str, Sequence[str]],
    seen: Seen,
    by: User,
) -> SectionDraft:
    """Keep what was typed into a section, right or wrong.

    Saving the same once more changes nothing. Refuses out of time, a section of another form, and
    by ChangedMeanwhile what another author has saved since.
    """
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_write(proposal, by, timezone.localdate()))
    if not Section.objects.filter(pk=section_id, questionnaire=proposal.call.form_id).exists():
        raise Refusal(_("This section is no longer in the form."))
    drafts.check_length(values)
    draft = proposal.drafts.filter(section=section_id).first()
    draft = draft or SectionDraft(proposal=proposal, section_id=section_id)
    drafts.write(draft, {"values": dict(values)}, seen=seen, saved_by=person_of(by))
    return draft
