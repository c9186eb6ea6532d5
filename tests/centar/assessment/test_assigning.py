"""Asking people to assess: one by one, by a plan, and again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.assessment.models import Assignment, Rules, Seat
from centar.assessment.operations import assigning
from centar.assessment.queries import proposing
from centar.audit.models import Entry
from centar.outbox.models import Letter
from tests.factories.assessment import (
    DeclaredConflictFactory,
    ItemFactory,
    SeatFactory,
)
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def assign(scene, number=0, **facts):
    person = scene.assessors[number]
    facts = {"by": scene.lead, **facts}
    return assigning.assign(item_id=scene.item.pk, person_id=person.pk, **facts)


def audited():
    return list(Entry.objects.order_by("pk").values_list("action", flat=True))


def letters():
    return sorted(Letter.objects.values_list("kind", "recipient"))


def test_the_assessor_is_asked_until_the_panel_s_last_day(scene):
    made = assign(scene)

    assert (made.state, made.due_on) == ("asked", scene.panel.due_on)
    assert letters() == [("assessment.asked", scene.assessors[0].email)]
    assert audited() == ["assessment.assign"]


def test_another_last_day_can_be_given_and_not_one_that_is_over(scene):
    tomorrow = timezone.localdate() + DAY

    assert assign(scene, due_on=tomorrow).due_on == tomorrow
    with pytest.raises(Refusal, match="This last day is over") as refused:
        assign(scene, 1, due_on=timezone.localdate() - DAY)
    assert refused.value.field == "due_on"


def test_a_stranger_and_a_chair_in_conflict_assign_nobody(scene):
    with pytest.raises(Refusal, match="Only whoever leads the panel"):
        assign(scene, by=PersonFactory().user)
    DeclaredConflictFactory(item=scene.item, person=scene.chair)
    with pytest.raises(Refusal, match="You have a conflict of interest here"):
        assign(scene)

    assert Assignment.objects.count() == Letter.objects.count() == Entry.objects.count() == 0


def test_nobody_is_asked_about_what_they_are_not_impartial(scene):
    DeclaredConflictFactory(item=scene.item, person=scene.assessors[0])

    with pytest.raises(Refusal, match="has a conflict of interest"):
        assign(scene)


def test_asked_again_one_finds_the_draft(scene):
    assignment = scene.asked(state="ended", reminders=2, for_author="Почетак.")

    assign(scene)

    assignment.refresh_from_db()
    assert (assignment.state, assignment.reminders) == ("asked", 0)
    assert assignment.for_author == "Почетак."


def propose(scene, seen=None):
    seen = seen or proposing.plan(scene.panel, scene.lead).fingerprint
    return assigning.propose_all(panel_id=scene.panel.pk, seen=seen, by=scene.lead)


def test_a_plan_is_carried_out_whole_with_one_letter_a_person(scene):
    ItemFactory(panel=scene.panel)
    plan = proposing.plan(scene.panel, scene.lead)

    made = propose(scene, plan.fingerprint)

    assert len(made) == 6
    assert {(one.item_id, one.person_id) for one in made} == {
        (row.item.pk, row.proposed.person.pk) for row in plan.rows
    }
    assert {one.due_on for one in made} == {scene.panel.due_on}
    assert letters() == sorted(("assessment.asked", one.email) for one in scene.assessors)
    assert audited() == ["assessment.propose_all"]


def test_a_plan_that_would_be_another_by_now_is_not_carried_out(scene):
    seen = proposing.plan(scene.panel, scene.lead).fingerprint
    DeclaredConflictFactory(item=scene.item, person=scene.assessors[0])

    with pytest.raises(Refusal, match="Something has changed meanwhile"):
        propose(scene, seen)

    assert Assignment.objects.count() == 0


def test_an_empty_plan_says_so(scene):
    Seat.objects.exclude(role="chair").delete()

    with pytest.raises(Refusal, match="There is nobody to propose"):
        propose(scene)


def test_after_the_last_day_it_is_moved_first(scene):
    scene.panel.due_on = timezone.localdate() - DAY
    scene.panel.save()

    with pytest.raises(Refusal, match="move it first"):
        propose(scene)


@pytest.mark.parametrize("number", [1, 3])
def test_a_plan_of_any_size_takes_as_many_statements(scene, number, django_assert_num_queries):
    for _ in range(number - 1):
        ItemFactory(panel=scene.panel)
    seen = proposing.plan(scene.panel, scene.lead).fingerprint

    with django_assert_num_queries(11):
        made = propose(scene, seen)

    assert len(made) == 3 * number


def follow(scene, **facts):
    item = ItemFactory(panel=scene.panel, follows=scene.item)
    return item, assigning.follow(item_id=item.pk, by=None, **facts)


def people(made):
    return [one.person for one in made]


def test_the_same_assessors_are_asked_about_what_was_revised(scene):
    scene.sent(0)
    scene.asked(1)
    scene.asked(2, state="declined")

    item, made = follow(scene)

    assert people(made) == scene.assessors[:2]
    assert {(one.item, one.state, one.due_on) for one in made} == {
        (item, "asked", scene.panel.due_on)
    }
    assert letters() == sorted(("assessment.again", one.email) for one in scene.assessors[:2])


def test_those_to_whom_the_closing_left_no_time_are_asked_too(scene):
    scene.asked(0, state="ended")

    assert people(follow(scene)[1]) == scene.assessors[:1]


def test_who_has_left_or_is_not_impartial_by_now_is_not_asked(scene):
    for number in range(3):
        scene.sent(number)
    Seat.objects.filter(person=scene.assessors[0]).update(left_at=timezone.now())
    item = ItemFactory(panel=scene.panel, follows=scene.item)
    DeclaredConflictFactory(item=item, person=scene.assessors[1])

    made = assigning.follow(item_id=item.pk, by=None)

    assert people(made) == scene.assessors[2:]


def test_a_late_revision_has_the_days_of_the_rules(scene):
    scene.sent(0)
    Rules.objects.create(days_again=10)
    scene.panel.due_on = timezone.localdate()
    scene.panel.save()

    assert [one.due_on for one in follow(scene)[1]] == [timezone.localdate() + 10 * DAY]


def test_a_day_can_be_given(scene):
    scene.sent(0)

    assert [one.due_on for one in follow(scene, due_on=timezone.localdate())[1]] == [
        timezone.localdate()
    ]


def test_following_twice_asks_once(scene):
    scene.sent(0)
    item, made = follow(scene)

    assert len(made) == 1
    assert assigning.follow(item_id=item.pk, by=None) == []


def test_what_follows_nothing_asks_nobody(scene):
    SeatFactory(panel=scene.panel)

    assert assigning.follow(item_id=scene.item.pk, by=None) == []


def test_somebody_with_seats_in_two_panels_is_asked_once(scene):
    scene.sent(0)
    SeatFactory(person=scene.assessors[0])

    assert len(follow(scene)[1]) == 1
