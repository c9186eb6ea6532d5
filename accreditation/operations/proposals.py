"""Beginning a proposal, and its facts: title, area, duration, wished day."""

from __future__ import annotations

from datetime import date
from typing import TypedDict

from django.db import transaction
from django.utils import timezone

from accreditation.locks import lock_proposal
from accreditation.models import Author, Call, Proposal
from accreditation.permissions import calls as call_permissions
from accreditation.permissions import proposals as permissions
from centar.access import demand
from centar.audit import trail
from centar.people.models import Person, User
from centar.people.queries import person_of
from centar.questionnaires import drafts
from centar.questionnaires.drafts import Seen
from centar.questionnaires.models import Questionnaire
from trainings.models import Area


class Facts(TypedDict):
    """What the first page of a proposal asks for."""

    title: str
    area: Area | None
    hours: int | None
    wished_on: date | None


@transaction.atomic
def begin(*, call_id: int, title: str, by: User) -> Proposal:
    """A draft with nothing but a title, led by `by`. Refuses outside the days of the call.

    From now on the questions of the form stay: nobody changes them while it is begun.
    """
    call = Call.objects.select_for_update(no_key=True).get(pk=call_id)
    Questionnaire.objects.select_for_update(no_key=True).get(pk=call.form_id)
    demand(call_permissions.may_begin(call, by, timezone.localdate()))
    proposal = Proposal.objects.create(call=call, title=title)
    person = _person(by)
    Author.objects.create(
        proposal=proposal,
        leads=True,
        name=str(person),
        email=person.email,
        person=person,
        school=person.school,
        accepted_at=timezone.now(),
    )
    trail.record("accreditation.begin", proposal, by=by)
    return proposal


@transaction.atomic
def keep_facts(*, proposal_id: int, facts: Facts, seen: Seen, by: User) -> Proposal:
    """Keep the facts of the proposal. Refuses out of time, and by ChangedMeanwhile what another
    author has saved since the page was opened.
    """
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_write(proposal, by, timezone.localdate()))
    drafts.write(proposal, facts, seen=seen, saved_by=_person(by))
    return proposal


def _person(by: User) -> Person:
    person = person_of(by)
    assert person is not None  # every author has one
    return person
