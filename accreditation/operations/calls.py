"""Preparing a call, publishing it, moving its last day, and copying the last one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.models import AskedDocument, Call, Phase
from accreditation.permissions import calls as permissions
from accreditation.queries import calls as queries
from centar.access import Refusal, demand
from centar.assessment.operations import panels
from centar.audit import trail
from centar.people.models import User
from centar.questionnaires import operations as questionnaires

# What whoever has begun a proposal must be able to rely on.
SETTLED = ("kind", "form", "cycle", "with_schedule", "all_sign")
STAYS = gettext_lazy("Somebody has begun a proposal already: what is asked for stays.")


@transaction.atomic
def keep(*, call: Call, changed: Sequence[str], by: User) -> Call:
    """Save a call as the staff wrote it; `changed` names the fields.

    Refuses to change what is asked for once somebody has begun a proposal.
    """
    demand(permissions.may_change_calls(by))
    if call.pk is not None:
        _lock(call.pk)
        if set(changed) & set(SETTLED) and queries.has_proposals(call):
            raise Refusal(STAYS, field="form")
    is_new = call.pk is None
    call.save()
    action = "accreditation.prepare_call" if is_new else "accreditation.revise_call"
    trail.record(action, call, by=by, changed=", ".join(changed))
    return call


@transaction.atomic
def publish(*, call_id: int, by: User) -> Call:
    """Let everybody see the call, and propose from its first day on."""
    demand(permissions.may_change_calls(by))
    call = _lock(call_id)
    demand(permissions.may_publish(call, timezone.localdate()))
    call.published_at = timezone.now()
    call.save(update_fields=["published_at"])
    trail.record("accreditation.publish_call", call, by=by)
    return call


@transaction.atomic
def move_last_day(*, call_id: int, closes_on: date, by: User) -> Call:
    """Give the call another last day, an earlier or a later one; it may have ended."""
    demand(permissions.may_change_calls(by))
    call = _lock(call_id)
    if closes_on < call.opens_on:
        raise Refusal(_("The last day is before the first."), field="closes_on")
    if closes_on < timezone.localdate():
        raise Refusal(_("This day is over."), field="closes_on")
    before, call.closes_on = call.closes_on, closes_on
    call.save(update_fields=["closes_on"])
    trail.record("accreditation.move_last_day", call, by=by, before=f"{before:%Y-%m-%d}")
    return call


@transaction.atomic
def copy(*, call_id: int, title: str, opens_on: date, closes_on: date, by: User) -> Call:
    """A call in preparation with copies of the form, of the documents asked for and of the phases.

    Questions keep their codes, by which programmes are made of proposals. A phase has the same
    criteria and nobody in it yet; its last day is as long after the call's as it was.
    """
    demand(permissions.may_change_calls(by))
    if closes_on < opens_on:
        raise Refusal(_("The last day is before the first."), field="closes_on")
    old = Call.objects.get(pk=call_id)
    form = questionnaires.copy_questionnaire(questionnaire_id=old.form_id, by=by)
    call = Call.objects.create(
        kind=old.kind,
        title=title,
        about=old.about,
        cycle=old.cycle,
        form=form,
        opens_on=opens_on,
        closes_on=closes_on,
        with_schedule=old.with_schedule,
        all_sign=old.all_sign,
    )
    AskedDocument.objects.bulk_create(
        AskedDocument(
            call=call,
            order=one.order,
            title=one.title,
            help=one.help,
            required=one.required,
            names_nobody=one.names_nobody,
        )
        for one in old.asked_documents.all()
    )
    for phase in old.phases.select_related("panel"):
        due_on = phase.panel.due_on + (closes_on - old.closes_on)
        panel = panels.copy(panel_id=phase.panel_id, due_on=due_on, by=by)
        Phase.objects.create(call=call, order=phase.order, panel=panel)
    trail.record("accreditation.copy_call", call, by=by, copied=old.pk)
    return call


def _lock(call_id: int) -> Call:
    return Call.objects.select_for_update(no_key=True).get(pk=call_id)
