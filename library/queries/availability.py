"""How many copies of a record there are, how many are free, and when the next one comes back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from centar import sql

# The free ones are counted by the database itself, at every change (Record.free_copies).
STATEMENT = """
SELECT record.id,
       (SELECT count(*) FROM library_copy AS piece
         WHERE piece.record_id = record.id AND piece.state IN ('held', 'repair')),
       (SELECT count(*) FROM library_copy AS piece
         WHERE piece.record_id = record.id AND piece.state IN ('held', 'repair')
           AND NOT piece.only_here),
       record.free_copies,
       (SELECT min(loan.due_on) FROM library_loan AS loan
          JOIN library_copy AS piece ON piece.id = loan.copy_id
         WHERE piece.record_id = record.id AND loan.returned_at IS NULL),
       (SELECT count(*) FROM library_reservation AS reservation
         WHERE reservation.record_id = record.id AND reservation.state = 'waiting')
  FROM library_record AS record
 WHERE record.id = ANY (%(keys)s)
"""


@dataclass(frozen=True)
class Availability:
    """Where the copies of a record stand.

    `copies` are those that the library has, `lendable` those of them that are not only for the
    reading room, `free` those that can be taken home now; `due_on` is the first day on which a
    lent one should come back, and `waiting` how many people wait.
    """

    copies: int = 0
    lendable: int = 0
    free: int = 0
    due_on: date | None = None
    waiting: int = 0


def of_records(keys: Sequence[int]) -> dict[int, Availability]:
    """The availability of these records, by one statement; unknown keys are left out."""
    if not keys:
        return {}
    rows = sql.rows(STATEMENT, keys=list(keys))
    return {key: Availability(*facts) for key, *facts in rows}
