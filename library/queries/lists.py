"""Reading lists, and where they are shown."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from centar.events.models import Event
from centar.events.readings import Reading
from library.models import ReadingList, Record


def published() -> QuerySet[ReadingList]:
    """Lists with the number of their records, in the order of the alphabet."""
    here = Q(entries__record__withdrawn_at=None)
    return ReadingList.objects.published().annotate(records=Count("entries", filter=here))


def with_record(record: Record) -> QuerySet[ReadingList]:
    """The lists that recommend a record."""
    return ReadingList.objects.published().filter(entries__record=record)


def of_event(event: Event) -> list[Reading]:
    """What the library recommends for an event."""
    rows = ReadingList.objects.published().filter(event_id=event.pk)
    return [
        Reading(title, reverse("library:list", args=[key]))
        for key, title in rows.values_list("pk", "title")
    ]
