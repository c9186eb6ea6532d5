"""The long lists, drawn in Python: `{% load entries %}`.

A page shows twenty rows of twenty small parts each: a template takes ten times as long. Text goes
through `escape` here by hand, since nothing else would; parts that are drawn elsewhere are whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape

from django import template
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from centar.events import moments
from centar.events.models import Event
from centar.portal.templatetags.components import icon, leaf, seats
from centar.script import remembered
from trainings.lists import ProgrammeEntry, SeminarEntry
from trainings.templatetags.amounts import points, rsd

register = template.Library()
_number = remembered.in_each_language(floatformat)


@remembered.in_each_face
def _address(view: str, pk: int) -> str:
    return reverse(view, args=[pk])


@register.simple_tag
def seminar_entries(entries: Iterable[SeminarEntry], now: datetime) -> SafeString:
    """Seminars of the list: days, title, hours, place, fee, marks, free places, deadline."""
    return SafeString("\n".join(_seminars(entries, now)))


def _seminars(entries: Iterable[SeminarEntry], now: datetime) -> Iterator[str]:
    today = timezone.localdate(now)
    clock, place, screen, coin = (icon(name) for name in ("clock", "place", "screen", "coin"))
    online = gettext("Online")
    for entry in entries:
        took_place = entry.ends_at <= now and entry.state != Event.State.CANCELLED
        marks = [points(entry.points)] if entry.points else []
        tags = "".join(f'<li class="tag">{escape(m)}</li>' for m in (*marks, *entry.competences))
        yield (
            f'<li class="entry">{leaf(entry.starts_at, entry.ends_at, today)}'
            '<div class="entry-main"><h3 class="entry-title">'
            f'<a href="{_address("trainings:seminar", entry.pk)}">{escape(entry.title)}</a></h3>'
            f'<ul class="entry-meta"><li>{clock}{escape(entry.hours)}</li>'
            f"<li>{place if entry.place else screen}{escape(entry.place or online)}</li>"
            f"<li>{coin}{escape(rsd(entry.fee))}</li></ul>"
            f'<ul class="tags"><li class="tag tag-plum">{escape(entry.form_label)}</li>'
            f'{tags}</ul></div><div class="entry-side">{"" if took_place else seats(entry)}'
            f"{_took_place() if took_place else _standing(entry, now)}</div></li>"
        )


@register.simple_tag
def programme_entries(entries: Iterable[ProgrammeEntry]) -> SafeString:
    """Programmes of the catalogue, rows of its table; on a phone each cell says its name."""
    return SafeString("\n".join(_programmes(entries)))


def _programmes(entries: Iterable[ProgrammeEntry]) -> Iterator[str]:
    number, competences, hours, points_, fee = (
        escape(gettext(name), quote=True)
        for name in ("Number", "Competences", "Hours", "Points", "Fee")
    )
    for entry in entries:
        codes = escape(", ".join(entry.competences))
        yield (
            f'<tr><td class="number" data-label="{number}">'
            f"{escape(entry.number or entry.ministry_number or '–')}</td>"
            '<th scope="row" class="cell-wide"><a class="plain-link" '
            f'href="{_address("trainings:programme", entry.pk)}">{escape(entry.title)}</a>'
            f"{_dates(entry.coming) if entry.coming else ''}</th>"
            f'<td class="cell-wide">{escape(entry.area or "")}</td>'
            f'<td data-label="{competences}">{codes}</td>'
            f'<td class="number text-end" data-label="{hours}">{entry.hours or "–"}</td>'
            f'<td class="number text-end" data-label="{points_}">'
            f"{_number(entry.points) if entry.points else '–'}</td>"
            f'<td class="number text-end" data-label="{fee}">{escape(rsd(entry.fee))}</td></tr>'
        )


def _dates(coming: int) -> str:
    text = ngettext("%(coming)s date", "%(coming)s dates", coming) % {"coming": coming}
    return f' <span class="tag tag-good">{icon("calendar")} {escape(text)}</span>'


def _took_place() -> str:
    return f'<span class="tag">{escape(gettext("took place"))}</span>'


def _standing(entry: SeminarEntry, now: datetime) -> str:
    """What there is to know beside the places: that it is closed, or until when to register."""
    closes_at = entry.registration_closes_at
    if entry.state == Event.State.CANCELLED:
        return ""
    if entry.state == Event.State.CLOSED or (closes_at is not None and closes_at <= now):
        return f'<span class="tag">{escape(gettext("registration closed"))}</span>'
    if closes_at is None:
        return ""
    until = gettext("until %(day)s") % {"day": moments.day(closes_at)}
    return f'<span class="muted">{escape(until)}</span>'
