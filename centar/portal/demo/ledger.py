"""What people entered into their own ledgers: confirmed, returned, and waiting for somebody."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from centar.people.models import Person, User
from centar.portal.demo.papers import paper
from centar.portal.demo.seminars import Cast
from trainings.models import LedgerEntry, PlannedActivity, SchoolYear
from trainings.operations import confirmations, own_entries, plans
from trainings.operations.own_entries import Proposal

Kind = LedgerEntry.Kind
# Rows of the teacher's plan: what, when, and how many hours.
PLAN = (
    (PlannedActivity.Kind.PROGRAMME, "Програм о читању са разумевањем", "друго полугодиште", 16),
    (PlannedActivity.Kind.MEETING, "Стручни скуп Друштва за српски језик", "фебруар", 8),
    (PlannedActivity.Kind.IN_HOUSE, "Угледни час са библиотекарком", "март", 4),
    (PlannedActivity.Kind.IN_HOUSE, "Приказ књиге на стручном већу", "прво полугодиште", 2),
)


def make(cast: Cast) -> None:
    """The teacher's entries and plan, and one that only the Centre can confirm."""
    by = _login(cast.coordinator)
    for entry in (_lesson(cast), _reading(cast), _course(cast)):
        confirmations.confirm(entry_id=entry.pk, revision=_revision(entry), by=by)
    returned = _conference(cast)
    reason = "На слици се не види број одлуке. Додајте читљивију."
    confirmations.send_back(
        entry_id=returned.pk, revision=_revision(returned), by=by, reason=reason
    )
    _school_day(cast)
    _webinar(cast.teacher, cast)
    _webinar(cast.take(1)[0], cast)
    year = SchoolYear.current().of(cast.today)
    for kind, title, when, hours in PLAN:
        plans.plan(
            person=cast.teacher,
            school_year=year,
            kind=kind,
            title=title,
            when=when,
            hours=Decimal(hours),
            by=_login(cast.teacher),
        )


def _lesson(cast: Cast) -> LedgerEntry:
    return _in_house(
        cast, 20, "Угледни час", "Басна као мали суд: час у шестом разреду", "водитељ", 4
    )


def _reading(cast: Cast) -> LedgerEntry:
    return _in_house(
        cast, 40, "Предавање на стручном већу", "Читалачки дневник без преписивања", "предавач", 2
    )


def _school_day(cast: Cast) -> LedgerEntry:
    return _in_house(
        cast, 6, "Стручна посета", "Дан отворених врата школске библиотеке", "члан тима", 3
    )


def _in_house(
    cast: Cast, days_ago: int, activity: str, title: str, part: str, hours: int
) -> LedgerEntry:
    proposal = Proposal(
        kind=Kind.IN_HOUSE,
        activity=activity,
        title=title,
        part=part,
        earned_on=cast.today - timedelta(days=days_ago),
        hours=Decimal(hours),
    )
    return own_entries.enter(person=cast.teacher, proposal=proposal, by=_login(cast.teacher))


def _course(cast: Cast) -> LedgerEntry:
    return _elsewhere(
        cast, cast.teacher, 75, Kind.PROGRAMME, "Вршњачка медијација у школи", "412", 16, ("K3",)
    )


def _conference(cast: Cast) -> LedgerEntry:
    title = "Дани српског језика, стручни скуп"
    return _elsewhere(cast, cast.teacher, 30, Kind.MEETING, title, "", 8, ("K1",))


def _webinar(person: Person, cast: Cast) -> LedgerEntry:
    title = "Вебинар о електронском дневнику"
    return _elsewhere(cast, person, 9, Kind.OTHER, title, "", 2, ("K4",))


def _elsewhere(
    cast: Cast,
    person: Person,
    days_ago: int,
    kind: LedgerEntry.Kind,
    title: str,
    number: str,
    hours: int,
    competences: tuple[str, ...],
) -> LedgerEntry:
    day = cast.today - timedelta(days=days_ago)
    proposal = Proposal(
        kind=kind,
        title=title,
        number=number,
        earned_on=day,
        hours=Decimal(hours),
        points=Decimal(1 if kind == Kind.MEETING else hours),
        competences=competences,
    )
    proof = paper(
        "уверење.pdf", "Уверење", ("Учесник", str(person)), ("Назив", title), ("Сати", str(hours))
    )
    return own_entries.enter(person=person, proposal=proposal, by=_login(person), upload=proof)


def _login(person: Person) -> User:
    assert person.user is not None  # those who enter and confirm have an account
    return person.user


def _revision(entry: LedgerEntry) -> int:
    # The database counts it, so it is read anew.
    entry.refresh_from_db(fields=["revision"])
    return entry.revision
