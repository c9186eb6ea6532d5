"""Days and hours in templates, as people write them: `{% load moments %}`."""

from __future__ import annotations

from datetime import date, datetime

from django import template

from centar.events import moments
from centar.events.models import Meeting

register = template.Library()


@register.filter
def written(moment: datetime | None) -> str:
    """Day and hour in one phrase; nothing for no moment."""
    return "" if moment is None else moments.written(moment)


@register.filter
def day(moment: datetime | date | None) -> str:
    """The day; nothing for no moment."""
    return "" if moment is None else moments.day(moment)


@register.filter
def lately(moment: datetime) -> str:
    """The hour for a moment of today, day and hour for any other."""
    return moments.lately(moment)


@register.filter
def span(meeting: Meeting) -> str:
    """A meeting: its day with both hours."""
    return moments.span(meeting.starts_at, meeting.ends_at)
