"""How people of the demonstration write what they propose, and what the Centre took long ago."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.core.files.base import ContentFile

from accreditation import loading
from accreditation.models import (
    AskedDocument,
    Author,
    Call,
    Decision,
    Proposal,
    Schedule,
    Version,
)
from accreditation.operations import attachments, authors, calls, schedule, sections
from accreditation.operations import proposals as operations
from accreditation.operations.proposals import Facts
from accreditation.queries import proposals as queries
from accreditation.standing import Standing
from centar.people.models import Person, User
from centar.people.queries import person_of
from centar.portal.demo.seminars import Cast, moment
from centar.questionnaires.drafts import Seen
from centar.questionnaires.models import Question, Questionnaire
from trainings.models import Area, Competence, Cycle, PriorityArea

PAGE = "demo"
OPENED, CLOSES = timedelta(days=20), timedelta(days=25)
WORKING_HOURS = time(11)


@dataclass(frozen=True, kw_only=True)
class Written:
    """A proposal as its authors wrote it; `said` is by the codes of the form's questions.

    Of `hours` each row is a topic, a way of working and a number. The first author leads.
    """

    title: str
    authors: Sequence[Person]
    biographies: Sequence[str]
    said: Mapping[str, str]
    area: str = ""
    hours: Sequence[tuple[str, str, str]] = ()
    wished_on: date | None = None
    documents: Sequence[ContentFile[bytes]] = ()
    """Those that the call asks for, in its order."""
    files: Sequence[ContentFile[bytes]] = ()
    """Others."""


def open_call(kind: Call.Kind, title: str, cast: Cast) -> Call:
    """A call of this kind that is open today."""
    form = Questionnaire.objects.get(title=loading.titles()[kind])
    is_programme = kind == Call.Kind.PROGRAMME
    call = calls.keep(
        call=Call(
            kind=kind,
            title=title,
            form=form,
            cycle=Cycle.objects.first() if is_programme else None,
            opens_on=cast.today - OPENED,
            closes_on=cast.today + CLOSES,
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


def end_call(call: Call, closed_on: date) -> None:
    """Let the call be over. Written directly: nobody can propose to a call that has ended."""
    opened_on = closed_on - OPENED - CLOSES
    Call.objects.filter(pk=call.pk).update(
        opens_on=opened_on,
        closes_on=closed_on,
        published_at=moment(opened_on, WORKING_HOURS),
    )


def write(proposal: Proposal, said: Mapping[str, str], by: User) -> None:
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
    if question.code == "level" and "level" in said:
        return [str(question.options.get(code=said["level"]).pk)]
    if question.code in said:
        return [said[question.code]]
    # Whoever has said how large a group may be has filled in everything.
    if question.code == "competences" and "group_largest" in said:
        return [str(key) for key in Competence.objects.values_list("pk", flat=True)[:2]]
    if question.code == "priorities" and "group_largest" in said:
        return [str(key) for key in PriorityArea.objects.values_list("pk", flat=True)[:1]]
    return []


def write_facts(proposal: Proposal, written: Written, by: User) -> None:
    """Fill in title, area, duration and the wished day, and the schedule of hours."""
    hours = sum(int(number) for _topic, _way, number in written.hours)
    facts = Facts(
        title=written.title,
        area=Area.objects.get(name=written.area) if written.area else None,
        hours=hours or None,
        wished_on=written.wished_on,
    )
    operations.keep_facts(
        proposal_id=proposal.pk, facts=facts, seen=Seen(proposal.revision, PAGE), by=by
    )
    rows = [
        {"topic": topic, "way": way, "hours": number, "leader": str(leader)}
        for (topic, way, number), leader in zip(
            written.hours, _in_turn(written.authors, len(written.hours)), strict=True
        )
    ]
    if rows:
        schedule.keep(proposal_id=proposal.pk, rows=rows, seen=Seen(0, PAGE), by=by)


def accepted(call: Call, written: Written, *, submitted: date, decided: date, by: User) -> Proposal:
    """A proposal to the open call that was submitted and accepted on those days of the past.

    It is written by the operations; its version and decision are rows, since these bear the
    moment in which they are made and never change.
    """
    lead = account(written.authors[0])
    proposal = operations.begin(call_id=call.pk, title=written.title, by=lead)
    write_facts(proposal, written, lead)
    write(proposal, written.said, lead)
    _attach(proposal, written, lead)
    _join(proposal, written)
    standing = Standing.of(queries.with_call(Proposal.objects.all()).get(pk=proposal.pk))
    submitted_at = moment(submitted, WORKING_HOURS)
    version = Version.objects.create(
        proposal=proposal,
        number=1,
        content=standing.content,
        sha256=standing.fingerprint,
        made_at=submitted_at,
        made_by=written.authors[0],
    )
    version.attachments.set(standing.attachments)
    Decision.objects.create(
        proposal=proposal,
        version=version,
        outcome=Decision.Outcome.ACCEPTED,
        reasons="Јасно описано, изводљиво и потребно школама региона.",
        decided_at=moment(decided, WORKING_HOURS),
        decided_by=person_of(by),
    )
    _date_back(proposal, submitted_at)
    return Proposal.objects.get(pk=proposal.pk)


def account(person: Person) -> User:
    """The login of somebody who writes."""
    assert person.user is not None  # the demonstration opens one for each of them
    return person.user


def _attach(proposal: Proposal, written: Written, by: User) -> None:
    asked = zip(proposal.call.asked_documents.all(), written.documents, strict=True)
    for document, upload in (*asked, *((None, one) for one in written.files)):
        attachments.attach(proposal_id=proposal.pk, document=document, upload=upload, by=by)


def _in_turn(people: Sequence[Person], number: int) -> list[Person]:
    return [people[place % len(people)] for place in range(number)]


def _join(proposal: Proposal, written: Written) -> None:
    """The biographies, and the other authors, as if they had accepted and signed."""
    lead, *others = zip(written.authors, written.biographies, strict=True)
    author = proposal.authors.get(leads=True)
    authors.keep_biography(
        proposal_id=proposal.pk,
        text=lead[1],
        seen=Seen(author.revision, PAGE),
        by=account(lead[0]),
    )
    Author.objects.bulk_create(
        Author(
            proposal=proposal,
            order=order,
            name=str(person),
            email=person.email,
            person=person,
            school=person.school,
            biography=biography,
            accepted_at=author.accepted_at,
        )
        for order, (person, biography) in enumerate(others, start=1)
    )


def _date_back(proposal: Proposal, submitted_at: datetime) -> None:
    """To the day on which it was submitted, as far as it says when it was written."""
    Proposal.objects.filter(pk=proposal.pk).update(
        state=Proposal.State.ACCEPTED,
        submitted_at=submitted_at,
        created_at=submitted_at - timedelta(days=6),
        saved_at=submitted_at - timedelta(hours=1),
    )
    parts = (proposal.authors, proposal.drafts, Schedule.objects.filter(proposal=proposal))
    for rows in parts:
        rows.update(saved_at=submitted_at - timedelta(hours=1))
