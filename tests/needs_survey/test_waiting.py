"""Sent answers that are not counted yet: how many, and until when, in plain words."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from centar.questionnaires.models import Rules
from needs_survey.models import Ballot, Round
from needs_survey.queries import teachers as queries
from tests import office, reader
from tests.factories.needs_survey import SURVEYS, RoundFactory
from tests.factories.people import StaffFactory

pytestmark = pytest.mark.django_db

PAGES = ("", "odziv/")


def holding(ballots, **about):
    """A round of teachers with so many sealed answers."""
    survey = RoundFactory(kind=Round.Kind.TEACHERS, **about)
    Ballot.objects.bulk_create(Ballot(round=survey, sealed=b"") for _ in range(ballots))
    return survey


def said(survey, page, face=""):
    desk = office.desk_of(StaffFactory(permissions=SURVEYS))
    response = desk.get(f"{face}/potrebe/rezultati/{survey.pk}/{page}")
    return reader.Page(response.content.decode()).text


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("ballots", "sentence"),
    [
        (1, "1 одговор чека под печатом."),
        (3, "3 одговора чекају под печатом."),
        (5, "5 одговора чека под печатом."),
        (21, "21 одговор чека под печатом."),
    ],
)
def test_staff_read_how_many_wait(page, ballots, sentence):
    assert sentence in said(holding(ballots), page)


@pytest.mark.parametrize("page", PAGES)
def test_staff_read_until_when_they_wait(page):
    open_, over, few = holding(4), holding(5, closed=True), holding(4, closed=True)

    assert "When it is over, all are counted." in said(open_, page, "/en")
    assert "so all are counted within minutes" in said(over, page, "/en")
    assert "fewer than 5 answers wait" in said(few, page, "/en")
    assert "they stay sealed, as the teachers were promised" in said(few, page, "/en")


@pytest.mark.parametrize("page", PAGES)
def test_where_nothing_waits_nothing_is_said(page):
    assert "under seal" not in said(holding(0), page, "/en")
    assert "under seal" not in said(RoundFactory(), page, "/en")


def test_too_few_are_those_that_the_rules_call_so():
    survey = holding(5, closed=True)
    today = timezone.localdate()
    before = queries.waiting(survey.pk, today)
    Rules.objects.create(pk=1, smallest_group=6)

    after = queries.waiting(survey.pk, today)
    in_time = queries.waiting(survey.pk, today - timedelta(days=1))

    assert [before.are_too_few, after.are_too_few, in_time.are_too_few] == [False, True, False]
