"""Reads for the staff's list of proposals and the page of one, fast for thousands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from accreditation.models import Author, Call, Proposal
from accreditation.queries import deadlines
from centar import sql
from centar.script import folding, search
from centar.script.expressions import Fold

# Words of a search; each costs a look through the authors.
MOST_WORDS = 8

ENTRIES = """
    SELECT proposal.id, proposal.code, proposal.title, proposal.state, call.kind, call.title,
           area.name, proposal.submitted_at,
           ARRAY(SELECT author.name FROM accreditation_author AS author
                  WHERE author.proposal_id = proposal.id
                    AND author.accepted_at IS NOT NULL AND author.removed_at IS NULL
                  ORDER BY author."order", author.id)
      FROM unnest(%(keys)s::bigint[]) WITH ORDINALITY AS wanted (id, place)
      JOIN accreditation_proposal AS proposal USING (id)
      JOIN accreditation_call AS call ON call.id = proposal.call_id
      LEFT JOIN trainings_area AS area ON area.id = proposal.area_id
     ORDER BY wanted.place
"""

CHOICES = """
    SELECT 'call' AS list, id::text, title, '' AS place, opens_on FROM accreditation_call
     WHERE published_at IS NOT NULL
     UNION ALL
    SELECT 'area', id::text, name, sort_azbuka, NULL FROM trainings_area
     WHERE id IN (SELECT area_id FROM accreditation_proposal)
     ORDER BY list, place, opens_on DESC
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A proposal in the list."""

    pk: int
    code: str
    title: str
    state: str
    kind: str
    call: str
    area: str | None
    submitted_at: datetime
    authors: tuple[str, ...]

    @property
    def state_label(self) -> str | Promise:
        """The state in words."""
        return Proposal.State(self.state).label

    @property
    def kind_label(self) -> str | Promise:
        """The kind in words."""
        return Call.Kind(self.kind).label


def submitted() -> QuerySet[Proposal]:
    """What was submitted at least once; drafts are their authors' own."""
    return Proposal.objects.filter(submitted_at__isnull=False)


def find(filters: dict[str, Any], today: date) -> list[int]:
    """The keys of submitted proposals that match every filter, the last submitted first."""
    rows = submitted().order_by("-submitted_at", "-pk")
    same = {"call": "call", "area": "area", "state": "state", "kind": "call__kind"}
    rows = rows.filter(
        **{field: filters[name] for name, field in same.items() if filters.get(name)}
    )
    for word in folding.fold(filters.get("q", "")).split()[:MOST_WORDS]:
        named = Author.objects.annotate(folded=Fold("name")).filter(folded__contains=word)
        rows = rows.filter(
            Q(folded__contains=word) | Q(code__iexact=word) | Q(pk__in=named.values("proposal"))
        )
    if not filters.get("work"):
        return search.keys_of(rows)
    wanted = WORK[filters["work"]](today)
    among = set(search.keys_of(rows.filter(pk__in=wanted)))
    return [key for key in wanted if key in among]


def entries(keys: Sequence[int]) -> list[Entry]:
    """The proposals with these keys, in the order of the keys."""
    return [Entry(*(*row[:-1], tuple(row[-1]))) for row in sql.rows(ENTRIES, keys=keys)]


def choices() -> dict[str, list[tuple[str, str]]]:
    """The calls, the newest first, and the areas that proposals have."""
    offered: dict[str, list[tuple[str, str]]] = {"call": [], "area": []}
    for name, key, label, *_order in sql.rows(CHOICES):
        offered[name].append((key, label))
    return offered


def _due(found: list[deadlines.Due]) -> list[int]:
    return [due.proposal.pk for due in found]


WORK: dict[str, Callable[[date], list[int]]] = {
    "meetings": lambda today: _due(deadlines.meetings_to_file(today)),
    "unfiled": lambda today: search.keys_of(deadlines.decisions_without_filing()),
    "complete": lambda today: _due(deadlines.to_complete()),
    "appeals": lambda today: _due(deadlines.appeals(today)),
    "ending": lambda today: _due(deadlines.ending(today)),
    "unmade": lambda today: search.keys_of(deadlines.unmade()),
    "unpublished": lambda today: search.keys_of(deadlines.unpublished()),
}
"""What waits, by its name in the address; the most urgent first."""
