"""What an accredited proposal says as an entry of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from accreditation import meanings
from accreditation.models import Call, Filing, Proposal
from accreditation.versions import Content
from centar.script import folding
from trainings.models import Programme
from trainings.operations.programmes import Entry, Leader

FORMS = {
    Call.Kind.PROGRAMME: Programme.Form.PROGRAMME,
    Call.Kind.MEETING: Programme.Form.MEETING,
    Call.Kind.WORKSHOP: Programme.Form.WORKSHOP,
}
"""Kinds of calls whose proposals become entries, and the form of the entry."""
# How several leaders of one hour are written into one field.
_BETWEEN_NAMES = re.compile(r"\s*(?:[,;/\n]|\s(?:и|i|and)\s)\s*")
_LONGEST_NAME = 150


def entry(proposal: Proposal, filing: Filing | None, content: Content) -> Entry:
    """All that the catalogue has a place for, from the accredited version and its decision."""
    return Entry(
        title=content.title,
        form=FORMS[Call.Kind(proposal.call.kind)],
        cycle=proposal.call.cycle,
        number=_number(proposal, filing),
        area=content.area_pk,
        competences=content.keys(meanings.COMPETENCES),
        priority_areas=content.keys(meanings.PRIORITIES),
        leaders=tuple(leaders(content)),
        audience=content.answer(meanings.AUDIENCE),
        aims=content.answer(meanings.AIMS),
        topics=content.answer(meanings.TOPICS) or _topics(content),
        hours=content.hours or 0,
        points=filing.points or Decimal(0) if filing else Decimal(0),
        fee=content.number(meanings.FEE) or Decimal(0),
        group_minimum=_whole(content, meanings.GROUP_SMALLEST),
        group_maximum=_whole(content, meanings.GROUP_LARGEST),
        source=_source(proposal, filing),
    )


def leaders(content: Content) -> Iterator[Leader]:
    """The authors, then whoever else leads an hour of the schedule; each once."""
    named = set()
    for author in content.authors:
        named.add(folding.fold(author.name))
        yield Leader(author.name[:_LONGEST_NAME], author.biography, author.person)
    for row in content.schedule:
        for name in _BETWEEN_NAMES.split(row.leader):
            key = folding.fold(name)
            if key and key not in named:
                named.add(key)
                yield Leader(name.strip()[:_LONGEST_NAME])


def _number(proposal: Proposal, filing: Filing | None) -> str:
    """A programme's number in the catalogue; a meeting is known by the decision."""
    if filing is None:
        return ""
    is_meeting = proposal.call.kind == Call.Kind.MEETING
    number = filing.catalogue_number or (filing.decision_number if is_meeting else "")
    return number[: Programme._meta.get_field("number").max_length]


def _topics(content: Content) -> str:
    """Where the form does not ask for topics, the schedule tells them."""
    return "\n".join(dict.fromkeys(row.topic for row in content.schedule if row.topic))


def _whole(content: Content, code: str) -> int | None:
    number = content.number(code)
    return None if number is None else int(number)


def _source(proposal: Proposal, filing: Filing | None) -> str:
    facts = {"code": proposal.code, "decision": filing.decision_number if filing else ""}
    if not facts["decision"]:
        return _("Proposal %(code)s") % facts
    return _("Proposal %(code)s, decision %(decision)s") % facts
