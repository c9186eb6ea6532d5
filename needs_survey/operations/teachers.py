"""Asking teachers, and taking their answers without learning whose they are.

No operation of a respondent is written into the audit: its hour would be one more thing to join.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from centar.questionnaires.models import Answer
from centar.schools.models import School
from needs_survey.anonymous import codes, seals
from needs_survey.letters import teachers as letters
from needs_survey.models import Ballot, Reminder, Round, TeacherDraft, TeacherInvitation
from needs_survey.operations import locks
from needs_survey.permissions import rounds
from needs_survey.permissions import teachers as permissions
from needs_survey.queries import teachers as queries

MOST_SLIPS = 300
"""More than any staff room of the region holds."""
DRAFTS_KEPT = timedelta(days=1)
"""After the last day: a round that was closed by mistake can go on."""


class AlreadyAnswered(Refusal):
    """Raised when the invitation has been used for another answer."""


@transaction.atomic
def invite(
    *,
    round_id: int,
    municipalities: Collection[int] = (),
    kinds: Collection[str] = (),
    subjects: Collection[int] = (),
    by: User,
) -> int:
    """Invite the teachers of these municipalities, kinds of schools and subjects who have an
    address and are not invited yet, all where none is named; gives how many.

    They get a letter at once, on the first day of the round at the earliest.
    """
    round = _round_to_ask(round_id, by)
    found = queries.addresses_to_invite(
        round, municipalities=municipalities, kinds=kinds, subjects=subjects
    )
    invited = [_invitation(round, school, email) for email, school in found.items()]
    if not invited:
        raise Refusal(_("All these teachers are invited already, or have no e-mail."))
    TeacherInvitation.objects.bulk_create(invited)
    letters.queue_invitations(invited, round.opens_on)
    trail.record("needs_survey.invite_teachers", round, by=by, teachers=len(invited))
    return len(invited)


@transaction.atomic
def add_slips(*, round_id: int, school_id: int, number: int, by: User) -> None:
    """Make so many invitations on paper for a school. Refuses more than a school can need."""
    round = _round_to_ask(round_id, by)
    school = School.objects.get(pk=school_id)
    made = TeacherInvitation.objects.filter(round=round, school=school, email="").count()
    if made + number > MOST_SLIPS:
        sentence = _("A school gets at most %(most)d slips; this one has %(made)d.")
        raise Refusal(sentence % {"most": MOST_SLIPS, "made": made}, field="number")
    slips = [_invitation(round, school.pk, "") for _number in range(number)]
    TeacherInvitation.objects.bulk_create(slips)
    trail.record("needs_survey.add_slips", round, by=by, school=school.pk, slips=number)


def _round_to_ask(round_id: int, by: User) -> Round:
    demand(rounds.may_change_rounds(by))
    # Whoever changes the kind of the round waits here, and sees the invitations.
    round = locks.lock_round(round_id)
    demand(permissions.may_be_asked(round, timezone.localdate()))
    return round


def _invitation(round: Round, school_id: int, email: str) -> TeacherInvitation:
    key = uuid4()
    door = codes.new_door(key)
    return TeacherInvitation(id=key, door=door, round=round, school_id=school_id, email=email)


@transaction.atomic
def remind(*, reminder_id: int) -> int:
    """Use a day of reminding: write to those whose invitations are not used.

    A day is used once, a teacher is written to once a day and as often as the round allows at
    the most. Gives how many are reminded.
    """
    rows = Reminder.objects.select_for_update(of=("self",)).select_related("round")
    reminder = rows.get(pk=reminder_id)
    if reminder.sent_at is not None:
        return 0
    today = timezone.localdate()
    reminder.sent_at = timezone.now()
    reminder.save(update_fields=["sent_at"])
    if not permissions.may_answer(reminder.round, today):
        return 0
    _wait_for_the_urn(reminder.round_id)
    silent = list(queries.silent(reminder.round, today))
    TeacherInvitation.objects.filter(pk__in=[one.pk for one in silent]).update(
        reminders=F("reminders") + 1, reminded_on=today
    )
    letters.queue_reminders(silent, today)
    trail.record("needs_survey.remind_teachers", reminder.round, by=None, teachers=len(silent))
    return len(silent)


@transaction.atomic
def begin(*, round_id: int) -> str:
    """Open an empty draft; gives its key, which is kept nowhere."""
    demand(permissions.may_answer(Round.objects.get(pk=round_id), timezone.localdate()))
    key = codes.new_key()
    TeacherDraft.objects.create(
        digest=codes.draft_digests(key)[0], round_id=round_id, sealed=_sealed_draft({}, key)
    )
    return key


@transaction.atomic
def save(*, round_id: int, key: str, values: queries.Values, instead_of: Sequence[str]) -> None:
    """Keep what was typed, right or wrong, in the place of the fields of these names.

    A field `q7_12` belongs to `q7`. Refuses when the draft is gone: it was sent, or is over.
    """
    rows = TeacherDraft.objects.select_for_update()
    draft = rows.filter(digest__in=codes.draft_digests(key), round=round_id).first()
    if draft is None:
        raise Refusal(_("This draft is here no longer: it was sent, or the round is over."))
    demand(permissions.may_answer(Round.objects.get(pk=round_id), timezone.localdate()))
    kept: queries.Values = seals.unseal(draft.sealed, codes.draft_seals(key))
    kept = {name: one for name, one in kept.items() if name.partition("_")[0] not in instead_of}
    draft.sealed = _sealed_draft({**kept, **values}, key)
    draft.save(update_fields=["sealed", "on"])


def _sealed_draft(values: queries.Values, key: str) -> bytes:
    return seals.seal(values, codes.draft_seals(key)[0])


def send(
    *, invitation_id: UUID, key: str, subject_id: int | None, answers: Sequence[Answer]
) -> None:
    """Use the invitation and put the answer into the urn, in transactions of their own.

    First the invitation is used, claimed by a digest of the draft's key. Then the draft goes and
    the ballot comes, both or none: the draft is the right to one ballot. Then the claim is
    forgotten. Whatever breaks in between, whoever holds the key sends again and goes on from
    there; another draft finds the invitation used. So nothing is lost, and nobody answers twice.

    Refuses with AlreadyAnswered when the invitation was used for another answer.
    """
    invitation = _claim(invitation_id, codes.claims(key))
    sealed = sealed_ballot(invitation.round_id, invitation.school, subject_id, answers)
    _cast(invitation.round_id, key, sealed)
    _forget_claim(invitation)


def sealed_ballot(
    round_id: int, school: School | None, subject_id: int | None, answers: Sequence[Answer]
) -> bytes:
    """What a ballot of the round holds: the answers, and of the respondent what may be told."""
    content = {
        "municipality": school.municipality_id if school else None,
        "school_kind": school.kind if school else "",
        "subject": subject_id,
        "answers": [_as_json(answer) for answer in answers],
    }
    return seals.seal(content, codes.urn_seals(round_id)[0])


def _claim(invitation_id: UUID, claims: Sequence[str]) -> TeacherInvitation:
    """Use the invitation for the answer of these claims, the first of which it will hold."""
    with transaction.atomic(durable=True):
        invitation = _lock(invitation_id)
        if invitation.is_used:
            if not invitation.is_claimed_by(claims):
                raise AlreadyAnswered(_("This invitation has been used. Thank you!"))
        else:
            demand(permissions.may_answer(invitation.round, timezone.localdate()))
            invitation.is_used, invitation.claim = True, claims[0]
            invitation.save(update_fields=["is_used", "claim"])
        return invitation


def _lock(invitation_id: UUID) -> TeacherInvitation:
    """The invitation, locked so that two windows of one teacher come one after the other."""
    rows = TeacherInvitation.objects.filter(pk=invitation_id)
    _wait_for_the_urn(rows.values_list("round_id", flat=True).get())
    locked = rows.select_for_update(no_key=True, of=("self",))
    return locked.select_related("round", "school").get()


def _wait_for_the_urn(round_id: int) -> None:
    """Let nobody write the round's invitations anew meanwhile; teachers do not wait for one
    another.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM needs_survey_round WHERE id = %s FOR SHARE", [round_id])


def _cast(round_id: int, key: str, sealed: bytes) -> None:
    """Put the ballot in the place of the draft; where there is none, it has been done."""
    with transaction.atomic(durable=True):
        drafts = TeacherDraft.objects.filter(digest__in=codes.draft_digests(key), round=round_id)
        deleted, _by_model = drafts.delete()
        if deleted:
            Ballot.objects.create(round_id=round_id, sealed=sealed)


def _forget_claim(invitation: TeacherInvitation) -> None:
    with transaction.atomic(durable=True):
        _wait_for_the_urn(invitation.round_id)
        TeacherInvitation.objects.filter(pk=invitation.pk).update(claim="")


def _as_json(answer: Answer) -> dict[str, Any]:
    return {
        "question_id": answer.question_id,
        "option_id": answer.option_id,
        "item": answer.item,
        "number": None if answer.number is None else str(answer.number),
        "text": answer.text,
    }


@transaction.atomic
def drop_drafts(*, today: date) -> int:
    """Delete what was begun and not sent in rounds that are over; gives how many drafts."""
    over = TeacherDraft.objects.filter(round__closes_on__lt=today - DRAFTS_KEPT)
    deleted, _by_model = over.delete()
    return deleted
