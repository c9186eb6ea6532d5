"""What lists of records show, read by one statement for one page of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from centar import sql

ENTRIES = """
    SELECT id, kind, title, subtitle, responsibility, names, record.place, publisher,
           coalesce(nullif(printed_year, ''), year::text, ''), free_copies,
           (SELECT count(*) FROM library_copy
             WHERE record_id = record.id AND state <> 'written_off'),
           EXISTS (SELECT FROM library_copy
             WHERE record_id = record.id AND state = 'held' AND only_here),
           link <> '' OR file_id IS NOT NULL,
           coalesce((SELECT left(sha256, 8) FROM files_privatefile WHERE id = cover_id), '')
      FROM unnest(%(keys)s::bigint[]) WITH ORDINALITY AS wanted (id, place_in_list)
      JOIN library_record AS record USING (id)
     WHERE record.withdrawn_at IS NULL
     ORDER BY place_in_list
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A record in a list; `copies` are all that the library keeps, `free` those to be lent now,
    and `is_read_here` says whether one stands in the reading room.

    `cover` is a word that changes with the picture of the cover; empty without one.
    """

    pk: int
    kind: str
    title: str
    subtitle: str
    responsibility: str
    names: str
    place: str
    publisher: str
    year: str
    free: int
    copies: int
    is_read_here: bool
    is_online: bool
    cover: str


def entries(keys: Sequence[int]) -> list[Entry]:
    """The records with these keys, in the order of the keys; withdrawn ones are left out."""
    return [Entry(*row) for row in sql.rows(ENTRIES, keys=list(keys))]
