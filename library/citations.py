"""A record as programs for references read it: BibTeX and RIS.

Both name the publication as it is printed, in its own script.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from library import languages
from library.models import Contribution, Record

_BIBTEX_KINDS = {Record.Kind.BOOK: "book"}
_RIS_KINDS = {
    Record.Kind.BOOK: "BOOK", Record.Kind.JOURNAL: "JFULL", Record.Kind.AUDIO: "SOUND",
    Record.Kind.VIDEO: "VIDEO", Record.Kind.ELECTRONIC: "EBOOK",
}  # fmt: skip
_BIBTEX_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "%": r"\%",
    "#": r"\#", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip
_SIGN = re.compile(r"[\\{}$&%#_~^]")
_SPACE = re.compile(r"\s+")
_AUTHORS = (Contribution.Role.AUTHOR, Contribution.Role.COMPOSER)


def bibtex(record: Record) -> str:
    """One entry of BibTeX, in UTF-8; its key is the record's number."""
    fields = {
        # Braces keep the capitals of the title.
        "title": "{" + _escaped(_whole_title(record)) + "}",
        "author": " and ".join(_in_braces(one) for one in _people(record, authors=True)),
        "editor": " and ".join(_in_braces(one) for one in _people(record, authors=False)),
        "edition": _escaped(record.edition),
        "address": _escaped(record.place),
        "publisher": _escaped(record.publisher),
        "year": _escaped(_year(record)),
        "series": _escaped(record.series),
        "isbn": _escaped(", ".join(_numbers(record, "isbn"))),
        "issn": _escaped(", ".join(_numbers(record, "issn"))),
        "language": languages.tag(record.language),
        # Of addresses, programs expect every sign as it is.
        "url": record.link.replace("{", "%7B").replace("}", "%7D"),
    }
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    kind = _BIBTEX_KINDS.get(Record.Kind(record.kind), "misc")
    return "\n".join([f"@{kind}{{biblioteka{record.pk},", *lines, "}", ""])


def ris(record: Record) -> str:
    """One reference of RIS, in UTF-8 with the line ends that it asks for."""
    lines = [f"{tag}  - {_plain(value)}" for tag, value in _ris(record) if value]
    return "".join(f"{line}\r\n" for line in [*lines, "ER  - "])


def _ris(record: Record) -> Iterator[tuple[str, str]]:
    yield "TY", _RIS_KINDS.get(Record.Kind(record.kind), "GEN")
    yield "TI", _whole_title(record)
    yield from (("AU", one.name) for one in _people(record, authors=True))
    yield from (("ED", one.name) for one in _people(record, authors=False))
    yield "PY", str(record.year or "")
    yield "CY", record.place
    yield "PB", record.publisher
    yield "ET", record.edition
    yield "T3", record.series
    yield from (("SN", number) for number in _numbers(record, "isbn") + _numbers(record, "issn"))
    yield from (("KW", subject) for subject in record.subjects.splitlines())
    yield "LA", languages.tag(record.language)
    yield "UR", record.link
    yield "ID", str(record.pk)


def _whole_title(record: Record) -> str:
    return f"{record.title}: {record.subtitle}" if record.subtitle else record.title


def _year(record: Record) -> str:
    return str(record.year or record.printed_year)


def _people(record: Record, *, authors: bool) -> list[Contribution]:
    roles = _AUTHORS if authors else (Contribution.Role.EDITOR,)
    return [one for one in record.contributions.all() if one.role in roles]


def _numbers(record: Record, kind: str) -> list[str]:
    return [one.printed for one in record.identifiers.all() if one.kind == kind]


def _in_braces(one: Contribution) -> str:
    # In braces a body's name is not taken apart into a given and a family name.
    return "{" + _escaped(one.name) + "}" if one.is_body else _escaped(one.name)


def _escaped(text: str) -> str:
    return _SIGN.sub(lambda sign: _BIBTEX_SIGNS[sign[0]], _plain(text))


def _plain(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
