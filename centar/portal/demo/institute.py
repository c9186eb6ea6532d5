"""Proposals after the Centre's decision, one for each thing that the institute can have said.

Their calls are over; the steps are taken by the operations, with days counted from today.
"""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

from accreditation.models import Call, Proposal
from accreditation.operations import filings, programmes
from centar import data_files
from centar.events.models import Event
from centar.events.operations import schedule
from centar.portal.demo import people, writing
from centar.portal.demo.papers import paper
from centar.portal.demo.seminars import DAYS_TO_CLOSE, Cast, Plan, moment
from centar.portal.demo.writing import Written

FILE = Path(__file__).parent / "data" / "proposals.csv"
# Days, counted from today, on which the calls ended and what came to them was decided.
PROGRAMMES_CLOSED, PROGRAMMES_DECIDED = -150, -110
MEETINGS_CLOSED, MEETINGS_DECIDED = -360, -345
SAID = {
    "need": "У анкети о потребама ову тему тражи свака трећа школа региона.",
    "methods": "Кратка излагања, рад у групама од четворо и заједничка анализа примера.",
    "literature": "Приручник за учеснике, Крагујевац 2025.",
    "effects": "Учесници мењају начин рада у бар једном одељењу и о томе извештавају.",
    "follow_up": "Упитник после три месеца и размена припрема за час.",
    "group_smallest": "15",
    "group_largest": "30",
    "fee": "2900",
}
HOURS = (
    ("Полазна питања и примери", "предавање", "2"),
    ("Рад на примерима из учионице", "радионица", "4"),
    ("План за своју школу", "рад у групама", "2"),
)
MEETING = {
    "audience": "Наставници свих предмета и библиотекари.",
    "topics": "Уводно излагање; шест примера из школа; разговор и закључци.",
    "group_largest": "60",
    "place": "Крагујевац",
    "fee": "0",
}


def make(meetings: Call, cast: Cast) -> None:
    """Make them all; `meetings` is the call for professional meetings that is open today."""
    call = writing.open_call(Call.Kind.PROGRAMME, "Позив за програме, прошли круг", cast)
    accepted = _programmes(call, cast)
    writing.end_call(call, _on(PROGRAMMES_CLOSED, cast))
    # Nobody has filed `garden` yet, and of `measuring` nothing is heard.
    for number, key in enumerate(("measuring", "club", "notebook", "conflict", "nature"), 114):
        _file(accepted[key], -90, f"650-02-{number}", cast)
    _return(accepted["club"], cast)
    _accredit(accepted["notebook"], "9101", -25, cast)
    _plan(accepted["notebook"], cast)
    _accredit(accepted["conflict"], "9102", -3, cast)
    _refuse(accepted["nature"], cast)
    _meeting_that_ends(cast)
    _meeting_to_file(meetings, cast)


def _programmes(call: Call, cast: Cast) -> dict[str, Proposal]:
    """All that is in the file, accepted long ago, by its key there."""
    accepted = {}
    for row in data_files.read(FILE):
        statement = paper("Изјава установе.pdf", "Изјава установе", ("Програм", row["title"]))
        written = Written(
            title=row["title"],
            authors=[people.named(name) for name in row["authors"].split("/")],
            biographies=row["biographies"].split("/"),
            said=SAID | {code: row[code] for code in ("aims", "audience", "topics")},
            area=row["area"],
            hours=HOURS,
            documents=[statement],
        )
        accepted[row["key"]] = writing.accepted(
            call,
            written,
            submitted=_on(PROGRAMMES_CLOSED - 4, cast),
            decided=_on(PROGRAMMES_DECIDED, cast),
            by=cast.staff,
        )
    return accepted


def _return(proposal: Proposal, cast: Cast) -> None:
    filings.give_back(
        proposal_id=proposal.pk,
        returned_on=_on(-5, cast),
        complete_by=_on(8, cast),
        what_is_missing="Описати како се прати примена и приложити изјаву установе са печатом.",
        by=cast.staff,
    )


def _plan(proposal: Proposal, cast: Cast) -> None:
    """Into the catalogue, and to a seminar that is open for registration."""
    programmes.make(proposal_id=proposal.pk, by=cast.staff)
    [day] = cast.days(Plan(programme="", week=9))
    seminar = programmes.plan(
        proposal_id=proposal.pk, by=cast.staff, town="Аранђеловац", first_day=day, begins_at=time(9)
    )
    closes_at = moment(day - DAYS_TO_CLOSE, time(23, 59, 59))
    Event.objects.filter(pk=seminar.event_id).update(registration_closes_at=closes_at)
    schedule.publish(event_id=seminar.event_id, by=cast.staff)


def _refuse(proposal: Proposal, cast: Cast) -> None:
    filings.refuse(
        proposal_id=proposal.pk,
        decided_on=_on(-6, cast),
        decision_number=f"{proposal.filing.filing_number}/2",
        refused_because="Из описа се не види како се мери напредак учесника.",
        appeal_until=_on(9, cast),
        by=cast.staff,
    )


def _meeting_that_ends(cast: Cast) -> None:
    """A meeting approved for a year that is nearly over."""
    call = writing.open_call(Call.Kind.MEETING, "Позив за стручне скупове, прошле године", cast)
    written = Written(
        title="Шта деца читају кад нико не гледа",
        authors=[cast.trainer],
        biographies=["Професорка српског језика; уредница школског листа."],
        said=MEETING | {"aims": "Библиотекари и наставници размењују искуства о слободном читању."},
        area="Библиотекарство",
        wished_on=_on(-270, cast),
    )
    proposal = writing.accepted(
        call,
        written,
        submitted=_on(MEETINGS_CLOSED - 6, cast),
        decided=_on(MEETINGS_DECIDED, cast),
        by=cast.staff,
    )
    writing.end_call(call, _on(MEETINGS_CLOSED, cast))
    _file(proposal, MEETINGS_DECIDED + 3, "651-01-31", cast)
    _accredit(proposal, "", -322, cast, points=1, lasts=365)
    programmes.make(proposal_id=proposal.pk, by=cast.staff)


def _meeting_to_file(call: Call, cast: Cast) -> None:
    """Accepted, with some days left to file it."""
    written = Written(
        title="Дан отворених учионица",
        authors=[cast.teacher],
        biographies=["Наставница српског језика."],
        said=MEETING | {"aims": "Наставници једни другима показују час и разговарају о њему."},
        area="Општа питања наставе",
        wished_on=_on(75, cast),
    )
    writing.accepted(call, written, submitted=_on(-15, cast), decided=_on(-2, cast), by=cast.staff)


def _file(proposal: Proposal, day: int, number: str, cast: Cast) -> None:
    filed_on = _on(day, cast)
    filings.file(
        proposal_id=proposal.pk,
        filed_on=filed_on,
        filing_number=f"{number}/{filed_on.year}",
        by=cast.staff,
    )


def _accredit(
    proposal: Proposal, number: str, day: int, cast: Cast, *, points: int = 8, lasts: int = 900
) -> None:
    valid_from = _on(day + 2, cast)
    decision = filings.Accreditation(
        decided_on=_on(day, cast),
        decision_number=f"{proposal.filing.filing_number}/2",
        catalogue_number=number,
        points=Decimal(points),
        valid_from=valid_from,
        valid_until=valid_from + timedelta(days=lasts),
    )
    filings.accredit(proposal_id=proposal.pk, decision=decision, by=cast.staff)


def _on(day: int, cast: Cast) -> date:
    return cast.today + timedelta(days=day)
