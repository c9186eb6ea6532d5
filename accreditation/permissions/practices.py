"""Who publishes examples of good practice and gives papers about them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from accreditation.models import Call, Practice, Proposal
from centar.access import YES, Verdict, no
from centar.people import permissions as people

CHANGE = "accreditation.change_practice"
GIVE_PAPERS = "accreditation.add_practicepaper"
REVOKE_PAPERS = "accreditation.change_practicepaper"


def may_publish(by: object) -> Verdict:
    """Whether this user prepares, publishes and takes down examples."""
    return people.works_on(by, CHANGE)


def may_give_papers(by: object) -> Verdict:
    """Whether this user gives papers to authors."""
    return people.works_on(by, GIVE_PAPERS)


def may_revoke_papers(by: object) -> Verdict:
    """Whether this user revokes them."""
    return people.works_on(by, REVOKE_PAPERS)


def may_become_page(proposal: Proposal) -> Verdict:
    """Whether a page can be prepared: of an accepted example, once."""
    if proposal.call.kind != Call.Kind.PRACTICE:
        return no(_("Only examples of good practice become such pages."))
    if proposal.state != Proposal.State.ACCEPTED:
        return no(_("Only what the Centre has accepted is published."))
    if Practice.objects.filter(proposal=proposal).exists():
        return no(_("Its page is prepared already."))
    return YES


def may_be_published(practice: Practice) -> Verdict:
    """Whether the page can be shown to everybody now."""
    if practice.is_public:
        return no(_("It is public already."))
    return YES


def may_be_taken_down(practice: Practice) -> Verdict:
    """Whether there is anything to hide."""
    if practice.is_public:
        return YES
    return no(_("It is not public."))
