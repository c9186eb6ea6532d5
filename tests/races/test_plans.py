"""Seminars created from one plan by several people at the very same moment."""

from __future__ import annotations

from functools import partial

import pytest

from needs_survey.models import Plan
from needs_survey.operations import computing, drafts, plans
from needs_survey.queries import plans as queries
from tests.factories.people import StaffFactory
from tests.factories.plans import PLANS, PlanFactory, asks, computed
from tests.factories.trainings import ProgrammeFactory
from tests.races import crowds
from trainings.models import Seminar

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def planner(transactional_db):
    return StaffFactory(permissions=PLANS)


@pytest.fixture
def plan(planner):
    made = PlanFactory()
    asks(made.round, {ProgrammeFactory(): 20})
    return computed(made, planner)


def test_drafts_created_many_times_at_once_are_made_once(plan, planner):
    create = partial(drafts.create_seminars, plan_id=plan.pk, by=planner)

    outcomes = crowds.at_once([create] * 5)

    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Refusal"] * 4 + ["list"]
    assert Seminar.objects.count() == 1


def test_without_the_lock_a_row_becomes_two_seminars(plan, planner, monkeypatch):
    """The control: both read that there is no seminar before either writes."""
    monkeypatch.setattr(plans, "lock_plan", lambda pk: Plan.objects.get(pk=pk))
    monkeypatch.setattr(queries, "to_make", crowds.met(2, queries.to_make))
    monkeypatch.setattr(drafts, "_made", crowds.met(2, drafts._made))
    create = partial(drafts.create_seminars, plan_id=plan.pk, by=planner)

    crowds.at_once([create] * 2)

    assert Seminar.objects.count() == 2


def test_two_computations_at_once_leave_each_group_once(plan, planner):
    compute = partial(
        computing.compute,
        plan_id=plan.pk,
        weights=queries.weights_of(plan),
        most_seminars=None,
        by=planner,
    )

    outcomes = crowds.at_once([compute] * 4)

    assert [type(outcome) for outcome in outcomes] == [Plan] * 4
    assert plan.seminars.count() == 1
    assert plan.wishes.count() == 1


def by_hand(plan, planner):
    """Somebody writes that the group is for 18 people."""
    row = plan.seminars.get()
    row.people = 18
    return plans.keep_row(planned=row, changed=["people"], by=planner)


def test_what_is_changed_by_hand_while_the_plan_is_computed_stays(plan, planner):
    outcomes = crowds.at_once(
        [partial(computed, plan, planner), partial(by_hand, plan, planner)] * 2
    )

    assert [one for one in outcomes if isinstance(one, Exception)] == []
    row = plan.seminars.get()
    assert (row.people, row.by_hand) == (18, ["people"])


def test_without_the_lock_the_computation_overwrites_it(plan, planner, monkeypatch):
    """The control: the row is changed after it was read and before it is written."""
    monkeypatch.setattr(plans, "lock_plan", lambda pk: Plan.objects.get(pk=pk))
    monkeypatch.setattr(computing, "lock_plan", lambda pk: Plan.objects.get(pk=pk))
    write = computing._write

    def interrupted(rows):
        crowds.at_once([partial(by_hand, plan, planner)])
        write(rows)

    monkeypatch.setattr(computing, "_write", interrupted)

    computed(plan, planner)

    row = plan.seminars.get()
    assert (row.people, row.by_hand) == (20, ["people"])
