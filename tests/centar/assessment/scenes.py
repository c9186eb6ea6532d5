"""A panel at work."""

from __future__ import annotations

from dataclasses import dataclass

from centar.assessment import kinds
from centar.assessment.models import Assignment, Item, Panel
from centar.assessment.operations import scoring
from centar.assessment.operations.scoring import Given, Seen, Written
from centar.people.models import Person, User
from tests.factories.assessment import (
    AssignmentFactory,
    ChairFactory,
    ItemFactory,
    PanelFactory,
    SeatFactory,
)
from tests.factories.people import StaffFactory

LEADS = ("assessment.view_panel", "assessment.change_panel")


def subject() -> kinds.Subject:
    """Works of an invented app."""
    return kinds.Subject(
        code="works",
        owns=lambda panel: True,
        about=lambda panel: "радови ученика",
        assignment_path=lambda assignment: f"/radovi/{assignment.pk}/",
        panel_path=lambda panel: f"/komisije/{panel.pk}/",
        topics=lambda: [("7", "Математика"), ("8", "Физика")],
    )


@dataclass
class Scene:
    """A panel of two criteria with a chair, three assessors, staff, and one thing."""

    panel: Panel
    item: Item
    chair: Person
    assessors: list[Person]
    staff: User

    @property
    def lead(self) -> User:
        """The login of the chair."""
        return user_of(self.chair)

    def asked(self, number: int = 0, item: Item | None = None, **facts: object) -> Assignment:
        """The assignment of one of the assessors."""
        item = item or self.item
        return AssignmentFactory(item=item, person=self.assessors[number], **facts)

    def sent(
        self, number: int = 0, item: Item | None = None, points: object = (3, 4)
    ) -> Assignment:
        """What one of the assessors sent."""
        return self.asked(number, item, state="sent", recommendation="accept", points=points)

    def written(self, *points: int | None, **facts: object) -> Written:
        """Points by the criteria, five and five where none are given, and a recommendation."""
        given = points or (5, 5)
        criteria = self.panel.criteria.all()
        scores = {one.pk: Given(number) for one, number in zip(criteria, given, strict=True)}
        return Written(**{"scores": scores, "recommendation": "accept", **facts})

    def send(self, assignment: Assignment, written: Written | None = None) -> Assignment:
        """Send it as its assessor."""
        return scoring.send(
            assignment_id=assignment.pk,
            written=written or self.written(),
            seen=Seen(0, "strana"),
            by=user_of(assignment.person),
        )


def furnish() -> Scene:
    """The panel with everybody in it."""
    panel = PanelFactory(criteria=2)
    return Scene(
        panel=panel,
        item=ItemFactory(panel=panel),
        chair=ChairFactory(panel=panel).person,
        assessors=[SeatFactory(panel=panel).person for _ in range(3)],
        staff=StaffFactory(permissions=LEADS),
    )


def user_of(person: Person) -> User:
    """The login of somebody who has one."""
    assert person.user is not None
    return person.user
