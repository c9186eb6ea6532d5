"""Panels: what can change until when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.assessment.models import Assignment, Criterion, Panel, Score, Seat
from centar.assessment.operations import panels
from centar.audit.models import Entry
from centar.outbox.models import Letter
from tests.factories.assessment import CriterionFactory, ItemFactory, PanelFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def keep(scene, **facts):
    panel = Panel.objects.get(pk=scene.panel.pk)
    for name, value in facts.items():
        setattr(panel, name, value)
    return panels.keep(panel=panel, changed=list(facts), by=scene.staff)


def test_staff_make_a_panel_and_chairs_do_not(scene):
    panel = Panel(title="Комисија", due_on=timezone.localdate())
    with pytest.raises(Refusal, match="Only the Centre's staff may do this"):
        panels.keep(panel=panel, changed=["title"], by=scene.lead)

    panels.keep(panel=panel, changed=["title"], by=scene.staff)

    assert list(Entry.objects.values_list("action", "object_id")) == [
        ("assessment.make_panel", panel.pk)
    ]


def test_who_knows_whom_changes_until_somebody_is_assigned(scene):
    keep(scene, blindness="single")
    scene.asked(state="declined")

    with pytest.raises(Refusal, match="who knows whom stays") as refused:
        keep(scene, blindness="open")

    assert refused.value.field == "blindness"
    assert Panel.objects.get().blindness == "single"
    assert keep(scene, title="Друга комисија").title == "Друга комисија"


def test_the_last_day_moves_what_waits_and_had_it(scene):
    day = scene.panel.due_on
    scene.asked(0)
    scene.sent(1)
    scene.asked(2, due_on=day + timedelta(days=3))

    keep(scene, due_on=day + timedelta(days=9))

    found = Assignment.objects.order_by("pk").values_list("due_on", flat=True)
    assert [(one - day).days for one in found] == [9, 0, 3]


def keep_criteria(scene, *kept, removed=()):
    panels.keep_criteria(panel_id=scene.panel.pk, kept=kept, removed=removed, by=scene.staff)


def test_criteria_change_at_will_until_somebody_gives_points(scene):
    first, second = scene.panel.criteria.all()
    first.most = 20
    new = Criterion(title="Ново мерило")

    keep_criteria(scene, (first, ["most"]), (new, ["new"]), removed=[second])

    assert list(scene.panel.criteria.order_by("pk").values_list("title", "most")) == [
        (first.title, 20),
        ("Ново мерило", 5),
    ]


@pytest.mark.parametrize("what", ["changed", "new", "removed"])
def test_once_there_are_points_only_the_wording_is_mended(scene, what):
    scene.asked(points=[3])
    first, second = scene.panel.criteria.all()
    first.most, first.title = 20, "Јасноћа"
    kept = {"changed": [(first, ["most"])], "new": [(Criterion(title="Ново"), ["new"])]}

    with pytest.raises(Refusal, match="only names, guidance and order"):
        keep_criteria(scene, *kept.get(what, []), removed=[second] if what == "removed" else [])

    first.most = 5
    keep_criteria(scene, (first, ["title"]))
    assert scene.panel.criteria.get(pk=first.pk).title == "Јасноћа"
    assert scene.panel.criteria.count() == 2


def test_criteria_are_copied_after_those_that_are_there(scene):
    other = PanelFactory()
    CriterionFactory(panel=other, title="Сврха", guidance="Чему служи?", most=9, weight=2)

    panels.copy_criteria(panel_id=scene.panel.pk, from_id=other.pk, by=scene.staff)

    copied = scene.panel.criteria.last()
    assert (copied.title, copied.guidance, copied.most, copied.weight, copied.order) == (
        "Сврха",
        "Чему служи?",
        9,
        2,
        3,
    )
    assert other.criteria.count() == 1


def test_nothing_is_copied_from_a_panel_without_criteria_or_once_there_are_points(scene):
    with pytest.raises(Refusal, match="That panel has no criteria"):
        panels.copy_criteria(panel_id=scene.panel.pk, from_id=PanelFactory().pk, by=scene.staff)
    scene.asked(points=[3])
    with pytest.raises(Refusal, match="only names, guidance and order"):
        panels.copy_criteria(
            panel_id=scene.panel.pk, from_id=PanelFactory(criteria=1).pk, by=scene.staff
        )


def seat(scene, person, **facts):
    facts = {"role": "assessor", "by": scene.staff, **facts}
    return panels.seat(panel_id=scene.panel.pk, person_id=person.pk, **facts)


def test_somebody_gets_a_seat_and_another_role_in_it(scene):
    person = PersonFactory()

    seat(scene, person, topics=["7"])
    seat(scene, person, role="chair")

    assert list(Seat.objects.filter(person=person).values_list("role", "topics")) == [("chair", [])]


def test_only_staff_give_seats(scene):
    with pytest.raises(Refusal):
        seat(scene, PersonFactory(), by=scene.lead)


def test_who_leaves_has_nothing_waiting_any_more_and_can_come_back(scene):
    person = scene.assessors[0]
    waiting, sent = scene.asked(0), scene.sent(0, ItemFactory(panel=scene.panel))
    own = Seat.objects.get(person=person)

    panels.leave(seat_id=own.pk, by=scene.staff)

    assert [Assignment.objects.get(pk=one.pk).state for one in (waiting, sent)] == ["ended", "sent"]
    assert list(Letter.objects.values_list("kind", "recipient")) == [
        ("assessment.ended", person.email)
    ]
    with pytest.raises(Refusal, match="has left the panel already"):
        panels.leave(seat_id=own.pk, by=scene.staff)
    assert seat(scene, person).left_at is None


def test_nobody_joins_a_panel_whose_work_is_over(scene):
    scene.panel.ended_at = timezone.now()
    scene.panel.save()

    with pytest.raises(Refusal, match="The work of this panel is over"):
        seat(scene, PersonFactory())


def test_drafts_are_points_too(scene):
    scene.asked(points=[3])

    assert Score.objects.count() == 1
    with pytest.raises(Refusal):
        keep_criteria(scene, removed=[scene.panel.criteria.last()])
