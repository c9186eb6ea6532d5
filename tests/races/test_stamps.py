"""Two members of the staff change the public pages at once, each several tables in an own order."""

from __future__ import annotations

import contextlib
import threading

import pytest
from django.db import transaction

from centar.audit.models import Stamp
from centar.events.models import Meeting
from tests.factories.schools import SchoolFactory
from tests.factories.trainings import SeminarFactory
from tests.races import crowds

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


def test_changes_of_two_tables_in_opposite_order_do_not_block_each_other():
    schools = SchoolFactory.create_batch(2)
    SeminarFactory.create_batch(2)
    meetings = list(Meeting.objects.order_by("pk"))
    before = dict(Stamp.objects.values_list("table", "changes"))
    both_saved_one = threading.Barrier(2)

    def saving(first, second):
        def save():
            with transaction.atomic():
                first.save()
                # Where the other one has to wait it does not come, and this one goes on.
                with contextlib.suppress(threading.BrokenBarrierError):
                    both_saved_one.wait(0.5)
                second.save()

        return save

    outcomes = crowds.at_once([saving(meetings[0], schools[0]), saving(schools[1], meetings[1])])

    assert outcomes == [None, None]
    after = dict(Stamp.objects.values_list("table", "changes"))
    for table in ("events_meeting", "schools_school"):
        assert after[table] == before[table] + 2
