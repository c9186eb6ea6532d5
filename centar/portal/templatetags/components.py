"""Building blocks of the pages, for templates: `{% load components %}`.

Parts with a body are block tags. Parts that stand in every row of a list are tags written in
Python, which cost a fifth of an included template; the others are snippets in
`templates/components/`. Their looks are in `static/css/`. What a part is given is escaped, as
everywhere in templates; only its body, which the engine has already rendered, goes in as it is.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import cache

from django import template
from django.template.context import Context
from django.templatetags.static import static
from django.urls import reverse
from django.utils import dates, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext

from centar.events.models import Event
from centar.script import remembered
from trainings.lists import SeminarEntry

register = template.Library()

CALLOUT_ICONS = {"success": "success", "warning": "warning", "error": "error"}


@register.simple_tag
@cache
def icon(name: str, kind: str = "") -> SafeString:
    """A drawing from `static/img/icons.svg`, hidden from screen readers: words stand beside it.

    `kind` adds the class `icon-<kind>`, where the style sheet tells one icon from another.
    """
    return format_html(
        '<svg class="icon{}" aria-hidden="true"><use href="{}#{}"></use></svg>',
        f" icon-{kind}" if kind else "",
        static("img/icons.svg"),
        name,
    )


@register.simple_tag
def date_leaf(
    starts: date | datetime | None, ends: date | datetime | None = None
) -> SafeString | str:
    """A leaf of a wall calendar for an event's first day, or its days within one month.

    Moments are shown as days in the portal's time zone. A past day is grey and bears its year.
    A draft that has no day yet has no leaf.
    """
    return leaf(starts, ends, timezone.localdate()) if starts else ""


@remembered.in_each_language
def leaf(starts: date | datetime, ends: date | datetime | None, today: date) -> SafeString:
    """The leaf itself, as it looks on the day `today`."""
    first = _local_day(starts)
    last = _local_day(ends) if ends else first
    is_past = last < today
    is_span = first != last and (first.year, first.month) == (last.year, last.month)
    days = f"{first.day}–{last.day}" if is_span else str(first.day)
    day = pgettext("day of the month on a calendar leaf", "%(day)s") % {"day": days}
    return format_html(
        '<time class="date-leaf{}" datetime="{}"><span class="date-leaf-weekday">{}</span> '
        '<span class="date-leaf-day{}">{}</span> <span class="date-leaf-month">{}{}</span></time>',
        " date-leaf-past" if is_past else "",
        first.isoformat(),
        dates.WEEKDAYS[first.weekday()],
        " date-leaf-span" if is_span else "",
        day,
        dates.MONTHS[first.month],
        f" {first.year}" if is_past else "",
    )


def _local_day(value: date | datetime) -> date:
    if not isinstance(value, datetime):
        return value
    return timezone.localtime(value).date() if timezone.is_aware(value) else value.date()


@register.simple_tag
def seats(event: Event | SeminarEntry) -> SafeString:
    """How many places are free and how many people wait, in words and as a bar.

    A model needs the counts of `EventQuerySet.with_seats()`.
    """
    return _seats(event.state, event.capacity, event.held, event.waiting)


@remembered.in_each_language
def _seats(state: str, capacity: int | None, held: int, waiting: int) -> SafeString:
    if state == Event.State.CANCELLED:
        return format_html(
            '<p class="seats seats-off"><strong>{}</strong></p>', gettext("Cancelled")
        )
    if capacity is None:
        return format_html('<p class="seats"><strong>{}</strong></p>', gettext("Open to everybody"))
    free = max(capacity - held, 0)
    queue = (
        ", "
        + ngettext("%(waiting)d person is waiting", "%(waiting)d people are waiting", waiting)
        % {"waiting": waiting}
        if waiting
        else ""
    )
    if not free:
        words, rest = gettext("No free places"), queue
    else:
        words = ngettext("%(free)d place free", "%(free)d places free", free) % {"free": free}
        rest = " " + gettext("of %(capacity)d") % {"capacity": capacity} + queue
    return format_html(
        '<p class="seats{}"><meter class="seats-bar" value="{}" max="{}" aria-hidden="true">'
        "</meter><strong>{}</strong>{}</p>",
        "" if free else " seats-full",
        free,
        capacity or 1,
        words,
        rest,
    )


@register.simple_block_tag(takes_context=True)
def menu_link(context: Context, content: SafeString, view: str, *also: str) -> SafeString:
    """A link to a view of the site, marked as current on that view and on the views in `also`.

    In a fixed part the reader's view is given as `here`.
    """
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.view_name if match else context.get("here", "")
    current = "page" if here == view else "true" if here in also else ""
    mark = format_html(' aria-current="{}"', current) if current else ""
    return format_html('<a href="{}"{}>{}</a>', reverse(view), mark, content)


@register.simple_block_tag
def card(content: SafeString, title: str = "", level: int = 2) -> SafeString:
    """A framed part of a page with a heading of the given level."""
    heading = format_html('<h{} class="h3">{}</h{}>', level, title, level) if title else ""
    return format_html(
        '<section class="card"><div class="card-body">{}{}</div></section>',
        heading,
        content,
    )


@register.simple_block_tag
def callout(content: SafeString, kind: str = "info", title: str = "") -> SafeString:
    """A message that stands out: `kind` is info, success, warning or error."""
    heading = format_html('<p class="callout-title">{}</p>', title) if title else ""
    return format_html(
        '<div class="callout callout-{}">{}<div class="callout-body">{}{}</div></div>',
        kind,
        icon(CALLOUT_ICONS.get(kind, "info")),
        heading,
        content,
    )


@register.simple_block_tag
def state(content: SafeString, title: str, kind: str = "good", level: int = 2) -> SafeString:
    """Where the reader stands, said large: `kind` is good, offer, wait, stop or gone."""
    look, drawing = {
        "good": ("", "success"),
        "offer": (" state-wait", "bell"),
        "wait": (" state-wait", "hourglass"),
        "stop": (" state-stop", "error"),
        "gone": (" state-gone", "info"),
    }[kind]
    return format_html(
        '<section class="state{}">{}<div><h{}>{}</h{}>{}</div></section>',
        look,
        icon(drawing),
        level,
        title,
        level,
        content,
    )


@register.simple_block_tag
def empty_state(content: SafeString, title: str, drawing: str = "calendar") -> SafeString:
    """Said where a list has nothing to show: what is missing, and in the body what to do next."""
    return format_html(
        '<div class="empty">{}<h2 class="h3">{}</h2>{}</div>',
        icon(drawing),
        title,
        content,
    )


@register.simple_block_tag
def disclosure(
    content: SafeString, title: str, is_open: bool = False, count: int = 0
) -> SafeString:
    """A part the reader opens; `count` shows a number beside the title, such as filters set."""
    return format_html(
        '<details class="disclosure"{}><summary>{}{}{}</summary>'
        '<div class="disclosure-body">{}</div></details>',
        " open" if is_open else "",
        title,
        format_html(' <span class="filter-count">{}</span>', count) if count else "",
        icon("chevron", "chevron"),
        content,
    )
