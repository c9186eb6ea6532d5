"""Reads for the staff's list of proposals and the page of one, fast for thousands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise

from accreditation.models import Call, Proposal
from accreditation.queries import deadlines
from centar import sql
from centar.script import folding, search

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

FOUND = """
    SELECT coalesce(
               array_agg(proposal.id ORDER BY proposal.submitted_at DESC, proposal.id DESC), '{}')
      FROM accreditation_proposal AS proposal
      JOIN accreditation_call AS call ON call.id = proposal.call_id
     WHERE proposal.submitted_at IS NOT NULL
       AND (%(call)s IS NULL OR proposal.call_id = %(call)s::bigint)
       AND (%(area)s IS NULL OR proposal.area_id = %(area)s::bigint)
       AND (%(state)s IS NULL OR proposal.state = %(state)s)
       AND (%(kind)s IS NULL OR call.kind = %(kind)s)
       AND (%(among)s::bigint[] IS NULL OR proposal.id = ANY(%(among)s))
       AND NOT EXISTS (
           SELECT FROM unnest(%(words)s::text[]) AS word
            WHERE position(word IN proposal.folded) = 0
              AND lower(proposal.code) <> word
              AND NOT EXISTS (
                  SELECT FROM accreditation_author AS author
                   WHERE author.proposal_id = proposal.id
                     AND author.accepted_at IS NOT NULL AND author.removed_at IS NULL
                     AND position(word IN author.folded) > 0))
"""

STAMP = """
    SELECT proposal.id, proposal.title, proposal.revision, call.revision, filing.revision,
           decision.id, programme.id, programme.revision, practice.revision,
           (SELECT max(id) FROM accreditation_version WHERE proposal_id = proposal.id)
      FROM accreditation_proposal AS proposal
      JOIN accreditation_call AS call ON call.id = proposal.call_id
      LEFT JOIN accreditation_filing AS filing ON filing.proposal_id = proposal.id
      LEFT JOIN accreditation_decision AS decision ON decision.proposal_id = proposal.id
      LEFT JOIN accreditation_madeprogramme AS made ON made.proposal_id = proposal.id
      LEFT JOIN trainings_programme AS programme ON programme.id = made.programme_id
      LEFT JOIN accreditation_practice AS practice ON practice.proposal_id = proposal.id
     WHERE proposal.id = %(key)s AND proposal.submitted_at IS NOT NULL
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


@dataclass(frozen=True, slots=True)
class Stamp:
    """How often everything has changed that the page of a proposal shows."""

    pk: int
    title: str
    proposal: int
    call: int
    filing: int | None
    decision: int | None
    programme: int | None
    programme_revision: int | None
    practice: int | None
    last_version: int | None


def stamp_of(key: int) -> Stamp | None:
    """The stamp of a submitted proposal; None for a draft and for what is not there."""
    rows = sql.rows(STAMP, key=key)
    return Stamp(*rows[0]) if rows else None


def submitted() -> QuerySet[Proposal]:
    """What was submitted at least once; drafts are their authors' own."""
    return Proposal.objects.filter(submitted_at__isnull=False)


def find(filters: dict[str, Any], today: date) -> list[int]:
    """The keys of submitted proposals that match every filter, the last submitted first; of those
    that wait for something, the most urgent first.
    """
    work = filters.get("work")
    wanted = WORK[work](today) if work else None
    values = {name: filters.get(name) for name in ("call", "kind", "state", "area")}
    words = folding.fold(filters.get("q", "")).split()[:MOST_WORDS]
    ((keys,),) = sql.rows(FOUND, **values, words=words, among=wanted)
    found: list[int] = keys
    if wanted is None:
        return found
    matching = set(found)
    return [key for key in wanted if key in matching]


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
