"""A record as it is spoken of outside the database: in files and in forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from library import isbn
from library.models import Contribution, Copy, Identifier, JournalIssue, KitPart, Record

_YEAR = re.compile(r"(?<![0-9])(1[4-9][0-9]{2}|20[0-9]{2})(?![0-9])")


@dataclass(frozen=True)
class Contributor:
    """Somebody who had a part in the work."""

    name: str
    role: str = Contribution.Role.AUTHOR
    is_body: bool = False


@dataclass(frozen=True)
class Number:
    """An ISBN or ISSN as it is printed."""

    kind: str
    printed: str


@dataclass(frozen=True)
class Issue:
    """An issue of a journal."""

    year: int
    number: str
    volume: str = ""
    title: str = ""

    def __str__(self) -> str:
        return f"{self.number}/{self.year}"


@dataclass(frozen=True)
class Part:
    """What lies in a kit."""

    name: str
    pieces: int = 1


@dataclass(frozen=True)
class Item:
    """A copy, by the number that it has in the accession register."""

    accession_number: str
    shelf_mark: str = ""
    barcode: str = ""


@dataclass(frozen=True)
class Described:
    """All that is said of an edition. Texts are plain, subjects one by one.

    `silent` names the fields of which a source cannot speak, such as a table without their columns;
    numbers are named by their kind.
    """

    title: str
    kind: str = Record.Kind.BOOK
    subtitle: str = ""
    responsibility: str = ""
    edition: str = ""
    place: str = ""
    publisher: str = ""
    printed_year: str = ""
    extent: str = ""
    series: str = ""
    language: str = ""
    udc: str = ""
    subjects: tuple[str, ...] = ()
    notes: str = ""
    link: str = ""
    control_number: str = ""
    source: str = ""
    contributors: tuple[Contributor, ...] = ()
    numbers: tuple[Number, ...] = ()
    issues: tuple[Issue, ...] = ()
    parts: tuple[Part, ...] = ()
    copies: tuple[Item, ...] = ()
    silent: tuple[str, ...] = ()

    @property
    def year(self) -> int | None:
        """The year that the printed one speaks of."""
        return year_of(self.printed_year)

    def packed(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)

    @classmethod
    def unpacked(cls, packed: dict[str, Any]) -> Described:
        """Back from `packed`."""
        rows = {
            name: tuple(made(**one) for one in packed.get(name, ())) for name, made in _ROWS.items()
        }
        plain = {name: tuple(packed.get(name, ())) for name in ("subjects", "silent")}
        return cls(**{**packed, **rows, **plain})

    def completed(self, held: Described) -> Described:
        """With what the source is silent about as the record that is held has it."""
        if not self.silent:
            return self
        kept = {name: getattr(held, name) for name in self.silent if name not in _KINDS}
        numbers = tuple(one for one in held.numbers if one.kind in self.silent)
        return replace(self, **kept, numbers=self.numbers + numbers, silent=())


_ROWS: dict[str, Callable[..., Any]] = {
    "contributors": Contributor,
    "numbers": Number,
    "issues": Issue,
    "parts": Part,
    "copies": Item,
}
_KINDS = tuple(Identifier.Kind.values)
TEXTS = (
    "kind", "title", "subtitle", "responsibility", "edition", "place", "publisher",
    "printed_year", "extent", "series", "language", "udc", "notes", "link", "control_number",
    "source",
)  # fmt: skip
"""Fields that a record has under the same names."""


def year_of(printed: str) -> int | None:
    """The first year in a text such as [1987?]."""
    found = _YEAR.search(printed)
    return int(found[1]) if found else None


def of(record: Record, *, with_copies: bool = False) -> Described:
    """The record as it is kept; for many, prefetch `RELATED`, and the copies where they are wanted.

    Those that were written off are in the register only.
    """
    texts = {name: getattr(record, name) for name in TEXTS}
    if not record.printed_year and record.year:
        texts["printed_year"] = str(record.year)
    return Described(
        **texts,
        subjects=tuple(record.subjects.splitlines()),
        contributors=tuple(
            Contributor(one.name, one.role, one.is_body) for one in record.contributions.all()
        ),
        numbers=tuple(Number(one.kind, one.printed) for one in record.identifiers.all()),
        issues=tuple(
            Issue(one.year, one.number, one.volume, one.title) for one in record.issues.all()
        ),
        parts=tuple(Part(one.name, one.pieces) for one in record.parts.all()),
        copies=tuple(
            Item(one.accession_number, one.shelf_mark, one.barcode or "")
            for one in (record.copies.all() if with_copies else ())
            if one.state != Copy.State.WRITTEN_OFF
        ),
    )


RELATED = ("contributions", "identifiers", "issues", "parts")
"""What `of` reads beside the record itself."""


def columns(described: Described) -> dict[str, Any]:
    """The values of the record's own columns, with what is searched of its names and numbers."""
    return {
        **{name: getattr(described, name) for name in TEXTS},
        "year": described.year,
        "subjects": "\n".join(described.subjects),
        "names": searched_names(one.name for one in described.contributors),
        "numbers": searched_numbers((one.kind, one.printed) for one in described.numbers),
    }


def rows(
    described: Described, record: Record
) -> tuple[list[Contribution], list[Identifier], list[JournalIssue], list[KitPart]]:
    """The rows that belong to the record, not saved yet."""
    people = [
        Contribution(record=record, order=place, name=one.name, role=one.role, is_body=one.is_body)
        for place, one in enumerate(described.contributors, 1)
    ]
    numbers = [
        Identifier(
            record=record,
            kind=one.kind,
            printed=one.printed,
            number=isbn.canonical(one.kind, one.printed),
        )
        for one in dict.fromkeys(described.numbers)
    ]
    issues = [
        JournalIssue(
            record=record, year=one.year, volume=one.volume, number=one.number, title=one.title
        )
        for one in dict.fromkeys(described.issues)
    ]
    parts = [
        KitPart(record=record, order=place, name=one.name, pieces=one.pieces)
        for place, one in enumerate(described.parts, 1)
    ]
    return people, numbers, issues, parts


def doubled_issue(described: Described) -> Issue | None:
    """An issue that stands in the description twice, each time with another title."""
    titles: dict[tuple[int, str, str], str] = {}
    for one in described.issues:
        if titles.setdefault((one.year, one.volume, one.number), one.title) != one.title:
            return one
    return None


def searched_names(names: Iterable[str]) -> str:
    """What is searched of the contributors."""
    return "\n".join(dict.fromkeys(names))


def searched_numbers(numbers: Iterable[tuple[str, str]]) -> str:
    """What is searched of the numbers: every spelling of each."""
    spellings = (form for kind, printed in numbers for form in isbn.forms(kind, printed))
    return " ".join(dict.fromkeys(spellings))
