"""Plans on the pages: read and printed, changed in the back office, as a workbook."""

from __future__ import annotations

import io
from datetime import time

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from needs_survey.models import Plan, PlannedSeminar, Round
from tests import office, reader
from tests.factories.needs_survey import RoundFactory
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.plans import PLANS, PlanFactory, asks, computed
from tests.factories.schools import MunicipalityFactory, SchoolFactory
from tests.factories.trainings import ProgrammeFactory
from tests.office import serbian
from trainings.models import Programme, Seminar

pytestmark = pytest.mark.django_db

WEIGHTS = {
    "teachers": 4, "schools": 3, "municipalities": 2, "priority": 1,
    "near": 4, "wanted": 3, "room": 2,
    "suits": 4, "quiet": 2,
}  # fmt: skip


@pytest.fixture
def staff():
    return StaffFactory(permissions=PLANS)


@pytest.fixture
def desk(staff):
    return office.desk_of(staff)


@pytest.fixture
def plan():
    found = PlanFactory(title="Пролеће")
    town = MunicipalityFactory(name="Кнић")
    asks(found.round, {ProgrammeFactory(title="Огледи"): 20}, SchoolFactory(municipality=town))
    asks(found.round, {ProgrammeFactory(title="Читање"): 4})
    return found


def operate(desk, plan, name, **fields):
    address = f"/admin/needs_survey/plan/{plan.pk}/radnja/{name}/"
    return desk.post(address, fields, follow=True)


def row_address(row):
    return f"/admin/needs_survey/plannedseminar/{row.pk}/change/"


def typed(desk, row, **changes):
    html = desk.get(row_address(row)).content.decode()
    return {**reader.typed(html, **changes)}


# --- The page -------------------------------------------------------------------------------


def test_the_page_says_every_score_in_words_and_who_is_left_out(plan, staff, desk):
    school = SchoolFactory(municipality=MunicipalityFactory(name="Кнић"))
    asks(plan.round, {ProgrammeFactory(title="Цртање"): 16}, school, ways=[("domacin", "da")])
    computed(plan, staff)

    page = reader.Page(desk.get(f"/potrebe/plan/{plan.pk}/").content.decode())

    for part in (
        "Програм: 9,00 од 10 поена",
        "20 наставника га жели; оног који се највише жели, 20 (4,00 од 4)",
        "Место: 6,00 од 9 поена",
        "16 наставника из групе је одатле; највише из једне општине: 16 (4,00 од 4)",
        "тамо је понуђен простор (2,00 од 2)",
        f"{school} (Кнић): 16, нуди простор",
        "Време: 2,00 од 6 поена",
        "ниједан други семинар из плана још није био у тој недељи (2,00 од 2)",
    ):
        assert part in page.text
    assert serbian("fewer than the smallest group asked for it") in page.text


def test_what_is_decided_by_hand_has_no_reasons(plan, staff, desk):
    computed(plan, staff)
    row = PlannedSeminar.objects.get()

    desk.post(row_address(row), typed(desk, row, begins_at="11:30"))

    page = reader.Page(desk.get(f"/en/potrebe/plan/{plan.pk}/").content.decode())
    row.refresh_from_db()
    assert (row.begins_at, row.by_hand) == (time(11, 30), ["begins_at", "on"])
    assert "Place: " in page.text
    assert "Time: " not in page.text
    computed(plan, staff)
    row.refresh_from_db()
    assert row.begins_at == time(11, 30)
    assert not {"suits", "quiet"} & set(row.parts)


def test_the_page_says_what_cannot_become_a_seminar(plan, staff, desk):
    computed(plan, staff)
    Programme.objects.filter(title="Огледи").update(withdrawn_on=timezone.localdate())

    page = reader.Page(desk.get(f"/potrebe/plan/{plan.pk}/").content.decode())

    assert serbian("These rows cannot become seminars yet") in page.text
    assert serbian("The programme is withdrawn from the catalogue.") in page.text


def test_an_empty_plan_says_what_to_do(plan, desk):
    page = reader.Page(desk.get(f"/en/potrebe/plan/{plan.pk}/").content.decode())

    assert "Nothing is planned yet" in page.text


def test_who_only_reads_plans_is_offered_no_change(plan, staff):
    computed(plan, staff)
    onlooker = office.desk_of(StaffFactory(permissions=["needs_survey.view_plan"]))

    page = reader.Page(onlooker.get(f"/en/potrebe/plan/{plan.pk}/").content.decode())

    assert not [text for _href, text in page.links if "by hand" in text or "Compute" in text]


def test_the_workbook_has_rows_groups_and_who_is_left_out(plan, staff, desk):
    computed(plan, staff)

    content = desk.get(f"/potrebe/plan/{plan.pk}.xlsx").content

    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["План", "Групе", "Ни у једној групи"]
    row = PlannedSeminar.objects.get()
    shown = [cell.value for cell in list(book.worksheets[0].iter_rows())[-1]]
    assert shown[:4] == [str(row.programme), 1, "да", "Кнић"]
    assert shown[5:16] == [20, 9, 4, 3, 2, 0, 4, 0, 0, 0, 2]


@pytest.mark.parametrize("path", ["potrebe/plan/{}/", "potrebe/plan/{}.xlsx"])
def test_only_the_staff_read_a_plan(plan, desk, path):
    statuses = [
        browser.get("/" + path.format(plan.pk)).status_code
        for browser in (desk, office.desk_of(PersonFactory().user), Client())
    ]

    assert statuses == [200, 403, 302]
    assert desk.get("/" + path.format(plan.pk + 1)).status_code == 404


@pytest.mark.parametrize("path", ["potrebe/plan/{}/", "potrebe/plan/{}.xlsx"])
def test_the_number_of_statements_does_not_grow(staff, desk, path):
    counts = []
    for number in (1, 3):
        plan = PlanFactory()
        for _ in range(number):
            asks(plan.round, {ProgrammeFactory(): 40, ProgrammeFactory(): 4})
        computed(plan, staff)
        desk.get("/" + path.format(plan.pk))
        with CaptureQueriesContext(connection) as statements:
            desk.get("/" + path.format(plan.pk))
        counts.append(len(statements))

    assert counts == [counts[0]] * 2


# --- The back office --------------------------------------------------------------------------


def test_a_plan_is_made_computed_undone_and_turned_into_drafts(plan, desk):
    page = desk.get("/admin/needs_survey/plan/add/").content.decode()
    sent = reader.typed(
        page, title="Јесен", round=plan.round.pk, starts_on="1.9.2030.", ends_on="31.12.2030."
    )
    desk.post("/admin/needs_survey/plan/add/", sent)
    autumn = Plan.objects.get(title="Јесен")

    operate(desk, autumn, "racunanje", **WEIGHTS, most_seminars="")
    assert autumn.seminars.count() == 1
    operate(desk, autumn, "vracanje")
    assert autumn.seminars.count() == 0
    operate(desk, autumn, "racunanje", **{**WEIGHTS, "teachers": 10}, most_seminars=3)
    answer = operate(desk, autumn, "seminari")

    autumn.refresh_from_db()
    assert (autumn.weight_teachers, autumn.most_seminars) == (10, 3)
    assert autumn.seminars.get().seminar == Seminar.objects.get()
    assert office.messages(answer) == ["1 ред плана сада је семинар."]


def test_the_page_before_creating_says_what_is_made_and_what_is_not(plan, staff, desk):
    other = ProgrammeFactory(title="Повучени")
    asks(plan.round, {other: 20})
    computed(plan, staff)
    Programme.objects.filter(pk=other.pk).update(withdrawn_on=timezone.localdate())

    address = f"/admin/needs_survey/plan/{plan.pk}/radnja/seminari/"
    text = reader.Page(desk.get(address).content.decode()).text
    done = office.messages(operate(desk, plan, "seminari"))[0]

    sentence = f"Није направљено: {other}: Програм је повучен из каталога."
    assert "Прави се 1 нацрт" in text
    assert sentence in text
    assert sentence in done


@pytest.mark.parametrize(
    ("field", "value"),
    [("teachers", "много"), ("schools", "-1"), ("most_seminars", "0"), ("priority", "1000")],
)
def test_a_weight_that_is_none_stands_there_with_its_sentence(plan, desk, field, value):
    answer = operate(desk, plan, "racunanje", **{**WEIGHTS, "most_seminars": "", field: value})

    form = answer.context["form"]
    assert list(form.errors) == [field]
    assert str(form[field].value()) == value
    assert plan.seminars.count() == 0


def test_a_row_is_changed_by_hand(plan, staff, desk):
    computed(plan, staff)
    row = PlannedSeminar.objects.get()

    desk.post(row_address(row), typed(desk, row, people="18", note="Уз сајам."))

    row.refresh_from_db()
    assert (row.people, row.note, row.by_hand) == (18, "Уз сајам.", ["note", "people"])


def test_a_size_that_is_no_group_stands_there_with_its_sentence(plan, staff, desk):
    computed(plan, staff)
    row = PlannedSeminar.objects.get()

    answer = desk.post(row_address(row), typed(desk, row, people="31"))

    assert office.errors(answer) == ["Група овог програма има од 15 до 30 људи."]
    assert 'value="31"' in answer.content.decode()


def test_online_and_in_a_municipality_exclude_each_other(plan, staff, desk):
    computed(plan, staff)
    row = PlannedSeminar.objects.get()

    answer = desk.post(row_address(row), typed(desk, row, is_online="on"))

    assert office.errors(answer) == [serbian("A seminar online has no municipality.")]


def test_a_computation_meanwhile_is_not_overwritten(plan, staff, desk):
    computed(plan, staff)
    row = PlannedSeminar.objects.get()
    sent = typed(desk, row, people="18")
    computed(plan, staff, teachers=9)

    answer = desk.post(row_address(row), sent)

    assert answer.status_code == 200
    assert PlannedSeminar.objects.get().people == 20


def test_several_rows_are_chosen_at_once(plan, staff, desk):
    asks(plan.round, {ProgrammeFactory(): 20})
    computed(plan, staff)
    keys = list(plan.seminars.values_list("pk", flat=True))
    sent = {"action": "not_to_be_held", "_selected_action": keys}

    answer = desk.post("/admin/needs_survey/plannedseminar/", sent, follow=True)

    assert office.messages(answer) == ["Измењена су 2 реда."]
    assert not plan.seminars.filter(is_chosen=True).exists()


def test_a_seminar_is_added(plan, desk):
    programme = ProgrammeFactory()

    operate(desk, plan, "dodavanje", programme=programme.pk, people=20)

    assert plan.seminars.get().programme == programme


def test_a_withdrawn_programme_cannot_be_added(plan, desk):
    gone = ProgrammeFactory(withdrawn_on=timezone.localdate())

    answer = operate(desk, plan, "dodavanje", programme=gone.pk, people=20)

    assert list(answer.context["form"].errors) == ["programme"]


def test_only_rounds_of_schools_are_offered(plan, desk):
    anonymous = RoundFactory(kind=Round.Kind.TEACHERS, title="Анонимна")

    assert anonymous.title not in desk.get("/admin/needs_survey/plan/add/").content.decode()


@pytest.mark.parametrize("name", ["racunanje", "vracanje", "dodavanje", "seminari"])
def test_whoever_only_reads_plans_carries_out_nothing(plan, staff, name):
    computed(plan, staff)
    reads = ["needs_survey.view_plan", "needs_survey.view_plannedseminar"]
    address = f"/admin/needs_survey/plan/{plan.pk}/radnja/{name}/"

    statuses = [
        browser.post(address).status_code
        for browser in (
            office.desk_of(StaffFactory(permissions=reads)),
            office.desk_of(PersonFactory().user),
            Client(),
        )
    ]

    assert statuses == [403, 302, 302]
    assert Seminar.objects.count() == 0


def test_those_who_run_seminars_plan_them(plan):
    desk = office.desk_of(office.colleague())

    operate(desk, plan, "racunanje", **WEIGHTS, most_seminars="")
    operate(desk, plan, "seminari")

    assert Seminar.objects.count() == 1
    for path in ("plan/", "plannedseminar/", "planrules/add/", f"plan/{plan.pk}/change/"):
        assert desk.get(f"/admin/needs_survey/{path}").status_code == 200
