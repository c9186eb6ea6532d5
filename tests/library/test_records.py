"""What the database keeps of records."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from library.models import Record
from tests.factories.library import CopyFactory, RecordFactory

pytestmark = pytest.mark.django_db


def test_a_change_raises_the_revision_and_the_moment_that_harvesters_ask_for():
    record = RecordFactory()
    Record.objects.filter(pk=record.pk).update(changed_at="2020-01-01T00:00Z")
    record.refresh_from_db()

    assert (record.revision, record.changed_at.year > 2020) == (2, True)


def test_the_class_is_the_first_sign_of_the_udc():
    assert [RecordFactory(udc=udc).udc_class for udc in ("821.163.41-31", "", "(075.2)")] == [
        "8", "", "(",
    ]  # fmt: skip


def test_two_copies_without_a_bar_code_are_not_alike():
    copies = [CopyFactory(barcode=None) for _ in range(2)]

    assert [copy.barcode for copy in copies] == [None, None]


@pytest.mark.parametrize("numbers", [{"barcode": ""}, {"accession_number": ""}])
def test_a_number_of_a_copy_is_never_empty(numbers):
    with pytest.raises(IntegrityError):
        CopyFactory(**numbers)
