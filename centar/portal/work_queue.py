"""What waits for the staff, gathered from all apps for the front page of the back office."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from centar.events import links, moments
from centar.events import queries as event_queries
from centar.events.models import Event
from centar.outbox.models import Letter
from centar.people.models import CoordinationRequest
from centar.portal import institute_tasks, library_tasks
from centar.portal.tasks import SHOWN, Item, Task
from trainings.models import Proforma, ProformaQuerySet, StatementRow
from trainings.payments import amounts
from trainings.queries import deadlines, ledger, payments
from trainings.seminars import KIND

# An offer that ends within this time can still be called about.
OFFERS_WITHIN = timedelta(hours=12)


def tasks_for(user: Any) -> list[Task]:
    """The work this user may do, kinds with nothing waiting included, each oldest first."""
    now = timezone.now()
    sources: list[tuple[str, Callable[[datetime], Task]]] = [
        ("events.view_event", _small_groups),
        ("events.view_booking", _ending_offers),
        ("outbox.view_letter", _failed_letters),
        ("events.change_booking", _without_attendance),
        ("trainings.view_ledgerentry", _entries_to_confirm),
        ("people.view_coordinationrequest", _requests_to_coordinate),
        ("trainings.view_statementrow", _payments_to_settle),
        ("trainings.view_proforma", _overdue_payments),
        ("trainings.view_proforma", _overpaid),
        ("trainings.view_seminar", _to_announce),
        ("trainings.view_seminar", _to_report),
        *institute_tasks.SOURCES,
        *library_tasks.SOURCES,
    ]
    return [source(now) for permission, source in sources if user.has_perm(permission)]


def _small_groups(now: datetime) -> Task:
    coming = Event.objects.with_seats().order_by("starts_at")
    events = list(event_queries.below_minimum(coming, now))
    items = [
        Item(
            f"{event.title}, {moments.day(event.starts_at)}: {event.held} / {event.minimum}",
            reverse("admin:trainings_seminarevent_change", args=[event.pk])
            if event.kind == KIND
            else reverse("admin:events_event_change", args=[event.pk]),
        )
        for event in events[:SHOWN]
        if event.starts_at is not None
    ]
    address = reverse("admin:trainings_seminarevent_changelist") + "?work=small"
    return Task(_("Seminars below their minimum"), len(events), items, address)


def _ending_offers(now: datetime) -> Task:
    offers = event_queries.offers_about_to_expire(now, OFFERS_WITHIN)
    items = [
        Item(
            f"{offer.person}, {offer.event.title}: {moments.written(offer.offered_until)}",
            reverse("admin:events_booking_change", args=[offer.pk]),
        )
        for offer in offers[:SHOWN]
        if offer.offered_until is not None
    ]
    address = reverse("admin:events_booking_changelist") + "?state__exact=offered"
    return Task(_("Offers about to expire"), len(offers), items, address)


def _requests_to_coordinate(now: datetime) -> Task:
    rows = CoordinationRequest.objects.filter(state=CoordinationRequest.State.WAITING)
    waiting = list(rows.select_related("person", "school"))
    items = [
        Item(str(asked), reverse("admin:people_coordinationrequest_change", args=[asked.pk]))
        for asked in waiting[:SHOWN]
    ]
    address = reverse("admin:people_coordinationrequest_changelist") + "?state__exact=waiting"
    return Task(_("Requests to coordinate a school"), len(waiting), items, address)


def _failed_letters(now: datetime) -> Task:
    failed = Letter.objects.failed().order_by("created_at")
    items = [
        Item(f"{letter.recipient}: {letter.error}"[:120], _letter_page(letter))
        for letter in failed[:SHOWN]
    ]
    address = reverse("admin:outbox_letter_changelist") + "?state__exact=failed"
    return Task(_("Letters that failed"), failed.count(), items, address)


def _without_attendance(now: datetime) -> Task:
    meetings = event_queries.meetings_without_attendance(now)
    items = [
        Item(
            f"{meeting.event.title}, {moments.day(meeting.starts_at)}", links.check_in_path(meeting)
        )
        for meeting in meetings[:SHOWN]
    ]
    address = reverse("admin:trainings_seminarevent_changelist") + "?work=attendance"
    return Task(_("Meetings without attendance"), len(meetings), items, address)


def _entries_to_confirm(now: datetime) -> Task:
    waiting = ledger.without_coordinator()
    items = [
        Item(
            f"{entry.person}: {entry.title}",
            reverse("admin:trainings_ledgerentry_change", args=[entry.pk]),
        )
        for entry in waiting[:SHOWN]
    ]
    address = reverse("admin:trainings_ledgerentry_changelist") + "?work=staff"
    return Task(_("Entries that only the Centre can confirm"), waiting.count(), items, address)


def _to_announce(now: datetime) -> Task:
    return _due(_("Seminars to announce to schools"), deadlines.to_announce(now), "announce")


def _to_report(now: datetime) -> Task:
    task = _due(_("Reports to send to the institute"), deadlines.to_report(now), "report")
    older = deadlines.long_unreported(now).count()
    if not older:
        return task
    words = ngettext("and %(number)d older seminar", "and %(number)d older seminars", older)
    address = reverse("admin:trainings_seminarevent_changelist") + "?work=unreported"
    return replace(task, older=Item(words % {"number": older}, address))


def _due(title: str | Promise, due: list[deadlines.Due], work: str) -> Task:
    items = [
        Item(
            _("%(title)s: until %(day)s")
            % {"title": one.seminar.event.title, "day": moments.day(one.until)},
            reverse("admin:trainings_seminarevent_change", args=[one.seminar.pk]),
        )
        for one in due[:SHOWN]
    ]
    address = reverse("admin:trainings_seminarevent_changelist") + f"?work={work}"
    return Task(title, len(due), items, address)


def _letter_page(letter: Letter) -> str:
    return reverse("admin:outbox_letter_change", args=[letter.pk])


def _payments_to_settle(now: datetime) -> Task:
    rows = payments.rows_to_settle()
    items = [
        Item(_payment(row), reverse("admin:trainings_statementrow_change", args=[row.pk]))
        for row in rows[:SHOWN]
    ]
    outcomes = ",".join(payments.TO_SETTLE)
    address = reverse("admin:trainings_statementrow_changelist") + f"?outcome__in={outcomes}"
    return Task(_("Payments that nobody has matched"), rows.count(), items, address)


def _payment(row: StatementRow) -> str:
    text = f"{row.booked_on:%d.%m.%Y.}: {amounts.written(row.rest or row.amount)}, {row.payer}"
    is_held = row.outcome == StatementRow.Outcome.HELD
    return f"{text} ({row.get_outcome_display()})" if is_held else text


def _overdue_payments(now: datetime) -> Task:
    overdue = Proforma.objects.overdue(timezone.localdate(now)).order_by("due_on", "pk")
    return _proformas(_("Not paid in time"), overdue, "overdue")


def _overpaid(now: datetime) -> Task:
    return _proformas(_("Overpaid"), Proforma.objects.overpaid().order_by("pk"), "overpaid")


def _proformas(title: Promise, found: ProformaQuerySet, standing: str) -> Task:
    items = [
        Item(
            f"{one}: {amounts.written(abs(one.amount - one.paid))}",
            reverse("admin:trainings_proforma_change", args=[one.pk]),
        )
        for one in found.select_related("document")[:SHOWN]
    ]
    address = reverse("admin:trainings_proforma_changelist") + f"?standing={standing}"
    return Task(title, found.count(), items, address)
