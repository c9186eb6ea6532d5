"""One record with all that its page shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch

from library.models import Copy, JournalIssue, Loan, Record, Reservation


@dataclass(frozen=True)
class Piece:
    """A copy and where it is: lent until a day, put aside for somebody, or on its shelf."""

    copy: Copy
    due_on: date | None
    is_aside: bool

    @property
    def is_free(self) -> bool:
        """Whether it can be taken home at this moment."""
        is_here = self.copy.state == Copy.State.HELD and not self.copy.only_here
        return is_here and self.due_on is None and not self.is_aside


def of_page(pk: int) -> Record | None:
    """The record with its names, numbers, issues, parts and copies, unless it is withdrawn."""
    copies = Copy.objects.exclude(state=Copy.State.WRITTEN_OFF).select_related("issue")
    issues = JournalIssue.objects.order_by("-year", "-pk")
    rows = Record.objects.published().select_related("file", "cover")
    rows = rows.prefetch_related(
        "contributions",
        "identifiers",
        "parts",
        Prefetch("issues", issues),
        Prefetch("copies", copies.order_by("shelf_mark", "accession_number")),
    )
    return rows.filter(pk=pk).first()


def pieces(record: Record) -> list[Piece]:
    """The copies of a record that came from `of_page`, by two queries; none for one without."""
    copies = list(record.copies.all())
    if not copies:
        return []
    due = dict(Loan.objects.open().filter(copy__in=copies).values_list("copy", "due_on"))
    ready = Reservation.objects.live().filter(copy__in=copies)
    aside = set(ready.values_list("copy", flat=True))
    return [Piece(copy, due.get(copy.pk), copy.pk in aside) for copy in copies]


def of_citation(pk: int) -> Record | None:
    """The record with what a reference says of it."""
    rows = Record.objects.published().prefetch_related("contributions", "identifiers")
    return rows.filter(pk=pk).first()
