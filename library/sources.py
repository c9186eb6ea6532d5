"""Where a description may come from by its ISBN: the catalogue itself, and sources on the network.

No source on the network is asked unless `LIBRARY_SOURCES` names it: dotted paths of functions that
take an ISBN of 13 digits and give a `Described`, or None for a number they do not know. What they
give fills a form, which a person reads before it is saved.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import replace

from django.conf import settings
from django.utils.module_loading import import_string

from library import described as descriptions
from library import isbn
from library.described import Described, Number
from library.models import Identifier, Record

logger = logging.getLogger(__name__)
Source = Callable[[str], Described | None]


def held(number: str) -> list[Record]:
    """Records of the catalogue that bear this canonical number, withdrawn ones last."""
    rows = Record.objects.filter(identifiers__number=number).distinct()
    return sorted(rows, key=lambda record: (record.withdrawn_at is not None, record.pk))


def described(kind: str, number: str, printed: str) -> Described:
    """What can be said of a number that no record bears: from the sources that are switched on,
    else the publisher and place of the newest record with the publisher's part of the number.
    """
    if kind == Identifier.Kind.ISSN:
        return Described(title="", kind=Record.Kind.JOURNAL, numbers=(Number(kind, printed),))
    for path in settings.LIBRARY_SOURCES:
        source: Source = import_string(path)
        try:
            found = source(number)
        except Exception:
            # The network may fail in any way; the form can be filled by hand.
            logger.exception("%s did not answer for %s", path, number)
            continue
        if found is not None:
            return found
    return replace(_of_publisher(number), numbers=(Number(kind, printed),))


def _of_publisher(number: str) -> Described:
    prefix = isbn.publisher_prefix(number)
    rows = Record.objects.filter(identifiers__number__startswith=prefix).exclude(publisher="")
    newest = rows.order_by("-pk").first() if prefix else None
    if newest is None:
        return Described(title="")
    return Described(
        title="", place=newest.place, publisher=newest.publisher, language=newest.language
    )


def copied(record: Record) -> Described:
    """The description of another edition as a beginning: without its numbers and its origin."""
    return replace(
        descriptions.of(record), numbers=(), issues=(), control_number="", source="", link=""
    )
