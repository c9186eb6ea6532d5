"""What the desk looks up, and what it does for somebody who is not signed in."""

from __future__ import annotations

import io
from datetime import UTC, datetime, timedelta

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centar.portal import work_queue
from library.models import ImportRun, Reservation
from library.queries import statistics
from tests.factories.library import (
    CopyFactory,
    LoanFactory,
    MemberFactory,
    RecordFactory,
    ReservationFactory,
)
from tests.factories.people import PersonFactory, StaffFactory

pytestmark = pytest.mark.django_db
NEW_YEAR = datetime(2024, 12, 31, 23, 30, tzinfo=UTC)
"""In Serbia it is the year 2025 already."""


@pytest.fixture
def desk(librarian):
    client = Client()
    client.force_login(librarian)
    return client


@pytest.mark.parametrize("loans", [1, 3])
def test_a_year_is_counted_without_anybody_s_name(loans, django_assert_num_queries):
    record = RecordFactory(title="Мост", kind="kit", udc="37.01")
    pupil = MemberFactory(kind="pupil", joined_at=NEW_YEAR - timedelta(days=1))
    for place in range(loans):
        LoanFactory(
            copy=CopyFactory(record=record),
            member=None,
            member_kind="pupil",
            lent_at=NEW_YEAR + timedelta(days=31 * place),
            returned_at=timezone.now(),
            ending="returned",
            renewals=1,
        )
    LoanFactory(lent_at=NEW_YEAR - timedelta(days=1), member=pupil)
    Reservation.objects.filter(pk=ReservationFactory(record=record).pk).update(created_at=NEW_YEAR)

    with django_assert_num_queries(11):
        found = statistics.of_year(2025)

    assert (found.loans, found.renewals, found.reservations, found.joined) == (loans, loans, 1, 0)
    assert [count for _month, count in found.months] == [1] * loans + [0] * (12 - loans)
    assert (found.member_kinds, found.record_kinds) == ({"pupil": loans}, {"kit": loans})
    assert found.classes == {"3": loans}
    assert [(one.title, one.loans) for one in found.most_lent] == [("Мост", loans)]
    assert statistics.years(timezone.localdate())[-1] == 2024


def test_the_year_is_a_workbook_too_in_the_script_of_the_reader(desk):
    title = LoanFactory(copy__record__title="Мост").copy.record.title

    page = desk.get(reverse("library:year"), {"year": "' OR 1=1"})
    assert (page.context["year"].loans, title in page.content.decode()) == (1, True)
    answer = desk.get("/lat" + reverse("library:year"), {"format": "xlsx"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.content)).active.values)
    assert (rows[1], rows[-1]) == (
        ("Godina", "Pozajmljeno u godini", 1),
        ("Najčešće pozajmljivano", "Most", 1),
    )


@pytest.mark.parametrize("things", [1, 3])
def test_what_is_late_and_what_is_put_aside_stand_in_lists(
    desk, things, django_assert_max_num_queries
):
    today = timezone.localdate()
    pupils = MemberFactory.create_batch(things, kind="pupil", guardian_email="mira@example.org")
    late = [LoanFactory(due_on=today - timedelta(days=3), member=pupil) for pupil in pupils]
    ready = [
        ReservationFactory(
            record=copy.record,
            copy=copy,
            state="ready",
            ready_at=timezone.now(),
            pickup_until=today,
        )
        for copy in CopyFactory.create_batch(things)
    ]
    ReservationFactory()

    with django_assert_max_num_queries(5):
        table = desk.get("/en" + reverse("library:overdue_table"))
    with django_assert_max_num_queries(6):
        shelf = desk.get(reverse("library:aside")).context["aside"]

    rows = [row.split(";") for row in table.content.decode("utf-8-sig").splitlines()[1:]]
    assert [(row[0], row[3], row[5]) for row in rows] == [
        (f'"{loan.copy.accession_number}"', '"mira@example.org"', '"3"') for loan in late
    ]
    assert shelf == ready


def test_the_desk_reserves_for_a_member_by_card_or_by_name(desk):
    ana, jana = (
        MemberFactory(person=PersonFactory(first_name=name, last_name="Анић"))
        for name in ("Ана", "Јована")
    )
    record = CopyFactory().record
    address = reverse("library:reserve_for", args=[record.pk])

    for typed, wrong in (("анић", "Several"), ("Перић", "The library knows no")):
        answer = desk.post("/en" + address, {"member": typed})
        assert answer.status_code == 422
        [sentence] = answer.context["form"].errors["member"]
        assert sentence.startswith(wrong)
    desk.post(address, {"member": f" {ana.card} "})
    desk.post(address, {"member": "jovana anic"})

    assert [one.member for one in record.reservations.queue()] == [ana, jana]
    reader = Client()
    reader.force_login(ana.person.user)
    assert (
        reader.post(address, {"member": jana.card}).status_code,
        Client().post(address, {"member": ana.card}).status_code,
        record.reservations.count(),
    ) == (404, 302, 2)


@pytest.mark.parametrize("things", [1, 3])
def test_the_librarian_finds_what_waits_on_the_front_page(things, django_assert_max_num_queries):
    today = timezone.localdate()
    librarian = StaffFactory(permissions=["library.change_loan", "library.add_importrun"])
    late = LoanFactory.create_batch(things, due_on=today - timedelta(days=1))
    lost = LoanFactory.create_batch(things, returned_at=timezone.now(), ending="lost")
    ready = [ReservationFactory(record=CopyFactory().record) for _ in range(things)]
    runs = [
        ImportRun.objects.create(file_name=f"{place}.mrc", format="marc21", state=state)
        for place, state in enumerate([*("read",) * things, "done"])
    ]

    with django_assert_max_num_queries(10):
        tasks = work_queue.tasks_for(librarian)

    assert [task.count for task in tasks] == [things] * 4
    assert [[item.address for item in task.items] for task in tasks] == [
        [reverse("library:desk")] * len(ready),
        [reverse("library:member", args=[loan.member_id]) for loan in late],
        [reverse("library:loss", args=[loan.pk]) for loan in lost],
        [reverse("admin:library_importrun_change", args=[run.pk]) for run in runs[:-1]],
    ]
    client = Client()
    client.force_login(librarian)
    assert client.get(tasks[2].address).content.decode().count(str(lost[0].member)) == 1
