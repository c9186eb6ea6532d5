"""What stands in the files, in the order in which the institute asks for it.

The form of a call mirrors the institute's form, so its sections keep their order: first what the
proposal is and who its authors are, then the sections, the schedule of hours, and what is attached.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from accreditation.models import Call, Version
from accreditation.versions import Content
from centar.events import moments


@dataclass(frozen=True)
class Part:
    """A numbered part of the paper: what was asked and answered, and a table where there is one.

    The first row of a table names its columns.
    """

    title: str
    lines: Sequence[tuple[str, str]]
    table: Sequence[Sequence[str]] = ()


@dataclass(frozen=True)
class Paper:
    """The whole paper; `stamp` tells which version it is, under every page."""

    title: str
    subtitle: str
    stamp: str
    parts: Sequence[Part]


def of(version: Version) -> Paper:
    """The paper of a version, from nothing but what was frozen in it; `proposal` for its code."""
    content = Content.of(version)
    stamp = _("%(code)s, version %(number)d, submitted on %(day)s, SHA-256 %(sum)s") % {
        "code": version.proposal.code,
        "number": version.number,
        "day": moments.day(version.made_at),
        "sum": version.sha256[:16],
    }
    return Paper(
        title=content.title,
        subtitle=str(Call.Kind(content.kind).label),
        stamp=stamp,
        parts=tuple(part for part in _parts(content) if part.lines or part.table),
    )


def _parts(content: Content) -> Iterator[Part]:
    yield Part(_("Basic data"), tuple(_facts(content)))
    yield Part(_("Authors"), tuple(_authors(content)))
    for section in content.sections:
        yield Part(section.title, tuple((one.label, one.text) for one in section.questions))
    yield Part(_("Schedule of hours"), (), tuple(_schedule(content)))
    yield Part(_("Attached"), tuple(_attached(content)))


def _facts(content: Content) -> Iterator[tuple[str, str]]:
    yield _("Title"), content.title
    yield _("Kind"), str(Call.Kind(content.kind).label)
    if content.area:
        yield _("Area"), content.area
    if content.hours:
        yield _("Duration in hours"), str(content.hours)
    if content.wished_on:
        yield _("Wished day"), moments.day(content.wished_on)


def _authors(content: Content) -> Iterator[tuple[str, str]]:
    for author in content.authors:
        where = ", ".join(filter(None, (author.name, author.school)))
        yield f"{where} ({_('leads')})" if author.leads else where, author.biography


def _schedule(content: Content) -> Iterator[Sequence[str]]:
    if content.schedule:
        yield _("No."), _("Topic"), _("Way of work"), _("Hours"), _("Leader")
    for number, row in enumerate(content.schedule, start=1):
        yield str(number), row.topic, row.way, row.hours, row.leader


def _attached(content: Content) -> Iterator[tuple[str, str]]:
    for file in content.attachments:
        yield file.document or _("Other"), f"{file.name} ({filesizeformat(file.size)})"
