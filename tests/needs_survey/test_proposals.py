"""The proposal: who is in which group, where, when, and by what score."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from needs_survey.models import Wish
from needs_survey.planning import groups, scores
from needs_survey.planning.demand import Asked, Wanted, Way
from needs_survey.planning.proposals import propose
from needs_survey.planning.term import Term
from trainings import days

LeftOut = Wish.LeftOut
WEIGHTS = {"teachers": 4, "schools": 3, "municipalities": 2, "priority": 1}
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


# --- Where and when ------------------------------------------------------------------------


def test_the_place_is_the_municipality_with_most_interested_teachers():
    [group] = proposed(wanted((1, 9), (2, 5), (2, 6))).groups

    assert group.municipality == 2


@pytest.mark.parametrize(
    ("ways", "weekend"),
    [((), True), ([Way.WEEKEND], True), ([Way.WEEKDAY], False), (list(Way)[:2], True)],
)
def test_the_day_is_of_the_kind_that_more_teachers_want(ways, weekend):
    [group] = proposed(wanted((1, 20), ways=ways)).groups

    assert group.on is not None
    assert days.is_weekend(group.on) == weekend


@pytest.mark.parametrize(
    ("ways", "online"),
    [
        ([Way.ONLINE, Way.WEEKEND], True),
        ([Way.ONLINE], True),
        ([Way.ONLINE, Way.LIVE], False),
        ([Way.LIVE], False),
    ],
)
def test_it_is_online_when_more_teachers_want_it_so(ways, online):
    [group] = proposed(wanted((1, 20), ways=ways)).groups

    assert (group.municipality is None) == online


def test_a_webinar_is_online_whatever_is_wanted():
    [group] = proposed(wanted((1, 20), ways=[Way.LIVE], is_webinar=True)).groups

    assert group.municipality is None


def test_seminars_are_spread_over_the_weeks_of_the_term():
    programmes = [wanted((1, 20), key=key) for key in range(1, 6)]

    found = proposed(*programmes, weeks=4)

    weeks = Counter(group.on.isocalendar().week for group in found.groups)
    assert sorted(weeks.values()) == [1, 1, 1, 2]


def test_all_days_of_a_seminar_are_in_the_term_and_of_one_kind():
    long = wanted((1, 20), ways=[Way.WEEKDAY], days=3)

    [group] = proposed(long, weeks=1).groups

    run = days.following(group.on, 3)
    assert run[-1] - run[0] == timedelta(days=2)
    assert not any(days.is_weekend(day) for day in run)


def test_without_a_fitting_day_left_the_day_stays_open():
    [group] = proposed(wanted((1, 20), days=9), weeks=1).groups

    assert group.on is None


def test_days_that_are_taken_push_the_others_to_other_weeks():
    busy = Term(MONDAY, MONDAY + timedelta(days=13), [MONDAY + timedelta(days=5)])

    assert busy.take(1, at_weekend=True) == MONDAY + timedelta(days=12)


# --- Score ---------------------------------------------------------------------------------


def test_each_part_is_a_share_of_the_largest_times_its_weight():
    found = proposed(wanted((1, 20), (2, 20), key=1), wanted((1, 20), key=2, in_priority=True))

    by_key = {group.programme: group for group in found.groups}
    points = {name: part.points for name, part in by_key[2].parts.items()}
    assert points == {
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
        weights={"teachers": 0, "schools": 0, "municipalities": 0, "priority": 5},
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
        assert group.score == sum((part.points for part in group.parts.values()), Decimal(0))
        if group.municipality is not None:
            assert group.municipality in {one.municipality for one in group.members}
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
