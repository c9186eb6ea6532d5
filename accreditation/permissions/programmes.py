"""Which proposals become programmes, and who makes them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accreditation.models import Call, MadeProgramme, Proposal
from accreditation.permissions import filings
from centar.access import YES, Verdict, no
from centar.events import permissions as events
from centar.people.models import User
from trainings.permissions import catalogue


def may_make(by: User) -> Verdict:
    """Whether this user makes programmes of proposals: follows them, and adds to the catalogue."""
    verdict = filings.may_follow(by)
    return catalogue.may_add(by) if verdict else verdict


def may_plan(by: User) -> Verdict:
    """Whether this user plans seminars of what was made."""
    verdict = filings.may_follow(by)
    return events.may_change_event(by) if verdict else verdict


def may_become_programme(proposal: Proposal) -> Verdict:
    """Whether the proposal is accredited, or a workshop that the Centre accepted, and unmade."""
    if MadeProgramme.objects.filter(proposal=proposal).exists():
        return no(_("It is in the catalogue already."))
    is_workshop = proposal.call.kind == Call.Kind.WORKSHOP
    if is_workshop and proposal.state == Proposal.State.ACCEPTED:
        return YES
    if proposal.state == Proposal.State.ACCREDITED:
        return YES
    return no(_("Only what is accredited, or a workshop that was accepted, can be entered."))


def may_be_planned(proposal: Proposal) -> Verdict:
    """Whether there is a programme of the proposal that a seminar could be planned from."""
    if MadeProgramme.objects.filter(proposal=proposal).exists():
        return YES
    return no(_("Enter it into the catalogue first."))
