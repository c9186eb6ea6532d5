"""Drafts of seminars made from a plan: what they hold, once each, and what stands in the way."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from django.utils import timezone, translation

from centar.access import Refusal
from centar.audit.models import Entry
from centar.events.models import Event
from needs_survey.models import PlannedSeminar, PlanRules
from needs_survey.operations import drafts, plans
from tests.factories.people import StaffFactory
from tests.factories.plans import PLANS, PlanFactory, asks, computed
from tests.factories.schools import MunicipalityFactory, SchoolFactory
from tests.factories.trainings import ProgrammeFactory
from trainings.models import Programme, Seminar
from trainings.operations.seminars import withdraw_programme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def staff():
    return StaffFactory(permissions=PLANS)


@pytest.fixture
def plan():
    return PlanFactory()


def create(plan, staff):
    return drafts.create_seminars(plan_id=plan.pk, by=staff)


def planned(plan, staff, *programmes):
    """The plan with one group of each programme."""
    asks(
        plan.round,
        dict.fromkeys(programmes, 20),
        SchoolFactory(municipality=MunicipalityFactory(name="Кнић")),
        ways=[("vreme", "subota")],
    )
    return computed(plan, staff)


def row_of(plan, programme):
    return PlannedSeminar.objects.get(plan=plan, programme=programme)


def test_a_row_becomes_a_draft_with_its_days_and_place(plan, staff):
    PlanRules.objects.create(begins_at=time(10))
    programme = ProgrammeFactory(title="Огледи", hours=12, group_maximum=24)
    planned(plan, staff, programme)

    create(plan, staff)

    row = row_of(plan, programme)
    event = row.seminar.event
    days = [
        tuple(f"{timezone.localtime(moment):%d %H:%M}" for moment in (day.starts_at, day.ends_at))
        for day in event.days
    ]
    sunday = row.on + timedelta(days=1)
    assert (event.state, event.title, event.place) == (Event.State.DRAFT, "Огледи", "Кнић")
    assert (event.capacity, event.starts_at) == (24, event.days[0].starts_at)
    assert days == [
        (f"{row.on:%d} 10:00", f"{row.on:%d} 16:00"),
        (f"{sunday:%d} 10:00", f"{sunday:%d} 13:00"),
    ]
    assert [entry.action for entry in Entry.objects.order_by("pk")][-2:] == [
        "trainings.plan_seminar",
        "needs_survey.create_seminars",
    ]


def test_a_draft_is_at_the_school_that_offers_its_room_and_begins_when_the_row_says(plan, staff):
    programme, host = ProgrammeFactory(hours=8), SchoolFactory(name="Гимназија „Кнић“")
    asks(plan.round, {programme: 20}, host, ways=[("domacin", "da"), ("vreme", "poslepodne")])
    computed(plan, staff)

    [row] = create(plan, staff)

    event = row.seminar.event
    assert (event.place, event.address) == (host.municipality.name, str(host))
    assert timezone.localtime(event.starts_at).time() == time(14)


def test_twice_makes_nothing_twice(plan, staff):
    planned(plan, staff, *ProgrammeFactory.create_batch(2))
    create(plan, staff)

    with pytest.raises(Refusal, match="a seminar already"):
        create(plan, staff)

    assert Seminar.objects.count() == 2


def test_a_row_that_is_not_to_be_held_is_not_made(plan, staff):
    first, second = ProgrammeFactory.create_batch(2)
    planned(plan, staff, first, second)
    plans.choose(plan_id=plan.pk, rows=[row_of(plan, first).pk], is_chosen=False, by=staff)

    made = create(plan, staff)

    assert [row.programme for row in made] == [second]


HINDRANCES = {
    "It has no first day.": {"on": None},
    "Its first day is over.": {"on": timezone.localdate()},
    "It has no place; choose a municipality, or that it is online.": {"municipality": None},
}


@pytest.mark.parametrize("sentence", HINDRANCES)
def test_what_lacks_something_is_named_and_the_others_are_made(plan, staff, sentence):
    lacking, whole = ProgrammeFactory.create_batch(2)
    planned(plan, staff, lacking, whole)
    PlannedSeminar.objects.filter(programme=lacking).update(**HINDRANCES[sentence])

    made = create(plan, staff)

    assert [row.programme for row in made] == [whole]
    assert drafts.not_made(plan.seminars.all()) == [f"{lacking}: {sentence}"]
    assert row_of(plan, lacking).seminar is None


def test_a_programme_withdrawn_meanwhile_is_named_and_the_others_are_made(plan, staff):
    gone, whole = ProgrammeFactory.create_batch(2)
    planned(plan, staff, gone, whole)
    withdraw_programme(programme=Programme.objects.get(pk=gone.pk), by=staff)

    made = create(plan, staff)

    assert [row.programme for row in made] == [whole]
    assert drafts.not_made(plan.seminars.all()) == [
        f"{gone}: The programme is withdrawn from the catalogue."
    ]


def test_when_nothing_can_be_made_each_row_says_why(plan, staff):
    first, second = ProgrammeFactory.create_batch(2)
    planned(plan, staff, first, second)
    PlannedSeminar.objects.update(on=None)

    with pytest.raises(Refusal) as refused:
        create(plan, staff)

    for programme in (first, second):
        assert f"{programme}: It has no first day." in str(refused.value)
    assert Event.objects.count() == 0


def test_an_online_row_needs_no_place(plan, staff):
    planned(plan, staff, ProgrammeFactory())
    PlannedSeminar.objects.update(municipality=None, is_online=True)

    [row] = create(plan, staff)

    assert row.seminar.event.place == ""


def test_whoever_may_plan_but_not_change_events_makes_no_drafts(plan, staff):
    planned(plan, staff, ProgrammeFactory())
    planner = StaffFactory(permissions=["needs_survey.change_plan"])

    with pytest.raises(Refusal, match="Only the Centre's staff"):
        create(plan, planner)

    assert Seminar.objects.count() == 0


def test_a_row_with_its_seminar_is_changed_no_more(plan, staff):
    programme = ProgrammeFactory()
    planned(plan, staff, programme)
    create(plan, staff)
    row = row_of(plan, programme)
    before = PlannedSeminar.objects.values().get()

    with pytest.raises(Refusal, match="made already"):
        plans.keep_row(planned=row, changed=["people"], by=staff)
    plans.choose(plan_id=plan.pk, rows=[row.pk], is_chosen=False, by=staff)
    asks(plan.round, {programme: 10})
    computed(plan, staff)

    after = PlannedSeminar.objects.values().get()
    stays = ("seminar_id", "municipality_id", "on", "people", "is_chosen")
    assert [after[name] for name in stays] == [before[name] for name in stays]
