"""Proposals after the Centre's decision: accepted, filed, accredited, refused; all invented."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from accreditation import meanings
from accreditation.models import Call, Decision, Filing, Practice, Proposal
from accreditation.operations import filings, practices, programmes
from centar.people.models import User
from centar.questionnaires.models import Question
from tests.factories.accreditation import (
    AuthorFactory,
    CallFactory,
    ProposalFactory,
    ScheduleFactory,
    VersionFactory,
    question,
    write,
)
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.trainings import CompetenceFactory, PriorityAreaFactory

AFTER = (
    "accreditation.view_proposal",
    "accreditation.change_proposal",
    "accreditation.view_filing",
    "accreditation.change_filing",
    "accreditation.view_practice",
    "accreditation.change_practice",
    "accreditation.view_practicepaper",
    "accreditation.add_practicepaper",
    "accreditation.change_practicepaper",
    "trainings.add_programme",
    "trainings.view_programme",
    "trainings.change_programme",
    "trainings.view_seminarevent",
    "trainings.change_seminarevent",
    "events.view_event",
    "events.change_event",
    "documents.view_document",
    "documents.change_document",
)
"""What a member of the staff needs who follows proposals after the decision."""


def follower(**facts: Any) -> User:
    """Somebody of the staff who follows proposals."""
    made: User = StaffFactory(**{"permissions": AFTER, **facts})
    return made


def days(number: int) -> date:
    """The day so many days from today."""
    return timezone.localdate() + timedelta(days=number)


def accepted(kind: str = Call.Kind.PROGRAMME, **facts: Any) -> Proposal:
    """A proposal that the Centre has accepted, with the version that it decided about."""
    call = facts.pop("call", None) or CallFactory(kind=kind)
    proposal: Proposal = ProposalFactory(**{"call": call, "state": "accepted", **facts})
    return decided(proposal)


def decided(proposal: Proposal, outcome: str = Decision.Outcome.ACCEPTED) -> Proposal:
    """The proposal with the Centre's decision about its last version."""
    version = proposal.versions.latest("number")
    Decision.objects.create(
        proposal=proposal, version=version, outcome=outcome, reasons="Добро је замишљено."
    )
    return proposal


def filed(by: User, kind: str = Call.Kind.PROGRAMME, **facts: Any) -> Proposal:
    """A proposal that was filed twenty days ago."""
    proposal = accepted(kind, **facts)
    filings.file(proposal_id=proposal.pk, filed_on=days(-20), filing_number="650-1/2026", by=by)
    return fresh(proposal)


def decision(**facts: Any) -> filings.Accreditation:
    """The institute's decision of two days ago, for three years."""
    given: dict[str, Any] = {
        "decided_on": days(-2),
        "decision_number": "120/2026",
        "catalogue_number": "345",
        "points": Decimal(8),
        "valid_from": days(1),
        "valid_until": days(1000),
    }
    return filings.Accreditation(**{**given, **facts})


def accredited(by: User, kind: str = Call.Kind.PROGRAMME, **facts: Any) -> Proposal:
    """An accredited proposal; `decision={...}` says what is particular in the decision."""
    particular = facts.pop("decision", {})
    if kind == Call.Kind.MEETING:
        particular = {"catalogue_number": "", **particular}
    proposal = filed(by, kind, **facts)
    filings.accredit(proposal_id=proposal.pk, decision=decision(**particular), by=by)
    return fresh(proposal)


def refused(by: User, **facts: Any) -> Proposal:
    """A proposal that the institute refused two days ago; an appeal is possible for ten days."""
    proposal = filed(by, **facts)
    filings.refuse(
        proposal_id=proposal.pk,
        decided_on=days(-2),
        decision_number="121/2026",
        refused_because="Циљеви нису мерљиви.",
        appeal_until=days(10),
        by=by,
    )
    return fresh(proposal)


def fresh(proposal: Proposal) -> Proposal:
    """The proposal as it stands in the database now."""
    return Proposal.objects.select_related("call", "filing").get(pk=proposal.pk)


def filing_of(proposal: Proposal) -> Filing:
    """What is noted of the institute, as it stands in the database now."""
    return Filing.objects.get(proposal=proposal)


def whole_form(call: Call) -> dict[str, Question]:
    """The questions that a programme of the catalogue is made from, in the call's form."""
    kind = Question.Kind
    kinds = {
        meanings.AUDIENCE: kind.LONG,
        meanings.AIMS: kind.LONG,
        meanings.TOPICS: kind.LONG,
        meanings.LITERATURE: kind.LONG,
        meanings.FEE: kind.NUMBER,
        meanings.GROUP_SMALLEST: kind.NUMBER,
        meanings.GROUP_LARGEST: kind.NUMBER,
    }
    return {code: question(call, code, one, text=f"Питање: {code}") for code, one in kinds.items()}


def written(**facts: Any) -> Proposal:
    """A submitted and accepted proposal in which every part of a programme is filled in.

    Two authors with accounts, and a schedule that a third person leads with them.
    """
    call = facts.pop("call", None) or CallFactory()
    asked = whole_form(call)
    person = PersonFactory(first_name="Јелена", last_name="Ђурић")
    proposal: Proposal = ProposalFactory(
        **{"call": call, "title": "Огледи у школском дворишту", "lead": person, **facts}
    )
    AuthorFactory(proposal=proposal, person=PersonFactory(first_name="Ђорђе", last_name="Њагић"))
    ScheduleFactory(
        proposal=proposal,
        rows=[
            {"topic": "Увод", "way": "предавање", "hours": "2", "leader": "Јелена Ђурић"},
            {"topic": "Огледи", "way": "радионица", "hours": "6",
             "leader": "Ђорђе Њагић и Љубица Џаковић"},
        ],
    )  # fmt: skip
    answers = {
        meanings.AUDIENCE: "наставници физике",
        meanings.AIMS: "Да огледи буду лаки.",
        meanings.TOPICS: "Безбедност\nМерење",
        meanings.LITERATURE: "Физика у дворишту",
        meanings.FEE: "2500",
        meanings.GROUP_SMALLEST: "10",
        meanings.GROUP_LARGEST: "25",
    }
    write(proposal, *((asked[code], value) for code, value in answers.items()))
    return accepted_now(proposal)


def accepted_now(proposal: Proposal) -> Proposal:
    """A draft as it is once its text was submitted and accepted."""
    Proposal.objects.filter(pk=proposal.pk).update(
        state=Proposal.State.ACCEPTED, submitted_at=timezone.now()
    )
    VersionFactory(proposal=Proposal.objects.get(pk=proposal.pk))
    return decided(Proposal.objects.get(pk=proposal.pk))


def of_cycle(call: Call) -> tuple[Any, Any]:
    """A competence and a priority area of the call's cycle."""
    return CompetenceFactory(cycle=call.cycle), PriorityAreaFactory(cycle=call.cycle)


def made(by: User, **facts: Any) -> Proposal:
    """An accredited proposal whose programme is in the catalogue."""
    proposal = accredited(by, **facts)
    programmes.make(proposal_id=proposal.pk, by=by)
    return fresh(proposal)


def prepared(by: User, **facts: Any) -> Practice:
    """The page of an accepted example, with a text, not public yet."""
    text = facts.pop("text", "Како смо мерили убрзање на тобогану.")
    proposal = facts.pop("proposal", None) or accepted(Call.Kind.PRACTICE, **facts)
    chosen = list(proposal.versions.latest("number").attachments.values_list("pk", flat=True))
    practice = practices.prepare(proposal_id=proposal.pk, attachments=chosen, by=by)
    Practice.objects.filter(pk=practice.pk).update(text=text)
    return Practice.objects.get(pk=practice.pk)


def published(by: User, **facts: Any) -> Practice:
    """A public example of good practice."""
    return practices.publish(practice_id=prepared(by, **facts).pk, by=by)
