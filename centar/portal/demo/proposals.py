"""Calls for proposals: a draft of the teacher, one under blind review, an example of good practice.

The coordinator is one of the three reviewers, so that the pages of a reviewer can be tried too.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from accreditation import loading
from accreditation.models import AskedDocument, Call, Decision, Phase, Proposal, Version
from accreditation.operations import (
    authors,
    calls,
    decisions,
    practices,
    reviews,
    schedule,
    sections,
    submitting,
)
from accreditation.operations import proposals as operations
from accreditation.operations.proposals import Facts
from accreditation.queries import proposals as queries
from accreditation.standing import Standing
from centar.assessment.models import Assignment, Criterion, Panel, Seat
from centar.assessment.operations import assigning, panels, scoring
from centar.people.models import Person, User
from centar.portal.demo.seminars import Cast
from centar.questionnaires.drafts import Seen
from centar.questionnaires.models import Question, Questionnaire
from trainings.models import Area, Competence, Cycle

PAGE = "demo"
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
PRACTICE = {
    "summary": "Ученици петог разреда читају народне приче и праве радио-драму за млађе.",
    "text": "Током шест недеља одељење је бирало приче, писало сценарио и снимало гласове "
    "телефоном. Свако је имао улогу: глумац, тонац, уредник. Снимке слушају ученици нижих "
    "разреда на часу српског језика и оцењују их питањима.",
    "advice": "Почните кратком причом и једним снимком; опрема је мање важна од договора.",
}


def make(cast: Cast) -> None:
    """Make the calls and what came to them."""
    programmes = _call(Call.Kind.PROGRAMME, "Позив за програме у наредном каталогу", cast)
    practice = _call(Call.Kind.PRACTICE, "Изложите свој пример добре праксе", cast)
    _call(Call.Kind.MEETING, "Позив за стручне скупове", cast)
    _draft(programmes, cast)
    _review(_reviewed(programmes, cast), programmes, cast)
    _example(practice, cast)


def _call(kind: Call.Kind, title: str, cast: Cast) -> Call:
    form = Questionnaire.objects.get(title=loading.titles()[kind])
    is_programme = kind == Call.Kind.PROGRAMME
    call = calls.keep(
        call=Call(
            kind=kind,
            title=title,
            form=form,
            cycle=Cycle.objects.first() if is_programme else None,
            opens_on=cast.today - timedelta(days=20),
            closes_on=cast.today + timedelta(days=25),
            with_schedule=is_programme,
        ),
        changed=["kind", "title", "form", "cycle", "opens_on", "closes_on", "with_schedule"],
        by=cast.staff,
    )
    if is_programme:
        AskedDocument.objects.create(
            call=call, title="Изјава установе", help="Потписана и скенирана, као PDF."
        )
    return calls.publish(call_id=call.pk, by=cast.staff)


def _draft(call: Call, cast: Cast) -> None:
    """What the teacher has begun: a title, an area and the aims."""
    by = _account(cast.teacher)
    proposal = operations.begin(call_id=call.pk, title="Читање које се чује", by=by)
    _write(proposal, {"aims": "Читалачка писменост кроз радио-драму."}, by)


def _reviewed(call: Call, cast: Cast) -> Version:
    """A whole proposal of the trainer, submitted."""
    by = _account(cast.trainer)
    proposal = operations.begin(call_id=call.pk, title="Оглед са оним што имамо у кући", by=by)
    facts = Facts(title=proposal.title, area=_area(), hours=8, wished_on=None)
    operations.keep_facts(
        proposal_id=proposal.pk, facts=facts, seen=Seen(proposal.revision, PAGE), by=by
    )
    _write(proposal, PROGRAMME, by)
    rows = [
        {"topic": topic, "way": way, "hours": hours, "leader": str(cast.trainer)}
        for topic, way, hours in HOURS
    ]
    schedule.keep(proposal_id=proposal.pk, rows=rows, seen=Seen(0, PAGE), by=by)
    return _submit(proposal, "Професорка физике са петнаест година рада у гимназији.", by)


def _area() -> Area | None:
    return Area.objects.filter(name="Природне науке").first() or Area.objects.first()


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
        seen=scoring.Seen(0, PAGE),
        by=_account(person),
    )


def _example(call: Call, cast: Cast) -> None:
    """An example of the teacher that was accepted and is public."""
    by = _account(cast.teacher)
    proposal = operations.begin(call_id=call.pk, title="Радио-драма у петом разреду", by=by)
    _write(proposal, PRACTICE, by)
    version = _submit(proposal, "Наставница српског језика.", by)
    decisions.decide(
        version_id=version.pk,
        outcome=Decision.Outcome.ACCEPTED,
        reasons="Јасно описано и лако поновљиво у другој школи.",
        by=cast.staff,
    )
    page = practices.prepare(proposal_id=proposal.pk, attachments=(), by=cast.staff)
    practices.publish(practice_id=page.pk, by=cast.staff)


def _write(proposal: Proposal, said: Mapping[str, str], by: User) -> None:
    """Fill in the sections of the form that these answers belong to."""
    form = proposal.call.form
    for section in form.sections.all():
        values: dict[str, list[str]] = {}
        for question in form.questions.filter(section=section):
            if answer := _answer(question, said):
                values[f"q{question.pk}"] = answer
        if values:
            sections.keep(
                proposal_id=proposal.pk,
                section_id=section.pk,
                values=values,
                seen=Seen(0, PAGE),
                by=by,
            )


def _answer(question: Question, said: Mapping[str, str]) -> list[str]:
    if question.code in said:
        return [said[question.code]]
    if question.code == "competences" and "need" in said:
        return [str(key) for key in Competence.objects.values_list("pk", flat=True)[:2]]
    if question.code == "level" and "summary" in said:
        return [str(question.options.get(code="upper").pk)]
    return []


def _submit(proposal: Proposal, biography: str, by: User) -> Version:
    author = proposal.authors.get(leads=True)
    authors.keep_biography(
        proposal_id=proposal.pk, text=biography, seen=Seen(author.revision, PAGE), by=by
    )
    fresh = queries.with_call(Proposal.objects.all()).get(pk=proposal.pk)
    return submitting.submit(proposal_id=proposal.pk, seen=Standing.of(fresh).fingerprint, by=by)


def _account(person: Person) -> User:
    assert person.user is not None  # the demonstration opens one for each of them
    return person.user
