"""MARC 21: what its fields mean. https://www.loc.gov/marc/bibliographic/"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.utils.translation import gettext as _
from pymarc import Field, Leader
from pymarc import Record as Marc

from library import described as descriptions
from library import isbn
from library.described import Contributor, Described, Issue, Item, Number, Part
from library.exchange import fields
from library.exchange.texts import Unreadable, field_lines, plain, without_isbd
from library.models import Contribution, Identifier, Record

Bare = Callable[[str], str]
"""Takes the punctuation between elements away."""
Kind = Record.Kind
Role = Contribution.Role
_TYPES = {
    Kind.BOOK: "am",
    Kind.JOURNAL: "as",
    Kind.MATERIAL: "rm",
    Kind.KIT: "om",
    Kind.AUDIO: "im",
    Kind.VIDEO: "gm",
    Kind.ELECTRONIC: "mm",
}
_KINDS = {
    **dict.fromkeys("acdt", Kind.BOOK),
    **dict.fromkeys("efkr", Kind.MATERIAL),
    **dict.fromkeys("op", Kind.KIT),
    **dict.fromkeys("ij", Kind.AUDIO),
    "g": Kind.VIDEO,
    "m": Kind.ELECTRONIC,
}
_SERIALS = "bis"
_PUNCTUATION_LEFT_OUT = "c"
_PEOPLE = ("100", "700")
_BODIES = ("110", "111", "710", "711")
_NOTES = ("500", "502", "504", "505", "508", "511", "515", "518", "520", "521", "546", "550", "588")
_SUBJECTS = ("600", "610", "611", "630", "648", "650", "651", "653", "655")
_VOLUME = {"v": " ; "}
_DASH = dict.fromkeys("vxyz", " – ")


def written(record: Record, *, made_on: date | None = None) -> Marc:
    """A record of the catalogue as MARC 21; for many, prefetch `described.RELATED`."""
    return write(descriptions.of(record), key=str(record.pk), made_on=made_on)


def write(described: Described, *, key: str = "", made_on: date | None = None) -> Marc:
    """A description as MARC 21 in UTF-8; `key` is its control number where it brings none.

    Punctuation between elements is left out, which position 18 of the leader says.
    """
    marc = Marc(force_utf8=True)
    marc.leader = Leader(f"00000n{_TYPES[Kind(described.kind)]} a2200000 c 4500")
    fields.control(marc, "001", described.control_number or key)
    fields.control(marc, "008", _fixed(described, made_on))
    for number in described.numbers:
        is_right = bool(isbn.canonical(number.kind, number.printed))
        if number.kind == Identifier.Kind.ISBN:
            fields.add(marc, "020", "  ", ("a" if is_right else "z", number.printed))
        else:
            fields.add(marc, "022", "  ", ("a" if is_right else "y", number.printed))
    fields.add(marc, "040", "  ", ("a", described.source))
    fields.add(marc, "041", "  ", ("a", described.language))
    fields.add(marc, "080", "  ", ("a", described.udc))
    _write_title(marc, described)
    for part in described.parts:
        fields.add(marc, "505", "00", ("t", part.name), ("g", str(part.pieces)))
    for line in field_lines(described.notes):
        fields.add(marc, "500", "  ", ("a", line))
    for subject in described.subjects:
        fields.add(marc, "650", " 4", ("a", subject))
    for place, one in enumerate(described.contributors):
        is_main = place == 0 and one.role == Role.AUTHOR
        tag = ("1" if is_main else "7") + ("10" if one.is_body else "00")
        ending = "2" if one.is_body else "1"
        marc.fields.append(fields.field(tag, f"{ending} ", ("a", one.name), ("4", str(one.role))))
    fields.add(marc, "856", "40", ("u", described.link))
    for issue in described.issues:
        fields.add(
            marc, "863", "  ", ("a", issue.volume), ("b", issue.number), ("i", str(issue.year)),
            ("z", issue.title),
        )  # fmt: skip
    for place, copy in enumerate(described.copies, 1):
        fields.add(marc, "852", "8 ", ("8", str(place)), ("h", copy.shelf_mark))
        fields.add(
            marc, "876", "  ", ("8", f"{place}.1"), ("a", copy.accession_number),
            ("p", copy.barcode),
        )  # fmt: skip
    # By hundreds, as the standard wants them; contributors stay in their order.
    marc.fields.sort(key=lambda one: one.tag[0])
    return marc


def _write_title(marc: Marc, described: Described) -> None:
    has_author = bool(described.contributors) and described.contributors[0].role == Role.AUTHOR
    fields.add(
        marc, "245", "10" if has_author else "00", ("a", described.title),
        ("b", described.subtitle), ("c", described.responsibility),
    )  # fmt: skip
    fields.add(marc, "250", "  ", ("a", described.edition))
    fields.add(
        marc, "264", " 1", ("a", described.place), ("b", described.publisher),
        ("c", described.printed_year),
    )  # fmt: skip
    fields.add(marc, "300", "  ", ("a", described.extent))
    fields.add(marc, "490", "0 ", ("a", described.series))


def _fixed(described: Described, made_on: date | None) -> str:
    day = f"{made_on:%y%m%d}" if made_on else "      "
    year = f"s{described.year}    " if described.year else "n" + "u" * 4 + " " * 4
    return f"{day}{year}xx {' ' * 17}{described.language or 'und'} d"


def read(marc: Marc) -> Described:
    """What a record in MARC 21 says. Raises Unreadable for one without a title."""
    leader = str(marc.leader)
    is_spare = leader[18] == _PUNCTUATION_LEFT_OUT

    def bare(text: str) -> str:
        return text if is_spare else without_isbd(text)

    title = bare(fields.joined(marc, "245", "anp", {"n": " ", "p": " "}))
    if not title:
        raise Unreadable(_("There is no title (field 245)."))
    imprint = "264" if marc.get("264") is not None else "260"
    extent = fields.joined(marc, "300", "abce", {})
    return Described(
        title=title,
        kind=_kind(leader),
        subtitle=bare(fields.first(marc, "245", "b")),
        responsibility=fields.first(marc, "245", "c"),
        edition=bare(fields.joined(marc, "250", "ab", {})),
        place=bare(fields.first(marc, imprint, "a")),
        publisher=bare(fields.first(marc, imprint, "b")),
        printed_year=_year(marc, imprint, is_spare=is_spare),
        extent=bare(extent),
        series=bare(fields.joined(marc, "490", "av", _VOLUME)),
        language=_language(marc),
        udc=fields.first(marc, "080", "a"),
        subjects=tuple(dict.fromkeys(_subjects(marc, is_spare=is_spare))),
        notes="\n".join(_notes(marc)),
        link=fields.first(marc, "856", "u"),
        control_number=plain(fields.data(marc, "001")),
        source=fields.first(marc, "040", "a"),
        contributors=tuple(_contributors(marc, bare)),
        numbers=tuple(dict.fromkeys(_numbers(marc))),
        issues=tuple(dict.fromkeys(_issues(marc))),
        parts=tuple(_parts(marc)),
        copies=tuple(_copies(marc)),
    )


def _kind(leader: str) -> str:
    kind = _KINDS.get(leader[6], Kind.BOOK)
    return Kind.JOURNAL if kind == Kind.BOOK and leader[7] in _SERIALS else kind


def _year(marc: Marc, imprint: str, *, is_spare: bool) -> str:
    printed = fields.first(marc, imprint, "c")
    if printed:
        return printed if is_spare else printed.rstrip(".")
    fixed = fields.data(marc, "008")[7:11]
    return fixed if descriptions.year_of(fixed) else ""


def _language(marc: Marc) -> str:
    return fields.language(fields.first(marc, "041", "a")[:3]) or fields.language(
        fields.data(marc, "008")[35:38]
    )


def _subjects(marc: Marc, *, is_spare: bool) -> list[str]:
    found = [fields.joined_in(one, "abcdtvxyz", _DASH) for one in marc.get_fields(*_SUBJECTS)]
    if not is_spare:
        found = [without_isbd(text).rstrip(".") for text in found]
    return [text for text in found if text]


def _is_part(note: Field) -> bool:
    return note.tag == "505" and (note.get("g") or "").isdecimal() and bool(note.get("t"))


def _notes(marc: Marc) -> list[str]:
    notes = [one for one in marc.get_fields(*_NOTES) if not _is_part(one)]
    return [text for one in notes if (text := fields.joined_in(one, "abcdgprt", {}))]


def _parts(marc: Marc) -> list[Part]:
    return [
        Part(plain(one["t"]), fields.small(one["g"]))
        for one in marc.get_fields("505")
        if _is_part(one)
    ]


def _contributors(marc: Marc, bare: Bare) -> list[Contributor]:
    people = []
    for one in marc.get_fields(*_PEOPLE, *_BODIES):
        name = bare(fields.joined_in(one, "abcn", {}))
        if name:
            people.append(Contributor(name, _role(one), one.tag in _BODIES))
    return list(dict.fromkeys(people))


def _role(one: Field) -> str:
    code = plain(one.get("4") or "")[-3:]
    if code in Role.values:
        return code
    if code:
        return Role.OTHER
    # Without a code the first name is the author's, and another person's a fellow author's.
    return Role.OTHER if one.tag in ("710", "711") else Role.AUTHOR


def _numbers(marc: Marc) -> list[Number]:
    return [
        Number(Identifier.Kind.ISBN if one.tag == "020" else Identifier.Kind.ISSN, printed)
        for one in marc.get_fields("020", "022")
        for part in one.subfields
        if part.code in ("azy" if one.tag == "022" else "az")
        and (printed := isbn.printed(plain(part.value)))
    ]


def _issues(marc: Marc) -> list[Issue]:
    return [
        Issue(year, plain(number), plain(one.get("a") or ""), plain(one.get("z") or ""))
        for one in marc.get_fields("863")
        if (number := one.get("b")) and (year := descriptions.year_of(one.get("i") or ""))
    ]


def _copies(marc: Marc) -> list[Item]:
    """Copies with their numbers in 876, whose place in 852 they name by $8; where there is no 876,
    each 852 is a copy, and its piece designation the number.
    """
    places = marc.get_fields("852")
    marks = [fields.joined_in(one, "khim", {}) or plain(one.get("j") or "") for one in places]
    items = marc.get_fields("876")
    if not items:
        return [
            Item(plain(one.get("p") or ""), mark)
            for one, mark in zip(places, marks, strict=True)
            if mark or one.get("p")
        ]
    linked = {_link(one): mark for one, mark in zip(places, marks, strict=True)}
    alone = marks[0] if len(marks) == 1 else ""
    return [
        Item(
            plain(one.get("a") or one.get("p") or ""),
            linked.get(_link(one), alone),
            plain(one.get("p") or "") if one.get("a") else "",
        )
        for one in items
    ]


def _link(one: Field) -> str:
    return plain(one.get("8") or "").partition(".")[0]
