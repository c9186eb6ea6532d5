"""A file of records: looked at, confirmed, written in batches, stopped, gone on with."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.test import TestCase
from django_q.models import OrmQ

from centar.access import Refusal
from library import described as descriptions
from library.described import Contributor, Described, Issue, Item, Number
from library.exchange import marc21, tables, writing
from library.jobs import imports as jobs
from library.models import Copy, ImportRun, Record
from library.operations import import_reading, import_writing, imports, records
from tests.factories.library import LIBRARIAN, CopyFactory, RecordFactory, librarian
from tests.factories.people import StaffFactory

pytestmark = pytest.mark.django_db

MAY = [*LIBRARIAN, *(f"library.{action}_importrun" for action in ("view", "add", "change"))]
HELD = Described(
    title="Роман",
    printed_year="1998",
    contributors=(Contributor("Петровић, Ана"),),
    numbers=(Number("isbn", "86-331-0225-0"),),
)
ISSN = Number("issn", "0351-2347")
OLD = Described(title="Читанка", printed_year="1930", contributors=(Contributor("Илић, Јован"),))


@pytest.fixture
def by():
    return librarian(permissions=MAY)


def brought_in(by, *described, name="katalog.mrc"):
    content = b"".join(marc21.write(one).as_marc() for one in described)
    run = imports.upload(file_name=name, content=content, by=by)
    imports.work_off(run.pk)
    run.refresh_from_db()
    return run


def rows(run):
    return list(run.rows.order_by("place").values_list("verdict", "outcome"))


def test_nothing_is_written_before_it_is_confirmed_and_held_editions_are_recognised(by):
    held = records.write(described=HELD, by=by)
    old = records.write(described=OLD, by=by)
    same_by_number = HELD
    # In the other script and without a mark, as another library may have typed it.
    by_words = Described(
        title="CITANKA", printed_year="[1930]", contributors=(Contributor("Ilić, Jovan"),)
    )
    new = Described(title="Нова књига", printed_year="2024")

    run = brought_in(by, same_by_number, by_words, new, new, Described(title="x", udc="9" * 121))

    assert (run.state, run.total, Record.objects.count()) == ("read", 5, 2)
    assert rows(run) == [("same", ""), ("changed", ""), ("new", ""), ("bad", ""), ("bad", "")]
    assert list(run.rows.order_by("place").values_list("record_id", flat=True)) == [
        held.pk,
        old.pk,
        None,
        None,
        None,
    ]
    assert list(
        run.rows.filter(verdict="bad").order_by("place").values_list("reason", flat=True)
    ) == [
        "Исто издање је у реду 3.",
        "„УДК“ има више од 120 знакова.",
    ]


def test_confirmed_it_is_written_and_held_records_change_only_when_that_is_wanted(by):
    records.write(described=OLD, by=by)
    other = Described(
        title="Читанка", subtitle="за I разред", printed_year="1930", contributors=OLD.contributors
    )
    left = brought_in(by, other, HELD)
    imports.confirm(run_id=left.pk, changes_held=False, by=by)
    imports.work_off(left.pk)

    left.refresh_from_db()
    assert (left.state, left.written, bool(left.content)) == ("done", 2, False)
    assert rows(left) == [("changed", "left"), ("new", "added")]
    assert {descriptions.of(one).subtitle for one in Record.objects.all()} == {""}
    added = Record.objects.get(title="Роман")
    assert (descriptions.of(added), added.names) == (HELD, "Петровић, Ана")

    changed = brought_in(by, other)
    imports.confirm(run_id=changed.pk, changes_held=True, by=by)
    imports.work_off(changed.pk)

    assert rows(changed) == [("changed", "changed")]
    assert {descriptions.of(one).subtitle for one in Record.objects.all()} == {"", "за I разред"}


def test_the_worker_writes_in_parts_stops_and_goes_on_without_doubling_anything(by, monkeypatch):
    monkeypatch.setattr(import_writing, "BATCH", 2)
    run = brought_in(by, *(Described(title=f"Књига {number}") for number in range(5)))
    imports.confirm(run_id=run.pk, changes_held=False, by=by)
    monkeypatch.setattr(imports, "AT_A_TIME", -1)

    def visit():
        jobs.work_off(run.pk)
        run.refresh_from_db()
        return run.state, run.written, Record.objects.count()

    assert visit() == ("writing", 2, 2)
    imports.stop(run_id=run.pk, by=by)
    assert [visit() for _ in "12"] == [("stopped", 2, 2)] * 2
    imports.go_on(run_id=run.pk, by=by)
    assert [visit() for _ in "1234"] == [
        ("writing", 4, 4),
        ("writing", 5, 5),
        ("done", 5, 5),
        ("done", 5, 5),
    ]
    assert sorted(Record.objects.values_list("title", flat=True)) == [
        f"Књига {number}" for number in range(5)
    ]


def test_a_file_is_read_in_parts_gives_way_stops_and_goes_on(by, monkeypatch):
    monkeypatch.setattr(import_writing, "BATCH", 2)
    monkeypatch.setattr(imports, "AT_A_TIME", -1)
    books = [Described(title=f"Књига {number}") for number in (0, 1, 2, 3, 0)]
    content = b"".join(marc21.write(one).as_marc() for one in books)
    run = imports.upload(file_name="a.mrc", content=content, by=by)

    def visit():
        OrmQ.objects.all().delete()
        with TestCase.captureOnCommitCallbacks(execute=True):
            imports.work_off(run.pk)
        run.refresh_from_db()
        return run.state, run.total, OrmQ.objects.count()

    assert visit() == ("reading", 2, 1)
    imports.stop(run_id=run.pk, by=by)
    assert visit() == ("stopped", 2, 0)
    imports.go_on(run_id=run.pk, by=by)
    assert [visit() for _ in "123"] == [("reading", 4, 1), ("reading", 5, 1), ("read", 5, 0)]
    # What an earlier part of the file held is still known.
    assert list(run.rows.order_by("place").values_list("verdict", "reason"))[3:] == [
        ("new", ""),
        ("bad", "Исто издање је у реду 1."),
    ]


def test_two_workers_read_a_file_once(by, monkeypatch):
    monkeypatch.setattr(import_writing, "BATCH", 2)
    content = b"".join(marc21.write(Described(title=f"К{n}")).as_marc() for n in range(5))
    run = imports.upload(file_name="a.mrc", content=content, by=by)
    first, second = (import_reading.batches(run.pk) for _ in "12")

    steps = [next(first, "gone"), next(second, "gone"), next(second, "gone"), next(first, "gone")]

    assert steps == [None, None, None, "gone"]
    assert list(run.rows.order_by("place").values_list("title", flat=True)) == [
        f"К{n}" for n in range(5)
    ]


def test_a_table_with_few_columns_empties_nothing_of_a_held_record(by):
    held = records.write(described=replace(HELD, udc="821", kind="kit"), by=by)
    content = "ISBN;Наслов\n86-331-0225-0;Роман о Ани\n".encode()
    run = imports.upload(file_name="a.csv", content=content, by=by)
    imports.work_off(run.pk)
    imports.confirm(run_id=run.pk, changes_held=True, by=by)
    imports.work_off(run.pk)

    held.refresh_from_db()
    assert rows(run) == [("changed", "changed")]
    assert descriptions.of(held) == replace(HELD, udc="821", kind="kit", title="Роман о Ани")


def test_a_number_finds_what_was_catalogued_without_one_and_not_another_edition(by):
    bare = replace(HELD, numbers=())
    held = records.write(described=bare, by=by)
    records.write(described=replace(OLD, numbers=(Number("isbn", "86-331-0226-9"),)), by=by)

    run = brought_in(
        by,
        HELD,
        replace(HELD, numbers=(Number("isbn", "86-331-0224-2"),)),
        replace(HELD, numbers=(Number("isbn", "86-331-0227-7"),), printed_year="2001"),
        replace(OLD, numbers=(Number("isbn", "86-331-0228-5"),)),
    )

    assert list(run.rows.order_by("place").values_list("verdict", "record_id")) == [
        ("changed", held.pk),
        ("new", None),
        ("new", None),
        ("new", None),
    ]
    imports.confirm(run_id=run.pk, changes_held=True, by=by)
    imports.work_off(run.pk)
    assert descriptions.of(Record.objects.get(pk=held.pk)).numbers == HELD.numbers
    assert Record.objects.count() == 5


def test_a_book_is_not_taken_for_another_of_its_series(by):
    records.write(described=Described(title="Свеска 1", numbers=(ISSN,)), by=by)
    paper = Described(title="Лист", kind="journal", numbers=(ISSN,))
    journal = records.write(described=paper, by=by)

    run = brought_in(
        by,
        Described(title="Свеска 2", numbers=(ISSN,)),
        replace(paper, title="Новине"),
    )

    assert list(run.rows.order_by("place").values_list("verdict", "record_id")) == [
        ("new", None),
        ("changed", journal.pk),
    ]


def test_an_issue_with_another_title_is_corrected_and_one_with_two_is_refused(by):
    issue = Issue(2024, "1", title="Пролеће")
    journal = Described(title="Лист", kind="journal", issues=(issue,))
    held = records.write(described=journal, by=by)

    records.write(
        described=replace(journal, issues=(replace(issue, title="Лето"), Issue(2024, "2"))),
        record_id=held.pk,
        by=by,
    )

    assert list(held.issues.order_by("number").values_list("number", "title")) == [
        ("1", "Лето"),
        ("2", ""),
    ]
    doubled = replace(journal, issues=(issue, replace(issue, title="Зима")))
    with pytest.raises(Refusal, match="1/2024"):
        records.write(described=doubled, by=by)
    assert [verdict for verdict, _ in rows(brought_in(by, doubled))] == ["bad"]


def test_copies_are_entered_recognised_by_their_numbers_and_reported(by):
    held = records.write(described=HELD, by=by)
    kept = CopyFactory(record=held, accession_number="1", barcode=None, shelf_mark="82")
    CopyFactory(record=RecordFactory(title="Друга"), accession_number="9", barcode="0009")
    copies = (
        Item("1", "82 П", "0001"), Item("2", "82"), Item("9"), Item("3", barcode="0009"), Item(""),
    )  # fmt: skip
    new = Described(title="Нова", copies=(Item("5"), Item("5")))
    file = (replace(HELD, copies=copies), new, replace(new, copies=(Item("6"),)))

    run = brought_in(by, *file)
    told = "\n".join(
        (
            "Примерак 9 припада запису „Друга“.",
            "Бар-код примерка 3 стоји на примерку 9 (Друга).",
            "Изостављен је примерак без инвентарног броја.",
        )
    )
    assert list(run.rows.order_by("place").values_list("verdict", "reason")) == [
        ("same", told),
        ("new", ""),
        ("same", "Исто издање је у реду 2."),
    ]
    imports.confirm(run_id=run.pk, changes_held=True, by=by)
    imports.work_off(run.pk)

    kept.refresh_from_db()
    assert (kept.shelf_mark, kept.barcode) == ("82 П", "0001")
    assert list(run.rows.order_by("place").values_list("outcome", "copies_written")) == [
        ("left", 2),
        ("added", 1),
        ("left", 1),
    ]
    assert run.rows.get(place=1).reason == told
    assert {
        record.title: sorted(record.copies.values_list("accession_number", flat=True))
        for record in Record.objects.all()
    } == {"Роман": ["1", "2"], "Друга": ["9"], "Нова": ["5", "6"]}


def test_held_copies_stay_as_they_are_unless_that_is_wanted_and_none_come_unasked(by):
    held = records.write(described=HELD, by=by)
    CopyFactory(record=held, accession_number="1", barcode=None, shelf_mark="82")
    file = replace(HELD, copies=(Item("1", "37"), Item("2")))

    for takes_copies, numbers in ((False, ["1"]), (True, ["1", "2"])):
        run = brought_in(by, file)
        imports.confirm(run_id=run.pk, changes_held=False, takes_copies=takes_copies, by=by)
        imports.work_off(run.pk)
        copies = held.copies.order_by("accession_number")
        assert list(copies.values_list("accession_number", flat=True)) == numbers
        assert copies[0].shelf_mark == "82"


def test_the_catalogue_goes_out_and_comes_back_with_its_copies(by):
    held = records.write(described=HELD, by=by)
    CopyFactory(record=held, accession_number="1", barcode="0001", shelf_mark="82")
    CopyFactory(record=held, accession_number="2", barcode=None, state="written_off")
    said = descriptions.of(held, with_copies=True)
    file = b"".join(writing.write(Record.objects.all(), writing.Written.UNIMARC))
    Copy.objects.all().delete()

    run = imports.upload(file_name="a.mrc", content=file, by=by)
    imports.work_off(run.pk)
    imports.confirm(run_id=run.pk, changes_held=False, by=by)
    imports.work_off(run.pk)

    assert rows(run) == [("same", "left")]
    assert descriptions.of(Record.objects.get(), with_copies=True) == said
    assert said.copies == (Item("1", "82", "0001"),)


def test_what_came_into_the_catalogue_since_the_preview_is_not_doubled(by):
    run = brought_in(by, HELD)
    records.write(described=HELD, by=by)
    imports.confirm(run_id=run.pk, changes_held=True, by=by)
    imports.work_off(run.pk)

    assert (rows(run), Record.objects.count()) == ([("new", "left")], 1)


def test_a_file_whose_worker_was_lost_is_taken_up_again(by):
    run = brought_in(by, HELD)
    imports.confirm(run_id=run.pk, changes_held=False, by=by)
    assert (jobs.continue_imports(), Record.objects.count()) == (0, 0)

    ImportRun.objects.update(moved_at="2020-01-01T00:00Z")

    assert (jobs.continue_imports(), rows(run)) == (1, [("new", "added")])
    assert jobs.continue_imports() == 0


def test_a_wrong_guess_is_corrected(by):
    content = tables.as_csv([HELD])
    run = imports.upload(file_name="a.csv", content=content, by=by)
    imports.work_off(run.pk)
    imports.read_otherwise(run_id=run.pk, format="xlsx", encoding="utf8", by=by)
    imports.work_off(run.pk)
    run.refresh_from_db()
    assert (run.state, run.trouble != "", run.rows.count()) == ("unreadable", True, 0)

    imports.read_otherwise(run_id=run.pk, format="csv", encoding="utf8", by=by)
    imports.work_off(run.pk)
    assert rows(run) == [("new", "")]


def test_only_those_who_may_import_do(by):
    run = brought_in(by, HELD)
    other = StaffFactory(permissions=["library.view_importrun"])
    importer = StaffFactory(permissions=["library.add_importrun"])
    describer = StaffFactory(permissions=["library.add_importrun", "library.change_record"])

    for deed in (
        lambda: imports.upload(file_name="a", content=b"a", by=other),
        lambda: imports.confirm(run_id=run.pk, changes_held=False, by=other),
        lambda: imports.confirm(run_id=run.pk, changes_held=False, by=importer),
        lambda: imports.confirm(run_id=run.pk, changes_held=False, by=describer),
        lambda: imports.discard(run_id=run.pk, by=other),
    ):
        with pytest.raises(Refusal):
            deed()
    imports.confirm(run_id=run.pk, changes_held=False, takes_copies=False, by=describer)


def test_it_stops_when_whoever_confirmed_it_may_not_do_it_any_more(by):
    run = brought_in(by, HELD)
    imports.confirm(run_id=run.pk, changes_held=True, by=by)
    by.user_permissions.clear()
    imports.work_off(run.pk)
    run.refresh_from_db()
    assert (run.state, bool(run.trouble), Record.objects.count()) == ("stopped", True, 0)

    another = librarian(permissions=MAY)
    imports.go_on(run_id=run.pk, by=another)
    imports.work_off(run.pk)
    run.refresh_from_db()
    assert (run.state, run.trouble, run.changes_held, run.confirmed_by) == (
        "done", "", True, another,
    )  # fmt: skip
