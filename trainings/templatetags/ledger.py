"""Hours, school years and the rows of the ledger in templates: `{% load ledger %}`."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django import template
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from centar.events import moments
from centar.script import remembered
from trainings import progress
from trainings.models import LedgerEntry
from trainings.queries.ledger import EntryRow

register = template.Library()

State = LedgerEntry.State
LOOKS = {
    State.PENDING: " tag-wait",
    State.CONFIRMED: " tag-good",
    State.RETURNED: " tag-stop",
    State.WITHDRAWN: "",
}


@register.filter
@remembered.in_each_language
def hours(number: Decimal) -> str:
    """Hours with the word in its right form: „1 сат“, „2 сата“, „12 сати“, „1,5 сата“."""
    counted = abs(int(number)) if number == int(number) else 2
    shown = floatformat(number, -1)
    return ngettext("%(number)s hour", "%(number)s hours", counted) % {"number": shown}


@register.filter
@remembered.in_each_language
def amount(number: Decimal) -> str:
    """A number without needless decimals: „8“, „1,5“."""
    return floatformat(number, -1)


@register.filter
def school_year(year: int) -> str:
    """A school year by the calendar year in which it begins: „2026/2027“."""
    return progress.year_name(year)


@register.simple_tag
def entry_kinds() -> list[tuple[str, str]]:
    """The kinds of entries with their names."""
    return [(kind.value, str(kind.label)) for kind in LedgerEntry.Kind]


@register.filter
def kind_name(code: str) -> str:
    """The name of a kind by its code."""
    return str(LedgerEntry.Kind(code).label)


@register.simple_tag
def ledger_entries(entries: Iterable[EntryRow]) -> SafeString:
    """The rows of the table of entries, drawn in Python as the other long lists are."""
    return SafeString("".join(_entry(entry) for entry in entries))


@remembered.in_each_face
def _entry(entry: EntryRow) -> SafeString:
    state = State(entry.state)
    is_open = state in LedgerEntry.OPEN
    return format_html(
        '<tr><td class="number" data-label="{}">{}</td>'
        '<td class="cell-wide"><strong>{}</strong>{}</td><td data-label="{}">{}</td>'
        '<td class="text-end" data-label="{}">{}</td>'
        '<td class="text-end" data-label="{}">{}</td>'
        '<td class="cell-wide" data-label="{}"><span class="tag{}">{}</span>{}</td></tr>',
        gettext("Date"),
        moments.day(entry.earned_on),
        entry.title,
        _details(entry),
        gettext("Kind"),
        kind_name(entry.kind),
        gettext("Hours"),
        amount(entry.hours),
        gettext("Points"),
        amount(entry.points),
        gettext("State"),
        LOOKS[state],
        state.label,
        _way_to_change(entry) if is_open else "",
    )


def _details(entry: EntryRow) -> SafeString:
    said = [
        format_html(' <span class="muted">({})</span>', entry.number) if entry.number else "",
        format_html(' <span class="tag">{}</span>', entry.competences) if entry.competences else "",
        format_html('<br><span class="muted">{}, {}</span>', entry.activity, entry.part)
        if entry.activity
        else "",
        format_html(
            '<br><a href="{}">{}</a>', reverse("trainings:proof", args=[entry.pk]), entry.proof
        )
        if entry.proof
        else "",
        format_html("<br>{}", gettext("Takes back an earlier entry.")) if entry.takes_back else "",
        format_html("<br>{}", gettext("Reason: %(reason)s") % {"reason": entry.reason})
        if entry.reason
        else "",
    ]
    return SafeString("".join(said))


def _way_to_change(entry: EntryRow) -> SafeString:
    return format_html(
        '<br><a href="{}">{}<span class="visually-hidden">: {}</span></a>',
        reverse("trainings:ledger_entry", args=[entry.pk]),
        gettext("Change or withdraw"),
        entry.title,
    )
