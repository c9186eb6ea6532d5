"""Rows of the long lists, drawn in Python: `{% load entries %}`.

A page shows twenty rows of twenty small parts each, and templates take twice as long.
"""

from __future__ import annotations

from datetime import datetime

from django import template
from django.template.defaultfilters import floatformat
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from centar.events import moments
from centar.events.models import Event
from centar.portal.templatetags.components import date_leaf, icon, seats
from centar.script import remembered
from trainings.lists import ProgrammeEntry, SeminarEntry
from trainings.templatetags.amounts import points, rsd

register = template.Library()
_number = remembered.in_each_language(floatformat)


@remembered.in_each_face
def _address(view: str, pk: int) -> str:
    return reverse(view, args=[pk])


@register.simple_tag
def seminar_entry(entry: SeminarEntry, now: datetime) -> SafeString:
    """A seminar of the list: days, title, hours, place, fee, marks, free places, deadline."""
    marks = [points(entry.points)] if entry.points else []
    return format_html(
        '<li class="entry">{}<div class="entry-main">'
        '<h3 class="entry-title"><a href="{}">{}</a></h3>'
        '<ul class="entry-meta"><li>{}{}</li><li>{}{}</li><li>{}{}</li></ul>'
        '<ul class="tags"><li class="tag tag-plum">{}</li>{}</ul></div>'
        '<div class="entry-side">{}{}</div></li>',
        date_leaf(entry.starts_at, entry.ends_at),
        _address("trainings:seminar", entry.pk),
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
        "" if _took_place(entry, now) else seats(entry),
        _standing(entry, now),
    )


@register.simple_tag
def programme_entry(entry: ProgrammeEntry) -> SafeString:
    """A programme of the catalogue as a row of its table; on a phone each cell says its name."""
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
        _address("trainings:programme", entry.pk),
        entry.title,
        _dates(entry.coming) if entry.coming else "",
        entry.area or "",
        gettext("Competences"),
        ", ".join(entry.competences),
        gettext("Hours"),
        entry.hours or "–",
        gettext("Points"),
        _number(entry.points) if entry.points else "–",
        gettext("Fee"),
        rsd(entry.fee),
    )


def _dates(coming: int) -> SafeString:
    text = ngettext("%(coming)s date", "%(coming)s dates", coming) % {"coming": coming}
    return format_html(' <span class="tag tag-good">{} {}</span>', icon("calendar"), text)


def _took_place(entry: SeminarEntry, now: datetime) -> bool:
    return entry.ends_at <= now and entry.state != Event.State.CANCELLED


def _standing(entry: SeminarEntry, now: datetime) -> SafeString | str:
    """What there is to know beside the places: over, closed, or until when to register."""
    closes_at = entry.registration_closes_at
    if _took_place(entry, now):
        text = gettext("took place")
    elif entry.state == Event.State.CANCELLED:
        return ""
    elif entry.state == Event.State.CLOSED or (closes_at is not None and closes_at <= now):
        text = gettext("registration closed")
    elif closes_at is None:
        return ""
    else:
        until = gettext("until %(day)s") % {"day": moments.day(closes_at)}
        return format_html('<span class="muted">{}</span>', until)
    return format_html('<span class="tag">{}</span>', text)
