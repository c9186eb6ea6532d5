"""Who may what, person by person."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from centar.assessment import permissions
from centar.assessment.models import Assignment, Item, Panel, Seat
from tests.centar.assessment import scenes
from tests.factories.assessment import (
    AssignmentFactory,
    ChairFactory,
    DeclaredConflictFactory,
    ItemFactory,
    PartyFactory,
    SeatFactory,
)
from tests.factories.people import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db

ALL = {
    "assessor",
    "sender",
    "idle",
    "assessor in conflict",
    "chair",
    "chair in conflict",
    "chair who left",
    "staff",
    "staff who read",
    "staff in conflict",
    "author",
    "stranger",
    "nobody",
}
LEADERS = {"chair", "chair in conflict", "staff", "staff in conflict"}
FREE_LEADERS = {"chair", "staff"}


@dataclass
class Everybody:
    """One item, and everybody who could wish something of it, by the names of ALL."""

    item: Item
    users: dict[str, object]
    assignments: dict[str, Assignment]

    def who(self, may):
        return {name for name, user in self.users.items() if may(user)}


@pytest.fixture
def world(scene):
    panel, item = scene.panel, scene.item
    author = PartyFactory(item=item).person
    apart, lead = SeatFactory(panel=panel).person, ChairFactory(panel=panel).person
    gone = ChairFactory(panel=panel, left_at=timezone.now()).person
    for person in (apart, lead):
        DeclaredConflictFactory(item=item, person=person)
    colleague = StaffFactory(permissions=scenes.LEADS)
    DeclaredConflictFactory(item=item, person=PersonFactory(user=colleague))
    people = {
        "assessor": scene.assessors[0],
        "sender": scene.assessors[1],
        "idle": scene.assessors[2],
        "assessor in conflict": apart,
        "chair": scene.chair,
        "chair in conflict": lead,
        "chair who left": gone,
        "author": author,
        "stranger": PersonFactory(),
    }
    users: dict[str, object] = {name: person.user for name, person in people.items()}
    users |= {
        "staff": scene.staff,
        "staff who read": StaffFactory(permissions=["assessment.view_panel"]),
        "staff in conflict": colleague,
        "nobody": AnonymousUser(),
    }
    assignments = {
        "assessor": scene.asked(0),
        "sender": scene.sent(1),
        "assessor in conflict": AssignmentFactory(item=item, person=apart),
    }
    return Everybody(item, users, assignments)


def test_the_table_has_everybody(world):
    assert set(world.users) == ALL


def test_the_staff_make_panels(world):
    assert world.who(permissions.may_write_panels) == {"staff", "staff in conflict"}


def test_chairs_and_staff_lead(world):
    who = world.who(lambda user: permissions.may_chair(world.item.panel, user))

    assert who == LEADERS


def test_chairs_and_staff_see_how_far_the_panel_is(world):
    who = world.who(lambda user: permissions.may_read(world.item.panel, user))

    assert who == LEADERS | {"staff who read"}


def test_names_and_scores_are_read_without_a_conflict(world):
    who = world.who(lambda user: permissions.may_read_assessments(world.item, user))

    assert who == FREE_LEADERS | {"staff who read"}


def test_assessors_are_assigned_and_taken_away_without_a_conflict(world):
    who = world.who(lambda user: permissions.may_steer(world.item, user))

    assert who == FREE_LEADERS


def test_what_is_sent_is_given_back_by_those_who_assign(world):
    sent, waiting = world.assignments["sender"], world.assignments["assessor"]

    assert world.who(lambda user: permissions.may_give_back(sent, user)) == FREE_LEADERS
    assert world.who(lambda user: permissions.may_give_back(waiting, user)) == set()


@pytest.mark.parametrize(
    ("own", "may"),
    [("assessor", {"assessor"}), ("sender", set()), ("assessor in conflict", set())],
)
def test_an_assessment_is_written_and_declined_by_its_assessor_until_it_is_sent(world, own, may):
    assignment = world.assignments[own]

    assert world.who(lambda user: permissions.may_assess(assignment, user)) == may
    assert world.who(lambda user: permissions.may_decline(assignment, user)) == may


@pytest.mark.parametrize(
    ("own", "may"),
    [("assessor", set()), ("sender", {"sender"}), ("assessor in conflict", set())],
)
def test_others_are_seen_once_the_own_is_sent(world, own, may):
    assignment = world.assignments[own]

    assert world.who(lambda user: permissions.may_see_others(assignment, user)) == may


def test_whoever_sits_in_the_panel_declares_for_themselves_and_leaders_for_all(world):
    item, own = world.item, world.assignments["assessor"].person

    who = world.who(lambda user: permissions.may_declare(item, own, user))

    assert who == FREE_LEADERS | {"assessor"}


@pytest.mark.parametrize("model", [Item, Panel])
def test_nothing_of_what_is_over_changes_and_it_can_still_be_read(world, model):
    model.objects.update(**{"closed_at" if model is Item else "ended_at": timezone.now()})
    item = Item.objects.get()
    assignment = Assignment.objects.get(pk=world.assignments["assessor"].pk)
    sent = Assignment.objects.get(pk=world.assignments["sender"].pk)

    assert world.who(lambda user: permissions.may_steer(item, user)) == set()
    assert world.who(lambda user: permissions.may_assess(assignment, user)) == set()
    assert world.who(lambda user: permissions.may_give_back(sent, user)) == set()
    assert world.who(lambda user: permissions.may_declare(item, sent.person, user)) == set()
    assert world.who(lambda user: permissions.may_see_others(sent, user)) == {"sender"}
    readers = world.who(lambda user: permissions.may_read_assessments(item, user))
    assert readers == FREE_LEADERS | {"staff who read"}


def test_a_chair_who_assesses_sends_first(scene):
    AssignmentFactory(item=scene.item, person=scene.chair)

    verdict = permissions.may_read_assessments(scene.item, scene.lead)

    assert str(verdict.reason) == "You see what the others say once you have sent your own."
    Assignment.objects.update(state="sent", sent_at=timezone.now())
    assert permissions.may_read_assessments(scene.item, scene.lead)


def test_being_late_is_no_reason_to_refuse(scene):
    assignment = scene.asked(due_on=timezone.localdate() - timedelta(days=30))

    assert permissions.may_assess(assignment, assignment.person.user)


@pytest.mark.parametrize("state", ["declined", "ended"])
def test_what_is_declined_or_taken_away_is_written_no_more(scene, state):
    assignment = scene.asked(state=state)

    verdict = permissions.may_assess(assignment, assignment.person.user)

    assert str(verdict.reason) == "You are not asked to assess this any more."


def reason(item, person):
    return str(permissions.may_be_assigned(item, person).reason)


def test_who_can_be_assigned(scene):
    item, (first, second, third) = scene.item, scene.assessors
    scene.asked(0)
    scene.asked(1, state="declined")
    stranger = PersonFactory()

    assert permissions.may_be_assigned(item, third)
    assert permissions.may_be_assigned(item, scene.chair)
    assert reason(item, first) == f"{first} assesses this already."
    assert reason(item, second) == f"{second} has declined this already."
    assert reason(item, stranger) == f"{stranger} has no seat in this panel."

    Seat.objects.filter(person=third).update(left_at=timezone.now())
    assert reason(item, third) == f"{third} has no seat in this panel."

    DeclaredConflictFactory(item=item, person=scene.chair)
    assert reason(item, scene.chair) == f"{scene.chair} has a conflict of interest."


def test_from_whom_it_was_taken_away_can_be_asked_again(scene):
    scene.asked(0, state="ended")

    assert permissions.may_be_assigned(scene.item, scene.assessors[0])


def test_nobody_gets_more_than_the_panel_allows(scene):
    scene.panel.most_each = 1
    scene.panel.save()
    scene.asked(0, ItemFactory(panel=scene.panel))
    scene.asked(1, ItemFactory(panel=scene.panel), state="ended")
    item = Item.objects.get(pk=scene.item.pk)

    first, second, _third = scene.assessors
    assert reason(item, first) == f"{first} has as much to assess as the panel allows."
    assert permissions.may_be_assigned(item, second)
