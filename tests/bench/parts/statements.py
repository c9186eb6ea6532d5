"""A bank statement of 10,000 payments, read and counted as the back office does it."""

from __future__ import annotations

import time
from decimal import Decimal

from django.utils import timezone

from centar.documents.models import Document
from centar.events.models import Booking
from centar.people.models import User
from tests.bench.figures import Figure
from tests.bench.site import Site
from tests.trainings.statements import files
from trainings.models import PaymentSettings, Proforma, StatementRow
from trainings.operations import statements
from trainings.payments import model97, references
from trainings.proformas import KIND

ROWS = 10_000
SECONDS = 10
"""What counting so many may take."""

TREASURER = "blagajnica@example.org"


def furnish() -> None:
    """Invoices of half the places, the references of which the statement will name."""
    PaymentSettings.objects.create(
        payee="Проба брзине",
        address="Улица 1",
        place="Крагујевац",
        pib="101134702",
        account="840-955845-10",
    )
    User.objects.create(email=TREASURER, is_staff=True, is_superuser=True)
    today = timezone.localdate()
    bookings = list(Booking.objects.filter(event__seminar__isnull=False)[: ROWS // 2])
    documents = Document.objects.bulk_create(
        Document(kind=KIND, year=today.year, number=number, content={})
        for number, _booking in enumerate(bookings, start=1)
    )
    Proforma.objects.bulk_create(
        Proforma(
            document=document,
            booking=booking,
            payer="Проба",
            payer_folded="proba",
            reference=_reference(document.number),
            reference_key=references.key(_reference(document.number)),
            amount=Decimal(2500),
            due_on=today,
        )
        for booking, document in zip(bookings, documents, strict=True)
    )


def measure(site: Site) -> list[Figure]:
    """The file from its upload to the last payment, in rows a second; the ratio is to the time
    that it may take.
    """
    known = Proforma.objects.count()
    content = files.camt(
        *(
            files.entry("2500.00", f"97 {_reference(number % known + 1)}", number=f"B-{number}")
            for number in range(ROWS)
        )
    )
    treasurer = User.objects.get(email=TREASURER)
    started = time.perf_counter()
    statement = statements.upload(file_name="izvod.xml", content=content, by=treasurer)
    statements.confirm(statement_id=statement.pk, by=treasurer)
    seconds = time.perf_counter() - started
    counted = StatementRow.objects.exclude(outcome=StatementRow.Outcome.UNKNOWN).count()
    assert counted == ROWS, f"{counted} of {ROWS} payments were matched."
    return [
        Figure("trainings.statement", ROWS / seconds, "rows/s", seconds / SECONDS, 1),
    ]


def _reference(number: int) -> str:
    return model97.reference(f"2026{number:06}")
