"""What was sent by mistake is its assessor's to change again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.assessment import permissions
from centar.assessment.models import Assignment, Seat
from centar.assessment.operations import assigning, scoring
from centar.assessment.queries import results
from centar.audit.models import Entry
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from tests.factories.assessment import AssignmentFactory, DeclaredConflictFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(scene):
    assignment = scene.sent(0, points=(1, 2))
    assignment.for_author, assignment.for_chair = "Скратити.", "Журио сам."
    assignment.reminders = 2
    assignment.save()
    scene.sent(1, points=(5, 5))
    return assignment


def give_back(scene, assignment, reason="Замењени предлози.", days=5):
    return scoring.give_back(
        assignment_id=assignment.pk,
        reason=reason,
        due_on=timezone.localdate() + timedelta(days=days),
        by=scene.lead,
    )


def test_it_becomes_a_draft_that_counts_no_more_and_hides_the_others(scene, sent):
    given = Assignment.objects.get(pk=give_back(scene, sent).pk)

    assert (given.state, given.sent_at) == ("asked", None)
    assert given.due_on == timezone.localdate() + timedelta(days=5)
    assert [one.points for one in given.scores.order_by("criterion__order")] == [1, 2]
    assert results.results(scene.item, in_full=True).mean == 10
    assert not permissions.may_see_others(given, given.person.user)

    again = scene.send(given, scene.written(3, 3))

    assert results.results(scene.item, in_full=True).mean == 8
    assert permissions.may_see_others(again, given.person.user)


def test_the_audit_keeps_what_was_sent(scene, sent):
    give_back(scene, sent)

    entry = Entry.objects.get(action="assessment.give_back")
    first, second = scene.panel.criteria.all()
    assert (entry.actor_id, entry.object_id) == (scene.lead.pk, sent.pk)
    assert entry.reason == "Замењени предлози."
    assert entry.detail == {
        "person": sent.person_id,
        "sent_at": sent.sent_at.isoformat(),
        "recommendation": "accept",
        "for_author": "Скратити.",
        "for_chair": "Журио сам.",
        f"points_{first.pk}": 1,
        f"points_{second.pk}": 2,
    }


def test_the_assessor_reads_why_and_is_not_reminded_on_the_same_day(scene, sent, mailoutbox):
    give_back(scene, sent)

    outbox.deliver_due(timezone.now() + timedelta(minutes=1))
    (letter,) = mailoutbox
    assert letter.to == [sent.person.email]
    assert "Замењени предлози." in letter.body
    assert f"/radovi/{sent.pk}/" in letter.body
    sent.refresh_from_db()
    assert (sent.reminders, sent.reminded_on) == (0, timezone.localdate())


@pytest.mark.parametrize(
    ("facts", "field"), [({"reason": " "}, "reason"), ({"days": -1}, "due_on")]
)
def test_a_reason_and_a_day_to_come_are_needed(scene, sent, facts, field):
    with pytest.raises(Refusal) as refused:
        give_back(scene, sent, **facts)

    assert refused.value.field == field
    assert Assignment.objects.get(pk=sent.pk).state == "sent"
    assert not Letter.objects.exists()


def test_nobody_gives_back_their_own(scene):
    own = AssignmentFactory(item=scene.item, person=scene.chair, state="sent")

    with pytest.raises(Refusal, match="only by somebody else"):
        give_back(scene, own)


def test_who_could_not_be_asked_gets_nothing_back(scene, sent):
    DeclaredConflictFactory(item=scene.item, person=sent.person)
    with pytest.raises(Refusal, match="has a conflict of interest"):
        give_back(scene, sent)

    Seat.objects.filter(person=sent.person).update(left_at=timezone.now())
    with pytest.raises(Refusal, match="has no seat"):
        give_back(scene, sent)


def test_the_day_that_is_offered_is_still_to_come(scene):
    today = timezone.localdate()

    assert assigning.day_again(today) == today + timedelta(days=14)
    assert assigning.day_again(today + timedelta(days=30)) == today + timedelta(days=30)
