"""Rows of the long lists, drawn in Python: `{% load entries %}`.

A page shows twenty rows of twenty small parts each, and templates take twice as long. A row is
drawn again only when something in it has changed.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import NamedTuple

from django import template
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from centar.events import moments
from centar.events.models import Event
from centar.portal.templatetags.components import icon, leaf, seats
from centar.script import remembered
from trainings.lists import ProgrammeEntry, SeminarEntry
from trainings.templatetags.amounts import points, rsd

register = template.Library()


@register.simple_tag
def seminar_entries(entries: Iterable[SeminarEntry], now: datetime) -> SafeString:
    """Seminars of a list: days, title, hours, place, fee, marks, free places, deadline."""
    today = timezone.localdate(now)
    return _seminars(
        SeminarRow(entry, today, entry.ends_at <= now, entry.is_closed(now)) for entry in entries
    )


class SeminarRow(NamedTuple):
    """A seminar, and what the clock says of it."""

    entry: SeminarEntry
    today: date
    has_ended: bool
    is_closed: bool


@remembered.rows_in_each_face
def _seminars(row: SeminarRow) -> SafeString:
    entry, today, has_ended, is_closed = row
    took_place = has_ended and entry.state != Event.State.CANCELLED
    marks = [points(entry.points)] if entry.points else []
    return format_html(
        '<li class="entry">{}<div class="entry-main">'
        '<h3 class="entry-title"><a href="{}">{}</a></h3>'
        '<ul class="entry-meta"><li>{}{}</li><li>{}{}</li><li>{}{}</li></ul>'
        '<ul class="tags"><li class="tag tag-plum">{}</li>{}</ul></div>'
        '<div class="entry-side">{}{}</div></li>',
        leaf(entry.starts_at, entry.ends_at, today),
        reverse("trainings:seminar", args=[entry.pk]),
        entry.title,
        icon("clock"),
        entry.hours,
        icon("place" if entry.place else "screen"),
        entry.place or gettext("Online"),
        icon("coin"),
        rsd(entry.fee),
        entry.form_label,
        format_html_join(
            "", '<li class="tag">{}</li>', ((mark,) for mark in (*marks, *entry.competences))
        ),
        "" if took_place else seats(entry),
        _tag(gettext("took place")) if took_place else _standing(entry, is_closed),
    )


def _standing(entry: SeminarEntry, closed: bool) -> SafeString | str:
    """What there is to know beside the places: that it is closed, or until when to register."""
    if entry.state == Event.State.CANCELLED:
        return ""
    if closed:
        return _tag(gettext("registration closed"))
    if entry.registration_closes_at is None:
        return ""
    until = gettext("until %(day)s") % {"day": moments.day(entry.registration_closes_at)}
    return format_html('<span class="muted">{}</span>', until)


def _tag(text: str) -> SafeString:
    return format_html('<span class="tag">{}</span>', text)


@register.simple_tag
def programme_entries(entries: Iterable[ProgrammeEntry]) -> SafeString:
    """Programmes of the catalogue, rows of its table; on a phone each cell says its name."""
    return _programmes(entries)


@remembered.rows_in_each_face
def _programmes(entry: ProgrammeEntry) -> SafeString:
    return format_html(
        '<tr><td class="number" data-label="{}">{}</td>'
        '<th scope="row" class="cell-wide"><a class="plain-link" href="{}">{}</a>{}</th>'
        '<td class="cell-wide">{}</td>'
        '<td data-label="{}">{}</td>'
        '<td class="number text-end" data-label="{}">{}</td>'
        '<td class="number text-end" data-label="{}">{}</td>'
        '<td class="number text-end" data-label="{}">{}</td></tr>',
        gettext("Number"),
        entry.number or entry.ministry_number or "–",
        reverse("trainings:programme", args=[entry.pk]),
        entry.title,
        _dates(entry.coming) if entry.coming else "",
        entry.area or "",
        gettext("Competences"),
        ", ".join(entry.competences),
        gettext("Hours"),
        entry.hours or "–",
        gettext("Points"),
        floatformat(entry.points) if entry.points else "–",
        gettext("Fee"),
        rsd(entry.fee),
    )


def _dates(coming: int) -> SafeString:
    text = ngettext("%(coming)s date", "%(coming)s dates", coming) % {"coming": coming}
    return format_html(' <span class="tag tag-good">{} {}</span>', icon("calendar"), text)
