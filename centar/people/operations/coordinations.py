"""Who coordinates which school: asked for, confirmed or refused, ended."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people import permissions, signals
from centar.people.models import Coordination, CoordinationRequest, Person, User
from centar.schools.models import School

State = CoordinationRequest.State


@transaction.atomic
def ask_to_coordinate(*, person: Person, school: School, sentence: str, by: User) -> None:
    """Ask to apply for the people of one's own school.

    Refuses somebody who coordinates it already, one who has asked and waits for the answer, and
    a school that is not the person's own.
    """
    # Two clicks at once meet here, and the second one is told.
    person = Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    demand(permissions.may_ask_to_coordinate(person, school, by))
    request = CoordinationRequest.objects.create(
        person=person, school=school, sentence=sentence.strip()
    )
    trail.record("people.ask_to_coordinate", request, by=by, school=school.pk)


@transaction.atomic
def accept_request(*, request_id: int, by: User) -> CoordinationRequest:
    """Confirm the coordinator who asked; by the staff or a coordinator of the same school."""
    request = _undecided(request_id, by)
    demand(permissions.may_become_coordinator(request.person, request.school))
    coordination = Coordination.objects.create(
        person=request.person, school=request.school, confirmed_by=by
    )
    _decide(request, State.CONFIRMED, by)
    trail.record("people.confirm_coordination", coordination, by=by, school=request.school_id)
    return request


@transaction.atomic
def refuse_request(*, request_id: int, by: User, reason: str) -> CoordinationRequest:
    """Refuse with a reason, which the person reads."""
    request = _undecided(request_id, by)
    if not reason.strip():
        raise Refusal(_("Write the reason; the person will read it."), field="reason")
    request.reason = reason.strip()
    _decide(request, State.REFUSED, by)
    return request


@transaction.atomic
def confirm_coordination(*, person: Person, school: School, by: User) -> Coordination:
    """Let a person apply for the people of a school, from now on. Staff only."""
    demand(permissions.may_change_coordinations(by))
    # Two confirmations at once meet here, and the second one is told.
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)
    demand(permissions.may_become_coordinator(person, school))
    coordination = Coordination.objects.create(person=person, school=school, confirmed_by=by)
    asked = CoordinationRequest.objects.filter(person=person, school=school, state=State.WAITING)
    for request in asked:
        _decide(request, State.CONFIRMED, by)
    trail.record("people.confirm_coordination", coordination, by=by, school=school.pk)
    return coordination


@transaction.atomic
def end_coordination(*, coordination_id: int, by: User) -> Coordination:
    """From now on the person no longer applies for the school; the past stays.

    By the staff, or by the coordinator who gives it up.
    """
    coordination = (
        Coordination.objects.select_for_update(no_key=True, of=("self",))
        .select_related("person")
        .get(pk=coordination_id)
    )
    demand(permissions.may_end_coordination(coordination, by))
    if coordination.ended_at is not None:
        raise Refusal(_("This has ended already."))
    coordination.ended_at = timezone.now()
    coordination.save(update_fields=["ended_at"])
    trail.record("people.end_coordination", coordination, by=by)
    return coordination


def _undecided(request_id: int, by: User) -> CoordinationRequest:
    person_id = CoordinationRequest.objects.values_list("person_id", flat=True).get(pk=request_id)
    # The person first, as in asking: two answers at once meet here.
    Person.objects.select_for_update(no_key=True).get(pk=person_id)
    request = CoordinationRequest.objects.select_related("person__user", "school").get(
        pk=request_id
    )
    demand(permissions.may_answer_request(request, by))
    if request.state != State.WAITING:
        raise Refusal(_("This request has been answered already."))
    return request


def _decide(request: CoordinationRequest, state: str, by: User) -> None:
    request.state = state
    request.decided_at = timezone.now()
    request.decided_by = by
    request.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    trail.record(f"people.request_{state}", request, by=by, reason=request.reason)
    signals.coordination_answered.send(sender=CoordinationRequest, request=request)
