"""What the Centre decides about a proposal."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation import states
from accreditation.letters import decisions as letters
from accreditation.locks import lock_proposal
from accreditation.models import Decision, Version
from accreditation.operations.closing import close_reviews
from accreditation.permissions import reviews as permissions
from accreditation.queries import proposals as queries
from centar.access import Refusal, demand
from centar.audit import trail
from centar.people.models import User
from centar.people.queries import person_of

ACTIONS = {Decision.Outcome.ACCEPTED: "accept", Decision.Outcome.DECLINED: "decline"}
"""The action of the table of states that each outcome is."""


@transaction.atomic
def decide(*, version_id: int, outcome: str, reasons: str, by: User) -> Decision:
    """Accept this version or not, with reasons, for ever; the authors get a letter.

    Refuses when somebody has decided or asked for changes meanwhile, when the authors have
    submitted a newer version, and a decision without reasons.
    """
    version = Version.objects.get(pk=version_id)
    proposal = lock_proposal(version.proposal_id)
    row = states.transition(ACTIONS[Decision.Outcome(outcome)])
    demand(permissions.may_decide(proposal, by))
    demand(permissions.may_happen(proposal, row.action, timezone.localdate()))
    if queries.last_version(proposal) != version:
        raise Refusal(_("The authors have submitted a newer version since."))
    if not reasons.strip():
        raise Refusal(_("Write the reasons; the authors read them."), field="reasons")
    decision = Decision.objects.create(
        proposal=proposal,
        version=version,
        outcome=outcome,
        reasons=reasons.strip(),
        decided_by=person_of(by),
    )
    close_reviews(version, by=by)
    proposal.state = row.after
    proposal.save(update_fields=["state"])
    letters.queue_decision(decision)
    trail.record(f"accreditation.{row.action}", proposal, by=by, version=version.number)
    return decision
