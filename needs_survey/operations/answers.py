"""A school fills in its answer section by section, signs it and sends it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from centar.people.queries import person_of
from centar.questionnaires import drafts
from centar.questionnaires import operations as questionnaires
from centar.questionnaires.drafts import Seen
from needs_survey.letters import rounds as letters
from needs_survey.models import Invitation, RoundResponse, SchoolAnswer, SectionDraft
from needs_survey.operations import locks
from needs_survey.overview import Overview
from needs_survey.permissions import answers as permissions
from needs_survey.permissions.answers import Writer
from needs_survey.queries import rounds as queries


@transaction.atomic
def keep_section(
    *,
    invitation_id: int,
    section_id: int,
    values: Mapping[str, Sequence[str]],
    is_done: bool,
    seen: Seen,
    writer: Writer,
) -> SectionDraft:
    """Keep what was typed into a section, right or wrong; `is_done` when it is filled in.

    Saving the same once more changes nothing. The draft itself says who saved it last and when;
    only the sending is an entry of the audit. Refuses out of time, a writer who may not, and by
    ChangedMeanwhile what somebody else has saved since.
    """
    invitation = locks.lock_invitation(invitation_id)
    demand(permissions.may_fill(invitation, section_id, writer, timezone.localdate()))
    drafts.check_length(values)
    answer = _answer_of(invitation)
    draft = answer.drafts.filter(section=section_id).first()
    draft = draft or SectionDraft(answer=answer, section_id=section_id)
    typed = {"values": dict(values), "is_done": is_done}
    drafts.write(draft, typed, seen=seen, saved_by=writer.name)
    return draft


@transaction.atomic
def send(
    *,
    invitation_id: int,
    signed_as: str,
    confirmed: Collection[str],
    seen: int,
    by: User,
) -> bool:
    """Send the answer of the school, signed; it takes the place of the one sent before.

    `seen` is the revision of the answer that the sender has looked at: what was sent since, by
    an earlier try or somebody else, is not sent again, and False is given. Refuses out of time,
    when something is missing, and warnings that nobody confirmed.
    """
    invitation = locks.lock_invitation(invitation_id)
    answer = _answer_of(invitation)
    if answer.sent_at is not None and answer.revision != seen:
        return False
    demand(permissions.may_send(invitation, by, timezone.localdate()))
    overview = Overview.of(invitation, confirmed)
    if not overview.is_whole:
        raise Refusal(_("Something is still missing. It is listed above."))
    if overview.form.unconfirmed():
        raise Refusal(_("Please look at the numbers that do not add up, and confirm them."))
    _replace_response(invitation, overview)
    answer.sent_at = timezone.now()
    answer.sent_by = person_of(by)
    answer.signed_as = signed_as
    answer.confirmed = overview.form.confirmed()
    answer.save()
    letters.queue_thanks(queries.coordinators_of([invitation]), answer.sent_at)
    trail.record("needs_survey.send", answer, by=by, signed_as=signed_as)
    return True


def _replace_response(invitation: Invitation, overview: Overview) -> None:
    """Keep the answers as a response of the school, and forget those it sent before."""
    before = RoundResponse.objects.filter(round=invitation.round, school=invitation.school)
    for row in before.select_related("response"):
        response = row.response
        row.delete()
        response.delete()
    response = questionnaires.keep_response(
        questionnaire_id=overview.questionnaire.pk, answers=overview.form.answers()
    )
    school = invitation.school
    RoundResponse.objects.create(
        response=response,
        round=invitation.round,
        school=school,
        municipality_id=school.municipality_id,
        school_kind=school.kind,
    )


def _answer_of(invitation: Invitation) -> SchoolAnswer:
    """The school's answer, made when it begins."""
    answer, _made = SchoolAnswer.objects.get_or_create(invitation=invitation)
    return answer
