"""A call whose form asks for little, and a draft of two authors that can be written to the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accreditation.models import Author, Call, Proposal, SectionDraft, Version
from accreditation.operations import authors, schedule, sections, submitting
from accreditation.queries import proposals as queries
from accreditation.standing import Standing
from centar.people.models import Person, User
from centar.questionnaires.drafts import Seen
from centar.questionnaires.models import Question
from tests.factories.accreditation import (
    AuthorFactory,
    CallFactory,
    ProposalFactory,
    question,
)
from tests.factories.people import PersonFactory
from tests.office import desk_of

ROWS = [
    {"topic": "Увод", "way": "предавање", "hours": "2", "leader": "Милица"},
    {"topic": "Огледи", "way": "радионица", "hours": "6", "leader": "Јован"},
]


@dataclass
class Scene:
    """A draft of 8 hours with a section of one question in words, its lead and a co-author."""

    call: Call
    aims: Question
    draft: Proposal
    lead: Person
    second: Person

    @property
    def proposal(self) -> Proposal:
        """The proposal as it is in the database."""
        return queries.with_call(Proposal.objects.all()).get(pk=self.draft.pk)

    @property
    def path(self) -> str:
        """The address of the proposal."""
        return f"/predlozi/{self.draft.pk}/"

    @property
    def leader(self) -> User:
        """The account of the lead."""
        assert self.lead.user is not None
        return self.lead.user

    @property
    def colleague(self) -> User:
        """The account of the co-author."""
        assert self.second.user is not None
        return self.second.user

    @property
    def desk(self) -> Any:
        """The browser of the lead."""
        return desk_of(self.leader)

    @property
    def standing(self) -> Standing:
        """How the proposal stands."""
        return Standing.of(self.proposal)

    def author(self, person: Person) -> Author:
        """The person as an author."""
        return Author.objects.get(proposal=self.draft, person=person)

    def write(
        self, words: str = "Огледом.", by: User | None = None, seen: int = 0, page: str = "a"
    ) -> SectionDraft:
        """Write into the section; by the lead, if nothing else is said."""
        assert self.aims.section_id is not None
        return sections.keep(
            proposal_id=self.draft.pk,
            section_id=self.aims.section_id,
            values={f"q{self.aims.pk}": [words]},
            seen=Seen(seen, page),
            by=by or self.leader,
        )

    def plan(self, rows: Any = ROWS, seen: int = 0, page: str = "a", by: User | None = None) -> Any:
        """Write the schedule."""
        return schedule.keep(
            proposal_id=self.draft.pk, rows=rows, seen=Seen(seen, page), by=by or self.leader
        )

    def finish(self) -> None:
        """Write everything that is asked; biographies are there."""
        self.write()
        self.plan()

    def sign(self, by: User | None = None) -> Author:
        """Sign what is there now, by the co-author if nothing else is said."""
        return authors.sign(
            proposal_id=self.draft.pk, seen=self.standing.fingerprint, by=by or self.colleague
        )

    def submit(self, seen: str = "", by: User | None = None) -> Version:
        """Submit what is there now."""
        return submitting.submit(
            proposal_id=self.draft.pk,
            seen=seen or self.standing.fingerprint,
            by=by or self.leader,
        )


def furnish(kind: str = Call.Kind.PROGRAMME, **facts: Any) -> Scene:
    """The scene; `facts` are those of the call."""
    call = CallFactory(kind=kind, **facts)
    aims = question(call, "aims", text="Који су циљеви?", required=True)
    lead, second = PersonFactory(), PersonFactory()
    proposal = ProposalFactory(call=call, lead=lead, title="Огледи из физике")
    AuthorFactory(proposal=proposal, person=second)
    return Scene(call, aims, proposal, lead, second)
