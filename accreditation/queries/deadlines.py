"""What the staff owe the institute and the authors, each with its last day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from accreditation.filing_days import FilingDays
from accreditation.models import Call, Proposal, Rules

State = Proposal.State


@dataclass(frozen=True)
class Due:
    """A proposal with the last day on which something must be done about it, where there is one."""

    proposal: Proposal
    until: date | None


def meetings_to_file(today: date) -> list[Due]:
    """Accepted meetings that are not filed yet, the soonest last day first.

    The last day is so many days before the wished one as the rules say.
    """
    rows = _in_state(State.ACCEPTED).filter(call__kind=Call.Kind.MEETING)
    days = Rules.current().meeting_days
    found = [
        Due(row, FilingDays(row.wished_on, days, today).last if row.wished_on else None)
        for row in rows
    ]
    return sorted(found, key=lambda due: (due.until is None, due.until or today, due.proposal.pk))


def decisions_without_filing() -> QuerySet[Proposal]:
    """Accepted programmes that nobody has filed yet, the oldest decision first."""
    rows = _in_state(State.ACCEPTED).filter(call__kind=Call.Kind.PROGRAMME)
    return rows.select_related("decision").order_by("decision__decided_at", "pk")


def to_complete() -> list[Due]:
    """Proposals that the institute returned, the soonest last day first."""
    rows = _in_state(State.RETURNED).order_by("filing__complete_by", "pk")
    return [Due(row, row.filing.complete_by) for row in rows]


def appeals(today: date) -> list[Due]:
    """Refused proposals that can still be appealed, then those whose appeal waits for an answer."""
    rows = _in_state(State.REFUSED)
    possible = rows.filter(filing__appealed_on=None, filing__appeal_until__gte=today)
    waiting = rows.filter(filing__appealed_on__isnull=False)
    return [
        *(Due(row, row.filing.appeal_until) for row in possible.order_by("filing__appeal_until")),
        *(Due(row, None) for row in waiting.order_by("filing__appealed_on", "pk")),
    ]


def ending(today: date) -> list[Due]:
    """Accreditations that end soon, or have ended, and nobody has said what follows."""
    until = today + timedelta(days=Rules.current().expiry_days)
    rows = _in_state(State.ACCREDITED).filter(
        filing__valid_until__lte=until, filing__renewal_settled_at=None
    )
    return [Due(row, row.filing.valid_until) for row in rows.order_by("filing__valid_until", "pk")]


def unmade() -> QuerySet[Proposal]:
    """Accredited proposals that are not in the catalogue yet, the oldest decision first."""
    rows = _in_state(State.ACCREDITED).filter(made=None)
    return rows.order_by("filing__decided_on", "pk")


def unpublished() -> QuerySet[Proposal]:
    """Accepted examples of good practice whose page was never published."""
    rows = _in_state(State.ACCEPTED).filter(call__kind=Call.Kind.PRACTICE)
    return rows.filter(practice__published_at=None).order_by("submitted_at", "pk")


def _in_state(state: str) -> QuerySet[Proposal]:
    return Proposal.objects.filter(state=state).select_related("call", "filing")
