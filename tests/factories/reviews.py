"""Reviews of proposals with their panels, all invented."""

from __future__ import annotations

from typing import Any

import factory
from factory.django import DjangoModelFactory

from accreditation.models import Call, Phase, Proposal, Review
from accreditation.queries import proposals as queries
from centar.assessment.models import Panel, Party
from centar.people.models import Person, User
from tests.factories.accreditation import CallFactory, PhaseFactory, ProposalFactory
from tests.factories.assessment import ChairFactory, ItemFactory, PanelFactory
from tests.factories.people import PersonFactory, StaffFactory

STAFF_MAY = (
    "accreditation.view_proposal",
    "accreditation.change_proposal",
    "assessment.view_panel",
    "assessment.change_panel",
)
"""What a member of the staff needs to see to reviews."""


class ReviewFactory(DjangoModelFactory[Review]):
    """The review of the last version of a submitted proposal, begun, with nobody assigned.

    `version__proposal=…` says of which; its parties are the authors that the version names.
    """

    class Meta:
        model = Review

    phase = factory.SubFactory(PhaseFactory)
    version = factory.LazyAttribute(
        lambda one: queries.last_version(ProposalFactory(call=one.phase.call, submitted=True))
    )
    item = factory.LazyAttribute(
        lambda one: ItemFactory(
            panel=one.phase.panel,
            code=one.version.proposal.code,
            topic=str(one.version.proposal.area_id or ""),
        )
    )

    @classmethod
    def _create(cls, model_class: type[Review], *args: Any, **facts: Any) -> Review:
        review: Review = super()._create(model_class, *args, **facts)
        for author in review.version.content["authors"]:
            Party.objects.create(
                item=review.item,
                person_id=author["person"],
                email=author["email"],
                school_id=author["school_pk"],
            )
        return review


def review_of(proposal: Proposal, phase: Phase) -> Review:
    """The review of what was submitted last."""
    return ReviewFactory(phase=phase, version=queries.last_version(proposal))


def phase_with(
    *,
    call: Call | None = None,
    blindness: str = Panel.Blindness.DOUBLE,
    chair: Person | None = None,
    criteria: int = 2,
) -> Phase:
    """A phase whose panel has criteria and a chair."""
    panel = PanelFactory(blindness=blindness, criteria=criteria)
    ChairFactory(panel=panel, person=chair or PersonFactory())
    return PhaseFactory(call=call or CallFactory(), panel=panel)


def chair_of(phase: Phase) -> User:
    """The account of whoever leads the panel."""
    user: User = phase.panel.seats.get(role="chair").person.user
    return user


def staff() -> User:
    """A member of the staff who sees to reviews."""
    user: User = StaffFactory(permissions=STAFF_MAY)
    return user
