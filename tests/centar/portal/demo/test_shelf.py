"""The demonstration's library: everything that a reader and the desk may meet."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone
from stdnum import isbn, issn

from centar.people.models import Person
from centar.portal.demo import accounts
from centar.script.faces import CYRILLIC
from library.models import Copy, Identifier, Loan, ReadingList, Record
from library.permissions import lending
from library.queries import desk, finding
from library.queries.finding import Wanted

pytestmark = pytest.mark.usefixtures("demo")


def test_there_is_something_of_every_kind_to_find_in_either_script() -> None:
    assert set(Record.objects.values_list("kind", flat=True)) == set(Record.Kind.values)
    assert Record.objects.filter(kind="electronic").exclude(file=None).count() == 1
    assert set(Record.objects.values_list("language", flat=True)) == {"srp", "eng", "ger"}
    for typed in ("na drini cuprija", "cuprijom", "Андрић мостови", "cuprjia"):
        found = finding.find(Wanted(typed), CYRILLIC.order)
        assert Record.objects.get(pk=found.keys[0]).title == "На Дрини ћуприја"


def test_numbers_of_publications_are_right() -> None:
    numbers = Identifier.objects.values_list("kind", "number")

    assert len(numbers) == 4
    assert [
        number
        for kind, number in numbers
        if not (isbn if kind == "isbn" else issn).is_valid(number)
    ] == []


def test_the_teacher_has_loans_in_time_and_soon_due_a_turn_and_a_copy_put_aside() -> None:
    teacher = Person.objects.get(user__email=accounts.TEACHER)
    today = timezone.localdate()

    sheet = desk.sheet(teacher.library_member)

    assert [one.loan.due_on - today for one in sheet.loans] == [timedelta(2), timedelta(20)]
    assert Counter(held.reservation.state for held in sheet.reservations) == {
        "ready": 1,
        "waiting": 1,
    }
    late = Loan.objects.open().filter(due_on__lt=today)
    assert [str(loan.member) for loan in late] == ["Лена Савић"]


def test_the_librarian_works_at_the_desk_and_a_list_stands_beside_a_seminar() -> None:
    librarian = Person.objects.get(user__email=accounts.LIBRARIAN).user

    assert lending.may_work_at_the_desk(librarian).allowed
    chosen = ReadingList.objects.published().get()
    assert chosen.event is not None
    assert "Роботика" in chosen.event.title
    assert Copy.objects.filter(only_here=True).count() == 2
