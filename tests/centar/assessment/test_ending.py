"""Taking away, closing, and the end of a panel."""

from __future__ import annotations

import pytest

from centar.access import Refusal
from centar.assessment.models import Assignment, Item, Panel
from centar.assessment.operations import ending
from centar.assessment.queries import results
from centar.audit.models import Entry
from centar.outbox.models import Letter
from tests.factories.assessment import DeclaredConflictFactory, ItemFactory
from tests.factories.people import PersonFactory

pytestmark = pytest.mark.django_db


def states():
    return list(Assignment.objects.order_by("pk").values_list("state", flat=True))


def told():
    return sorted(Letter.objects.values_list("kind", "recipient"))


def test_what_is_not_sent_is_taken_away_and_the_assessor_is_told(scene):
    assignment = scene.asked()

    ending.end_assignment(assignment_id=assignment.pk, by=scene.lead)

    assert states() == ["ended"]
    assert told() == [("assessment.ended", assignment.person.email)]


def test_what_is_sent_stays(scene):
    with pytest.raises(Refusal, match="has not sent can be taken away"):
        ending.end_assignment(assignment_id=scene.sent().pk, by=scene.lead)


def test_an_assessor_and_a_chair_in_conflict_take_nothing_away(scene):
    assignment = scene.asked()
    DeclaredConflictFactory(item=scene.item, person=scene.chair)

    for user in (assignment.person.user, scene.lead, PersonFactory().user):
        with pytest.raises(Refusal):
            ending.end_assignment(assignment_id=assignment.pk, by=user)


def test_closing_ends_what_waits_and_keeps_what_was_sent(scene):
    scene.asked(0)
    scene.sent(1)
    scene.asked(2, state="declined")

    ending.close(item_id=scene.item.pk, by=None)

    assert states() == ["ended", "sent", "declined"]
    assert Item.objects.get().closed_at is not None
    assert told() == [("assessment.ended", scene.assessors[0].email)]


def test_closing_twice_changes_nothing(scene):
    first = ending.close(item_id=scene.item.pk, by=None)

    assert ending.close(item_id=scene.item.pk, by=None).closed_at == first.closed_at
    assert Entry.objects.count() == 1


def test_what_does_not_count_when_it_is_closed_never_does(scene):
    scene.sent(0, points=(5, 5))
    apart = scene.sent(1, points=(1, 1))
    DeclaredConflictFactory(item=scene.item, person=apart.person)

    ending.close(item_id=scene.item.pk, by=None)

    assert states() == ["sent", "ended"]
    assert results.results(scene.item, in_full=True).mean == 10


def test_a_conflict_that_comes_after_closing_changes_no_result(scene):
    sent = scene.sent(0, points=(5, 3))
    item = ending.close(item_id=scene.item.pk, by=None)

    DeclaredConflictFactory(item=item, person=sent.person)

    assert results.results(item, in_full=True).mean == 8


def test_the_end_of_a_panel_closes_all(scene):
    scene.asked(0)
    ItemFactory(panel=scene.panel)

    ending.end_panel(panel_id=scene.panel.pk, by=scene.lead)

    assert Panel.objects.get().ended_at is not None
    assert not Item.objects.filter(closed_at=None).exists()
    assert states() == ["ended"]
    with pytest.raises(Refusal, match="The work of this panel is over"):
        ending.end_panel(panel_id=scene.panel.pk, by=scene.lead)


def test_only_those_who_lead_end_a_panel(scene):
    with pytest.raises(Refusal, match="Only whoever leads the panel"):
        ending.end_panel(panel_id=scene.panel.pk, by=scene.assessors[0].user)
