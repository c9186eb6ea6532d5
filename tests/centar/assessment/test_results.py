"""What was said, and how far things are, as each may know it."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from centar.assessment.models import Item, Panel
from centar.assessment.queries import results, standings, work
from tests.factories.assessment import (
    AssignmentFactory,
    DeclaredConflictFactory,
    ItemFactory,
    PartyFactory,
    SeatFactory,
)
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def weighted(scene):
    """The second criterion counts twice and a half."""
    scene.panel.criteria.filter(pk=scene.panel.criteria.last().pk).update(weight="2.5", most=10)
    return scene


def test_points_are_weighted_and_the_mean_is_that_of_the_totals(weighted):
    weighted.sent(0, points=(5, 4))
    weighted.sent(1, points=(2, 10))
    weighted.asked(2, points=(1, 1))

    found = results.results(weighted.item, in_full=True)

    assert [one.total for one in found.assessments] == [15, 27]
    assert (found.mean, found.most) == (21, 30)
    assert [row.mean for row in found.criteria] == [Decimal("3.5"), 7]
    assert found.recommendations == [("accept", 2)]


def test_without_assessments_there_are_no_means(scene):
    found = results.results(scene.item, in_full=True)

    assert (found.mean, [row.mean for row in found.criteria]) == (None, [None, None])


def said(found):
    return [(one.number, one.name, one.for_author, one.for_chair) for one in found.assessments]


def speak(scene, number):
    one = scene.sent(number)
    one.for_author, one.for_chair = f"Аутору {number}.", f"Руководиоцу {number}."
    one.save()
    return one


@pytest.mark.parametrize("blindness", ["single", "double"])
def test_the_chair_reads_all_and_authors_neither_names_nor_what_is_for_the_chair(scene, blindness):
    Panel.objects.update(blindness=blindness)
    scene.item.panel.refresh_from_db()
    speak(scene, 1)
    first, second, _third = scene.assessors

    assert said(results.results(scene.item, in_full=True)) == [
        (1, str(second), "Аутору 1.", "Руководиоцу 1.")
    ]
    assert said(results.results(scene.item, in_full=False)) == [(1, "", "Аутору 1.", "")]
    assert str(first) not in str(said(results.results(scene.item, in_full=False)))


def test_in_an_open_panel_names_are_known_and_still_not_what_is_for_the_chair(scene):
    Panel.objects.update(blindness="open")
    speak(scene, 0)
    item = Item.objects.get()

    assert said(results.results(item, in_full=False)) == [
        (1, str(scene.assessors[0]), "Аутору 0.", "")
    ]


def test_another_assessor_keeps_the_number_in_which_they_were_asked(scene):
    first, second = speak(scene, 0), speak(scene, 1)

    assert said(results.of_others(first)) == [(2, "", "Аутору 1.", "")]
    assert said(results.of_others(second)) == [(1, "", "Аутору 0.", "")]


def test_who_is_not_impartial_is_not_counted(scene):
    scene.sent(0, points=(5, 5))
    apart = scene.sent(1, points=(0, 0))
    DeclaredConflictFactory(item=scene.item, person=apart.person)

    assert results.results(scene.item, in_full=True).mean == 10
    assert standings.standing_of(scene.item).mean == 10


@pytest.mark.parametrize("number", [1, 3])
def test_results_take_as_many_statements_for_any_number(scene, number, django_assert_num_queries):
    for one in range(number):
        scene.sent(one)
    item = Item.objects.select_related("panel").get()

    with django_assert_num_queries(5):
        found = results.results(item, in_full=True)
        assert len(found.assessments) == number
        assert found.most == 10
        assert [one.said for one in found.assessments] == [[]] * number


def test_the_chair_sees_how_far_each_thing_is(scene):
    yesterday = timezone.localdate() - timedelta(days=1)
    scene.sent(0, points=(2, 3))
    scene.asked(1, due_on=yesterday)
    scene.asked(2, state="declined")

    (one,) = standings.for_chair(scene.lead, scene.panel)

    assert (one.live, one.sent, one.declined, one.mean) == (2, 1, 1, 5)
    assert one.late(timezone.localdate()) == 1
    assert not one.is_all_in
    assert [row.total for row in one.assessed] == [5, None, None]


def test_a_draft_has_no_total(scene):
    scene.asked(0, points=(2, 3))

    (one,) = standings.for_chair(scene.lead, scene.panel)

    assert one.mean is None


@pytest.mark.parametrize("who", ["lead", "staff"])
def test_of_things_in_conflict_neither_counts_nor_names_are_read(scene, who):
    user = getattr(scene, who)
    scene.sent(0)
    PartyFactory(item=scene.item, person=None, email=user.email)

    (one,) = standings.for_chair(user, scene.panel)

    assert (one.item, one.is_hidden, one.assessed) == (scene.item, True, ())
    assert (one.live, one.sent, one.declined, one.mean) == (None,) * 4
    assert one.late(timezone.localdate()) is None
    assert not one.is_all_in
    assert list(
        standings.with_counts(Item.objects.all(), user).values_list("is_hidden", "live", "sent")
    ) == [(True, None, None)]


def test_counts_in_a_list_are_those_of_the_things(scene):
    scene.sent(0)
    scene.asked(1)
    scene.asked(2, state="ended")
    ItemFactory(panel=scene.panel)

    rows = standings.with_counts(Item.objects.order_by("pk"), scene.staff)

    assert list(rows.values_list("is_hidden", "live", "sent")) == [(False, 2, 1), (False, 0, 0)]


@pytest.mark.parametrize("number", [1, 3])
def test_a_panel_takes_three_statements(scene, number, django_assert_num_queries):
    scene.sent(0)
    for _ in range(number - 1):
        AssignmentFactory(item=ItemFactory(panel=scene.panel), person=scene.assessors[0])
    user = scene.lead

    with django_assert_num_queries(3):
        rows = standings.for_chair(user, scene.panel)
        names = [str(one.assignment.person.email) for row in rows for one in row.assessed]

    assert (len(rows), len(names)) == (number, number)


def test_one_sees_what_one_assesses_and_assessed(scene):
    user = scene.assessors[0].user
    asked = scene.asked(0)
    closed = scene.sent(0, ItemFactory(panel=scene.panel, closed_at=timezone.now()))
    for state in ("declined", "ended"):
        scene.asked(0, ItemFactory(panel=scene.panel), state=state)
    apart = scene.asked(0, ItemFactory(panel=scene.panel))
    DeclaredConflictFactory(item=apart.item, person=apart.person)

    assert list(work.visible_to(user).order_by("pk")) == [asked, closed]
    assert list(work.visible_to(scene.assessors[1].user)) == []
    assert list(work.waiting_for(scene.assessors[0])) == [asked]


def test_a_part_of_the_things_can_be_asked_for(scene):
    other = ItemFactory(panel=scene.panel)

    rows = standings.for_chair(scene.lead, scene.panel, scene.panel.items.filter(pk=other.pk))

    assert [row.item for row in rows] == [other]


def test_nothing_waits_in_a_panel_whose_work_is_over(scene):
    scene.asked(0)
    Panel.objects.update(ended_at=timezone.now())

    assert list(work.waiting_for(scene.assessors[0])) == []


def test_chairs_find_their_panels(scene):
    assert list(work.panels_led_by(scene.lead)) == [scene.panel]
    assert list(work.panels_led_by(scene.assessors[0].user)) == []
    SeatFactory(panel=scene.panel, role="chair", left_at=timezone.now(), person=PersonFactory())
    assert work.chairs_of(scene.item) == [scene.chair]
