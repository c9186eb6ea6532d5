"""The catalogue in the back office."""

from datetime import date, timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.audit.models import Entry
from centar.events.models import Event
from tests.factories.events import EventFactory
from tests.factories.people import AdministratorFactory, PersonFactory, StaffFactory
from trainings.models import (
    Area,
    Competence,
    Cycle,
    PriorityArea,
    Programme,
    Seminar,
    Trainer,
)

pytestmark = pytest.mark.django_db
EVERYTHING = [
    f"trainings.{action}_{model}"
    for action in ("view", "add", "change")
    for model in ("programme", "cycle", "competence", "priorityarea", "area", "trainer")
]
PLANS = ("trainings.add_seminarevent", "trainings.view_seminarevent", "events.change_event")


@pytest.fixture
def back_office(client):
    client.force_login(StaffFactory(permissions=[*EVERYTHING, *PLANS]))
    return client


def make(number):
    """Everything about a programme, all of it its own."""
    year = 2025 + 3 * number
    cycle = Cycle.objects.create(
        name=f"{year}/{year + 1}", starts_on=date(year, 9, 1), ends_on=date(year + 3, 8, 31)
    )
    programme = Programme.objects.create(
        cycle=cycle,
        number=f"К-{number}",
        title=f"Ђачки парламент {number}",
        area=Area.objects.create(name=f"Област {number}"),
    )
    person = PersonFactory()
    programme.trainers.add(Trainer.objects.create(name=f"Жарко Шћепановић {number}", person=person))
    programme.competences.add(Competence.objects.create(cycle=cycle, code="K1", name="Настава"))
    programme.priority_areas.add(PriorityArea.objects.create(cycle=cycle, code="1", name="Права"))
    return programme


def address(model, what, *args):
    return reverse(f"admin:trainings_{model}_{what}", args=args)


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("model", "queries"),
    [
        ("programme", 8),
        ("cycle", 7),
        ("competence", 8),
        ("priorityarea", 8),
        ("area", 7),
        ("trainer", 7),
    ],
)
def test_queries_of_a_list_do_not_grow_with_its_rows(
    back_office, django_assert_num_queries, model, queries, count
):
    for number in range(count):
        make(number)
    with django_assert_num_queries(queries):
        back_office.get(address(model, "changelist"))


@pytest.mark.parametrize("count", [1, 3])
def test_queries_of_a_programmes_page_do_not_grow_with_the_catalogue(
    back_office, django_assert_num_queries, count
):
    programme, *_others = [make(number) for number in range(count)]
    ContentType.objects.get_for_model(Programme)
    with django_assert_num_queries(14):
        back_office.get(address("programme", "change", programme.pk))


@pytest.mark.parametrize(
    "words", ["Đački", "đački parlament", "djacki", "ЂАЧКИ", "К-0", "Šćepanović 0"]
)
def test_programmes_are_found_in_either_script(back_office, words):
    programme = make(0)
    Programme.objects.create(title="Нешто друго")
    found = back_office.get(address("programme", "changelist"), {"q": words}).context["cl"]
    assert list(found.queryset) == [programme]


@pytest.mark.parametrize(
    ("model", "words"), [("area", "OBLAST 0"), ("trainer", "zarko scepanovic"), ("cycle", "2025")]
)
def test_the_rest_is_found_too(back_office, model, words):
    make(0)
    found = back_office.get(address(model, "changelist"), {"q": words}).context["cl"]
    assert found.result_count == 1


def suggested(client, model, field, words):
    response = client.get(
        reverse("admin:autocomplete"),
        {"app_label": "trainings", "model_name": model, "field_name": field, "term": words},
    )
    return [choice["text"] for choice in response.json()["results"]]


def test_choosing_suggests_programmes_that_the_catalogue_still_has(back_office):
    make(0)
    withdrawn = make(1)
    Programme.objects.filter(pk=withdrawn.pk).update(withdrawn_on=date(2026, 1, 1))
    assert suggested(back_office, "seminar", "programme", "đački") == ["К-0 Ђачки парламент 0"]
    assert suggested(back_office, "programme", "trainers", "žarko") == [
        "Жарко Шћепановић 0",
        "Жарко Шћепановић 1",
    ]


def test_the_list_is_filtered_by_what_is_still_in_the_catalogue(back_office):
    kept, withdrawn = make(0), make(1)
    Programme.objects.filter(pk=withdrawn.pk).update(withdrawn_on=date(2026, 1, 1))

    def listed(**filters):
        page = back_office.get(address("programme", "changelist"), filters)
        return list(page.context["cl"].queryset)

    assert listed(withdrawn_on__isempty="1") == [kept]
    assert listed(withdrawn_on__isempty="0") == [withdrawn]
    assert listed(cycle__id__exact=str(kept.cycle_id)) == [kept]
    assert listed(form__exact="panel") == []


EDITED = ["title", "form", "number", "ministry_number", "organiser", "source"]
EDITED += ["audience", "aims", "topics", "hours", "hours_a_day", "points", "fee"]
EDITED += ["group_minimum", "group_maximum", "least_attendance"]


def filled(programme, **changes):
    """The form of the programme's page, as the browser would send it."""
    data = {name: getattr(programme, name) for name in EDITED}
    data |= {
        "cycle": programme.cycle_id,
        "area": programme.area_id,
        "trainers": [row.pk for row in programme.trainers.all()],
        "competences": [row.pk for row in programme.competences.all()],
        "priority_areas": [row.pk for row in programme.priority_areas.all()],
        "seen_revision": programme.revision,
    }
    return data | changes


def test_a_programme_is_edited(back_office):
    programme = make(0)
    response = back_office.post(
        address("programme", "change", programme.pk), filled(programme, hours=16)
    )
    assert response.status_code == 302
    programme.refresh_from_db()
    assert (programme.hours, programme.revision) == (16, 2)


def test_competences_must_be_of_the_programmes_cycle(back_office):
    programme, other = make(0), make(1)
    page = back_office.post(
        address("programme", "change", programme.pk),
        filled(programme, competences=[row.pk for row in other.competences.all()]),
    )
    assert page.context["adminform"].form.errors == {
        "competences": [_("Choose only those of the same cycle.")]
    }
    assert "2028/2029: K1 Настава" in page.text


def test_a_negative_fee_is_refused_beside_its_field(back_office):
    programme = make(0)
    page = back_office.post(
        address("programme", "change", programme.pk), filled(programme, fee="-1", hours=16)
    )
    sentence = _("Ensure this value is greater than or equal to %(limit_value)s.")
    assert page.context["adminform"].form.errors == {"fee": [sentence % {"limit_value": 0}]}
    programme.refresh_from_db()
    assert (programme.fee, programme.hours) == (0, 0)


def test_the_later_editor_is_told(back_office):
    programme = make(0)
    seen = filled(programme, hours=16)
    Programme.objects.update(title="Промењено")
    page = back_office.post(address("programme", "change", programme.pk), seen)
    assert page.context["adminform"].form.non_field_errors()
    programme.refresh_from_db()
    assert (programme.title, programme.hours) == ("Промењено", 0)


def test_a_seminar_is_planned_from_the_programmes_page(back_office):
    programme = make(0)
    page = back_office.get(address("programme", "change", programme.pk))
    link = f"{address('seminarevent', 'add')}?programme={programme.pk}"
    assert f'href="{link}"' in page.text
    form = back_office.get(link).context["form"]
    assert form["programme"].value() == str(programme.pk)


def test_the_way_to_a_seminar_is_only_for_those_who_plan_and_for_what_is_offered(client):
    programme = make(0)
    link = f"?programme={programme.pk}"
    client.force_login(StaffFactory(permissions=EVERYTHING))
    assert link not in client.get(address("programme", "change", programme.pk)).text
    client.force_login(AdministratorFactory())
    assert link in client.get(address("programme", "change", programme.pk)).text
    Programme.objects.update(withdrawn_on=date(2026, 1, 1))
    assert link not in client.get(address("programme", "change", programme.pk)).text


def test_a_programme_is_withdrawn_on_a_page_that_says_what_stays(back_office):
    programme = make(0)
    Seminar.objects.create(event=EventFactory(), programme=programme)
    held = EventFactory(
        starts_at=timezone.now() - timedelta(days=9), ends_at=timezone.now() - timedelta(days=8)
    )
    Seminar.objects.create(event=held, programme=programme)
    page_address = address("programme", "operation", programme.pk, "povlacenje")
    assert list(map(str, back_office.get(page_address).context["effects"]))[1][0] == "1"
    back_office.post(page_address, {"token": "x"})
    programme.refresh_from_db()
    assert programme.withdrawn_on == timezone.localdate()
    assert Entry.objects.get().action == "trainings.withdraw_programme"
    assert Event.objects.count() == 2
    assert back_office.get(page_address).context["page"].offered(programme) is False


def test_withdrawing_needs_the_right_of_those_who_run_seminars(client):
    programme = make(0)
    client.force_login(StaffFactory(permissions=EVERYTHING))
    page = client.post(
        address("programme", "operation", programme.pk, "povlacenje"), {"token": "x"}
    )
    assert page.context["form"].non_field_errors() == [_("Only the Centre's staff may do this.")]
    programme.refresh_from_db()
    assert programme.withdrawn_on is None


@pytest.mark.parametrize("right", ["import", "export", "neither"])
def test_the_list_offers_only_what_is_allowed(client, right):
    rights = {
        "import": ["trainings.add_programme", "trainings.change_programme"],
        "export": ["trainings.view_programme"],
        "neither": ["events.view_event"],
    }
    client.force_login(StaffFactory(permissions=rights[right]))
    page = client.get(address("programme", "changelist"))
    if right == "neither":
        assert page.status_code == 403
        return
    assert (address("programme", "import") in page.text) is (right == "import")
    assert address("programme", "export") in page.text
