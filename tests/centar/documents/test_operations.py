"""Numbers without gaps; papers that end and stay on record."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
import time_machine
from django.db import transaction

from centar.access import Refusal
from centar.audit.models import Entry
from centar.documents import operations
from centar.documents.models import CODE_ALPHABET, CODE_LENGTH, Document
from tests.factories.documents import issued
from tests.factories.people import AdministratorFactory, StaffFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return StaffFactory(permissions=["documents.change_document"])


def test_numbers_of_a_year_follow_each_other():
    assert [issued().register_number for _ in range(3)] == ["ПТ-1/2026", "ПТ-2/2026", "ПТ-3/2026"]


def test_each_year_begins_with_one_and_the_year_is_the_one_in_belgrade():
    with time_machine.travel(datetime(2027, 12, 31, 22, 59, tzinfo=UTC), tick=False):
        last = issued()
    with time_machine.travel(datetime(2027, 12, 31, 23, 1, tzinfo=UTC), tick=False):
        first = issued()

    assert [last.register_number, first.register_number] == ["ПТ-1/2027", "ПТ-1/2028"]


def test_a_number_that_was_rolled_back_is_given_to_the_next():
    issued()
    with transaction.atomic():
        issued()
        transaction.set_rollback(True)

    assert issued().number == 2


def test_codes_are_long_and_never_the_same():
    codes = {issued().code for _ in range(20)}

    assert len(codes) == 20
    assert {len(code) for code in codes} == {CODE_LENGTH}
    assert len(CODE_ALPHABET) ** CODE_LENGTH > 2**98


def test_a_revoked_paper_keeps_its_reason(staff):
    document = issued()

    operations.withdraw(document=document, by=staff, reason="  Погрешно име. ")

    assert Document.objects.values_list("revoke_reason", "revoked_by").get() == (
        "Погрешно име.",
        staff.pk,
    )
    assert Entry.objects.filter(action="documents.revoke", actor_id=staff.pk).count() == 1


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("", "Write the reason; whoever verifies it reads that."),
        ("  \n", "Write the reason; whoever verifies it reads that."),
    ],
)
def test_nothing_is_revoked_without_a_reason(staff, reason, sentence):
    document = issued()

    with pytest.raises(Refusal, match=sentence):
        operations.withdraw(document=document, by=staff, reason=reason)

    assert Document.objects.get().is_valid


def test_nothing_is_revoked_twice(staff):
    document = issued()
    operations.withdraw(document=document, by=staff, reason="Прво.")

    with pytest.raises(Refusal, match="is revoked already"):
        operations.withdraw(document=document, by=staff, reason="Друго.")

    assert Document.objects.get().revoke_reason == "Прво."


def test_only_who_may_revokes():
    document = issued()
    may = [AdministratorFactory(), StaffFactory(permissions=["documents.change_document"])]
    may_not = [UserFactory(), StaffFactory(permissions=["documents.view_document"])]

    for user in may_not:
        with pytest.raises(Refusal, match="Only the Centre's staff may do this"):
            operations.withdraw(document=document, by=user, reason="Зато.")
    assert Document.objects.get().is_valid
    operations.withdraw(document=document, by=may[1], reason="Зато.")
    assert not Document.objects.get().is_valid


def test_the_old_paper_points_to_the_one_that_replaced_it(staff):
    old = issued()

    new = operations.replace(
        document_id=old.pk, content={"name": "Ана Марић"}, by=staff, reason="Ново презиме."
    )

    old.refresh_from_db()
    assert (old.is_valid, old.replaced_by, new.number, new.code == old.code) == (
        False,
        new,
        2,
        False,
    )
    assert old.content["name"] == "Ана Љубичић"
