"""What the worker does about drafts once a day."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from accreditation.letters import proposals as letters
from accreditation.models import Proposal, Rules
from accreditation.queries.authors import with_authors


def remind_of_drafts() -> int:
    """Write to the authors of drafts whose call ends soon, once; gives how many."""
    today = timezone.localdate()
    soon = today + timedelta(days=Rules.current().draft_days)
    rows = Proposal.objects.filter(
        state=Proposal.State.DRAFT,
        call__published_at__isnull=False,
        call__opens_on__lte=today,
        call__closes_on__range=(today, soon),
    )
    drafts = list(with_authors(rows.select_related("call")))
    for proposal in drafts:
        letters.queue_drafts(proposal, vars(proposal)["listed_authors"])
    return len(drafts)
