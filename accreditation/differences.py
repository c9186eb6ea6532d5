"""What changed between two versions of a proposal, section by section and word by word."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.utils.translation import gettext as _

from accreditation import word_changes
from accreditation.versions import Content
from accreditation.word_changes import Row
from centar.events import moments


@dataclass(frozen=True)
class Compared:
    """A question, or a fact of the proposal, as it was answered before and after."""

    label: str
    before: str
    after: str

    @cached_property
    def rows(self) -> list[Row]:
        """The two answers side by side, paragraph by paragraph."""
        return word_changes.rows(self.before, self.after)

    @cached_property
    def is_changed(self) -> bool:
        """Whether they say anything else; white space alone is nothing."""
        return any(row.is_changed for row in self.rows)


@dataclass(frozen=True)
class ComparedSection:
    """A section of the form; `number` tells it in addresses within the page."""

    number: int
    title: str
    parts: tuple[Compared, ...]

    @cached_property
    def changed(self) -> tuple[Compared, ...]:
        """The questions that are answered otherwise now."""
        return tuple(part for part in self.parts if part.is_changed)

    @cached_property
    def unchanged(self) -> tuple[Compared, ...]:
        """The others that have an answer."""
        return tuple(part for part in self.parts if not part.is_changed and part.after)


def between(before: Content, after: Content) -> list[ComparedSection]:
    """The versions compared, in the order of the later one: facts, sections, schedule, people and
    files. What is left out of both, such as authors for a blind reader, is not told of.
    """
    titled = (
        (_("The proposal"), _facts(before, after)),
        *_sections(before, after),
        (_("Schedule of hours"), [Compared("", _schedule(before), _schedule(after))]),
        (_("Authors"), _authors(before, after)),
        (_("Attachments"), [Compared("", _files(before), _files(after))]),
    )
    return [
        ComparedSection(number, title, tuple(parts))
        for number, (title, parts) in enumerate(titled, 1)
        if any(part.before or part.after for part in parts)
    ]


def _facts(before: Content, after: Content) -> list[Compared]:
    facts = (
        (_("Title"), before.title, after.title),
        (_("Area"), before.area, after.area),
        (_("Duration in hours"), str(before.hours or ""), str(after.hours or "")),
        (_("Wished day"), _day(before), _day(after)),
    )
    return [Compared(*fact) for fact in facts]


def _day(content: Content) -> str:
    return moments.day(content.wished_on) if content.wished_on else ""


def _sections(before: Content, after: Content) -> Iterator[tuple[str, Sequence[Compared]]]:
    """The sections of the later version; a question that it has no more comes last."""
    gone = {one.code: one for one in before.questions()}
    for section in after.sections:
        parts = []
        for one in section.questions:
            old = gone.pop(one.code, None)
            parts.append(Compared(one.label, old.text if old else "", one.text))
        yield section.title, parts
    if gone:
        yield _("No longer asked"), [Compared(one.label, one.text, "") for one in gone.values()]


def _schedule(content: Content) -> str:
    return _lines((row.topic, row.way, row.hours, row.leader) for row in content.schedule)


def _authors(before: Content, after: Content) -> list[Compared]:
    """Who they are, and what each says of oneself."""
    names = Compared(
        "",
        _lines((one.name, one.school) for one in before.authors),
        _lines((one.name, one.school) for one in after.authors),
    )
    old = {one.name: one.biography for one in before.authors}
    new = {one.name: one.biography for one in after.authors}
    return [
        names,
        *(Compared(name, old.get(name, ""), new.get(name, "")) for name in {**new, **old}),
    ]


def _files(content: Content) -> str:
    """Each by its name and the beginning of its fingerprint: a new file of the old name is new."""
    return _lines((one.document, one.name, one.sha256[:8]) for one in content.attachments)


def _lines(rows: Iterable[Iterable[str]]) -> str:
    return "\n".join(" · ".join(filter(None, row)) for row in rows)
