"""Rows of lists and what never changes of a version, drawn in Python: `{% load proposal_lists %}`.

A row is drawn again only when something in it has changed; a version is drawn once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from accreditation.models import Proposal, Version
from accreditation.queries.desk import Entry
from accreditation.queries.practices import Entry as PracticeEntry
from accreditation.versions import Content
from centar.events import moments
from centar.script import remembered

State = Proposal.State
LOOKS = {
    State.ACCEPTED: " tag-good",
    State.ACCREDITED: " tag-good",
    State.RETURNED: " tag-wait",
    State.REVISION: " tag-wait",
    State.DECLINED: " tag-stop",
    State.REFUSED: " tag-stop",
    State.WITHDRAWN: " tag-stop",
}

register = template.Library()


@register.simple_tag
def proposal_entries(entries: Iterable[Entry]) -> SafeString:
    """Proposals of the staff's list, rows of its table; on a phone each cell says its name."""
    return SafeString("".join(_proposal(entry) for entry in entries))


@remembered.in_each_face
def _proposal(entry: Entry) -> SafeString:
    return format_html(
        '<tr><th scope="row" class="cell-wide"><a class="plain-link" href="{}">{}</a></th>'
        '<td data-label="{}"><span translate="no">{}</span></td>'
        '<td class="cell-wide">{}</td><td data-label="{}">{}</td><td data-label="{}">{}</td>'
        '<td data-label="{}">{}</td><td class="number" data-label="{}">{}</td></tr>',
        reverse("accreditation:desk_proposal", args=[entry.pk]),
        entry.title,
        gettext("Code"),
        entry.code,
        ", ".join(entry.authors),
        gettext("Kind"),
        entry.kind_label,
        gettext("Area"),
        entry.area or "–",
        gettext("State"),
        state_tag(entry.state),
        gettext("Submitted"),
        _on(entry.submitted_at),
    )


def _on(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%d.%m.%Y.}"


@register.simple_tag
def state_tag(state: str) -> SafeString:
    """The state of a proposal in words, and in a colour beside them."""
    label = Proposal.State(state).label
    return format_html('<span class="tag{}">{}</span>', LOOKS.get(State(state), ""), label)


@register.simple_tag
def version_content(version: Version) -> SafeString:
    """Everything that was submitted; a version never changes, so it is drawn once."""
    return _content(Frozen(version))


class Frozen:
    """A version as what it is remembered by: its key and the sum of its content."""

    def __init__(self, version: Version) -> None:
        self.version = version
        self.key = (version.pk, version.sha256)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Frozen) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@remembered.in_each_face
def _content(frozen: Frozen) -> SafeString:
    context = {"content": Content.of(frozen.version), "files_as": "accreditation:attachment"}
    return SafeString(render_to_string("accreditation/_content.html", context))


@register.simple_tag
def practice_entries(entries: Iterable[PracticeEntry]) -> SafeString:
    """Examples of good practice in their public list."""
    return SafeString("".join(_practice(entry) for entry in entries))


@remembered.in_each_face
def _practice(entry: PracticeEntry) -> SafeString:
    return format_html(
        '<li class="entry"><div class="entry-main">'
        '<h3 class="entry-title"><a href="{}">{}</a></h3>'
        '<ul class="entry-meta"><li>{}</li>{}<li>{}</li></ul>{}'
        '<ul class="tags">{}<li class="tag">{}</li></ul></div></li>',
        reverse("accreditation:practice", args=[entry.pk]),
        entry.title,
        entry.authors,
        format_html("<li>{}</li>", "; ".join(entry.schools)) if entry.schools else "",
        moments.day(entry.published_at),
        format_html("<p>{}</p>", entry.summary) if entry.summary else "",
        format_html('<li class="tag tag-plum">{}</li>', entry.subject) if entry.subject else "",
        entry.level_label,
    )
