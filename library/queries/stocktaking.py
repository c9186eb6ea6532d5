"""What a walk along the shelves has found, and what it should have."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from library.models import Copy, Loan, Reservation, Sighting, StockTaking
from library.queries import desk

SHOWN = 100
"""Rows of a kind that the page lists."""


@dataclass(frozen=True)
class Report:
    """What is missing, what stands wrong, and codes of nothing: how many, and their first rows.

    `is_cut` when there are more rows of a kind than were read.
    """

    expected: int
    seen: int
    absent: int
    missing: list[Copy]
    misplaced: list[tuple[Copy, str]]
    unknown: list[str]
    is_cut: bool


def _in_range(taking: StockTaking) -> QuerySet[Copy]:
    copies = desk.on_shelf().select_related("record")
    if taking.shelf_from:
        copies = copies.filter(shelf_mark__gte=taking.shelf_from)
    if taking.shelf_to:
        # What begins with the last mark belongs to it.
        copies = copies.filter(shelf_mark__lt=taking.shelf_to + "\U0010ffff")
    return copies


def report(taking: StockTaking, *, is_whole: bool = False) -> Report:
    """Missing copies, misplaced ones with why, and unknown codes, by five queries.

    Only the first `SHOWN` of each, unless it is asked for whole: the page asks at every scan.
    """
    most = None if is_whole else SHOWN
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
    counted = expected.aggregate(all=Count("pk"), absent=Count("pk", filter=~Exists(of_this)))
    ahead = None if most is None else most + 1
    absent, misplaced, codes = list(missing[:ahead]), list(strange[:ahead]), list(unknown[:ahead])
    return Report(
        counted["all"],
        seen.count(),
        counted["absent"],
        absent[:most],
        [(copy, _why(copy, copy.is_out, copy.is_aside)) for copy in misplaced[:most]],
        codes[:most],
        is_cut=most is not None and max(len(absent), len(misplaced), len(codes)) > most,
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
