"""Drafts, sending and declining."""

from __future__ import annotations

import pytest
from django.utils import timezone

from centar.access import Refusal
from centar.assessment.models import Assignment, Item, Score
from centar.assessment.operations import scoring
from centar.assessment.operations.scoring import ChangedMeanwhile, Given, Seen, Written
from centar.audit.models import Entry
from centar.outbox.models import Letter
from tests.factories.assessment import CriterionFactory, DeclaredConflictFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def assignment(scene):
    return scene.asked()


def keep(assignment, written, saves=0, page="strana", by=None):
    return scoring.keep_scores(
        assignment_id=assignment.pk,
        written=written,
        seen=Seen(saves, page),
        by=by or assignment.person.user,
    )


def told():
    return list(Letter.objects.order_by("pk").values_list("kind", "recipient"))


def test_a_draft_may_lack_anything(scene, assignment):
    first, second = scene.panel.criteria.all()
    written = Written({first.pk: Given(3), second.pk: Given(None, "Недостаје.")}, for_chair="Да?")

    kept = keep(assignment, written)

    assert scoring.kept(Assignment.objects.get()) == written
    assert (kept.state, kept.saves, kept.saved_from) == ("asked", 1, "strana")
    assert kept.saved_at is not None


def test_a_draft_is_written_over(scene, assignment):
    keep(assignment, scene.written(1, 2))
    keep(assignment, scene.written(3, None, recommendation=""), saves=1)

    assert list(Score.objects.values_list("points", flat=True)) == [3]
    assert Assignment.objects.get().recommendation == ""


def test_the_same_once_more_changes_nothing(scene, assignment):
    keep(assignment, scene.written())

    assert keep(assignment, scene.written(), saves=7, page="druga").saves == 1


def test_another_page_does_not_overwrite_silently(scene, assignment):
    keep(assignment, scene.written(1, 1))

    with pytest.raises(ChangedMeanwhile) as refused:
        keep(assignment, scene.written(2, 2), page="druga")

    assert refused.value.assignment.saved_from == "strana"
    assert set(Score.objects.values_list("points", flat=True)) == {1}


def test_a_page_is_never_told_of_its_own_saving(scene, assignment):
    keep(assignment, scene.written(1, 1))

    assert keep(assignment, scene.written(2, 2)).saves == 2


def test_a_reminder_meanwhile_disturbs_nobody(scene, assignment):
    keep(assignment, scene.written(1, 1))
    Assignment.objects.update(reminders=1, reminded_on=timezone.localdate())

    keep(assignment, scene.written(2, 2), saves=1, page="druga")

    assert Assignment.objects.get().reminders == 1


@pytest.mark.parametrize("points", [-1, 6])
def test_points_that_a_criterion_does_not_have_are_refused_by_their_field(
    scene, assignment, points
):
    first = scene.panel.criteria.first()

    with pytest.raises(Refusal, match="From 0 to 5 points are possible") as refused:
        keep(assignment, Written({first.pk: Given(points)}))

    assert refused.value.field == f"points_{first.pk}"


def test_a_criterion_of_another_panel_is_refused(assignment):
    with pytest.raises(Refusal, match="The criteria have changed meanwhile"):
        keep(assignment, Written({CriterionFactory().pk: Given(1)}))


@pytest.mark.parametrize("of_whom", ["chair", "other", "staff"])
def test_nobody_else_writes_it(scene, assignment, of_whom):
    other = {"chair": scene.lead, "other": scene.assessors[1].user, "staff": scene.staff}[of_whom]

    with pytest.raises(Refusal, match="Only whoever was asked to assess this"):
        keep(assignment, scene.written(), by=other)


def test_a_sent_assessment_is_final(scene, assignment):
    scene.send(assignment)

    sent = Assignment.objects.get()
    assert (sent.state, sent.sent_at is not None) == ("sent", True)
    assert list(Score.objects.values_list("points", flat=True)) == [5, 5]
    for again in (scene.send, lambda one: keep(one, scene.written(0, 0), saves=1)):
        with pytest.raises(Refusal, match="Your assessment is sent and cannot be changed"):
            again(assignment)
    assert list(Entry.objects.values_list("action", flat=True)) == ["assessment.send"]


def test_points_words_and_a_recommendation_must_be_there_to_send(scene, assignment):
    second = scene.panel.criteria.last()
    second.needs_comment = True
    second.save()
    missing = [
        (scene.written(5, None), f"points_{second.pk}", "Please give points."),
        (scene.written(), f"comment_{second.pk}", "Please explain in words."),
        (
            Written({one.pk: Given(0, "Не.") for one in scene.panel.criteria.all()}),
            "recommendation",
            "Please say what you recommend.",
        ),
    ]
    for written, field, sentence in missing:
        with pytest.raises(Refusal) as refused:
            scene.send(assignment, written)
        assert (refused.value.field, str(refused.value)) == (field, sentence)
        assert Assignment.objects.get().state == "asked"


def test_no_points_are_points(scene, assignment):
    scene.send(assignment, scene.written(0, 0))

    assert list(Score.objects.values_list("points", flat=True)) == [0, 0]


def test_a_panel_may_ask_for_no_recommendation(scene, assignment):
    scene.panel.asks_recommendation = False
    scene.panel.save()

    scene.send(assignment, scene.written(recommendation=""))

    assert Assignment.objects.get().state == "sent"


def test_nothing_is_sent_by_whoever_is_not_impartial_by_now(scene, assignment):
    DeclaredConflictFactory(item=scene.item, person=assignment.person)

    with pytest.raises(Refusal, match="You have a conflict of interest here"):
        scene.send(assignment)


def test_nothing_is_sent_once_it_is_closed(scene, assignment):
    Item.objects.update(closed_at=timezone.now())

    with pytest.raises(Refusal, match="The assessment of this is closed"):
        scene.send(assignment)


def test_the_chair_is_told_once_when_the_last_is_in(scene, assignment):
    other = scene.asked(1)
    scene.send(assignment)
    assert told() == []

    scene.send(other)

    assert told() == [("assessment.all_in", scene.chair.email)]


def test_an_assessor_in_conflict_is_not_waited_for(scene, assignment):
    apart = scene.asked(1)
    DeclaredConflictFactory(item=scene.item, person=apart.person)

    scene.send(assignment)

    assert told() == [("assessment.all_in", scene.chair.email)]


def test_a_chair_in_conflict_is_not_told(scene, assignment):
    DeclaredConflictFactory(item=scene.item, person=scene.chair)

    scene.send(assignment)

    assert told() == []


def decline(assignment, reason="Немам времена.", by=None):
    return scoring.decline(
        assignment_id=assignment.pk, reason=reason, by=by or assignment.person.user
    )


def test_the_chair_reads_why_somebody_declines(scene, assignment):
    decline(assignment)

    declined = Assignment.objects.get()
    assert (declined.state, declined.declined_because) == ("declined", "Немам времена.")
    assert told() == [("assessment.declined", scene.chair.email)]
    with pytest.raises(Refusal, match="You are not asked to assess this any more"):
        decline(assignment)


def test_declining_needs_a_reason(assignment):
    with pytest.raises(Refusal) as refused:
        decline(assignment, " ")

    assert refused.value.field == "reason"
    assert Assignment.objects.get().state == "asked"


def test_others_do_not_decline_for_somebody(scene, assignment):
    with pytest.raises(Refusal):
        decline(assignment, by=scene.lead)


def test_declining_can_be_what_was_waited_for(scene, assignment):
    scene.send(scene.asked(1))

    decline(assignment)

    assert sorted(kind for kind, _to in told()) == ["assessment.all_in", "assessment.declined"]
