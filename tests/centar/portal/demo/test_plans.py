"""The demonstration's plan, as a newcomer finds it."""

from __future__ import annotations

import pytest

from centar.events.models import Event
from centar.portal.demo import plans
from needs_survey.models import Plan, Round
from needs_survey.queries import held, reasons
from needs_survey.queries import plans as queries

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def test_a_plan_follows_from_this_years_round_with_one_draft_and_one_row_changed_by_hand() -> None:
    plan = Plan.objects.get()
    rows = list(queries.rows_of(plan))
    made = [row for row in rows if row.seminar is not None]
    changed = [row for row in rows if row.by_hand]

    assert plan.round == Round.objects.filter(kind=Round.Kind.SCHOOLS).latest("opens_on")
    assert len(rows) >= 3
    assert [row.seminar and row.seminar.event.state for row in made] == [Event.State.DRAFT]
    assert [(row.note, row.by_hand) for row in changed] == [
        (plans.REASON, ["begins_at", "note", "on"])
    ]
    assert all(row.is_chosen and row.on for row in rows)
    assert {why.title for row in rows for why in reasons.of(row)} == {"Програм", "Место", "Време"}


def test_some_of_those_who_asked_last_year_came_and_some_seminars_were_not_held() -> None:
    last = Round.objects.earliest("opens_on")

    programmes = held.of_round(last)

    assert sum(one.came for one in programmes) >= 5
    assert {one.seminars > 0 for one in programmes} == {True, False}
