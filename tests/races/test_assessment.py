"""Chairs and assessors who do what excludes each other at the very same moment."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError
from django.utils import timezone

from centar.assessment import kinds
from centar.assessment.models import Assignment, Item, Panel
from centar.assessment.operations import assigning, ending, locks, panels, scoring
from centar.assessment.operations.scoring import Seen
from centar.assessment.queries import proposing
from centar.outbox.models import Letter
from tests.centar.assessment import scenes
from tests.factories.assessment import CriterionFactory, ItemFactory
from tests.races import crowds

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def scene(monkeypatch):
    works = scenes.subject()
    monkeypatch.setattr(kinds, "_subjects", {works.code: works})
    return scenes.furnish()


@pytest.fixture
def unlocked(monkeypatch):
    """The control: nobody waits for anybody."""
    monkeypatch.setattr(locks, "lock_panel", lambda pk: Panel.objects.get(pk=pk))
    for module in (assigning, ending, panels):
        monkeypatch.setattr(module, "lock_panel", locks.lock_panel)


def kinds_of(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def assign(scene, item, person):
    return assigning.assign(item_id=item.pk, person_id=person.pk, by=scene.lead)


def two_for_one(scene):
    """Two things for somebody who may have one."""
    Panel.objects.update(most_each=1)
    items = [scene.item, ItemFactory(panel=scene.panel)]
    return [partial(assign, scene, item, scene.assessors[0]) for item in items]


def test_nobody_gets_more_than_the_panel_allows(scene):
    outcomes = crowds.at_once(two_for_one(scene))

    assert kinds_of(outcomes) == ["Assignment", "Refusal"]
    assert Assignment.objects.count() == 1


def test_without_the_lock_they_do(scene, unlocked, monkeypatch):
    may = assigning.permissions.may_be_assigned
    met = crowds.met(2, lambda verdict: verdict)
    monkeypatch.setattr(
        assigning.permissions, "may_be_assigned", lambda item, person: met(may(item, person))
    )

    outcomes = crowds.at_once(two_for_one(scene))

    assert kinds_of(outcomes) == ["Assignment"] * 2


def test_one_person_is_asked_once(scene):
    outcomes = crowds.at_once([partial(assign, scene, scene.item, scene.assessors[0])] * 4)

    assert kinds_of(outcomes) == ["Assignment", *["Refusal"] * 3]
    assert Letter.objects.count() == 1


def test_without_the_lock_one_person_is_asked_twice(scene, unlocked, monkeypatch):
    deed = partial(assign, scene, scene.item, scene.assessors[0])
    may = assigning.permissions.may_be_assigned
    monkeypatch.setattr(assigning.permissions, "may_be_assigned", crowds.overtaken(may, deed))

    deed()

    assert Letter.objects.count() == 2


def test_one_plan_is_carried_out_once(scene):
    seen = proposing.plan(scene.panel, scene.lead).fingerprint
    deed = partial(assigning.propose_all, panel_id=scene.panel.pk, seen=seen, by=scene.lead)

    outcomes = crowds.at_once([deed] * 3)

    assert kinds_of(outcomes) == ["Refusal", "Refusal", "list"]
    assert Assignment.objects.count() == 3


def test_without_the_lock_the_database_is_the_second_belt(scene, unlocked, monkeypatch):
    seen = proposing.plan(scene.panel, scene.lead).fingerprint
    monkeypatch.setattr(assigning, "_ask", crowds.met(2, assigning._ask))
    deed = partial(assigning.propose_all, panel_id=scene.panel.pk, seen=seen, by=scene.lead)

    outcomes = crowds.at_once([deed] * 2)

    assert kinds_of(outcomes) == [IntegrityError.__name__, "list"]
    assert Assignment.objects.count() == 3


def last_two(scene):
    """The two assessments that are still awaited, sent at once."""
    return [partial(scene.send, scene.asked(number)) for number in (0, 1)]


def test_of_the_last_two_one_tells_the_chair(scene):
    deeds = last_two(scene)

    assert kinds_of(crowds.at_once(deeds)) == ["Assignment"] * 2
    assert Letter.objects.count() == 1


def test_without_the_lock_the_chair_is_never_told(scene, unlocked, monkeypatch):
    """The control: each still waits for the other."""
    deeds = last_two(scene)
    monkeypatch.setattr(scoring, "tell_if_all_in", crowds.met(2, scoring.tell_if_all_in))
    record = scoring.trail.record
    monkeypatch.setattr(scoring.trail, "record", crowds.met(2, record))

    assert kinds_of(crowds.at_once(deeds)) == ["Assignment"] * 2
    assert Letter.objects.count() == 0


def test_sending_and_declining_exclude_each_other(scene):
    assignment = scene.asked()
    decline = partial(
        scoring.decline, assignment_id=assignment.pk, reason="Не.", by=assignment.person.user
    )

    outcomes = crowds.at_once([partial(scene.send, assignment), decline])

    assert kinds_of(outcomes) == ["Assignment", "Refusal"]


def test_without_the_lock_what_is_declined_is_sent(scene, unlocked, monkeypatch):
    assignment = scene.asked()
    user = assignment.person.user
    decline = partial(scoring.decline, assignment_id=assignment.pk, reason="Не.", by=user)
    may = scoring.permissions.may_assess
    monkeypatch.setattr(scoring.permissions, "may_assess", crowds.overtaken(may, decline))

    scene.send(assignment)

    assignment.refresh_from_db()
    assert (assignment.state, assignment.declined_because) == ("sent", "Не.")


def test_nothing_is_sent_after_closing(scene):
    assignment = scene.asked()
    close = partial(ending.close, item_id=scene.item.pk, by=None)

    outcomes = crowds.at_once([partial(scene.send, assignment), close])

    assignment.refresh_from_db()
    assert assignment.state == ("sent" if "Refusal" not in kinds_of(outcomes) else "ended")
    assert Item.objects.get().closed_at is not None


def test_without_the_lock_it_is(scene, unlocked, monkeypatch):
    assignment = scene.asked()
    close = partial(ending.close, item_id=scene.item.pk, by=None)
    may = scoring.permissions.may_assess
    monkeypatch.setattr(scoring.permissions, "may_assess", crowds.overtaken(may, close))

    scene.send(assignment)

    assignment.refresh_from_db()
    assert assignment.state == "sent"
    assert assignment.sent_at > Item.objects.get().closed_at


def test_what_is_given_back_is_not_decided_by(scene):
    """Closed first it stays sent and counts; given back first it waits, and closing ends it."""
    assignment = scene.sent()
    back = partial(
        scoring.give_back,
        assignment_id=assignment.pk,
        reason="Погрешан рад.",
        due_on=timezone.localdate(),
        by=scene.lead,
    )
    close = partial(ending.close, item_id=scene.item.pk, by=None)

    outcomes = crowds.at_once([back, close])

    assignment.refresh_from_db()
    assert assignment.state == ("sent" if "Refusal" in kinds_of(outcomes) else "ended")


def first_points_and_a_new_criterion(scene):
    assignment = scene.asked()
    keep = partial(
        scoring.keep_scores,
        assignment_id=assignment.pk,
        written=scene.written(),
        seen=Seen(0, "strana"),
        by=assignment.person.user,
    )
    new = CriterionFactory.build(panel=None)
    change = partial(
        panels.keep_criteria, panel_id=scene.panel.pk, kept=[(new, ["new"])], by=scene.staff
    )
    return [keep, change]


def test_criteria_and_the_first_points_come_one_after_the_other(scene):
    """Whichever is first: points by the old criteria and no new one, or the new one before them."""
    keeping, changing = crowds.at_once(first_points_and_a_new_criterion(scene))

    assert type(keeping).__name__ == "Assignment"
    assert scene.panel.criteria.count() == (2 if changing else 3)


def test_without_the_lock_a_criterion_comes_after_the_points(scene, unlocked, monkeypatch):
    keep, change = first_points_and_a_new_criterion(scene)
    scored = panels.queries.something_is_scored
    monkeypatch.setattr(panels.queries, "something_is_scored", crowds.overtaken(scored, keep))

    change()

    assert scored(scene.panel)
    assert scene.panel.criteria.count() == 3
