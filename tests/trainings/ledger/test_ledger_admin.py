"""The ledger in the back office."""

from __future__ import annotations

import pytest

from centar.portal import work_queue
from tests import office
from tests.factories.ledger import InHouseFactory, LedgerEntryFactory, TargetFactory
from tests.factories.people import AdministratorFactory, PersonFactory
from trainings import loading
from trainings.models import LedgerEntry, SchoolYear, Target

pytestmark = pytest.mark.django_db
LIST = "/admin/trainings/ledgerentry/"


@pytest.fixture
def desk():
    return office.desk_of(office.colleague())


def operation(desk, entry, name, **fields):
    sent = {"revision": entry.revision, **fields}
    return desk.post(f"{LIST}{entry.pk}/radnja/{name}/", sent, follow=True)


def test_an_entry_is_confirmed_by_its_operation(desk):
    entry = InHouseFactory(state="pending")

    answer = operation(desk, entry, "potvrda")

    assert office.messages(answer) == ["Унос се од сада рачуна; власник је обавештен."]
    assert LedgerEntry.objects.get().state == "confirmed"


def test_an_entry_changed_meanwhile_is_read_again(desk):
    entry = InHouseFactory(state="pending")
    LedgerEntry.objects.update(title="Сасвим друго")

    answer = operation(desk, entry, "potvrda")

    assert answer.context["form"].non_field_errors() == [
        "Овај унос је промењен док сте читали. Погледајте га поново."
    ]
    assert LedgerEntry.objects.get().state == "pending"


def test_an_entry_is_returned_with_its_reason(desk):
    entry = InHouseFactory(state="pending")

    assert operation(desk, entry, "vracanje").context["form"].errors.keys() == {"reason"}
    operation(desk, entry, "vracanje", reason="Недостаје датум.")

    entry.refresh_from_db()
    assert (entry.state, entry.reason) == ("returned", "Недостаје датум.")


def test_the_facts_are_only_read(desk):
    entry = LedgerEntryFactory(title="Програм")

    assert desk.get(f"{LIST}{entry.pk}/change/").status_code == 200
    desk.post(f"{LIST}{entry.pk}/change/", {"title": "Друго", "hours": "80"})
    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.post(f"{LIST}{entry.pk}/delete/", {"post": "yes"}).status_code == 403

    entry.refresh_from_db()
    assert (entry.title, entry.hours) == ("Програм", 8)


def test_an_onlooker_confirms_nothing():
    entry = InHouseFactory(state="pending")

    assert operation(office.desk_of(office.onlooker()), entry, "potvrda").status_code == 403
    assert LedgerEntry.objects.get().state == "pending"


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_costs_the_same(desk, number, django_assert_max_num_queries):
    LedgerEntryFactory.create_batch(number)

    with django_assert_max_num_queries(12):
        assert desk.get(f"{LIST}?q=Петровић").status_code == 200


def test_what_only_the_centre_can_confirm_is_in_the_work_queue(staffroom):
    alone = InHouseFactory(person=PersonFactory(school=None), state="pending", title="Сам")
    InHouseFactory(person=staffroom.teacher, state="pending")
    tasks = work_queue.tasks_for(AdministratorFactory())
    (task,) = (one for one in tasks if one.address.startswith(LIST))

    assert (task.count, [item.address for item in task.items]) == (
        1,
        [f"{LIST}{alone.pk}/change/"],
    )
    listed = office.desk_of(AdministratorFactory()).get(task.address)
    assert list(listed.context["cl"].result_list) == [alone]


def test_targets_come_with_their_source_and_staff_edit_them(desk):
    assert loading.load_targets().created == 3
    assert loading.load_targets().unchanged == 3
    assert [bool(target.source) for target in Target.objects.all()] == [True] * 3
    assert [
        (target.in_house_hours, target.programmes, target.programme_hours, target.meetings)
        for target in Target.objects.filter(rulebook="Сл. гласник РС 109/2021")
    ] == [(44, 1, 8, 1)]
    for target in Target.objects.all():
        target.full_clean()
        assert desk.get(f"/admin/trainings/target/{target.pk}/change/").status_code == 200


def test_a_target_that_ends_before_it_starts_is_refused(desk):
    target = TargetFactory()
    page = f"/admin/trainings/target/{target.pk}/change/"
    sent = {
        name: value
        for name, value in desk.get(page).context["adminform"].form.initial.items()
        if value is not None
    }

    answer = desk.post(page, sent | {"starts_on": "1.9.2026.", "ends_on": "1.9.2020."})

    assert office.errors(answer) == ["Последњи дан је пре првог."]


def test_the_beginning_of_the_school_year_is_one_row_that_the_staff_change(desk):
    SchoolYear(pk=1).save()
    page = "/admin/trainings/schoolyear/"

    def change(month, day):
        row = SchoolYear.objects.get()
        sent = {"first_month": month, "first_day": day, "seen_revision": row.revision}
        return desk.post(f"{page}1/change/", sent)

    refused = change(2, 30)
    assert office.errors(refused) == ["Изаберите дан од 1 до 28 и месец од 1 до 12."]
    assert change(8, 15).status_code == 302
    assert str(SchoolYear.current()) == "15.8."
    assert desk.get(f"{page}add/").status_code == 403
