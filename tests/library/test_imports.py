"""A file of records: looked at, confirmed, written in batches, stopped, gone on with."""

from __future__ import annotations

import pytest

from centar.access import Refusal
from library import described as descriptions
from library.described import Contributor, Described, Number
from library.exchange import marc21, tables
from library.models import ImportRun, Record
from library.operations import import_writing, imports, records
from tests.factories.library import LIBRARIAN, librarian
from tests.factories.people import StaffFactory

pytestmark = pytest.mark.django_db

MAY = [*LIBRARIAN, *(f"library.{action}_importrun" for action in ("view", "add", "change"))]
HELD = Described(
    title="Роман",
    printed_year="1998",
    contributors=(Contributor("Петровић, Ана"),),
    numbers=(Number("isbn", "86-331-0225-0"),),
)
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


def test_it_stops_between_batches_and_goes_on_without_doubling_anything(by, monkeypatch):
    monkeypatch.setattr(import_writing, "BATCH", 2)
    run = brought_in(by, *(Described(title=f"Књига {number}") for number in range(5)))
    imports.confirm(run_id=run.pk, changes_held=False, by=by)
    assert import_writing.write_batch(run.pk)

    imports.stop(run_id=run.pk, by=by)
    imports.work_off(run.pk)
    assert Record.objects.count() == 2

    imports.go_on(run_id=run.pk, by=by)
    imports.work_off(run.pk)
    imports.work_off(run.pk)
    run.refresh_from_db()
    assert (Record.objects.count(), run.written, run.state) == (5, 5, "done")


def test_what_came_into_the_catalogue_since_the_preview_is_not_doubled(by):
    run = brought_in(by, HELD)
    records.write(described=HELD, by=by)
    imports.confirm(run_id=run.pk, changes_held=True, by=by)
    imports.work_off(run.pk)

    assert (rows(run), Record.objects.count()) == ([("new", "left")], 1)


def test_a_lost_worker_is_noticed(by):
    run = brought_in(by, HELD)
    imports.confirm(run_id=run.pk, changes_held=False, by=by)
    assert imports.lost() == []

    ImportRun.objects.update(moved_at="2020-01-01T00:00Z")

    assert imports.lost() == [run.pk]


def test_a_wrong_guess_is_corrected(by):
    content = tables.as_csv([HELD])
    run = imports.upload(file_name="a.csv", content=content, by=by)
    imports.work_off(run.pk)
    imports.read_otherwise(run_id=run.pk, format="xlsx", encoding="utf8", by=by)
    imports.work_off(run.pk)
    run.refresh_from_db()
    assert (run.state, run.trouble != "") == ("unreadable", True)

    imports.read_otherwise(run_id=run.pk, format="csv", encoding="utf8", by=by)
    imports.work_off(run.pk)
    assert rows(run) == [("new", "")]


def test_only_those_who_may_import_do(by):
    run = brought_in(by, HELD)
    other = StaffFactory(permissions=["library.view_importrun"])

    for deed in (
        lambda: imports.upload(file_name="a", content=b"a", by=other),
        lambda: imports.confirm(run_id=run.pk, changes_held=False, by=other),
        lambda: imports.discard(run_id=run.pk, by=other),
    ):
        with pytest.raises(Refusal):
            deed()
