"""Reading lists, and where they are shown."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from centar import sql
from centar.events.beside import Link
from library.models import ReadingList, Record

OF_EVENT = """
    SELECT id, title FROM library_readinglist
     WHERE event_id = %(event)s AND is_published
     ORDER BY sort_azbuka, id
"""


def published() -> QuerySet[ReadingList]:
    """Lists with the number of their records, in the order of the alphabet."""
    here = Q(entries__record__withdrawn_at=None)
    return ReadingList.objects.published().annotate(records=Count("entries", filter=here))


def with_record(record: Record) -> QuerySet[ReadingList]:
    """The lists that recommend a record."""
    return ReadingList.objects.published().filter(entries__record=record)


def of_event(event_id: int) -> list[Link]:
    """What the library recommends for an event."""
    return [
        Link(title, reverse("library:list", args=[key]))
        for key, title in sql.rows(OF_EVENT, event=event_id)
    ]
