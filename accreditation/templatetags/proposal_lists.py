"""Rows of lists and long pages, drawn in Python: `{% load proposal_lists %}`.

What is drawn is remembered: it is drawn again only when something in it has changed.
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
from django.utils.translation import gettext, pgettext

from accreditation import steps
from accreditation.models import Proposal, Version
from accreditation.queries.desk import Entry, Stamp
from accreditation.queries.practices import Entry as PracticeEntry
from accreditation.queries.practices import Page
from accreditation.versions import Content
from centar.events import kinds, moments
from centar.events.models import Event
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
    return _proposals(entries)


@remembered.rows_in_each_face
def _proposals(entry: Entry) -> SafeString:
    return format_html(
        '<tr><th scope="row" class="cell-wide"><a class="plain-link" href="{}">{}</a></th>'
        '<td data-label="{}"><span translate="no">{}</span></td>'
        '<td class="cell-wide">{}</td><td data-label="{}">{}</td><td data-label="{}">{}</td>'
        '<td data-label="{}">{}</td><td class="number" data-label="{}">{}</td></tr>',
        reverse("accreditation:desk_proposal", args=[entry.pk]),
        entry.title,
        pgettext("of a proposal", "Code"),
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
def desk_proposal(stamp: Stamp, may_step: bool) -> SafeString:
    """A proposal on the staff's desk: where it stands, what was submitted, and for whom
    `may_step` what can be done. Drawn again only when its stamp is another one.
    """
    return _desk_proposal(stamp, may_step)


@remembered.in_each_face
def _desk_proposal(stamp: Stamp, may_step: bool) -> SafeString:
    related = ("call__cycle", "filing__renewed_by", "decision", "made__programme", "practice")
    proposal = Proposal.objects.select_related(*related).get(pk=stamp.pk)
    versions = list(Version.objects.filter(proposal=proposal).order_by("-number"))
    context = {
        "proposal": proposal,
        **{
            name: getattr(proposal, name, None)
            for name in ("filing", "decision", "made", "practice")
        },
        "versions": versions,
        "content": Content.of(versions[0]) if versions else None,
        "steps": _steps(proposal) if may_step else [],
    }
    return SafeString(render_to_string("accreditation/_desk_proposal.html", context))


def _steps(proposal: Proposal) -> list[tuple[steps.Step, str]]:
    return [(step, step.address(proposal)) for step in steps.possible(proposal)]


@register.simple_tag
def practice_page(page: Page) -> SafeString:
    """An example of good practice, without the frame of the site."""
    return _practice_page(page)


@remembered.in_each_face
def _practice_page(page: Page) -> SafeString:
    event = Event.objects.get(pk=page.event) if page.event else None
    context = {
        "practice": page,
        "event": event,
        "event_page": kinds.get(event.kind).page(event) if event else "",
    }
    return SafeString(render_to_string("accreditation/_practice.html", context))


@register.simple_tag
def practice_entries(entries: Iterable[PracticeEntry]) -> SafeString:
    """Examples of good practice in their public list."""
    return _practices(entries)


@remembered.rows_in_each_face
def _practices(entry: PracticeEntry) -> SafeString:
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
