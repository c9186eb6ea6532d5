"""No sequence of scans and clicks lends a copy twice, overtakes or loses anyone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.factories.library import MemberFactory
from tests.library.lending_machine import LendingMachine


@pytest.mark.django_db
def test_no_sequence_of_scans_lends_twice_overtakes_or_loses_anyone(librarian):
    LendingMachine.readers = MemberFactory.create_batch(5)
    LendingMachine.staff = librarian

    run_state_machine_as_test(
        LendingMachine,
        settings=settings(
            max_examples=20,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
