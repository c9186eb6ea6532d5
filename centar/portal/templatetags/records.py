"""Rows of the library's lists, drawn in Python: `{% load records %}`; see `entries`."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext

from centar.portal.templatetags.components import icon
from centar.script import remembered
from library import highlighting
from library.models import Record
from library.queries.entries import Entry

register = template.Library()


@register.simple_tag
def record_entries(entries: Iterable[Entry], sought: str = "") -> SafeString:
    """Records of a list: title, who made it, where it was published, its kind, what is free."""
    words = highlighting.sought(sought)
    return SafeString("".join(_record(entry, words) for entry in entries))


@register.simple_tag
def record_entry(entry: Entry, note: str = "") -> SafeString:
    """One record of a reading list, with a word on why to read it."""
    return _record(entry, highlighting.Sought(), note)


@remembered.in_each_face
def _record(entry: Entry, words: highlighting.Sought, note: str = "") -> SafeString:
    subtitle = f" : {entry.subtitle}" if entry.subtitle else ""
    published = ", ".join(part for part in (entry.publisher or entry.place, entry.year) if part)
    made_by = entry.responsibility or "; ".join(entry.names.splitlines())
    facts = [highlighting.marked(made_by, words)] if made_by else []
    facts += [format_html("{}", published)] if published else []
    return format_html(
        '<li class="entry entry-{}">{}<div class="entry-main"><h3 class="entry-title">'
        '<a href="{}">{}</a></h3><ul class="entry-meta">{}</ul>'
        '<ul class="tags"><li class="tag tag-plum">{}</li>{}</ul>{}</div></li>',
        "covered" if entry.cover else "plain",
        _cover(entry),
        reverse("library:record", args=[entry.pk]),
        highlighting.marked(entry.title + subtitle, words),
        format_html_join("", "<li>{}</li>", ((fact,) for fact in facts)),
        Record.Kind(entry.kind).label,
        format_html_join("", '<li class="tag{}">{}{}</li>', _standing(entry)),
        format_html('<p class="mb-0">{}</p>', note) if note else "",
    )


def _cover(entry: Entry) -> SafeString | str:
    if not entry.cover:
        return ""
    # The title beside it says all that the picture would.
    return format_html(
        '<img class="entry-cover" src="{}?v={}" alt="" width="64" height="96" loading="lazy">',
        reverse("library:cover", args=[entry.pk]),
        entry.cover,
    )


def _standing(entry: Entry) -> Iterable[tuple[str, SafeString | str, str]]:
    if entry.free:
        free = ngettext("%(free)d copy free", "%(free)d copies free", entry.free)
        yield " tag-good", icon("check"), free % {"free": entry.free}
    elif entry.is_read_here:
        yield "", "", gettext("to be read here")
    elif entry.copies:
        yield "", "", gettext("no copy free now")
    if entry.is_online:
        yield "", icon("screen"), gettext("online")
