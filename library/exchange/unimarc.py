"""UNIMARC, and COMARC/B where it differs: what the fields mean.

https://www.ifla.org/publications/unimarc-formats-and-related-documentation/. COMARC keeps ISSN in
011 $e, and wrong numbers in $z. UNIMARC writes no punctuation between elements.

Copies stand in 996, of journals in 997, as COMARC/H has them (IZUM, COMARC/H: format za podatke o
stanju fonda): $f is the inventory number, $d the shelf mark, whose elements begin with a backslash
and a letter. Neither has a place for the bar code, so it is in 995, as French libraries and Koha
have it: $f the bar code, $j the inventory number, $k the shelf mark.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _
from pymarc import Field, Leader
from pymarc import Record as Marc

from library import described as descriptions
from library import isbn
from library.described import Contributor, Described, Issue, Item, Number, Part
from library.exchange import fields
from library.exchange.texts import Unreadable, field_lines, plain
from library.models import Contribution, Identifier, Record

Kind = Record.Kind
Role = Contribution.Role
_TYPES = {
    Kind.BOOK: "am",
    Kind.JOURNAL: "as",
    Kind.MATERIAL: "rm",
    Kind.KIT: "mm",
    Kind.AUDIO: "im",
    Kind.VIDEO: "gm",
    Kind.ELECTRONIC: "lm",
}
_KINDS = {
    **dict.fromkeys("abcd", Kind.BOOK),
    **dict.fromkeys("efkr", Kind.MATERIAL),
    "m": Kind.KIT,
    **dict.fromkeys("ij", Kind.AUDIO),
    "g": Kind.VIDEO,
    "l": Kind.ELECTRONIC,
}
# Relator codes of UNIMARC, appendix C.
_ROLES = {
    Role.AUTHOR: "070",
    Role.EDITOR: "340",
    Role.TRANSLATOR: "730",
    Role.ILLUSTRATOR: "440",
    Role.PHOTOGRAPHER: "600",
    Role.COMPOSER: "230",
    Role.PERFORMER: "590",
    Role.DIRECTOR: "300",
    Role.FOREWORD: "080",
    Role.REVIEWER: "675",
    Role.OTHER: "570",
}
_CODES = {
    **{code: role for role, code in _ROLES.items()},
    **dict.fromkeys(("651", "710", "220"), Role.EDITOR),
    "010": Role.TRANSLATOR,
    "205": Role.AUTHOR,
}
_PEOPLE = ("700", "701", "702")
_BODIES = ("710", "711", "712")
_SUBJECTS = ("600", "601", "602", "604", "605", "606", "607", "608", "609", "610")
_NOTES = tuple(str(number) for number in range(300, 346) if number != 327)
_SUBTITLE = {"e": " : ", "d": " = "}
_RESPONSIBLE = {"f": " ; ", "g": " ; "}
_EXTENT = {"c": " : ", "d": " ; ", "e": " + "}
_SERIES = {"d": " = ", "e": " : ", "f": " / ", "h": ". ", "i": ". ", "v": " ; "}
_DASH = dict.fromkeys("bxyz", " – ")
_MARK_ELEMENT = re.compile(r"\\[a-z0-9]")
_PIECES = re.compile(r"([1-9][0-9]{0,3}) × (.+)")


def written(record: Record, *, made_on: date | None = None) -> Marc:
    """A record of the catalogue as UNIMARC; for many, prefetch `described.RELATED`."""
    return write(descriptions.of(record), key=str(record.pk), made_on=made_on)


def write(described: Described, *, key: str = "", made_on: date | None = None) -> Marc:
    """A description as UNIMARC in UTF-8; `key` is its control number where it brings none."""
    marc = Marc(force_utf8=True)
    # pymarc writes UTF-8 where position 9 says so; UNIMARC says it in field 100.
    marc.leader = Leader(f"00000n{_TYPES[Kind(described.kind)]}0a2200000   450 ")
    fields.control(marc, "001", described.control_number or key)
    for number in described.numbers:
        tag = "010" if number.kind == Identifier.Kind.ISBN else "011"
        is_right = bool(isbn.canonical(number.kind, number.printed))
        fields.add(marc, tag, "  ", ("a" if is_right else "z", number.printed))
    fields.add(marc, "100", "  ", ("a", _general(described, made_on)))
    fields.add(marc, "101", "0 ", ("a", described.language))
    fields.add(
        marc, "200", "1 ", ("a", described.title), ("e", described.subtitle),
        ("f", described.responsibility),
    )  # fmt: skip
    fields.add(marc, "205", "  ", ("a", described.edition))
    fields.add(
        marc, "210", "  ", ("a", described.place), ("c", described.publisher),
        ("d", described.printed_year),
    )  # fmt: skip
    fields.add(marc, "215", "  ", ("a", described.extent))
    fields.add(marc, "225", "2 ", ("a", described.series))
    for line in field_lines(described.notes):
        fields.add(marc, "300", "  ", ("a", line))
    for part in described.parts:
        fields.add(marc, "327", "1 ", ("a", f"{part.pieces} × {part.name}"))
    for subject in described.subjects:
        fields.add(marc, "610", "0 ", ("a", subject))
    fields.add(marc, "675", "  ", ("a", described.udc))
    for place, one in enumerate(described.contributors):
        marc.fields.append(_contributor(one, is_first=place == 0))
    fields.add(marc, "801", " 0", ("b", described.source))
    fields.add(marc, "856", "4 ", ("u", described.link))
    for issue in described.issues:
        fields.add(
            marc, "959", "  ", ("a", str(issue.year)), ("b", issue.volume), ("c", issue.number),
            ("t", issue.title),
        )  # fmt: skip
    for copy in described.copies:
        if copy.barcode:
            fields.add(
                marc, "995", "  ", ("f", copy.barcode), ("j", copy.accession_number),
                ("k", copy.shelf_mark),
            )  # fmt: skip
    for copy in described.copies:
        tag = "997" if described.kind == Kind.JOURNAL else "996"
        fields.add(marc, tag, "  ", ("d", copy.shelf_mark), ("f", copy.accession_number))
    return marc


def _general(described: Described, made_on: date | None) -> str:
    """Field 100: 36 signs by position, UTF-8 among them."""
    day = f"{made_on:%Y%m%d}" if made_on else " " * 8
    year = f"d{described.year}    " if described.year else "u" + " " * 8
    return f"{day}{year}   y0srpy50      ca"[:36].ljust(36)


def _contributor(one: Contributor, *, is_first: bool) -> Field:
    tens = "71" if one.is_body else "70"
    last = "2" if one.role != Role.AUTHOR else "0" if is_first else "1"
    code = _ROLES[Role(one.role)]
    family, comma, given = one.name.partition(", ")
    if one.is_body or not comma or not family or not given:
        return fields.field(
            f"{tens}{last}", "02" if one.is_body else " 0", ("a", one.name), ("4", code)
        )
    return fields.field(f"{tens}{last}", " 1", ("a", family), ("b", given), ("4", code))


def read(marc: Marc) -> Described:
    """What a record in UNIMARC or COMARC says. Raises Unreadable for one without a title."""
    title = fields.joined(marc, "200", "ahi", {"h": ". ", "i": ". "})
    if not title:
        raise Unreadable(_("There is no title (field 200)."))
    leader = str(marc.leader)
    return Described(
        title=title,
        kind=_kind(leader),
        subtitle=fields.joined(marc, "200", "de", _SUBTITLE),
        responsibility=fields.joined(marc, "200", "fg", _RESPONSIBLE),
        edition=fields.joined(marc, "205", "ab", {"b": ", "}),
        place=fields.joined(marc, "210", "a", {"a": " ; "}),
        publisher=fields.joined(marc, "210", "c", {"c": " : "}),
        printed_year=_year(marc),
        extent=fields.joined(marc, "215", "acde", _EXTENT),
        series=fields.joined(marc, "225", "adefhiv", _SERIES),
        language=fields.language(fields.first(marc, "101", "a")[:3]),
        udc=fields.first(marc, "675", "a"),
        subjects=tuple(dict.fromkeys(_subjects(marc))),
        notes="\n".join(_notes(marc)),
        link=fields.first(marc, "856", "u"),
        control_number=plain(fields.data(marc, "001")),
        source=fields.first(marc, "801", "b"),
        contributors=tuple(dict.fromkeys(_contributors(marc))),
        numbers=tuple(dict.fromkeys(_numbers(marc))),
        issues=tuple(dict.fromkeys(_issues(marc))),
        parts=tuple(_parts(marc)),
        copies=tuple(_copies(marc)),
    )


def _kind(leader: str) -> str:
    kind = _KINDS.get(leader[6], Kind.BOOK)
    return Kind.JOURNAL if kind == Kind.BOOK and leader[7] == "s" else kind


def _year(marc: Marc) -> str:
    printed = fields.first(marc, "210", "d")
    if printed:
        return printed
    fixed = fields.first(marc, "100", "c") or fields.first(marc, "100", "a")[9:13]
    return fixed if descriptions.year_of(fixed) else ""


def _subjects(marc: Marc) -> list[str]:
    found = []
    for one in marc.get_fields(*_SUBJECTS):
        if one.tag == "610":
            found += [plain(part.value) for part in one.subfields if part.code == "a"]
        else:
            found.append(fields.joined_in(one, "abtxyz", _DASH))
    return [text for text in found if text]


def _notes(marc: Marc) -> list[str]:
    notes = fields.every(marc, _NOTES, "a")
    contents = fields.every(marc, ("327",), "a")
    return [*notes, *(text for text in contents if not _PIECES.fullmatch(text))]


def _parts(marc: Marc) -> list[Part]:
    found = (_PIECES.fullmatch(text) for text in fields.every(marc, ("327",), "a"))
    return [Part(one[2], int(one[1])) for one in found if one]


def _contributors(marc: Marc) -> list[Contributor]:
    people = []
    for one in marc.get_fields(*_PEOPLE, *_BODIES):
        is_body = one.tag in _BODIES
        name = fields.joined_in(one, "ab", {"b": ". " if is_body else ", "})
        if name:
            people.append(Contributor(name, _role(one), is_body))
    return people


def _role(one: Field) -> str:
    code = plain(one.get("4") or "")
    if code:
        return _CODES.get(code, Role.OTHER)
    return Role.OTHER if one.tag in ("702", "712") else Role.AUTHOR


def _numbers(marc: Marc) -> list[Number]:
    return [
        Number(Identifier.Kind.ISBN if one.tag == "010" else Identifier.Kind.ISSN, printed)
        for one in marc.get_fields("010", "011")
        for part in one.subfields
        if part.code in ("az" if one.tag == "010" else "aezy")
        and (printed := isbn.printed(plain(part.value)))
    ]


def _issues(marc: Marc) -> list[Issue]:
    return [
        Issue(year, plain(number), plain(one.get("b") or ""), plain(one.get("t") or ""))
        for one in marc.get_fields("959")
        if (number := one.get("c")) and (year := descriptions.year_of(one.get("a") or ""))
    ]


def _copies(marc: Marc) -> list[Item]:
    found = [
        Item(plain(one.get("f") or ""), plain(_MARK_ELEMENT.sub(" ", one.get("d") or "")))
        for one in marc.get_fields("996", "997")
        if one.get("f") or one.get("d")
    ]
    places = {one.accession_number: place for place, one in enumerate(found)}
    for one in marc.get_fields("995"):
        barcode, number = plain(one.get("f") or ""), plain(one.get("j") or "")
        item = Item(number or barcode, plain(one.get("k") or ""), barcode if number else "")
        if not item.accession_number and not item.shelf_mark:
            continue
        place = places.get(item.accession_number)
        if place is None:
            found.append(item)
        else:
            mark = found[place].shelf_mark or item.shelf_mark
            found[place] = replace(item, shelf_mark=mark)
    return found
