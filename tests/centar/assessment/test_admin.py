"""The back office: panels are prepared, things are looked at, conflicts are respected."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from centar.assessment.models import Criterion, Item, Panel, Seat
from centar.audit.models import Entry
from tests import office
from tests.factories.assessment import ItemFactory, PanelFactory, PartyFactory
from tests.factories.people import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def colleague():
    return office.colleague()


@pytest.fixture
def desk(colleague):
    return office.desk_of(colleague)


def address(what, *args, model="panel"):
    return reverse(f"admin:assessment_{model}_{what}", args=args)


def page_of(panel):
    """The change page as it is sent back when nothing was typed."""
    criteria, seats = list(panel.criteria.all()), list(panel.seats.all())
    data = {
        "title": panel.title,
        "guidance": panel.guidance,
        "blindness": panel.blindness,
        "due_on": f"{panel.due_on:%d.%m.%Y.}",
        "assessors_each": panel.assessors_each,
        "most_each": "",
        "asks_recommendation": "on",
        "seen_revision": panel.revision,
    }
    for name, rows in (("criteria", criteria), ("seats", seats)):
        data |= {
            f"{name}-TOTAL_FORMS": len(rows),
            f"{name}-INITIAL_FORMS": len(rows),
            f"{name}-MIN_NUM_FORMS": 0,
            f"{name}-MAX_NUM_FORMS": 1000,
        }
        for number, row in enumerate(rows):
            data |= {f"{name}-{number}-id": row.pk, f"{name}-{number}-panel": panel.pk}
    for number, row in enumerate(criteria):
        data |= criterion(number, row)
    for number, row in enumerate(seats):
        data |= seat(number, row.person, row.role, row.topics)
    return data


def criterion(number, row):
    name = f"criteria-{number}"
    return {
        f"{name}-order": row.order,
        f"{name}-title": row.title,
        f"{name}-guidance": row.guidance,
        f"{name}-most": row.most,
        f"{name}-weight": str(row.weight),
    }


def seat(number, person, role="assessor", topics=()):
    name = f"seats-{number}"
    return {f"{name}-person": person.pk, f"{name}-role": role, f"{name}-topics": list(topics)}


def more(data, prefix, **rows):
    """The page with rows added at its end."""
    return data | {f"{prefix}-TOTAL_FORMS": data[f"{prefix}-TOTAL_FORMS"] + 1} | rows


def audited():
    return sorted(Entry.objects.values_list("action", flat=True))


def test_a_panel_is_prepared_with_criteria_and_seats_on_one_page(desk):
    person = PersonFactory()
    panel = Panel(title="Комисија", due_on=timezone.localdate())
    empty = {
        f"{prefix}-{name}": 0
        for prefix in ("criteria", "seats")
        for name in ("INITIAL_FORMS", "MIN_NUM_FORMS")
    }
    data = {
        "title": panel.title,
        "blindness": "double",
        "due_on": f"{panel.due_on:%d.%m.%Y.}",
        "assessors_each": 2,
        "criteria-TOTAL_FORMS": 1,
        "seats-TOTAL_FORMS": 1,
        **empty,
        **criterion(0, Criterion(title="Јасноћа", most=10, weight="1.5")),
        **seat(0, person, topics=["7", "8"]),
    }

    response = desk.post(address("add"), data)

    assert response.status_code == 302
    panel = Panel.objects.get()
    assert list(panel.criteria.values_list("title", "most", "weight")) == [("Јасноћа", 10, 1.5)]
    assert list(panel.seats.values_list("person", "topics")) == [(person.pk, ["7", "8"])]
    assert audited() == ["assessment.keep_criteria", "assessment.make_panel", "assessment.seat"]


def test_nothing_typed_changes_nothing(desk, scene):
    response = desk.post(address("change", scene.panel.pk), page_of(scene.panel))

    assert response.status_code == 302
    assert audited() == ["assessment.change_panel"]


def test_a_seat_changes_its_topics_and_somebody_joins(desk, scene):
    person = PersonFactory()
    data = page_of(scene.panel) | {"seats-0-topics": ["7"]}

    desk.post(address("change", scene.panel.pk), more(data, "seats", **seat(4, person, "chair")))

    assert list(scene.panel.seats.order_by("pk").values_list("role", "topics")) == [
        ("chair", []),
        ("assessor", ["7"]),
        ("assessor", []),
        ("assessor", []),
        ("chair", []),
    ]


def test_somebody_who_sits_there_already_is_refused_in_the_row(desk, scene):
    data = more(page_of(scene.panel), "seats", **seat(4, scene.chair))

    response = desk.post(address("change", scene.panel.pk), data)

    assert office.errors(response) != []
    assert Seat.objects.count() == 4


def test_who_knows_whom_is_refused_beside_its_field_once_somebody_is_assigned(desk, scene):
    scene.asked()
    data = page_of(scene.panel) | {"blindness": "open", "title": "Нова"}

    response = desk.post(address("change", scene.panel.pk), data)

    assert response.context["adminform"].form.errors == {
        "blindness": [
            office.serbian("Somebody is assigned already: who knows whom stays as it is.")
        ]
    }
    assert response.context["adminform"].form["title"].value() == "Нова"
    assert Panel.objects.get().blindness == "double"


STAY = "Somebody has given points already: only names, guidance and order of criteria can change."


@pytest.mark.parametrize("what", ["changed", "new", "removed"])
def test_criteria_are_refused_once_there_are_points_and_their_wording_is_not(desk, scene, what):
    scene.asked(points=[3])
    page = page_of(scene.panel)
    data = {
        "changed": page | {"criteria-0-most": 20},
        "new": more(page, "criteria", **criterion(2, Criterion(title="Ново"))),
        "removed": page | {"criteria-1-DELETE": "on"},
    }[what]

    response = desk.post(address("change", scene.panel.pk), data)

    assert office.serbian(STAY) in office.errors(response)
    assert [one.most for one in scene.panel.criteria.all()] == [5, 5]
    desk.post(address("change", scene.panel.pk), page | {"criteria-0-title": "Јасноћа"})
    assert scene.panel.criteria.first().title == "Јасноћа"


def test_criteria_are_copied_from_another_panel(desk, scene):
    other = PanelFactory(criteria=3)

    response = desk.post(
        address("operation", scene.panel.pk, "merila"), {"source": other.pk}, follow=True
    )

    assert office.messages(response) == [
        office.serbian("The criteria are copied; change them as you like.")
    ]
    assert scene.panel.criteria.count() == 5


def test_somebody_leaves_and_the_panel_ends(desk, scene):
    own = scene.panel.seats.first()

    desk.post(address("operation", scene.panel.pk, "odlazak"), {"seat": own.pk})
    desk.post(address("operation", scene.panel.pk, "kraj"))

    own.refresh_from_db()
    assert own.left_at is not None
    assert Panel.objects.get().ended_at is not None


def test_a_panel_is_deleted_until_there_is_something_to_assess(desk, scene):
    free = PanelFactory(criteria=1)

    refused = desk.post(address("delete", scene.panel.pk), {"post": "yes"})
    done = desk.post(address("delete", free.pk), {"post": "yes"})

    assert (refused.status_code, done.status_code) == (403, 302)
    assert list(Panel.objects.all()) == [scene.panel]


@pytest.mark.parametrize("path", ["panel_changelist", "item_changelist", "rules_changelist"])
def test_only_those_with_the_rights_enter(path):
    page = reverse(f"admin:assessment_{path}")

    assert office.desk_of(office.colleague()).get(page).status_code == 200
    assert office.desk_of(StaffFactory()).get(page).status_code == 403
    assert office.desk_of(PersonFactory().user).get(page).status_code == 302


def test_an_onlooker_changes_nothing(scene):
    desk = office.desk_of(office.onlooker())

    assert desk.get(address("change", scene.panel.pk)).status_code == 200
    assert desk.post(address("change", scene.panel.pk), page_of(scene.panel)).status_code == 403
    assert desk.post(address("operation", scene.panel.pk, "kraj")).status_code == 403


def test_things_are_looked_at_with_their_counts_and_assessors(desk, scene):
    scene.sent(0)
    scene.asked(1)

    listed = desk.get(address("changelist", model="item")).content.decode()
    shown = desk.get(address("change", scene.item.pk, model="item")).content.decode()

    assert "1 / 2" in listed
    assert "1 / 2" in shown
    assert str(scene.assessors[0]) in shown


@pytest.mark.parametrize("way", ["person", "address"])
def test_a_colleague_in_conflict_sees_neither_counts_nor_names(desk, colleague, scene, way):
    scene.sent(0)
    scene.asked(1)
    if way == "person":
        PartyFactory(item=scene.item, person=PersonFactory(user=colleague))
    else:
        PartyFactory(item=scene.item, person=None, email=colleague.email)

    listed = desk.get(address("changelist", model="item")).content.decode()
    shown = desk.get(address("change", scene.item.pk, model="item")).content.decode()

    for page in (listed, shown):
        assert scene.item.code in page
        assert "1 / 2" not in page
        assert office.serbian("hidden: you have a conflict of interest") in page
        assert str(scene.assessors[0]) not in page


def test_things_are_not_changed_here(desk, scene):
    page = address("change", scene.item.pk, model="item")

    assert desk.post(page, {"code": "Х"}).status_code == 403
    assert desk.get(address("add", model="item")).status_code == 403
    assert Item.objects.get().code == scene.item.code


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_things_reads_as_much_for_any_number(
    desk, scene, number, django_assert_num_queries
):
    for _ in range(number - 1):
        scene.sent(0, ItemFactory(panel=scene.panel))
    desk.get(address("changelist", model="item"))

    with django_assert_num_queries(7):
        desk.get(address("changelist", model="item"))
