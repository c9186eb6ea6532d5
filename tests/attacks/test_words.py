"""Text that is made to cost time or to break a form of writing."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from tests.factories.trainings import ProgrammeFactory, SeminarFactory

pytestmark = pytest.mark.django_db

# Folding makes four words of this one letter.
LIGATURE = "ﷺ"


@pytest.mark.parametrize("name", ["trainer", "audience"])
def test_a_filter_of_a_hundred_letters_does_not_become_four_hundred_searches(name):
    ProgrammeFactory()

    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = Client().get("/katalog/", {name: LIGATURE * 100})

    assert response.status_code == 200
    assert max(query["sql"].count(" LIKE ") for query in queries) == 8


def test_a_title_with_line_breaks_adds_nothing_to_a_calendar():
    title = "Семинар\r\nBEGIN:VALARM\nATTENDEE:mailto:x@example.org"
    seminar = SeminarFactory(event__title=title, event__place="Чачак\r\nSTATUS:CANCELLED")

    text = Client().get(f"/dogadjaji/{seminar.pk}/termin.ics").content

    (entry,) = Calendar.from_ical(text).walk("VEVENT")
    assert (entry.subcomponents, "ATTENDEE" in entry, entry["STATUS"]) == ([], False, "CONFIRMED")
    assert entry["SUMMARY"] == title.replace("\r\n", "\n")
