"""Days and hours as people write them, always in Serbian local time."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext_lazy

from centar.script import remembered

# Months as they stand in a date: the genitive in Serbian, which Django's own list lacks.
MONTHS = (
    pgettext_lazy("in a date", "January"),
    pgettext_lazy("in a date", "February"),
    pgettext_lazy("in a date", "March"),
    pgettext_lazy("in a date", "April"),
    pgettext_lazy("in a date", "May"),
    pgettext_lazy("in a date", "June"),
    pgettext_lazy("in a date", "July"),
    pgettext_lazy("in a date", "August"),
    pgettext_lazy("in a date", "September"),
    pgettext_lazy("in a date", "October"),
    pgettext_lazy("in a date", "November"),
    pgettext_lazy("in a date", "December"),
)


@remembered.in_each_language
def day(moment: datetime | date) -> str:
    """The day: „24. марта 2027.“ in Serbian, “24 March 2027” in English."""
    local = timezone.localtime(moment) if isinstance(moment, datetime) else moment
    parts = {"day": local.day, "month": MONTHS[local.month - 1], "year": local.year}
    return _("%(day)d %(month)s %(year)d") % parts


@remembered.in_each_language
def hour(moment: datetime) -> str:
    """The hour: „14.30“ in Serbian, “14:30” in English."""
    return date_format(timezone.localtime(moment), _("H:i"))


def written(moment: datetime) -> str:
    """Day and hour in one phrase, for sentences and letters."""
    return _("%(day)s at %(hour)s") % {"day": day(moment), "hour": hour(moment)}


def lately(moment: datetime) -> str:
    """„у 9.02“ for a moment of today, day and hour for any other."""
    if timezone.localtime(moment).date() == timezone.localdate():
        return _("at %(hour)s") % {"hour": hour(moment)}
    return written(moment)


def span(starts_at: datetime, ends_at: datetime) -> str:
    """A meeting: its day with both hours, or both ends when it passes midnight."""
    if timezone.localtime(starts_at).date() == timezone.localtime(ends_at).date():
        hours = {"day": day(starts_at), "start": hour(starts_at), "end": hour(ends_at)}
        return _("%(day)s, %(start)s–%(end)s") % hours
    return f"{written(starts_at)} – {written(ends_at)}"


@remembered.in_each_language
def hours(starts_at: datetime, ends_at: datetime, days: int) -> str:
    """The hours of an event's first day, and how many days there are when there are more."""
    text = f"{hour(starts_at)}–{hour(ends_at)}"
    if days == 1:
        return text
    several = ngettext("%(days)d day", "%(days)d days", days) % {"days": days}
    return f"{text}, {several}"
