"""Records and copies are written with what belongs to them, and never lose a number."""

from __future__ import annotations

import pytest

from centar.access import Refusal
from centar.audit.models import Entry
from library import described as descriptions
from library.described import Contributor, Described, Issue, Number, Part
from library.models import Copy, Record
from library.operations import condition, copies, records
from tests.factories.library import CopyFactory, RecordFactory, librarian
from tests.factories.people import StaffFactory

pytestmark = pytest.mark.django_db

BOOK = Described(
    title="На Дрини ћуприја",
    printed_year="[1945?]",
    subjects=("роман", "Вишеград"),
    contributors=(Contributor("Андрић, Иво"), Contributor("Просвета", "oth", is_body=True)),
    numbers=(Number("isbn", "86-331-0225-0"), Number("isbn", "86-331-0225-9")),
    issues=(Issue(1946, "2", volume="1"),),
    parts=(Part("карта", 2),),
)


def test_a_record_is_written_with_all_that_belongs_to_it():
    by = librarian()

    record = records.write(described=BOOK, by=by)

    assert descriptions.of(Record.objects.get(pk=record.pk)) == BOOK
    assert (record.year, record.names) == (1945, "Андрић, Иво\nПросвета")
    assert record.numbers == "86-331-0225-0 8633102250 9788633102254 86-331-0225-9 8633102259"
    assert list(record.identifiers.values_list("number", flat=True)) == ["9788633102254", ""]
    assert [(one.action, one.actor_id) for one in Entry.objects.all()] == [
        ("library.add_record", by.pk)
    ]


def test_written_anew_it_is_exactly_as_described_but_its_issues_stay():
    by = librarian()
    record = records.write(described=BOOK, by=by)

    records.write(described=Described(title="Мост"), record_id=record.pk, by=by)

    again = Record.objects.get(pk=record.pk)
    assert descriptions.of(again) == Described(title="Мост", issues=BOOK.issues)
    assert (again.names, again.numbers) == ("", "")


def test_only_those_who_may_write_records_and_copies():
    other, nobody = StaffFactory(permissions=["library.view_record"]), None
    record = RecordFactory()

    for by in (other, nobody):
        with pytest.raises(Refusal):
            records.write(described=BOOK, by=by)
        with pytest.raises(Refusal):
            copies.add(record_id=record.pk, by=by)

    assert (Record.objects.count(), Copy.objects.count()) == (1, 0)


def test_a_record_is_withdrawn_once_no_copy_is_held_and_comes_back():
    by, copy = librarian(), CopyFactory()
    with pytest.raises(Refusal, match="примерке"):
        records.withdraw(record_id=copy.record_id, reason="дупли", by=by)
    condition.mark(copy_id=copy.pk, state=Copy.State.WRITTEN_OFF, reason="похабан", by=by)

    records.withdraw(record_id=copy.record_id, reason="дупли", by=by)
    assert list(Record.objects.published()) == []
    with pytest.raises(Refusal, match="повучен"):
        copies.add(record_id=copy.record_id, by=by)

    records.bring_back(record_id=copy.record_id, by=by)
    assert list(Record.objects.published()) == [copy.record]


def test_a_copy_gets_the_next_number_and_its_bar_code_as_the_reader_gives_it():
    by, record = librarian(), RecordFactory()
    CopyFactory(accession_number="1099")
    CopyFactory(accession_number="П-2000")

    copy = copies.add(record_id=record.pk, barcode=" *ck 00017* ", by=by)

    assert (copy.accession_number, copy.barcode) == ("1100", "CK00017")


@pytest.mark.parametrize(
    ("fields", "field", "says"),
    [
        ({"accession_number": "5"}, "accession_number", "слободан је 6"),
        ({"barcode": "*0005*"}, "barcode", "Прва"),
    ],
)
def test_a_number_of_another_copy_is_refused_beside_its_field(fields, field, says):
    CopyFactory(accession_number="5", barcode="0005", record__title="Прва")

    with pytest.raises(Refusal, match=says) as refused:
        copies.add(record_id=RecordFactory().pk, by=librarian(), **fields)

    assert refused.value.field == field


def test_a_copy_is_repaired_and_after_writing_off_stays_so():
    by, copy = librarian(), CopyFactory()

    condition.mark(copy_id=copy.pk, state=Copy.State.REPAIR, reason="корице", by=by)
    condition.mark(copy_id=copy.pk, state=Copy.State.WRITTEN_OFF, reason="похабан", by=by)
    with pytest.raises(Refusal, match="отписан"):
        condition.mark(copy_id=copy.pk, state=Copy.State.HELD, reason="Нађен", by=by)

    copy.refresh_from_db()
    assert copy.state == "written_off"
    assert list(Entry.objects.order_by("pk").values_list("action", "reason")) == [
        ("library.mark", "корице"),
        ("library.mark", "похабан"),
    ]
