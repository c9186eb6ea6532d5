"""Records as CSV and XLSX: one row a record, headings in Serbian in either script."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from centar.script.folding import fold
from centar.sheets import delimited, notation, workbooks, writing
from library.described import Contributor, Described, Issue, Item, Number, Part
from library.exchange import fields
from library.exchange.texts import Unreadable, lines, plain
from library.models import Contribution, Identifier, Record

MOST_ROWS = 25_000
SHEET = "Библиотека"
_TEXTS = {
    "title": "Наслов",
    "subtitle": "Поднаслов",
    "responsibility": "Подаци о одговорности",
    "edition": "Издање",
    "place": "Место",
    "publisher": "Издавач",
    "printed_year": "Година",
    "extent": "Обим",
    "series": "Едиција",
    "language": "Језик",
    "udc": "УДК",
    "link": "Адреса",
    "control_number": "Контролни број",
    "source": "Извор",
}
_KINDS = {
    Record.Kind.BOOK: "књига",
    Record.Kind.JOURNAL: "часопис",
    Record.Kind.MATERIAL: "дидактички материјал",
    Record.Kind.KIT: "комплет",
    Record.Kind.AUDIO: "звучни запис",
    Record.Kind.VIDEO: "видео-запис",
    Record.Kind.ELECTRONIC: "електронска публикација",
}
_KINDS_READ = {fold(word): kind for kind, word in _KINDS.items()}
_BODY = "установа"
_PIECES = re.compile(r"([1-9][0-9]{0,3}) × (.+)")
_ISSUE = re.compile(
    r"(?:(?P<volume>[^/]*)/)?(?P<year>[12][0-9]{3}), бр\. (?P<number>[^:]+?)(?:: (?P<title>.+))?"
)
_ITEMS = ("items_numbers", "items_marks", "items_codes")
_NONE = "–"
_PERSON = re.compile(r"(?P<name>.+?)(?: \[(?P<marks>[^\[\]]*)\])?")


@dataclass(frozen=True)
class Column:
    """A column of the table: its heading, how it is written, and what it is read into."""

    heading: str
    name: str
    write: Callable[[Described], str]
    read: Callable[[str], object]


def _text(name: str, heading: str) -> Column:
    return Column(heading, name, lambda one: str(getattr(one, name)), plain)


def _kind(text: str) -> str:
    if not text.strip():
        return Record.Kind.BOOK
    try:
        return _KINDS_READ[fold(text)]
    except KeyError:
        raise Unreadable(_("“%(text)s” is no kind of publication.") % {"text": text}) from None


def _numbers(kind: str, heading: str) -> Column:
    def write(one: Described) -> str:
        return notation.joined(number.printed for number in one.numbers if number.kind == kind)

    def read(text: str) -> tuple[Number, ...]:
        return tuple(Number(kind, one) for one in notation.split(text, ";"))

    return Column(heading, f"numbers_{kind}", write, read)


def _written_person(one: Contributor) -> str:
    marks = [
        *([one.role] if one.role != Contribution.Role.AUTHOR else []),
        *([_BODY] if one.is_body else []),
    ]
    return f"{one.name} [{', '.join(marks)}]" if marks else one.name


def _person(text: str) -> Contributor:
    found = _PERSON.fullmatch(text)
    assert found is not None  # the name takes whatever is there
    marks = [mark.strip() for mark in (found["marks"] or "").split(",")]
    roles = [mark for mark in marks if mark in Contribution.Role.values]
    is_body = any(fold(mark) == fold(_BODY) for mark in marks)
    if found["marks"] and not roles and not is_body:
        return Contributor(text)
    return Contributor(found["name"], roles[0] if roles else Contribution.Role.AUTHOR, is_body)


def _items(
    heading: str, name: str, value: Callable[[Item], str], *, is_shared: bool = False
) -> Column:
    """One thing of every copy, in the order of the copies, an empty one as a dash; one that is the
    same for all may stand once.
    """

    def write(one: Described) -> str:
        values = [value(copy) for copy in one.copies]
        if not any(values):
            return ""
        if is_shared and len(set(values)) == 1:
            return notation.joined(values[:1])
        return notation.joined(each or _NONE for each in values)

    def read(text: str) -> tuple[str, ...]:
        return tuple("" if each == _NONE else each for each in notation.split(text, ";"))

    return Column(heading, name, write, read)


def _copies(said: dict[str, object]) -> tuple[Item, ...]:
    """The copies of three columns, which are taken out of what is said."""
    numbers, marks, codes = (said.pop(name, ()) for name in _ITEMS)
    assert isinstance(numbers, tuple)
    assert isinstance(marks, tuple)
    assert isinstance(codes, tuple)
    most = max(len(numbers), len(codes), min(len(marks), 1))
    if len(marks) == 1:
        marks *= most
    if {len(numbers), len(marks), len(codes)} - {0, most}:
        raise Unreadable(
            _(
                "Of the copies there are %(numbers)d numbers, %(marks)d shelf marks and %(codes)d "
                "bar codes."
            )
            % {"numbers": len(numbers), "marks": len(marks), "codes": len(codes)}
        )
    nothing = ("",) * most
    whole = zip(numbers or nothing, marks or nothing, codes or nothing, strict=True)
    return tuple(Item(*one) for one in whole)


def _written_part(one: Part) -> str:
    return f"{one.pieces} × {one.name}"


def _part(text: str) -> Part:
    found = _PIECES.fullmatch(text)
    return Part(found[2], int(found[1])) if found else Part(text)


def _written_issue(one: Issue) -> str:
    volume = f"{one.volume}/" if one.volume else ""
    return f"{volume}{one.year}, бр. {one.number}" + (f": {one.title}" if one.title else "")


def _issue(text: str) -> Issue:
    found = _ISSUE.fullmatch(text)
    if found is None:
        raise Unreadable(
            _("“%(text)s” is no issue. Write it as 12/2024, бр. 3: title.") % {"text": text}
        )
    return Issue(int(found["year"]), found["number"], found["volume"] or "", found["title"] or "")


COLUMNS = (
    Column("Врста", "kind", lambda one: _KINDS[Record.Kind(one.kind)], _kind),
    *(_text(name, heading) for name, heading in _TEXTS.items()),
    Column(
        "Предметне одреднице", "subjects", lambda one: notation.joined(one.subjects),
        lambda text: tuple(notation.split(text, ";")),
    ),
    Column("Напомене", "notes", lambda one: one.notes, lambda text: "\n".join(lines(text))),
    Column(
        "Аутори и сарадници", "contributors",
        lambda one: notation.joined(map(_written_person, one.contributors)),
        lambda text: tuple(_person(one) for one in notation.split(text, ";")),
    ),
    _numbers(Identifier.Kind.ISBN, "ISBN"),
    _numbers(Identifier.Kind.ISSN, "ISSN"),
    Column(
        "Свеске", "issues", lambda one: notation.joined(map(_written_issue, one.issues)),
        lambda text: tuple(_issue(one) for one in notation.split(text, ";")),
    ),
    Column(
        "Делови", "parts", lambda one: notation.joined(map(_written_part, one.parts)),
        lambda text: tuple(_part(one) for one in notation.split(text, ";")),
    ),
    _items("Инвентарни број", _ITEMS[0], lambda copy: copy.accession_number),
    _items("Сигнатура", _ITEMS[1], lambda copy: copy.shelf_mark, is_shared=True),
    _items("Бар-код", _ITEMS[2], lambda copy: copy.barcode),
)  # fmt: skip
HEADINGS = [column.heading for column in COLUMNS]
_BY_HEADING = {fold(column.heading): column for column in COLUMNS}


def recognised(headings: Iterable[str]) -> int:
    """How many of the headings are ours."""
    return sum(fold(heading) in _BY_HEADING for heading in headings)


def as_csv(records: Iterable[Described]) -> bytes:
    """The records as CSV."""
    return writing.as_csv(HEADINGS, map(_row, records))


def as_xlsx(records: Iterable[Described]) -> bytes:
    """The records as a workbook. May raise `writing.TooLong`."""
    columns = [writing.Column(heading) for heading in HEADINGS]
    return writing.as_xlsx(SHEET, columns, map(_row, records))


def _row(one: Described) -> list[str]:
    return [column.write(one) for column in COLUMNS]


def read(content: bytes, *, is_workbook: bool, skip: int = 0) -> Iterator[Described | Unreadable]:
    """The rows of a table one by one after those to be skipped; of fields that have no column they
    are silent. Raises Unreadable for what is no table of records.
    """
    try:
        rows = _cells(content, is_workbook=is_workbook)
    except ValidationError as error:
        raise Unreadable(error.messages[0]) from error
    filled = [row for row in rows if any(text.strip() or problem for text, problem in row)]
    if not filled:
        raise Unreadable(_("The file is empty."))
    if len(filled) > MOST_ROWS + 1:
        raise Unreadable(workbooks.too_many_rows(MOST_ROWS))
    columns = [_BY_HEADING.get(fold(text)) for text, _problem in filled[0]]
    named = [column.name for column in columns if column is not None]
    if "title" not in named:
        raise Unreadable(
            _("The first row must hold headings, among them “%(title)s”.")
            % {"title": _TEXTS["title"]}
        )
    if len(set(named)) != len(named):
        raise Unreadable(_("Two columns have the same heading."))
    silent = tuple(
        column.name.removeprefix("numbers_")
        for column in COLUMNS
        if column.name not in named and column.name not in _ITEMS
    )
    return (_described(columns, row, silent) for row in filled[1 + skip :])


def _cells(content: bytes, *, is_workbook: bool) -> list[workbooks.Record]:
    if is_workbook:
        return workbooks.read(content, most_rows=MOST_ROWS)
    return [[(cell, "") for cell in row] for row in delimited.read(content, recognised)]


def _described(
    columns: list[Column | None], row: workbooks.Record, silent: tuple[str, ...]
) -> Described | Unreadable:
    said: dict[str, object] = {}
    numbers: tuple[Number, ...] = ()
    try:
        for column, (text, problem) in zip(columns, row, strict=False):
            if column is None:
                continue
            if problem:
                return Unreadable(f"{column.heading}: {problem}")
            value = column.read(text)
            if column.name.startswith("numbers_"):
                assert isinstance(value, tuple)
                numbers += value
            else:
                said[column.name] = value
        copies = _copies(said)
    except Unreadable as reason:
        return reason
    if not said.get("title"):
        return Unreadable(_("There is no title."))
    said["language"] = fields.language(str(said.get("language", "")))
    return Described(**said, numbers=numbers, copies=copies, silent=silent)  # type: ignore[arg-type]
