"""What waits for the staff after the Centre's decisions: at the institute, in the catalogue."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.models import Proposal
from accreditation.queries import deadlines
from centar.events import moments
from centar.portal.tasks import SHOWN, Item, Task


def _meetings_to_file(now: datetime) -> Task:
    today = timezone.localdate(now)
    due = deadlines.meetings_to_file(today)
    title = gettext_lazy("Professional meetings to file with the institute")
    return _with_days(title, due, "meetings", today)


def _without_filing(now: datetime) -> Task:
    rows = deadlines.decisions_without_filing()
    items = [
        _item(row, _("decided on %(day)s") % {"day": moments.day(row.decision.decided_at)})
        for row in rows[:SHOWN]
    ]
    return _task(gettext_lazy("Decisions without a filing"), rows.count(), items, "unfiled")


def _to_complete(now: datetime) -> Task:
    title = gettext_lazy("Proposals to complete for the institute")
    return _with_days(title, deadlines.to_complete(), "complete", timezone.localdate(now))


def _appeals(now: datetime) -> Task:
    today = timezone.localdate(now)
    title = gettext_lazy("Appeals to the institute")
    return _with_days(title, deadlines.appeals(today), "appeals", today)


def _ending(now: datetime) -> Task:
    today = timezone.localdate(now)
    title = gettext_lazy("Accreditations that end: renew or let go")
    return _with_days(title, deadlines.ending(today), "ending", today)


def _unmade(now: datetime) -> Task:
    rows = deadlines.unmade()
    items = [_item(row, row.filing.catalogue_number) for row in rows[:SHOWN]]
    title = gettext_lazy("Accredited and not in the catalogue yet")
    return _task(title, rows.count(), items, "unmade")


def _unpublished(now: datetime) -> Task:
    rows = deadlines.unpublished()
    items = [_item(row, "") for row in rows[:SHOWN]]
    title = gettext_lazy("Examples of good practice to publish")
    return _task(title, rows.count(), items, "unpublished")


def _with_days(title: str | Promise, due: Sequence[deadlines.Due], work: str, today: date) -> Task:
    items = [_item(one.proposal, _until(one, today)) for one in due[:SHOWN]]
    return _task(title, len(due), items, work)


def _until(due: deadlines.Due, today: date) -> str:
    filing = getattr(due.proposal, "filing", None)
    if due.until is None:
        if filing is not None and filing.appealed_on is not None:
            return _("appealed on %(day)s") % {"day": moments.day(filing.appealed_on)}
        return _("no day is known")
    day = {"day": moments.day(due.until)}
    return (_("was due on %(day)s") if due.until < today else _("until %(day)s")) % day


def _item(proposal: Proposal, more: str) -> Item:
    text = f"{proposal.title}: {more}" if more else proposal.title
    return Item(text, reverse("accreditation:desk_proposal", args=[proposal.pk]))


def _task(title: str | Promise, count: int, items: Iterable[Item], work: str) -> Task:
    address = reverse("accreditation:desk") + f"?work={work}"
    return Task(title, count, list(items), address)


SOURCES: tuple[tuple[str, Callable[[datetime], Task]], ...] = tuple(
    ("accreditation.view_filing", source)
    for source in (
        _meetings_to_file,
        _without_filing,
        _to_complete,
        _appeals,
        _ending,
        _unmade,
        _unpublished,
    )
)
