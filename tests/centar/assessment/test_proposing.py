"""Who is proposed for what, and why."""

from __future__ import annotations

import pytest
from django.utils import timezone

from centar.assessment.models import Assignment, Panel
from centar.assessment.queries import proposing
from tests.factories.assessment import (
    AssignmentFactory,
    ChairFactory,
    DeclaredConflictFactory,
    ItemFactory,
    PanelFactory,
    PartyFactory,
    SeatFactory,
)
from tests.factories.people import PersonFactory
from tests.factories.schools import SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def panel():
    return PanelFactory(assessors_each=1)


def seats(panel, *topics):
    return [SeatFactory(panel=panel, topics=list(one)).person for one in topics]


def load(panel, person, number):
    for _ in range(number):
        AssignmentFactory(item=ItemFactory(panel=panel, closed_at=timezone.now()), person=person)


def plan(panel, by=None):
    return proposing.plan(panel, by or ChairFactory(panel=panel).person.user)


def pairs(made):
    return [(row.item, row.proposed.person) for row in made.rows]


def test_those_who_know_the_topic_come_first_then_those_with_less(panel):
    other, busy, free, everything = seats(panel, ["8"], ["7", "8"], ["7"], [])
    load(panel, busy, 2)
    load(panel, everything, 1)
    item = ItemFactory(panel=panel, topic="7")

    found = proposing.proposed(item)

    assert [(one.person, one.load, one.knows) for one in found] == [
        (free, 0, True),
        (everything, 1, True),
        (busy, 2, True),
        (other, 0, False),
    ]
    assert [one.reason for one in found] == [
        "knows the topic, has none yet",
        "knows the topic, has 1",
        "knows the topic, has 2",
        "another topic, has none yet",
    ]


def test_a_thing_without_a_topic_is_known_by_all(panel):
    seats(panel, ["8"], [])

    assert [one.knows for one in proposing.proposed(ItemFactory(panel=panel))] == [True, True]


def test_who_is_in_conflict_asked_already_gone_full_or_the_chair_is_not_proposed(panel):
    panel.most_each = 2
    panel.save()
    item = ItemFactory(panel=panel)
    author, colleague, declared, asked, declined, ended, full, free = seats(panel, *[[]] * 8)
    school = SchoolFactory()
    PartyFactory(item=item, person=author, school=school)
    colleague.school = school
    colleague.save()
    DeclaredConflictFactory(item=item, person=declared)
    for person, state in ((asked, "asked"), (declined, "declined"), (ended, "ended")):
        AssignmentFactory(item=item, person=person, state=state)
    load(panel, full, 2)
    SeatFactory(panel=panel, left_at=timezone.now())
    ChairFactory(panel=panel)

    assert [one.person for one in proposing.proposed(item)] == [free]


def test_the_work_is_spread_evenly(panel):
    panel.assessors_each = 2
    people = seats(panel, [], [], [])
    for _ in range(6):
        ItemFactory(panel=panel)

    made = plan(panel)

    assert len(made.rows) == 12
    given = [row.proposed.person for row in made.rows]
    assert [given.count(person) for person in people] == [4, 4, 4]
    assert made.lacking == ()


def test_what_is_assigned_already_counts(panel):
    panel.assessors_each = 2
    busy, free = seats(panel, [], [])
    first, second = ItemFactory(panel=panel, code="А"), ItemFactory(panel=panel, code="Б")
    AssignmentFactory(item=first, person=busy)
    AssignmentFactory(item=second, person=busy, state="sent")

    assert pairs(plan(panel)) == [(first, free), (second, free)]


def test_an_assessor_in_conflict_counts_for_none(panel):
    apart, free = seats(panel, [], [])
    item = ItemFactory(panel=panel)
    AssignmentFactory(item=item, person=apart)
    DeclaredConflictFactory(item=item, person=apart)

    assert pairs(plan(panel)) == [(item, free)]


def test_every_thing_gets_its_first_before_any_gets_its_second(panel):
    panel.assessors_each, panel.most_each = 2, 2
    seats(panel, [], [])
    items = [ItemFactory(panel=panel, code=code) for code in "АБВГ"]

    made = plan(panel)

    assert [row.item for row in made.rows] == items
    assert made.lacking == tuple((item, 1) for item in items)


def test_the_only_one_who_can_is_left_for_the_thing_that_has_nobody_else(panel):
    panel.most_each = 1
    wanted, other = seats(panel, [], [])
    easy, hard = ItemFactory(panel=panel, code="А"), ItemFactory(panel=panel, code="Б")
    DeclaredConflictFactory(item=hard, person=other)

    assert pairs(plan(panel)) == [(easy, other), (hard, wanted)]


def test_closed_things_and_those_in_which_the_chair_has_a_conflict_are_left_out(panel):
    (person,) = seats(panel, [])
    chair = ChairFactory(panel=panel).person
    ItemFactory(panel=panel, closed_at=timezone.now())
    hidden, shown = ItemFactory(panel=panel), ItemFactory(panel=panel)
    PartyFactory(item=hidden, person=chair)

    made = plan(panel, chair.user)

    assert pairs(made) == [(shown, person)]
    assert made.lacking == ()


def test_the_fingerprint_is_that_of_what_would_be_assigned(panel):
    seats(panel, [])
    ItemFactory(panel=panel)
    before = plan(panel).fingerprint

    assert plan(panel).fingerprint == before

    ItemFactory(panel=panel)
    assert plan(panel).fingerprint != before


@pytest.mark.parametrize("number", [1, 3])
def test_a_plan_takes_four_statements(panel, number, django_assert_num_queries):
    seats(panel, *[[]] * number)
    for _ in range(number):
        AssignmentFactory(item=ItemFactory(panel=panel), person=PersonFactory())
    panel = Panel.objects.get(pk=panel.pk)
    panel.assessors_each = 2
    by = ChairFactory(panel=panel).person.user

    with django_assert_num_queries(4):
        made = proposing.plan(panel, by)

    assert len(made.rows) == number
    assert Assignment.objects.count() == number
