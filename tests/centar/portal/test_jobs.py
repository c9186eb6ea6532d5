"""The worker's timetable."""

from __future__ import annotations

import pytest
from django.utils.module_loading import import_string
from django_q.models import Schedule

from centar.portal import jobs

pytestmark = pytest.mark.django_db


def test_the_timetable_says_exactly_what_there_is_to_do():
    Schedule.objects.create(func="centar.gone.jobs.away", name="away")

    counts = [jobs.schedule_all(), jobs.schedule_all()]

    assert counts == [len(jobs.EVERY_MINUTE) + len(jobs.DAILY)] * 2
    found = dict(Schedule.objects.values_list("func", "schedule_type"))
    assert found == {
        **dict.fromkeys(jobs.EVERY_MINUTE, Schedule.MINUTES),
        **dict.fromkeys(jobs.DAILY, Schedule.DAILY),
    }


@pytest.mark.parametrize("job", [*jobs.EVERY_MINUTE, *jobs.DAILY])
def test_every_job_is_there_and_has_nothing_to_do_in_an_empty_portal(job):
    assert import_string(job)() == 0
