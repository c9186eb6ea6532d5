"""The proposal: who is in which group, where, when, and by what score."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needs_survey.models import Wish
from needs_survey.planning import groups, places, scores
from needs_survey.planning.demand import Asked, Wanted, Way
from needs_survey.planning.places import Place
from needs_survey.planning.proposals import propose
from needs_survey.planning.term import Break, Term
from trainings import days

LeftOut = Wish.LeftOut
WEIGHTS = {
    "teachers": 4, "schools": 3, "municipalities": 2, "priority": 1,
    "near": 4, "wanted": 3, "room": 2,
    "suits": 4, "quiet": 2,
}  # fmt: skip
MONDAY = date(2027, 3, 1)


def term(weeks=8):
    return Term(MONDAY, MONDAY + timedelta(weeks=weeks, days=-1))


def asked(*schools, ways=()):
    """Schools as (municipality, teachers)."""
    return tuple(
        Asked(number, municipality, teachers, frozenset(ways))
        for number, (municipality, teachers) in enumerate(schools, start=1)
    )


def wanted(*schools, key=1, smallest=15, largest=30, ways=(), **facts):
    return Wanted(key, f"Програм {key}", smallest, largest, asked(*schools, ways=ways), **facts)


def sizes(one):
    return [sum(member.teachers for member in group) for group in groups.cut(one).groups]


def proposed(*programmes, weights=WEIGHTS, weeks=8):
    return propose(programmes, weights, term(weeks))


# --- Groups --------------------------------------------------------------------------------


def test_fewer_than_the_smallest_group_are_left_out_and_named():
    proposal = proposed(wanted((1, 8), (1, 6)))

    assert proposal.groups == []
    [(programme, schools, why)] = proposal.left_out
    assert (programme.key, [one.teachers for one in schools], why) == (1, [8, 6], LeftOut.TOO_FEW)


@pytest.mark.parametrize(
    ("teachers", "expected"),
    [(15, [15]), (30, [30]), (31, [16, 15]), (60, [30, 30]), (61, [21, 20, 20])],
)
def test_there_are_as_few_groups_as_hold_everybody(teachers, expected):
    assert sizes(wanted((1, teachers))) == expected


def test_those_for_whom_neither_a_place_nor_a_group_is_left_are_named():
    """35 people, groups of 20 to 30: one group is full, and five are too few for another."""
    proposal = proposed(wanted((1, 20), (2, 10), (3, 5), smallest=20))

    assert [group.people for group in proposal.groups] == [30]
    [(_programme, schools, why)] = proposal.left_out
    assert ([(one.school, one.teachers) for one in schools], why) == ([(3, 5)], LeftOut.NO_ROOM)


def test_a_group_ends_where_a_municipality_ends_if_its_size_allows_it():
    cut = groups.cut(wanted((1, 12), (2, 9), (1, 11), (2, 8)))

    assert [{one.municipality for one in group} for group in cut.groups] == [{1}, {2}]


def test_a_school_is_torn_apart_only_when_there_is_no_other_way():
    cut = groups.cut(wanted((1, 40)))

    assert [[(one.school, one.teachers) for one in group] for group in cut.groups] == [
        [(1, 20)],
        [(1, 20)],
    ]


# --- Where ---------------------------------------------------------------------------------


def best(*schools, centre=None, **weights):
    """The best place for schools as (municipality, teachers, what it said …)."""
    members = [
        Asked(number, municipality, teachers, frozenset(ways))
        for number, (municipality, teachers, *ways) in enumerate(schools, start=1)
    ]
    return places.best(members, WEIGHTS | weights, centre)


def points(parts):
    return {name: part.points for name, part in parts.items()}


def test_without_answers_about_it_the_place_is_where_most_interested_teachers_are():
    place = best((1, 9), (2, 5), (2, 6))

    assert place.municipality == 2
    assert points(place.parts) == {"near": 4, "wanted": 0, "room": 0}


@pytest.mark.parametrize(
    ("offer", "municipality", "room"),
    [([], 1, 0), ([Way.ROOM_BY_AGREEMENT], 1, 0), ([Way.ROOM], 2, 2)],
)
def test_a_school_that_offers_a_room_outweighs_a_few_more_teachers(offer, municipality, room):
    """12 teachers against 8: 4.00 points against 2.67, a room gives 2 and by agreement 1."""
    place = best((1, 12), (2, 8, *offer))

    assert (place.municipality, place.parts["room"].points) == (municipality, room)


def test_a_room_that_weighs_nothing_decides_nothing():
    assert best((1, 12), (2, 11, Way.ROOM), room=0).municipality == 1


def test_a_place_counts_for_those_who_want_seminars_at_home():
    place = best((1, 11), (2, 10, Way.OWN_SCHOOL), (3, 4, Way.NEARBY))

    assert (place.municipality, place.parts["wanted"].value) == (2, 10)


def test_who_wants_to_come_to_the_centre_may_bring_the_seminar_there():
    """Nobody is from there; it suits all, and the Centre has a room."""
    schools = [(number, 5, Way.CENTRE) for number in (1, 2, 3, 4)]

    there = best(*schools, centre=9)

    assert (there.municipality, points(there.parts)) == (9, {"near": 0, "wanted": 3, "room": 2})
    assert best(*schools).municipality == 1


def test_the_centre_is_not_proposed_where_nobody_wants_to_come():
    assert best((1, 5), (2, 4), centre=9, room=100).municipality == 1


def test_of_equal_places_the_one_with_more_schools_counts():
    assert best((1, 10), (2, 5), (2, 5)).municipality == 2


@pytest.mark.parametrize(
    ("ways", "online"),
    [
        ([Way.ONLINE, Way.SATURDAY], True),
        ([Way.ONLINE], True),
        ([Way.ONLINE, Way.CENTRE], False),
        ([Way.OWN_SCHOOL], False),
    ],
)
def test_it_is_online_when_more_teachers_want_it_so(ways, online):
    [group] = proposed(wanted((1, 20), ways=ways)).groups

    assert (group.place.municipality is None) == online
    assert (set(group.place.parts) == {scores.ONLINE}) == online


def test_a_webinar_is_online_whatever_is_wanted():
    [group] = proposed(wanted((1, 20), ways=[Way.CENTRE], is_webinar=True)).groups

    assert group.place == Place(None, {})


# --- When ----------------------------------------------------------------------------------


def start(*ways, days=1, within=None):
    """When a seminar begins for 20 teachers whose school said this."""
    return (within or term()).take(days, asked((1, 20), ways=ways), WEIGHTS)


HOLIDAYS = Break(MONDAY + timedelta(days=14), MONDAY + timedelta(days=20))


@pytest.mark.parametrize(
    ("ways", "weekday", "time"),
    [
        ([], 5, Way.SATURDAY),
        ([Way.SATURDAY], 5, Way.SATURDAY),
        ([Way.SUNDAY], 6, Way.SUNDAY),
        ([Way.MORNING], 0, Way.MORNING),
        ([Way.AFTERNOON], 0, Way.AFTERNOON),
        ([Way.MORNING, Way.SATURDAY], 5, Way.SATURDAY),
    ],
)
def test_the_time_is_the_one_that_more_teachers_want(ways, weekday, time):
    found = start(*ways)

    assert (found.on.weekday(), found.time) == (weekday, time)


def test_the_score_of_a_time_is_read_in_parts():
    quiet = Term(MONDAY, MONDAY + timedelta(days=13), [MONDAY, MONDAY])
    members = [*asked((1, 20), ways=[Way.SATURDAY]), *asked((1, 5), ways=[Way.MORNING])]

    found = quiet.take(1, members, WEIGHTS)

    assert found.on == MONDAY + timedelta(days=12)
    assert points(found.parts) == {"suits": 4, "quiet": 2}


def test_who_wants_school_holidays_gets_a_working_day_in_them():
    found = start(Way.HOLIDAYS, within=Term(MONDAY, MONDAY + timedelta(days=60), (), [HOLIDAYS]))

    assert (found.on, found.time) == (HOLIDAYS.first, Way.HOLIDAYS)


def test_without_holidays_in_the_term_another_time_is_taken():
    found = start(Way.HOLIDAYS)

    assert (found.time, found.parts["suits"].points) == (Way.SATURDAY, 0)


@pytest.mark.parametrize("has_seminars", [True, False])
@pytest.mark.parametrize("ways", [(), (Way.MORNING,), (Way.SUNDAY,)])
def test_others_are_kept_out_of_breaks(has_seminars, ways):
    closed = Break(MONDAY, MONDAY + timedelta(days=20), has_seminars)
    within = Term(MONDAY, MONDAY + timedelta(days=27), (), [closed])

    assert start(*ways, within=within).on > closed.last


def test_on_public_holidays_there_is_nothing_for_anybody():
    closed = Break(MONDAY, MONDAY + timedelta(days=60), has_seminars=False)

    assert start(Way.HOLIDAYS, within=Term(MONDAY, closed.last, (), [closed])) is None


def test_a_seminar_of_several_days_does_not_run_into_a_break():
    tuesday = Break(MONDAY + timedelta(days=1), MONDAY + timedelta(days=1), has_seminars=False)
    within = Term(MONDAY, MONDAY + timedelta(days=6), (), [tuesday])

    assert start(Way.MORNING, days=2, within=within).on == MONDAY + timedelta(days=2)


def test_a_weekend_of_two_days_counts_for_both_days():
    members = [*asked((1, 9), ways=[Way.MORNING]), *asked((1, 5), ways=[Way.SATURDAY])]
    members += asked((2, 5), ways=[Way.SUNDAY])

    assert term().take(2, members, WEIGHTS).time is Way.SATURDAY
    assert term().take(1, members, WEIGHTS).time is Way.MORNING


def test_seminars_are_spread_over_the_weeks_of_the_term():
    programmes = [wanted((1, 20), key=key) for key in range(1, 6)]

    found = proposed(*programmes, weeks=4)

    weeks = Counter(group.start.on.isocalendar().week for group in found.groups)
    assert sorted(weeks.values()) == [1, 1, 1, 2]


def test_all_days_of_a_seminar_are_in_the_term_and_of_one_kind():
    found = start(Way.MORNING, days=3, within=term(weeks=1))

    run = days.following(found.on, 3)
    assert run[-1] - run[0] == timedelta(days=2)
    assert not any(days.is_weekend(day) for day in run)


def test_without_a_fitting_day_left_the_day_stays_open():
    [group] = proposed(wanted((1, 20), days=9), weeks=1).groups

    assert group.start is None


def test_days_that_are_taken_push_the_others_to_other_weeks():
    busy = Term(MONDAY, MONDAY + timedelta(days=13), [MONDAY + timedelta(days=5)])

    assert start(within=busy).on == MONDAY + timedelta(days=12)


# --- Score ---------------------------------------------------------------------------------


def test_each_part_is_a_share_of_the_largest_times_its_weight():
    found = proposed(wanted((1, 20), (2, 20), key=1), wanted((1, 20), key=2, in_priority=True))

    by_key = {group.programme: group for group in found.groups}
    assert points(by_key[2].judged) == {
        "teachers": Decimal("2.00"),
        "schools": Decimal("1.50"),
        "municipalities": Decimal("1.00"),
        "priority": Decimal("1.00"),
    }
    assert (by_key[1].score, by_key[2].score) == (Decimal("9.00"), Decimal("5.50"))
    assert [group.programme for group in found.groups] == [1, 1, 2]


def test_a_weight_of_zero_leaves_the_part_out():
    found = proposed(
        wanted((1, 40), key=1),
        wanted((1, 15), key=2, in_priority=True),
        weights=WEIGHTS | {"teachers": 0, "schools": 0, "municipalities": 0, "priority": 5},
    )

    assert [group.programme for group in found.groups] == [2, 1, 1]


def test_a_withdrawn_programme_is_not_proposed_and_does_not_count_in_the_shares():
    found = proposed(wanted((1, 20)), wanted((1, 500), key=2, is_offered=False))

    assert [(group.programme, group.score) for group in found.groups] == [(1, Decimal("9.00"))]
    assert [(one.key, why) for one, _schools, why in found.left_out] == [(2, LeftOut.WITHDRAWN)]


# --- Whatever is asked for -------------------------------------------------------------------

schools = st.lists(
    st.tuples(st.integers(1, 5), st.integers(1, 70), st.sets(st.sampled_from(Way))), max_size=14
)


@st.composite
def demands(draw):
    found = []
    for key in range(1, draw(st.integers(1, 5)) + 1):
        smallest = draw(st.integers(0, 30))
        found.append(
            Wanted(
                key,
                f"Програм {key}",
                smallest,
                smallest + draw(st.integers(0, 30)),
                tuple(
                    Asked(number, municipality, teachers, frozenset(ways))
                    for number, (municipality, teachers, ways) in enumerate(draw(schools))
                ),
                days=draw(st.integers(1, 4)),
                in_priority=draw(st.booleans()),
                is_offered=draw(st.booleans()),
            )
        )
    return found


weights = st.fixed_dictionaries({name: st.integers(0, 100) for name in scores.PARTS})


@settings(deadline=None)
@given(demands(), weights, st.integers(0, 12))
def test_no_group_is_too_small_or_too_large_and_nobody_is_lost(programmes, weights, weeks):
    found = propose(programmes, weights, term(weeks))

    limits = {one.key: (max(1, one.smallest), max(1, one.largest)) for one in programmes}
    there = Counter()
    for group in found.groups:
        smallest, largest = limits[group.programme]
        assert smallest <= group.people <= largest
        assert group.score == sum((part.points for part in group.judged.values()), Decimal(0))
        if group.place.municipality is not None:
            assert group.place.municipality in {one.municipality for one in group.members}
        there.update({(group.programme, one.school): one.teachers for one in group.members})
    for one, left, why in found.left_out:
        assert why in LeftOut
        there.update({(one.key, school.school): school.teachers for school in left})
    assert there == Counter(
        {(one.key, school.school): school.teachers for one in programmes for school in one.asked}
    )


@settings(deadline=None)
@given(demands(), weights)
def test_the_same_answers_give_the_same_proposal_in_whatever_order_they_come(programmes, weights):
    forwards = propose(programmes, weights, term())
    turned = [Wanted(**{**vars(one), "asked": tuple(reversed(one.asked))}) for one in programmes]

    backwards = propose(list(reversed(turned)), weights, term())

    assert backwards.groups == forwards.groups
