"""The library of the resource centre: what stands on its shelves, who has it, who waits for it.

Titles of literature, scholarship and journals are real, with their first editions; what bears the
Centre's name as its publisher is invented.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.utils import timezone

from centar import data_files
from centar.events.models import Event
from centar.people.models import Person, User
from centar.portal.demo import accounts, centre, covers, people
from centar.portal.demo.papers import paper
from centar.portal.demo.seminars import Cast
from library import described as descriptions
from library.described import Contributor, Described, Issue, Number, Part
from library.models import (
    Copy,
    LendingRule,
    LendingTerms,
    Loan,
    Member,
    MemberKind,
    ReadingList,
    Record,
)
from library.operations import copies, desk, members, records, reservations, words
from library.operations.members import Application

FILE = Path(__file__).parent / "data" / "shelf.csv"
GUIDE = "Водич за школске библиотекаре.pdf"
RULES = (
    (MemberKind.TEACHER, "", 5, 28, 2),
    (MemberKind.PUPIL, "", 3, 14, 1),
    ("", Record.Kind.KIT, 1, 7, 0),
)
"""For whom and what, how many at once, for how many days, how often renewed."""
PLACE_AND_HOURS = "У згради Центра, приземље.\nРадним данима од 9 до 17 часова."
READER = "Жељко Којић"
READING = (
    ("robots", "Двадесет вежби, од прве до завршне."),
    ("microbit", "За рад у одељењу; довољно за двадесет ученика."),
    ("mindstorms", "Књига од које је све почело."),
)
_CONTRIBUTOR = re.compile(r"(?P<name>[^(]+?)(?: \((?P<role>\w{3})\))?")
_PART = re.compile(r"(?P<name>.+) × (?P<pieces>\d+)")


def make(cast: Cast) -> Person:
    """Fill the shelves, open the desk and let some days pass at it; gives the pupil who joined."""
    librarian = User.objects.get(email=accounts.LIBRARIAN)
    for member_kind, record_kind, items, days, renewals in RULES:
        LendingRule.objects.create(
            member_kind=member_kind,
            record_kind=record_kind,
            items=items,
            days=days,
            renewals=renewals,
        )
    LendingTerms.objects.update_or_create(defaults={"place_and_hours": PLACE_AND_HOURS})
    shelf = {row["key"]: _record(row, librarian) for row in data_files.read(FILE)}
    pupil = _lend(shelf, cast, librarian)
    _recommend(shelf)
    words.count()
    return pupil


def _record(row: dict[str, str], by: User) -> Record:
    texts: dict[str, Any] = {name: row[name] for name in descriptions.TEXTS if name in row}
    said = Described(
        **texts,
        printed_year=row["year"],
        subjects=tuple(_several(row["subjects"])),
        contributors=tuple(
            Contributor(found["name"], found["role"] or "aut", is_body="," not in found["name"])
            for one in _several(row["contributors"])
            if (found := _CONTRIBUTOR.fullmatch(one))
        ),
        numbers=tuple(
            Number(kind.lower(), printed)
            for kind, _space, printed in (one.partition(" ") for one in _several(row["numbers"]))
        ),
        issues=tuple(
            Issue(int(year), number)
            for year, _slash, number in (one.partition("/") for one in _several(row["issues"]))
        ),
        parts=tuple(
            Part(found["name"], int(found["pieces"]))
            for one in _several(row["parts"])
            if (found := _PART.fullmatch(one))
        ),
    )
    record = records.write(described=said, by=by)
    for issue in record.issues.all():
        copies.add(record_id=record.pk, issue=issue, shelf_mark=row["shelf"], by=by)
    for _piece in range(int(row["copies"])):
        copies.add(
            record_id=record.pk,
            shelf_mark=row["shelf"],
            only_here=bool(row["only_here"]),
            by=by,
        )
    if record.kind == Record.Kind.ELECTRONIC:
        file = paper(GUIDE, record.title, ("Издавач", centre.NAME))
        records.attach(record=record, name="file", upload=file, by=by)
    if row["publisher"] == centre.NAME and record.kind in (
        Record.Kind.BOOK,
        Record.Kind.ELECTRONIC,
    ):
        records.attach(record=record, name="cover", upload=covers.cover(record.title), by=by)
    return record


def _several(text: str) -> Iterator[str]:
    return (one.strip() for one in text.split(";") if one.strip())


def _lend(shelf: dict[str, Record], cast: Cast, by: User) -> Person:
    """One in time, one due the day after tomorrow, one late, one put aside, one waited for.

    Gives the pupil who joined for it.
    """
    assert cast.teacher.user is not None  # just opened
    teacher, pupil, reader = _members(cast, by)
    for key, member, days_left in (
        ("active", teacher, 20),
        ("microbit", teacher, 2),
        ("bridge", pupil, -4),
        ("bridge", reader, 11),
        ("visible", reader, 9),
        ("sorrows", reader, 9),
    ):
        copy = shelf[key].copies.exclude(loans__returned_at=None, loans__isnull=False).first()
        assert copy is not None, key
        desk.lend(member_id=member.pk, copy_id=copy.pk, by=by)
        _let_pass(copy, days_left)
    for key in ("bridge", "visible"):
        reservations.reserve(record_id=shelf[key].pk, member_id=teacher.pk, by=cast.teacher.user)
    back = Copy.objects.get(record=shelf["visible"])
    desk.take_back(copy_id=back.pk, by=by)
    return pupil.person


def _members(cast: Cast, by: User) -> tuple[Member, Member, Member]:
    """The demonstration's teacher, a pupil of hers, and a teacher of another school."""
    assert cast.teacher.user is not None  # just opened
    reader = people.named(READER)
    applications = (
        _of(cast.teacher, card="90001001"),
        Application(
            first_name="Лена",
            last_name="Савић",
            email="lena.savic@example.org",
            school=cast.teacher.school,
            kind=MemberKind.PUPIL,
            teacher_email=accounts.TEACHER,
            has_consent=True,
            card="90001002",
        ),
        _of(reader, card="90001003"),
    )
    teacher, pupil, other = (members.join(about=one, by=by) for one in applications)
    return teacher, pupil, other


def _of(person: Person, card: str) -> Application:
    return Application(
        first_name=person.first_name, last_name=person.last_name, email=person.email, card=card
    )


def _let_pass(copy: Copy, days_left: int) -> None:
    """The copy was lent so long ago that so many days are left."""
    loan = Loan.objects.open().get(copy=copy)
    due = timezone.localdate() + timedelta(days=days_left)
    Loan.objects.filter(pk=loan.pk).update(due_on=due, lent_at=loan.lent_at - (loan.due_on - due))


def _recommend(shelf: dict[str, Record]) -> None:
    """A list on its own, and one on the page of a seminar that comes."""
    event = Event.objects.published().filter(title__icontains="робот").first()
    chosen = ReadingList.objects.create(
        title="Роботика за почетнике",
        introduction="Три ствари из библиотеке са којима се може почети већ сутра.",
        event=event,
        is_published=True,
    )
    for order, (key, note) in enumerate(READING, 1):
        chosen.entries.create(record=shelf[key], note=note, order=order)
