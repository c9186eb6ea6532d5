"""What the library did in a year, in numbers alone: nobody who borrowed is named or counted twice.

Loans tell the kind of their member after the person was cut off, so that no history is needed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q, QuerySet, Sum
from django.db.models.functions import ExtractMonth
from django.utils import timezone

from library.models import Copy, Loan, Member, Record, Reservation

MOST_LENT = 20
State = Reservation.State


@dataclass(frozen=True)
class LentTitle:
    """A title with how often it was lent; readers may not find it any more."""

    record_id: int
    title: str
    is_withdrawn: bool
    loans: int


@dataclass(frozen=True)
class Year:
    """A calendar year of lending; `months` has all twelve, the others only what was lent.

    `members`, `titles` and `copies` are those of this moment.
    """

    year: int
    loans: int
    renewals: int
    lost: int
    reservations: int
    fetched: int
    unfetched: int
    joined: int
    members: int
    titles: int
    copies: int
    acquired: int
    months: Sequence[tuple[int, int]]
    member_kinds: Mapping[str, int]
    record_kinds: Mapping[str, int]
    classes: Mapping[str, int]
    most_lent: Sequence[LentTitle]


def years(today: date) -> list[int]:
    """The years since the first loan, the present one first."""
    first = Loan.objects.aggregate(first=Min("lent_at"))["first"]
    earliest = timezone.localdate(first).year if first else today.year
    return list(range(today.year, min(earliest, today.year) - 1, -1))


def of_year(year: int) -> Year:
    """The numbers of a year, by eleven queries however much was lent."""
    lent = Loan.objects.filter(lent_at__year=year).order_by()
    reserved = Reservation.objects.aggregate(
        made=Count("pk", filter=Q(created_at__year=year)),
        fetched=Count("pk", filter=Q(state=State.FETCHED, ended_at__year=year)),
        unfetched=Count("pk", filter=Q(state=State.EXPIRED, ended_at__year=year)),
    )
    members = Member.objects.aggregate(
        all=Count("pk"), joined=Count("pk", filter=Q(joined_at__year=year))
    )
    copies = Copy.objects.exclude(state=Copy.State.WRITTEN_OFF).aggregate(
        all=Count("pk"), acquired=Count("pk", filter=Q(acquired_on__year=year))
    )
    months = _counted(lent.annotate(month=ExtractMonth("lent_at")), "month")
    by_month = {int(month): loans for month, loans in months}
    lost = Loan.objects.filter(ending=Loan.Ending.LOST, returned_at__year=year)
    return Year(
        year=year,
        loans=sum(by_month.values()),
        renewals=lent.aggregate(all=Sum("renewals"))["all"] or 0,
        lost=lost.count(),
        reservations=reserved["made"],
        fetched=reserved["fetched"],
        unfetched=reserved["unfetched"],
        joined=members["joined"],
        members=members["all"],
        titles=Record.objects.published().count(),
        copies=copies["all"],
        acquired=copies["acquired"],
        months=[(month, by_month.get(month, 0)) for month in range(1, 13)],
        member_kinds=dict(_counted(lent, "member_kind")),
        record_kinds=dict(_counted(lent, "copy__record__kind")),
        classes=dict(sorted(_counted(lent, "copy__record__udc_class"))),
        most_lent=_most_lent(lent),
    )


def _counted(loans: QuerySet[Loan], column: str) -> list[tuple[str, int]]:
    """Loans for each value of the column, the most first."""
    rows = loans.values_list(column).annotate(number=Count("pk"))
    return list(rows.order_by("-number", column))


def _most_lent(loans: QuerySet[Loan]) -> list[LentTitle]:
    columns = ("copy__record", "copy__record__title", "copy__record__withdrawn_at")
    rows = loans.values_list(*columns).annotate(number=Count("pk"))
    ordered = rows.order_by("-number", "copy__record__sort_azbuka", "copy__record")
    return [
        LentTitle(key, title, withdrawn_at is not None, number)
        for key, title, withdrawn_at, number in ordered[:MOST_LENT]
    ]
