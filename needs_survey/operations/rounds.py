"""Preparing a round, opening it, moving its last day, and copying last year's."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from centar.questionnaires import operations as questionnaires
from needs_survey.letters import rounds as letters
from needs_survey.models import Invitation, Reminder, Round
from needs_survey.operations import locks
from needs_survey.permissions import rounds as permissions
from needs_survey.queries import rounds as queries

# What whoever was invited, or has begun to answer, must be able to rely on.
SETTLED = ("kind", "questionnaire")
STAYS = gettext_lazy("Somebody is invited already: who answers, and what, stays.")


@transaction.atomic
def keep(*, round: Round, changed: Sequence[str], by: User) -> Round:
    """Save a round as the staff wrote it; `changed` names the fields.

    Refuses to change who answers, and what, once somebody is invited.
    """
    demand(permissions.may_change_rounds(by))
    if round.pk is not None:
        locks.lock_round(round.pk)
        if set(changed) & set(SETTLED) and queries.somebody_is_invited(round):
            raise Refusal(STAYS, field="kind")
    is_new = round.pk is None
    round.save()
    action = "needs_survey.prepare" if is_new else "needs_survey.revise"
    trail.record(action, round, by=by, changed=", ".join(changed))
    return round


@transaction.atomic
def open_round(*, round_id: int, by: User) -> Round:
    """Let the round be answered from its first day on, and write to those who are asked."""
    demand(permissions.may_change_rounds(by))
    round = locks.lock_round(round_id)
    demand(permissions.may_open(round, timezone.localdate()))
    round.opened_at = timezone.now()
    round.save(update_fields=["opened_at"])
    letters.queue_invitations(queries.coordinators_of(round.invitations.all()), round.opens_on)
    trail.record("needs_survey.open", round, by=by)
    return round


@transaction.atomic
def move_last_day(*, round_id: int, closes_on: date, by: User) -> Round:
    """Give the round another last day, an earlier or a later one; it may have been closed.

    Days of reminding that are still to come move along.
    """
    demand(permissions.may_change_rounds(by))
    round = locks.lock_round(round_id)
    if closes_on < round.opens_on:
        raise Refusal(_("The last day is before the first."), field="closes_on")
    if closes_on < timezone.localdate():
        raise Refusal(_("This day is over. To end the round now, close it."), field="closes_on")
    _move_reminders(round, closes_on - round.closes_on)
    return _end_on(round, closes_on, by, "needs_survey.move_last_day")


@transaction.atomic
def close(*, round_id: int, by: User) -> Round:
    """End the round now: yesterday becomes its last day, and nobody is reminded any more.

    Refuses on its first day.
    """
    demand(permissions.may_change_rounds(by))
    round = locks.lock_round(round_id)
    today = timezone.localdate()
    if not round.is_open_on(today):
        raise Refusal(_("The round is not open."))
    if round.opens_on == today:
        raise Refusal(_("The round began today; it can end today at midnight at the earliest."))
    round.reminders.filter(sent_at=None).delete()
    return _end_on(round, today - timedelta(days=1), by, "needs_survey.close")


@transaction.atomic
def copy_round(
    *,
    round_id: int,
    title: str,
    opens_on: date,
    closes_on: date,
    with_schools: bool = False,
    by: User,
) -> Round:
    """A round in preparation with a copy of the questionnaire, to be compared with this one.

    Questions keep their codes; days of reminding stay as far from the last day as they were.
    `with_schools` invites the same schools, which get their letters when the copy is opened.
    """
    demand(permissions.may_change_rounds(by))
    if closes_on < opens_on:
        raise Refusal(_("The last day is before the first."), field="closes_on")
    old = Round.objects.get(pk=round_id)
    questionnaire = questionnaires.copy_questionnaire(questionnaire_id=old.questionnaire_id, by=by)
    questionnaire.title = title
    questionnaire.save(update_fields=["title"])
    new = Round.objects.create(
        title=title,
        kind=old.kind,
        questionnaire=questionnaire,
        opens_on=opens_on,
        closes_on=closes_on,
        may_be_changed=old.may_be_changed,
        message=old.message,
        most_reminders=old.most_reminders,
        compared_with=old,
    )
    Reminder.objects.bulk_create(
        Reminder(round=new, on=one.on + (closes_on - old.closes_on)) for one in old.reminders.all()
    )
    schools = old.invitations.values_list("school", flat=True) if with_schools else ()
    invited = Invitation.objects.bulk_create(
        Invitation(round=new, school_id=school) for school in schools
    )
    trail.record("needs_survey.copy", new, by=by, copied_from=old.pk, schools=len(invited))
    return new


def _end_on(round: Round, closes_on: date, by: User, action: str) -> Round:
    old = round.closes_on
    round.closes_on = closes_on
    round.save(update_fields=["closes_on"])
    trail.record(action, round, by=by, old=old.isoformat(), new=closes_on.isoformat())
    return round


def _move_reminders(round: Round, moved: timedelta) -> None:
    """Days that are still to come stay as far from the last day as they were."""
    today = timezone.localdate()
    coming = round.reminders.filter(sent_at=None, on__gt=today)
    # Moved one by one, a day could meet another that is still to move.
    days = [day + moved for day in coming.values_list("on", flat=True)]
    coming.delete()
    taken = set(round.reminders.values_list("on", flat=True))
    Reminder.objects.bulk_create(
        Reminder(round=round, on=day) for day in days if day > today and day not in taken
    )
