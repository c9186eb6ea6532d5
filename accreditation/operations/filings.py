"""What the institute says about proposals, noted by the staff step by step.

Every step asks the table of states, keeps its facts in the filing, and writes to all authors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import states
from accreditation.letters import filings as letters
from accreditation.models import Call, Filing, Proposal, Version
from accreditation.permissions import filings as permissions
from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from trainings.operations import programmes

# Days of the filing that cannot be before another one, with the sentence for the later.
ORDER: tuple[tuple[str, str, Promise], ...] = (
    ("filed_on", "returned_on", gettext_lazy("It was filed later than this.")),
    ("returned_on", "complete_by", gettext_lazy("It was returned later than this.")),
    ("returned_on", "completed_on", gettext_lazy("It was returned later than this.")),
    ("filed_on", "decided_on", gettext_lazy("It was filed later than this.")),
    ("decided_on", "appeal_until", gettext_lazy("It was decided later than this.")),
    ("valid_from", "valid_until", gettext_lazy("The last day is before the first.")),
)
HAPPENED = ("filed_on", "returned_on", "completed_on", "decided_on", "appealed_on")
CORRECTED = (
    *HAPPENED,
    "filing_number", "complete_by", "what_is_missing", "decision_number", "catalogue_number",
    "points", "valid_from", "valid_until", "appeal_until", "refused_because",
)  # fmt: skip


@dataclass(frozen=True)
class Accreditation:
    """The institute's decision that a programme or a meeting is accredited."""

    decided_on: date
    decision_number: str
    catalogue_number: str
    points: Decimal
    valid_from: date
    valid_until: date


def lock_proposal(proposal_id: int) -> Proposal:
    """The proposal, fresh, and nobody else changes its state until the transaction ends."""
    rows = Proposal.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("call__cycle", "area", "filing").get(pk=proposal_id)


@transaction.atomic
def file(*, proposal_id: int, filed_on: date, filing_number: str, by: User) -> Filing:
    """Note that what the Centre accepted was filed, on which day and under which number.

    What is filed is the version that was decided about. Refuses a day that is still to come.
    """
    proposal = _begin(proposal_id, "file", by)
    _demand_past({"filed_on": filed_on})
    filing = Filing(
        proposal=proposal,
        version=_decided(proposal),
        filed_on=filed_on,
        filing_number=filing_number,
    )
    return _end(proposal, filing, "file", by, filed_on=str(filed_on), number=filing_number)


@transaction.atomic
def give_back(
    *, proposal_id: int, returned_on: date, complete_by: date, what_is_missing: str, by: User
) -> Filing:
    """Note that the institute returned it: what is missing, and until when it is to come.

    Refuses days in the wrong order.
    """
    proposal = _begin(proposal_id, "return", by)
    filing = _noted(
        proposal,
        returned_on=returned_on,
        complete_by=complete_by,
        what_is_missing=what_is_missing,
        completed_on=None,
    )
    return _end(proposal, filing, "return", by, complete_by=str(complete_by))


@transaction.atomic
def complete(*, proposal_id: int, completed_on: date, by: User) -> Filing:
    """Note that what was missing is with the institute now."""
    proposal = _begin(proposal_id, "complete", by)
    filing = _noted(proposal, completed_on=completed_on)
    return _end(proposal, filing, "complete", by, completed_on=str(completed_on))


@transaction.atomic
def accredit(*, proposal_id: int, decision: Accreditation, by: User) -> Filing:
    """Note that it is accredited, at once or after an appeal.

    Refuses days in the wrong order, and a catalogue number that the cycle has already.
    """
    proposal = _begin(proposal_id, "accredit", by)
    # After an appeal that was won no day to appeal is left, nor is it after this decision.
    filing = _noted(proposal, appeal_until=None, **vars(decision))
    _demand_numbers(proposal, filing)
    return _end(
        proposal,
        filing,
        "accredit",
        by,
        number=decision.catalogue_number,
        decision=decision.decision_number,
        after_appeal=filing.appealed_on is not None,
    )


@transaction.atomic
def refuse(
    *,
    proposal_id: int,
    decided_on: date,
    decision_number: str,
    refused_because: str,
    appeal_until: date,
    by: User,
) -> Filing:
    """Note that the institute refused it, why, and the last day to appeal."""
    proposal = _begin(proposal_id, "refuse", by)
    filing = _noted(
        proposal,
        decided_on=decided_on,
        decision_number=decision_number,
        refused_because=refused_because,
        appeal_until=appeal_until,
    )
    facts = {"decision": decision_number, "appeal_until": str(appeal_until)}
    return _end(proposal, filing, "refuse", by, **facts)


@transaction.atomic
def appeal(*, proposal_id: int, appealed_on: date, by: User) -> Filing:
    """Note that an appeal was handed in; the proposal stays refused until it is won.

    Refuses a day before the decision or after the last one to appeal.
    """
    demand(permissions.may_follow(by))
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_be_appealed(proposal))
    filing = _noted(proposal, appealed_on=appealed_on)
    if filing.decided_on is not None and appealed_on < filing.decided_on:
        raise Refusal(_("It was decided later than this."), field="appealed_on")
    if filing.appeal_until is not None and appealed_on > filing.appeal_until:
        raise Refusal(_("The last day to appeal was before this."), field="appealed_on")
    filing.save()
    trail.record("accreditation.appeal", filing, by=by, appealed_on=str(appealed_on))
    return filing


@transaction.atomic
def correct(*, proposal_id: int, changed: Mapping[str, Any], reason: str, by: User) -> Filing:
    """Put right what was noted wrongly, such as a number; the state stays.

    `changed` holds the new values by the names of the fields. Refuses without a reason, what
    would be in the wrong order, and a number that the cycle has already.
    """
    demand(permissions.may_follow(by))
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_be_corrected(proposal))
    if not reason.strip():
        raise Refusal(_("Write the reason; it stays in the audit."), field="reason")
    known = {name: value for name, value in changed.items() if name in CORRECTED}
    before = {name: str(getattr(proposal.filing, name)) for name in known}
    filing = _noted(proposal, **known)
    _demand_numbers(proposal, filing)
    filing.save()
    trail.record("accreditation.correct_filing", filing, by=by, reason=reason, **before)
    return filing


def _begin(proposal_id: int, action: str, by: User) -> Proposal:
    demand(permissions.may_follow(by))
    proposal = lock_proposal(proposal_id)
    demand(permissions.may_happen(proposal, action))
    return proposal


def _noted(proposal: Proposal, **facts: Any) -> Filing:
    """The filing with these facts, not saved yet; refuses days that cannot be."""
    filing = proposal.filing
    for name, value in facts.items():
        setattr(filing, name, value)
    _demand_past({name: facts.get(name) for name in HAPPENED})
    for first, then, sentence in ORDER:
        one, other = getattr(filing, first), getattr(filing, then)
        if one is not None and other is not None and other < one and {first, then} & facts.keys():
            raise Refusal(sentence, field=then if then in facts else first)
    return filing


def _end(proposal: Proposal, filing: Filing, action: str, by: User, **detail: Any) -> Filing:
    filing.save()
    proposal.state = states.transition(action).after
    proposal.save(update_fields=["state"])
    trail.record(f"accreditation.{action}", proposal, by=by, **detail)
    letters.queue(action, filing)
    return filing


def _decided(proposal: Proposal) -> Version:
    """What the Centre decided about."""
    return Version.objects.get(decision__proposal=proposal)


def _demand_past(days: Mapping[str, date | None]) -> None:
    today = timezone.localdate()
    for name, day in days.items():
        if day is not None and day > today:
            raise Refusal(_("This day is still to come."), field=name)


def _demand_numbers(proposal: Proposal, filing: Filing) -> None:
    """Refuse a catalogue number that another proposal or a programme of the cycle has."""
    cycle, number = proposal.call.cycle, filing.catalogue_number
    if cycle is None or not number or proposal.call.kind != Call.Kind.PROGRAMME:
        return
    # Two who enter the same number at once come one after the other.
    programmes.lock_cycle(cycle.pk)
    others = Filing.objects.filter(proposal__call__cycle=cycle, catalogue_number=number)
    made = getattr(proposal, "made", None)
    is_taken = programmes.number_is_taken(cycle.pk, number, but=made and made.programme_id)
    if is_taken or others.exclude(pk=filing.pk).exists():
        raise Refusal(
            _("The cycle already has a programme with this number."), field="catalogue_number"
        )
