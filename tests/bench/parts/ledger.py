"""The points of a teacher who has entered five hundred things in ten years."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

from django.utils import timezone

from tests.bench import accounts, pages
from tests.bench.figures import Figure
from tests.bench.pages import Page
from tests.bench.site import Site
from trainings import loading
from trainings.models import LedgerEntry, SchoolYear

ENTRIES, YEARS = 500, 10
TEACHER = "nastavnica@example.org"
Kind = LedgerEntry.Kind


def furnish() -> None:
    """The entries, a tenth of them in the present school year, and the targets that hold."""
    loading.load_targets()
    person = accounts.open_account(TEACHER)
    calendar = SchoolYear.current()
    present = calendar.of(timezone.localdate())
    now = timezone.now()
    LedgerEntry.objects.bulk_create(
        LedgerEntry(
            person=person,
            kind=list(Kind)[number % len(Kind)],
            title=f"Настава кроз игру, део {number}",
            activity="Угледни час",
            part="водитељ",
            earned_on=_day(calendar.begins(year), number),
            school_year=year,
            hours=Decimal(1 + number % 16),
            points=Decimal(number % 3 * 8),
            competences=[f"K{1 + number % 4}"],
            state=LedgerEntry.State.CONFIRMED,
            confirmed_at=now,
        )
        for number in range(ENTRIES)
        for year in [present - number % YEARS]
    )


def measure(site: Site) -> list[Figure]:
    """The page of points, made anew for its owner."""
    cookies = accounts.sign_in(TEACHER)
    return pages.measure(site, Page("trainings.ledger", "/moji-bodovi/", cookies=cookies))


def _day(first: date, number: int) -> date:
    return first + timedelta(days=number % 60)
