"""Inviting schools to a round, taking an invitation back, and reminding."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from needs_survey.letters import rounds as letters
from needs_survey.models import Invitation, Reminder, Round
from needs_survey.operations import locks
from needs_survey.permissions import rounds as permissions
from needs_survey.queries import rounds as queries


@transaction.atomic
def invite_schools(
    *,
    round_id: int,
    municipalities: Collection[int] = (),
    kinds: Collection[str] = (),
    with_outlying_units: bool = False,
    by: User,
) -> int:
    """Invite the schools of these municipalities and kinds that are not invited yet, all where
    none is named; gives how many.

    In an open round their coordinators get the letter at once.
    """
    demand(permissions.may_change_rounds(by))
    # Whoever changes the kind of the round or opens it waits here, and sees the invitations.
    round = locks.lock_round(round_id)
    demand(permissions.may_invite_schools(round, timezone.localdate()))
    schools = queries.schools_to_invite(
        round,
        municipalities=municipalities,
        kinds=kinds,
        with_outlying_units=with_outlying_units,
    )
    invited = Invitation.objects.bulk_create(
        Invitation(round=round, school=school) for school in schools
    )
    if not invited:
        raise Refusal(_("All these schools are invited already."))
    if round.opened_at is not None:
        letters.queue_invitations(queries.coordinators_of(invited), round.opens_on)
    trail.record("needs_survey.invite", round, by=by, schools=len(invited))
    return len(invited)


@transaction.atomic
def take_back(*, invitation_id: int, by: User) -> None:
    """Invite a school no longer. Refuses once it has begun its answer."""
    demand(permissions.may_change_rounds(by))
    invitation = Invitation.objects.select_for_update().get(pk=invitation_id)
    if hasattr(invitation, "answer"):
        raise Refusal(_("The school has begun its answer already."))
    school = invitation.school_id
    round = invitation.round
    invitation.delete()
    trail.record("needs_survey.take_back", round, by=by, school=school)


@transaction.atomic
def remind(*, reminder_id: int) -> int:
    """Use a day of reminding: write to the coordinators of the schools that have sent nothing.

    A day is used once, a school is written to once a day and as often as the round allows at the
    most. Gives how many schools are reminded.
    """
    reminder = (
        Reminder.objects.select_for_update(of=("self",)).select_related("round").get(pk=reminder_id)
    )
    if reminder.sent_at is not None:
        return 0
    reminder.sent_at = timezone.now()
    reminder.save(update_fields=["sent_at"])
    return _remind(reminder.round, queries.unanswered(reminder.round), by=None)


@transaction.atomic
def remind_now(*, round_id: int, chosen: Collection[int], by: User) -> int:
    """Write to the coordinators of those of the `chosen` invitations whose schools have sent
    nothing, under the same limits as on a day of reminding; gives how many schools are reminded.
    """
    demand(permissions.may_change_rounds(by))
    round = Round.objects.get(pk=round_id)
    demand(permissions.may_remind(round, timezone.localdate()))
    reminded = _remind(round, queries.unanswered(round).filter(pk__in=chosen), by=by)
    if not reminded:
        raise Refusal(_("No school is chosen that can be reminded now."))
    return reminded


def _remind(round: Round, silent: QuerySet[Invitation], *, by: User | None) -> int:
    """Remind those of the silent schools that may be; two reminders at once come one after the
    other, and the second finds the first.
    """
    today = timezone.localdate()
    locked = _locked(silent)
    reminded = [one for one in locked if permissions.may_be_reminded(one, round, today)]
    Invitation.objects.filter(pk__in=[one.pk for one in reminded]).update(
        reminders=F("reminders") + 1, reminded_on=today
    )
    letters.queue_reminders(queries.coordinators_of(reminded), today, at_once=by is not None)
    trail.record("needs_survey.remind", round, by=by, schools=len(reminded))
    return len(reminded)


def _locked(silent: QuerySet[Invitation]) -> QuerySet[Invitation]:
    return silent.select_for_update(no_key=True, of=("self",))


@transaction.atomic
def write_to_newly_confirmed() -> None:
    """Invite coordinators who were confirmed after their round had opened; each gets one letter,
    however often this is done.
    """
    now = timezone.now()
    found = queries.coordinators_of(queries.newly_confirmed(now))
    letters.queue_invitations(found, timezone.localdate(now))
