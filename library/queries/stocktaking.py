"""What a walk along the shelves has found, and what it should have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from library.models import Copy, Loan, Reservation, Sighting, StockTaking
from library.queries import desk

SHOWN = 100


@dataclass(frozen=True)
class Report:
    """The rows of a report: what is missing, what stands wrong, and codes of nothing."""

    expected: int
    seen: int
    missing: list[Copy]
    misplaced: list[tuple[Copy, str]]
    unknown: list[str]


def _in_range(taking: StockTaking) -> QuerySet[Copy]:
    copies = desk.on_shelf().select_related("record")
    if taking.shelf_from:
        copies = copies.filter(shelf_mark__gte=taking.shelf_from)
    if taking.shelf_to:
        # What begins with the last mark belongs to it.
        copies = copies.filter(shelf_mark__lt=taking.shelf_to + "\U0010ffff")
    return copies


def report(taking: StockTaking) -> Report:
    """Missing copies, misplaced ones with why, and unknown codes, by five queries."""
    expected = _in_range(taking)
    seen = Sighting.objects.filter(stocktaking=taking)
    of_this = seen.filter(copy=OuterRef("pk"))
    missing = expected.exclude(Exists(of_this)).order_by("shelf_mark", "accession_number")
    strange = (
        Copy.objects.filter(Exists(of_this))
        .exclude(pk__in=expected.values("pk"))
        .select_related("record")
        .annotate(
            is_out=Exists(Loan.objects.open().filter(copy=OuterRef("pk"))),
            is_aside=Exists(
                Reservation.objects.filter(copy=OuterRef("pk"), state=Reservation.State.READY)
            ),
        )
        .order_by("shelf_mark", "accession_number")
    )
    unknown = seen.filter(copy=None).order_by("pk").values_list("code", flat=True)
    return Report(
        expected.count(),
        seen.count(),
        list(missing),
        [(copy, _why(copy, copy.is_out, copy.is_aside)) for copy in strange],
        list(unknown),
    )


def _why(copy: Copy, is_out: bool, is_aside: bool) -> str:
    if is_out:
        return _("is lent in the register")
    if is_aside:
        return _("belongs to the shelf of reservations")
    if copy.state != Copy.State.HELD:
        return _("in the register: %(state)s") % {"state": copy.get_state_display()}
    return _("belongs to another shelf")


def rows(found: Report) -> Iterator[tuple[str, str, str, str]]:
    """The report as rows of a table: what is the matter, number, shelf mark, title."""
    for copy in found.missing:
        yield (_("missing"), copy.accession_number, copy.shelf_mark, copy.record.title)
    for copy, why in found.misplaced:
        yield (why, copy.accession_number, copy.shelf_mark, copy.record.title)
    for code in found.unknown:
        yield (_("unknown code"), code, "", "")
