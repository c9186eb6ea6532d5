"""Reads of examples of good practice: the public list with its facets, and their papers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.urls import reverse

from accreditation.models import Author, Practice, PracticePaper
from accreditation.queries import proposals
from centar import sql
from centar.events.beside import Link
from centar.events.models import Event
from centar.script import search

ENTRIES = """
    SELECT practice.id, practice.title, practice.authors, practice.summary, practice.level,
           practice.published_at, subject.name,
           ARRAY(SELECT school.name || ', ' || school.place
                   FROM accreditation_practice_schools AS made_in
                   JOIN schools_school AS school ON school.id = made_in.school_id
                  WHERE made_in.practice_id = practice.id
                  ORDER BY school.sort_azbuka)
      FROM unnest(%(keys)s::bigint[]) WITH ORDINALITY AS wanted (id, place)
      JOIN accreditation_practice AS practice USING (id)
      LEFT JOIN schools_subject AS subject ON subject.id = practice.subject_id
     ORDER BY wanted.place
"""

PAGE = """
    SELECT practice.id, practice.title, practice.authors, practice.summary, practice.text,
           practice.level, practice.published_at, subject.name, event.id, event.revision,
           ARRAY(SELECT school.name || ', ' || school.place
                   FROM accreditation_practice_schools AS made_in
                   JOIN schools_school AS school ON school.id = made_in.school_id
                  WHERE made_in.practice_id = practice.id
                  ORDER BY school.sort_azbuka),
           ARRAY(SELECT json_build_array(attachment.id, file.name, file.size)
                   FROM accreditation_practice_files AS shown
                   JOIN accreditation_attachment AS attachment
                     ON attachment.id = shown.attachment_id
                   JOIN files_privatefile AS file ON file.id = attachment.file_id
                  WHERE shown.practice_id = practice.id
                  ORDER BY attachment.id)
      FROM accreditation_practice AS practice
      LEFT JOIN schools_subject AS subject ON subject.id = practice.subject_id
      LEFT JOIN events_event AS event
             ON event.id = practice.presented_at_id AND event.state <> ALL(%(unnamed)s)
     WHERE practice.id = %(key)s AND practice.published_at IS NOT NULL
       AND practice.hidden_at IS NULL
"""

FACETS = """
      WITH shown AS (SELECT * FROM accreditation_practice
                      WHERE published_at IS NOT NULL AND hidden_at IS NULL)
    SELECT 'subject' AS list, subject.id::text AS key, subject.name, subject.sort_azbuka,
           (SELECT count(*) FROM shown WHERE subject_id = subject.id)
      FROM schools_subject AS subject WHERE id IN (SELECT subject_id FROM shown)
     UNION ALL
    SELECT 'level', level, '', '', count(*) FROM shown GROUP BY level
     UNION ALL
    SELECT 'municipality', municipality.id::text, municipality.name, municipality.sort_azbuka,
           count(DISTINCT shown.id)
      FROM shown
      JOIN accreditation_practice_schools AS made_in ON made_in.practice_id = shown.id
      JOIN schools_school AS school ON school.id = made_in.school_id
      JOIN schools_municipality AS municipality ON municipality.id = school.municipality_id
     GROUP BY municipality.id
     ORDER BY 1, 4
"""

UNNAMED = (Event.State.DRAFT, Event.State.CANCELLED)
"""Events in these states are not told of on the pages of what is presented at them."""

PRESENTED = """
    SELECT id, title, authors FROM accreditation_practice
     WHERE presented_at_id = %(event)s AND published_at IS NOT NULL AND hidden_at IS NULL
     ORDER BY folded, id
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """An example in the list."""

    pk: int
    title: str
    authors: str
    summary: str
    level: str
    published_at: datetime
    subject: str | None
    schools: tuple[str, ...]

    @property
    def level_label(self) -> str:
        """The level in words."""
        return str(Practice.Level(self.level).label)


class File(NamedTuple):
    """A public file of an example; `size` is in bytes."""

    pk: int
    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Page:
    """Everything that the page of an example shows; `event` is the key of an announced one."""

    pk: int
    title: str
    authors: str
    summary: str
    text: str
    level: str
    published_at: datetime
    subject: str | None
    event: int | None
    event_revision: int | None
    schools: tuple[str, ...]
    files: tuple[File, ...]

    @property
    def level_label(self) -> str:
        """The level in words."""
        return str(Practice.Level(self.level).label)


def page_of(key: int) -> Page | None:
    """The page of a published example; None for one that is not, or was taken down."""
    rows = sql.rows(PAGE, key=key, unnamed=[state.value for state in UNNAMED])
    if not rows:
        return None
    row = rows[0]
    files = tuple(File(*file) for file in row[-1])
    return Page(*(*row[:-2], tuple(row[-2]), files))


def find(filters: dict[str, Any]) -> search.Found:
    """Published examples that match every filter, the best match or the newest first."""
    rows = Practice.objects.published()
    same = {name: filters[name] for name in ("subject", "level") if filters.get(name)}
    rows = rows.filter(**same)
    if filters.get("municipality"):
        here = Practice.schools.through.objects.filter(school__municipality=filters["municipality"])
        rows = rows.filter(pk__in=here.values("practice"))
    if not filters.get("q"):
        return search.Found(search.keys_of(rows.order_by("-published_at", "-pk")))
    return search.find(rows, filters["q"])


def entries(keys: Sequence[int]) -> list[Entry]:
    """The examples with these keys, in the order of the keys."""
    return [Entry(*(*row[:-1], tuple(row[-1]))) for row in sql.rows(ENTRIES, keys=keys)]


def facets() -> dict[str, list[tuple[str, str]]]:
    """What the filters offer: only what some published example has, with how many have it."""
    offered: dict[str, list[tuple[str, str]]] = {"subject": [], "level": [], "municipality": []}
    counted = {}
    for facet, key, name, _place, number in sql.rows(FACETS):
        if facet == "level":
            counted[key] = number
        else:
            offered[facet].append((key, f"{name} ({number})"))
    offered["level"] = [
        (level.value, f"{level.label} ({counted[level.value]})")
        for level in Practice.Level
        if level.value in counted
    ]
    return offered


def authors_without_paper(practice: Practice) -> list[Author]:
    """The authors who have accepted and not left, and have no valid paper, in their order."""
    valid = PracticePaper.objects.filter(practice=practice, document__revoked_at=None)
    having = set(valid.values_list("author", flat=True))
    return [
        author
        for author in proposals.authors_of(practice.proposal)
        if author.accepted_at is not None and author.pk not in having
    ]


def presented_at(event_id: int) -> list[Link]:
    """Published examples that are presented at the event, in the order of their titles."""
    return [
        Link(title, reverse("accreditation:practice", args=[key]), authors)
        for key, title, authors in sql.rows(PRESENTED, event=event_id)
    ]
