"""The decision sheet of a call: page, workbook, CSV and minutes."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pymupdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone, translation

from accreditation.models import Phase
from accreditation.operations import decisions
from accreditation.queries import sheets as queries
from centar.events import moments
from tests.factories.accreditation import ProposalFactory
from tests.factories.assessment import AssignmentFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import chair_of, phase_with, review_of, staff
from tests.office import desk_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def phase() -> Phase:
    phase = phase_with()
    lead = PersonFactory(first_name="Зорана", last_name="Ћирковић")
    first = ProposalFactory(call=phase.call, lead=lead, title="Огледи", submitted=True)
    review = review_of(first, phase)
    AssignmentFactory(item=review.item, state="sent", points=[4, 5])
    decisions.decide(
        version_id=review.version_id,
        outcome="accepted",
        reasons="=Добро и јасно.",
        by=chair_of(phase),
    )
    ProposalFactory(call=phase.call, title="Читање", submitted=True)
    ProposalFactory(call=phase.call, title="Недовршено")
    return phase


def fetch(desk: Client, name: str, phase: Phase) -> Any:
    return desk.get(reverse(f"accreditation:{name}", args=[phase.call_id]))


def test_all_submitted_ones_the_decided_first(phase: Phase) -> None:
    sheet = queries.of_call(phase.call, staff(), is_blind=False)

    assert [row.title for row in sheet.rows] == ["Огледи", "Читање"]
    first = sheet.rows[0]
    assert (first.sent, first.live, first.mean, first.share) == (1, 1, 9, 90)
    assert [row.title for row in sheet.open] == ["Читање"]


def test_of_ones_own_nothing_of_the_review_is_told(phase: Phase) -> None:
    user = staff()
    author = ProposalFactory._meta.model.objects.get(title="Огледи").authors.get()
    author.email = user.email.upper()
    author.save()

    first = queries.of_call(phase.call, user, is_blind=False).rows[0]

    assert first.is_hidden
    assert (first.sent, first.live, first.mean, first.share) == (None, None, None, None)


def test_the_page_has_authors_for_the_staff_and_none_for_a_blind_chair(phase: Phase) -> None:
    of_staff = fetch(desk_of(staff()), "sheet", phase).content.decode()
    of_chair = fetch(desk_of(chair_of(phase)), "sheet", phase).content.decode()

    assert "Зорана Ћирковић" in of_staff
    assert "ирков" not in of_chair


def test_the_workbook(phase: Phase) -> None:
    content = fetch(desk_of(staff()), "sheet_workbook", phase).content

    page = openpyxl.load_workbook(io.BytesIO(content)).active
    rows = list(page.values)
    assert rows[4][1] == "Огледи"
    assert rows[4][7:9] == (9, 90)
    assert rows[4][10].date() == timezone.localdate()
    assert rows[4][11] == "=Добро и јасно."
    assert page["L5"].data_type == "s"


def test_the_csv_has_no_formulas(phase: Phase) -> None:
    content = fetch(desk_of(staff()), "sheet_csv", phase).content

    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][1] == "Огледи"
    assert rows[1][7] == "9,00"
    today = timezone.localdate()
    with translation.override("sr"):
        assert rows[1][10] == moments.day(today)
    assert rows[1][11] == "'=Добро и јасно."


def test_the_minutes_hold_decisions_with_reasons_and_places_to_sign(phase: Phase) -> None:
    content = fetch(desk_of(staff()), "sheet_minutes", phase).content

    text = "".join(page.get_text() for page in pymupdf.open(stream=content))
    squeezed = " ".join(text.split())
    code = phase.call.proposals.get(title="Огледи").code
    assert "Огледи" in squeezed
    assert f"{code}, верзија 1" in squeezed
    assert "=Добро и јасно." in squeezed
    assert str(chair_of(phase).person) in squeezed
    assert "Читање" in squeezed
    assert "Недовршено" not in squeezed
    assert "верзија 1" in squeezed


def test_minutes_of_nothing(phase: Phase) -> None:
    empty = phase_with()

    content = fetch(desk_of(staff()), "sheet_minutes", empty).content

    assert "Још ништа није одлучено." in pymupdf.open(stream=content)[0].get_text()


@pytest.mark.parametrize("name", ["sheet", "sheet_workbook", "sheet_csv", "sheet_minutes"])
def test_three_people(phase: Phase, name: str) -> None:
    assert fetch(desk_of(chair_of(phase)), name, phase).status_code == 200
    assert fetch(desk_of(chair_of(phase_with())), name, phase).status_code == 404
    assert fetch(Client(), name, phase).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_as_many_statements_for_three_as_for_one(
    number: int, django_assert_num_queries: Any
) -> None:
    phase = phase_with()
    for _ in range(number):
        proposal = ProposalFactory(call=phase.call, submitted=True)
        AssignmentFactory(item=review_of(proposal, phase).item, state="sent", points=[4, 5])
    user = staff()

    with django_assert_num_queries(8):
        sheet = queries.of_call(phase.call, user, is_blind=False)
        assert [row.share for row in sheet.rows] == [90] * number
