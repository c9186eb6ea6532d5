"""What waits for the librarian: at the shelves, with the readers, and in the imports."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.events import moments
from centar.portal.tasks import SHOWN, Item, Task
from library.models import ImportRun
from library.queries import desk


def _to_fetch(now: datetime) -> Task:
    turns = desk.to_fetch()
    address = reverse("library:desk")
    items = [Item(f"{one.title}: {one.member}", address) for one in turns[:SHOWN]]
    title = gettext_lazy("Reserved and on the shelf: to be scanned at the desk")
    return Task(title, len(turns), items, address)


def _late(now: datetime) -> Task:
    late = desk.overdue(timezone.localdate(now))
    items = [
        Item(
            _("%(title)s, %(member)s: was due on %(day)s")
            % {"title": loan.copy.title, "member": loan.member, "day": moments.day(loan.due_on)},
            reverse("library:member", args=[loan.member_id]),
        )
        for loan in late[:SHOWN]
    ]
    title = gettext_lazy("Late at the library")
    return Task(title, late.count(), items, reverse("library:overdue"))


def _losses(now: datetime) -> Task:
    losses = desk.losses()
    items = [
        Item(f"{loan.copy.title}: {loan.member}", reverse("library:loss", args=[loan.pk]))
        for loan in losses[:SHOWN]
    ]
    title = gettext_lazy("Lost and not made good yet")
    return Task(title, losses.count(), items, reverse("library:overdue") + "#lost")


def _imports(now: datetime) -> Task:
    waiting = ImportRun.objects.filter(
        state__in=(ImportRun.State.READ, ImportRun.State.STOPPED)
    ).order_by("pk")
    items = [
        Item(
            f"{run}: {run.get_state_display()}",
            reverse("admin:library_importrun_change", args=[run.pk]),
        )
        for run in waiting.defer("content")[:SHOWN]
    ]
    address = reverse("admin:library_importrun_changelist") + "?state__in=read,stopped"
    return Task(gettext_lazy("Imports of records to confirm"), waiting.count(), items, address)


SOURCES: tuple[tuple[str, Callable[[datetime], Task]], ...] = (
    ("library.change_loan", _to_fetch),
    ("library.change_loan", _late),
    ("library.change_loan", _losses),
    ("library.add_importrun", _imports),
)
