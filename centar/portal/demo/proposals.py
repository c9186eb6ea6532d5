"""Calls for proposals: a draft of the teacher, and one under blind review.

The coordinator is one of the three reviewers, so that the pages of a reviewer can be tried too.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from accreditation.models import Call, Phase, Proposal, Version
from accreditation.operations import authors, reviews, submitting
from accreditation.operations import proposals as operations
from accreditation.queries import proposals as queries
from accreditation.standing import Standing
from centar.assessment.models import Assignment, Criterion, Panel, Seat
from centar.assessment.operations import assigning, panels, scoring
from centar.people.models import Person, User
from centar.portal.demo import writing
from centar.portal.demo.seminars import Cast
from centar.questionnaires.drafts import Seen

CRITERIA = (
    ("Потреба за програмом", "Колико је потреба доказана: анкетом, истраживањем, праксом?", 5),
    ("Садржај и начин рада", "Да ли се теме и начин рада уклапају у циљеве и трајање?", 10),
    ("Очекивани ефекти", "Шта ће учесници после умети и како ће се то пратити?", 5),
)
PROGRAMME = {
    "need": "У анкети о потребама 41 школа тражи обуку о огледима са једноставним прибором.",
    "aims": "Учесници ће умети да изведу и растумаче двадесет огледа уз прибор из домаћинства.",
    "audience": "Наставници физике, хемије и биологије и наставници разредне наставе.",
    "topics": "Безбедност; огледи по областима; мерење телефоном; вредновање огледа ученика.",
    "methods": "Кратка излагања и рад у групама од четворо за столом са прибором.",
    "literature": "Приручник за огледе у основној школи, Крагујевац 2024.",
    "effects": "Ученици чешће постављају питање, мере и закључују.",
    "follow_up": "Упитник после три месеца и размена припрема за час.",
    "group_smallest": "15",
    "group_largest": "24",
    "fee": "2800",
}
HOURS = (
    ("Безбедност и прибор", "предавање", "2"),
    ("Огледи из механике и топлоте", "радионица", "3"),
    ("Мерење телефоном и вредновање", "радионица", "3"),
)
BIOGRAPHY = "Професорка физике са петнаест година рада у гимназији."


@dataclass(frozen=True)
class Calls:
    """The open calls to which others of the demonstration propose."""

    examples: Call
    meetings: Call


def make(cast: Cast) -> Calls:
    """Make the open calls, and what is written and reviewed of programmes."""
    programmes = writing.open_call(
        Call.Kind.PROGRAMME, "Позив за програме у наредном каталогу", cast
    )
    examples = writing.open_call(Call.Kind.PRACTICE, "Изложите свој пример добре праксе", cast)
    meetings = writing.open_call(Call.Kind.MEETING, "Позив за стручне скупове", cast)
    writing.open_call(Call.Kind.WORKSHOP, "Позив за радионице за наставнике и ученике", cast)
    _draft(programmes, cast)
    _review(_reviewed(programmes, cast), programmes, cast)
    return Calls(examples=examples, meetings=meetings)


def _draft(call: Call, cast: Cast) -> None:
    """What the teacher has begun: a title, an area and the aims."""
    by = writing.account(cast.teacher)
    proposal = operations.begin(call_id=call.pk, title="Читање које се чује", by=by)
    writing.write(proposal, {"aims": "Читалачка писменост кроз радио-драму."}, by)


def _reviewed(call: Call, cast: Cast) -> Version:
    """A whole proposal of the trainer, submitted."""
    by = writing.account(cast.trainer)
    proposal = operations.begin(call_id=call.pk, title="Оглед са оним што имамо у кући", by=by)
    written = writing.Written(
        title=proposal.title,
        authors=[cast.trainer],
        biographies=[BIOGRAPHY],
        said=PROGRAMME,
        area="Природне науке",
        hours=HOURS,
    )
    writing.write_facts(proposal, written, by)
    writing.write(proposal, PROGRAMME, by)
    return _submit(proposal, BIOGRAPHY, by)


def _review(version: Version, call: Call, cast: Cast) -> None:
    """Three review it without knowing whose it is; one has sent."""
    panel = panels.keep(
        panel=Panel(
            title="Рецензија програма",
            guidance="Читајте предлог као неко ко ће семинар похађати.",
            due_on=cast.today + timedelta(days=14),
        ),
        changed=["title", "guidance", "due_on"],
        by=cast.staff,
    )
    criteria = [
        Criterion(panel=panel, order=number, title=title, guidance=guidance, most=most)
        for number, (title, guidance, most) in enumerate(CRITERIA)
    ]
    panels.keep_criteria(
        panel_id=panel.pk,
        kept=[(one, ["title", "guidance", "most"]) for one in criteria],
        by=cast.staff,
    )
    readers = [cast.coordinator, *_others(cast)]
    for person in readers:
        panels.seat(panel_id=panel.pk, person_id=person.pk, role=Seat.Role.ASSESSOR, by=cast.staff)
    phase = Phase.objects.create(call=call, panel=panel)
    [review] = reviews.begin(phase_id=phase.pk, proposal_ids=[version.proposal_id], by=cast.staff)
    assignments = [
        assigning.assign(item_id=review.item_id, person_id=person.pk, by=cast.staff)
        for person in readers
    ]
    _assess(assignments[1], readers[1])


def _others(cast: Cast) -> list[Person]:
    """Two participants of other schools than the author's."""
    strangers = [one for one in cast.take(12) if one.school_id != cast.trainer.school_id]
    return strangers[:2]


def _assess(assignment: Assignment, person: Person) -> None:
    given = {
        criterion.pk: scoring.Given(points=criterion.most - 1, comment="Добро образложено.")
        for criterion in assignment.item.panel.criteria.all()
    }
    written = scoring.Written(
        scores=given,
        recommendation=Assignment.Recommendation.ACCEPT,
        for_author="Додајте шта се ради ако школа нема ниједан телефон са сензорима.",
    )
    scoring.send(
        assignment_id=assignment.pk,
        written=written,
        seen=scoring.Seen(0, writing.PAGE),
        by=writing.account(person),
    )


def _submit(proposal: Proposal, biography: str, by: User) -> Version:
    author = proposal.authors.get(leads=True)
    authors.keep_biography(
        proposal_id=proposal.pk, text=biography, seen=Seen(author.revision, writing.PAGE), by=by
    )
    fresh = queries.with_call(Proposal.objects.all()).get(pk=proposal.pk)
    return submitting.submit(proposal_id=proposal.pk, seen=Standing.of(fresh).fingerprint, by=by)
