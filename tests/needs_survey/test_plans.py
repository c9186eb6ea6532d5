"""Plans: computed, changed by hand, undone; who may, and what the audit says."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone, translation

from centar.access import Refusal
from centar.audit.models import Entry
from needs_survey.models import Plan, PlannedSeminar, PlanRules, Round, SchoolBreak, Wish
from needs_survey.operations import computing, drafts, plans
from needs_survey.queries import plans as queries
from needs_survey.queries import reasons
from tests.factories.needs_survey import RoundFactory
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.plans import PLANS, PlanFactory, asks, computed
from tests.factories.schools import MunicipalityFactory, SchoolFactory
from tests.factories.trainings import ProgrammeFactory
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


def state(plan):
    """Everything that a computation may change."""
    rows = plan.seminars.order_by("programme", "number").values_list(
        "pk", "programme", "number", "municipality", "is_online", "on", "people", "score",
        "is_chosen", "note",
    )  # fmt: skip
    wishes = plan.wishes.order_by("pk").values_list(
        "pk", "programme", "school", "teachers", "planned", "left_out"
    )
    fresh = Plan.objects.get(pk=plan.pk)
    weights = [fresh.weight_teachers, fresh.weight_schools, fresh.most_seminars]
    return list(rows), list(wishes), weights, fresh.computed_at


def actions():
    return [entry.action for entry in Entry.objects.order_by("pk")]


def only(plan):
    return plan.seminars.get()


# --- Computing -----------------------------------------------------------------------------


def test_demand_becomes_groups_with_a_place_a_day_and_a_score(plan, staff):
    knic = MunicipalityFactory(name="Кнић")
    programme = ProgrammeFactory(priorities=["1"])
    asks(plan.round, {programme: 12}, SchoolFactory(municipality=knic))
    asks(plan.round, {programme: 8})

    computed(plan, staff)

    row = only(plan)
    assert (row.programme, row.municipality, row.people) == (programme, knic, 20)
    assert plan.starts_on <= row.on <= plan.ends_on
    assert (row.score, row.is_chosen, row.is_online) == (Decimal(10), True, False)
    assert row.score == reasons.of(row)[0].points
    assert list(row.wishes.values_list("teachers", flat=True)) == [12, 8]
    assert Entry.objects.latest("pk").detail == {
        "teachers": 4,
        "schools": 3,
        "municipalities": 2,
        "priority": 1,
        "near": 4,
        "wanted": 3,
        "room": 2,
        "suits": 4,
        "quiet": 2,
        "rows": 1,
    }


def test_what_schools_want_decides_about_the_day_and_the_way(plan, staff):
    programme = ProgrammeFactory()
    asks(plan.round, {programme: 20}, ways=[("vreme", "prepodne"), ("nacin", "onlajn")])

    computed(plan, staff)

    row = only(plan)
    assert (row.is_online, row.municipality, row.on.weekday() < 5) == (True, None, True)
    [_programme, place, _time] = reasons.of(row)
    assert [part.sentence for part in place.parts] == [
        "schools want it online for 20 of the group's teachers, live for 0"
    ]


def test_a_school_that_offers_its_room_draws_the_seminar_to_its_municipality(plan, staff):
    programme, host = ProgrammeFactory(), SchoolFactory()
    asks(plan.round, {programme: 12})
    asks(plan.round, {programme: 8}, host, ways=[("domacin", "da")])

    computed(plan, staff)
    offered = only(plan)
    computed(plan, staff, room=0)

    assert (offered.municipality, queries.host_of(offered)) == (host.municipality, str(host))
    assert only(plan).municipality != host.municipality
    assert queries.host_of(only(plan)) == ""


def test_who_wants_afternoons_begins_in_the_afternoon(plan, staff):
    PlanRules.objects.create(afternoon_begins_at=time(15))
    asks(plan.round, {ProgrammeFactory(): 20}, ways=[("vreme", "poslepodne")])

    computed(plan, staff)

    assert only(plan).begins_at == time(15)


def test_the_centres_own_municipality_is_proposed_to_those_who_want_to_come(plan, staff):
    centre = MunicipalityFactory()
    PlanRules.objects.create(centre=centre)
    programme = ProgrammeFactory()
    for _ in range(3):
        asks(plan.round, {programme: 7}, ways=[("nacin", "centar")])

    computed(plan, staff)
    there = only(plan).municipality
    computed(plan, staff, wanted=0, room=0)

    assert there == centre
    assert only(plan).municipality != centre


def test_days_without_lessons_are_minded(plan, staff):
    holidays = SchoolBreak.objects.create(
        name="Зимски распуст",
        starts_on=plan.starts_on + timedelta(days=20),
        ends_on=plan.starts_on + timedelta(days=33),
    )
    resting, working = ProgrammeFactory.create_batch(2)
    asks(plan.round, {resting: 20}, ways=[("vreme", "raspust")])
    asks(plan.round, {working: 20}, ways=[("vreme", "prepodne")])

    computed(plan, staff)

    days = dict(plan.seminars.values_list("programme", "on"))
    assert holidays.starts_on <= days[resting.pk] <= holidays.ends_on
    assert not holidays.starts_on <= days[working.pk] <= holidays.ends_on


def test_those_in_no_group_are_named_with_the_reason(plan, staff):
    few, gone = ProgrammeFactory(), ProgrammeFactory(withdrawn_on=timezone.localdate())
    rejected = ProgrammeFactory()
    school = asks(plan.round, {few: 5, gone: 20, rejected: 20})
    computed(plan, staff)
    plans.choose(plan_id=plan.pk, rows=[only(plan).pk], is_chosen=False, by=staff)

    found = {one.title: (one.school, one.teachers, one.reason) for one in queries.left_out(plan)}

    assert found == {
        str(few): (str(school), 5, "fewer than the smallest group asked for it"),
        str(gone): (str(school), 20, "the programme is withdrawn from the catalogue"),
        str(rejected): (str(school), 20, "the group is not to be held"),
    }


def test_a_programme_that_is_deleted_keeps_its_title_among_those_left_out(plan, staff):
    programme = ProgrammeFactory()
    asks(plan.round, {programme: 20})
    title = str(programme)
    programme.delete()

    computed(plan, staff)

    assert [(one.title, one.teachers) for one in queries.left_out(plan)] == [(title, 20)]


def test_only_so_many_are_chosen_the_highest_score_first(plan, staff):
    small, large, middle = ProgrammeFactory.create_batch(3)
    asks(plan.round, {small: 15, large: 30, middle: 20})

    computed(plan, staff, most=2)

    chosen = plan.seminars.filter(is_chosen=True)
    assert {row.programme for row in chosen} == {large, middle}


def test_other_weights_give_another_order(plan, staff):
    broad, large = ProgrammeFactory.create_batch(2)
    for _ in range(4):
        asks(plan.round, {broad: 4})
    asks(plan.round, {large: 30})

    computed(plan, staff, teachers=0)
    first = plan.seminars.first().programme
    computed(plan, staff, teachers=100)

    assert (first, plan.seminars.first().programme) == (broad, large)


def test_a_term_that_has_begun_is_planned_from_tomorrow_on(staff):
    plan = PlanFactory(starts_on=timezone.localdate() - timedelta(days=30))
    asks(plan.round, {ProgrammeFactory(): 20})

    computed(plan, staff)

    assert only(plan).on > timezone.localdate()


def test_a_term_that_is_over_leaves_the_day_open(staff):
    plan = PlanFactory(starts_on=date(2020, 1, 1))
    asks(plan.round, {ProgrammeFactory(): 20})

    computed(plan, staff)

    assert only(plan).on is None


# --- By hand -------------------------------------------------------------------------------


def by_hand(row, staff, **changes):
    for name, value in changes.items():
        setattr(row, name, value)
    return plans.keep_row(planned=row, changed=list(changes), by=staff)


def test_computing_again_keeps_what_was_changed_by_hand(plan, staff):
    programme, town = ProgrammeFactory(), MunicipalityFactory()
    asks(plan.round, {programme: 20})
    computed(plan, staff)
    day = plan.starts_on + timedelta(days=3)
    by_hand(
        only(plan), staff, municipality=town, on=day, people=17, note="Уз сајам.", is_chosen=False
    )
    asks(plan.round, {programme: 9})

    computed(plan, staff)

    row = only(plan)
    assert (row.municipality, row.on, row.people, row.note) == (town, day, 17, "Уз сајам.")
    assert row.is_chosen is False
    assert sum(row.wishes.values_list("teachers", flat=True)) == 29


def test_what_was_not_changed_by_hand_follows_the_answers(plan, staff):
    programme = ProgrammeFactory()
    asks(plan.round, {programme: 20})
    computed(plan, staff)
    by_hand(only(plan), staff, note="Важно.")
    other = MunicipalityFactory()
    asks(plan.round, {programme: 29}, SchoolFactory(municipality=other))

    computed(plan, staff)

    first, second = plan.seminars.order_by("number")
    assert (first.note, first.municipality, first.people) == ("Важно.", other, 29)
    assert second.people == 20


def test_a_row_that_nobody_asks_for_any_more_goes_unless_somebody_has_touched_it(plan, staff):
    touched, untouched = ProgrammeFactory.create_batch(2)
    school = asks(plan.round, {touched: 20, untouched: 20})
    computed(plan, staff)
    by_hand(plan.seminars.get(programme=touched), staff, note="Остаје.")
    answer = plan.round.responses.get(school=school)
    answer.response.answers.all().delete()

    computed(plan, staff)

    row = only(plan)
    assert (row.programme, row.score, row.parts, row.wishes.count()) == (touched, 0, {}, 0)


def test_rows_chosen_by_hand_count_among_the_most(plan, staff):
    programmes = ProgrammeFactory.create_batch(3)
    asks(plan.round, dict(zip(programmes, (30, 20, 15), strict=True)))
    computed(plan, staff, most=1)
    last = plan.seminars.get(programme=programmes[2])
    plans.choose(plan_id=plan.pk, rows=[last.pk], is_chosen=True, by=staff)

    computed(plan, staff, most=2)

    chosen = {row.programme for row in plan.seminars.filter(is_chosen=True)}
    assert chosen == {programmes[0], programmes[2]}


def test_a_day_given_by_hand_is_taken_for_the_others(plan, staff):
    first, second = ProgrammeFactory.create_batch(2)
    asks(plan.round, {first: 30, second: 20})
    computed(plan, staff)
    row = plan.seminars.get(programme=second)
    by_hand(row, staff, on=plan.seminars.get(programme=first).on)

    computed(plan, staff)

    assert len({one.on for one in plan.seminars.all()}) == 2


def test_a_group_of_no_size_is_refused(plan, staff):
    asks(plan.round, {ProgrammeFactory(group_minimum=10, group_maximum=12): 11})
    computed(plan, staff)

    for people in (9, 13):
        with pytest.raises(Refusal, match="from 10 to 12 people") as refused:
            by_hand(only(plan), staff, people=people)
        assert refused.value.field == "people"
    assert only(plan).people == 11


def test_a_group_can_be_added_of_any_programme_that_is_offered(plan, staff):
    programme = ProgrammeFactory()
    asks(plan.round, {programme: 20})
    computed(plan, staff)

    row = plans.add_row(plan_id=plan.pk, programme=programme, people=15, by=staff)
    computed(plan, staff)

    row.refresh_from_db()
    assert (row.number, row.people, row.on) == (2, 15, None)
    assert plan.seminars.count() == 2


def test_a_programme_withdrawn_meanwhile_is_not_added(plan, staff):
    programme = ProgrammeFactory()
    withdraw_programme(programme=type(programme).objects.get(pk=programme.pk), by=staff)

    with pytest.raises(Refusal, match="withdrawn") as refused:
        plans.add_row(plan_id=plan.pk, programme=programme, people=15, by=staff)

    assert (refused.value.field, plan.seminars.count()) == ("programme", 0)


# --- Undoing -------------------------------------------------------------------------------


def test_undoing_brings_back_rows_wishes_and_weights(plan, staff):
    first, second = ProgrammeFactory.create_batch(2)
    asks(plan.round, {first: 20, second: 16})
    computed(plan, staff)
    before = state(plan)
    asks(plan.round, {second: 30, ProgrammeFactory(): 20})
    answer = plan.round.responses.first()
    answer.response.answers.filter(item=first.pk).delete()
    computed(plan, staff, most=1, teachers=9)
    assert state(plan) != before

    computing.undo(plan_id=plan.pk, by=staff)

    assert state(plan) == before
    assert actions()[-2:] == ["needs_survey.compute_plan", "needs_survey.undo_computation"]


def test_undoing_the_first_computation_leaves_an_empty_plan(plan, staff):
    asks(plan.round, {ProgrammeFactory(): 20})
    before = state(plan)
    computed(plan, staff)

    computing.undo(plan_id=plan.pk, by=staff)

    assert state(plan) == before


@pytest.mark.parametrize("deed", ["row", "choose", "add", "drafts", "undo"])
def test_a_computation_is_not_undone_over_what_came_after_it(plan, staff, deed):
    asks(plan.round, {ProgrammeFactory(): 20})
    computed(plan, staff)
    row = only(plan)
    if deed == "row":
        by_hand(row, staff, note="Важно.")
    elif deed == "choose":
        plans.choose(plan_id=plan.pk, rows=[row.pk], is_chosen=False, by=staff)
    elif deed == "add":
        plans.add_row(plan_id=plan.pk, programme=row.programme, people=15, by=staff)
    elif deed == "drafts":
        drafts.create_seminars(plan_id=plan.pk, by=staff)
    else:
        computing.undo(plan_id=plan.pk, by=staff)
    before = state(plan)

    with pytest.raises(Refusal, match="changed since"):
        computing.undo(plan_id=plan.pk, by=staff)

    assert state(plan) == before


# --- Who may -------------------------------------------------------------------------------


DEEDS = {
    "keep": lambda plan, by: plans.keep(plan=plan, changed=["title"], by=by),
    "compute": lambda plan, by: computed(plan, by),
    "undo": lambda plan, by: computing.undo(plan_id=plan.pk, by=by),
    "keep_row": lambda plan, by: by_hand(plan.seminars.first(), by, note="Н."),
    "choose": lambda plan, by: plans.choose(
        plan_id=plan.pk, rows=[plan.seminars.first().pk], is_chosen=False, by=by
    ),
    "add_row": lambda plan, by: plans.add_row(
        plan_id=plan.pk, programme=plan.seminars.first().programme, people=15, by=by
    ),
    "create": lambda plan, by: drafts.create_seminars(plan_id=plan.pk, by=by),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_only_those_who_change_plans_do_it(plan, staff, deed):
    asks(plan.round, {ProgrammeFactory(): 20})
    computed(plan, staff)
    before, trail = state(plan), actions()
    reader = StaffFactory(permissions=["needs_survey.view_plan", "events.change_event"])

    for stranger in (reader, PersonFactory().user):
        with pytest.raises(Refusal, match="Only the Centre's staff"):
            DEEDS[deed](plan, stranger)

    assert (state(plan), actions()) == (before, trail)
    DEEDS[deed](plan, staff)
    assert len(actions()) > len(trail)


def test_a_plan_does_not_follow_from_anonymous_answers(staff):
    plan = PlanFactory.build(round=RoundFactory(kind=Round.Kind.TEACHERS))

    with pytest.raises(Refusal, match="name no school") as refused:
        plans.keep(plan=plan, changed=["round"], by=staff)

    assert (refused.value.field, Plan.objects.count()) == ("round", 0)


def test_the_round_of_a_plan_stays_once_something_is_planned(plan, staff):
    asks(plan.round, {ProgrammeFactory(): 20})
    computed(plan, staff)
    plan.round = RoundFactory()

    with pytest.raises(Refusal, match="it stays"):
        plans.keep(plan=plan, changed=["round"], by=staff)


def test_when_the_second_write_breaks_nothing_is_left(plan, staff, monkeypatch):
    asks(plan.round, {ProgrammeFactory(): 20})
    monkeypatch.setattr(Wish.objects, "bulk_create", None)

    with pytest.raises(TypeError):
        computed(plan, staff)

    assert (PlannedSeminar.objects.count(), actions()) == (0, [])


def test_the_number_of_statements_does_not_grow(plan, staff, django_assert_max_num_queries):
    def ask(number):
        for _ in range(number):
            asks(plan.round, {ProgrammeFactory(priorities=["1"]): 20})

    ask(2)
    computed(plan, staff)
    ask(8)

    with django_assert_max_num_queries(40):
        computed(plan, staff)
