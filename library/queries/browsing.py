"""Ways into the catalogue without words: by the UDC, and what is new."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import QuerySet

from centar import sql
from centar.script import search, sorting
from library.models import Record
from library.queries.finding import MOST

# The next signs are tried one by one, each by a look into the index: counting would read a class
# of a hundred thousand records.
NARROWER = """
    SELECT next FROM unnest(%(nexts)s::text[]) AS next
     WHERE EXISTS (SELECT FROM library_record
                    WHERE udc LIKE next || '%%' AND withdrawn_at IS NULL)
     ORDER BY next
"""


def of_notation(notation: str, alphabet: sorting.Order) -> list[int]:
    """The first records whose UDC begins so, in the Serbian order."""
    rows = Record.objects.published().filter(udc__startswith=notation)
    if len(notation) == 1:
        # The class has an index of its own, in this order.
        rows = Record.objects.published().filter(udc_class=notation)
    return search.keys_of(rows.order_by(f"sort_{alphabet}", "pk")[:MOST])


def narrower(notation: str) -> Sequence[str]:
    """The numbers under this one that some record has: 82 leads to 821."""
    nexts = [f"{notation}{digit}" for digit in range(10)]
    nexts += [f"{notation}.{digit}" for digit in range(10)]
    return [one for (one,) in sql.rows(NARROWER, nexts=nexts)]


def newest() -> QuerySet[Record]:
    """Records in the order of cataloguing, the newest first."""
    return Record.objects.published().order_by("-created_at", "-pk")
