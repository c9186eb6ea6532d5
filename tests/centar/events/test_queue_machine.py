"""No sequence of operations oversells, overtakes or loses anyone."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.centar.events.queue_machine import QueueMachine
from tests.factories.people import PersonFactory


@pytest.mark.django_db
def test_no_sequence_of_operations_oversells_overtakes_or_loses_anyone(staff):
    QueueMachine.crowd = PersonFactory.create_batch(12, user=None)
    QueueMachine.staff = staff

    run_state_machine_as_test(
        QueueMachine,
        settings=settings(
            max_examples=60,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            database=None,
        ),
    )
