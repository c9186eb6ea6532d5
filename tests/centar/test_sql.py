"""SQL by hand: what may not take long is given up, and what follows is not."""

from __future__ import annotations

import pytest

from centar import sql

pytestmark = pytest.mark.django_db


def limit() -> str:
    ((kept,),) = sql.listed("SHOW statement_timeout", [])
    return str(kept)


def test_a_query_that_takes_longer_is_given_up_and_the_transaction_goes_on():
    before = limit()

    with sql.at_most(5_000):
        assert limit() == "5s"
    assert limit() == before

    with pytest.raises(sql.TooSlow), sql.at_most(10):
        sql.listed("SELECT pg_sleep(9)", [])
    assert limit() == before
