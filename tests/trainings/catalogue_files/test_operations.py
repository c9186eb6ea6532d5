"""The operation itself: asked again, all or nothing, one import at a time."""

import contextlib
import threading

import pytest
from django.db import connection

from centar.access import Refusal
from centar.audit import trail
from centar.audit.models import Entry
from tests.factories.people import StaffFactory
from trainings.catalogue_files import operations, plan
from trainings.catalogue_files.sheets import Row, Sheet
from trainings.models import Area, Programme, Trainer

HEADINGS = ("циклус", "каталошки број", "назив", "област", "водитељи", "часова")


def sheet_of(*rows):
    return Sheet("a.csv", HEADINGS, tuple(Row(line, row) for line, row in enumerate(rows, 2)))


NEW = sheet_of(("", "", "Читање", "Српски", "Ана Анић", "8"))


def test_permission_is_asked_again(db):
    with pytest.raises(Refusal):
        operations.import_catalogue(
            sheet=NEW, previewed=plan.make(NEW).fingerprint(), by=StaffFactory()
        )
    assert Programme.objects.count() == 0


def test_wrong_rows_are_refused_even_when_they_were_previewed(staff):
    sheet = sheet_of(("", "1", "Читање", "", "", "8"), ("", "2", "Писање", "", "", "x"))
    with pytest.raises(Refusal):
        operations.import_catalogue(sheet=sheet, previewed=plan.make(sheet).fingerprint(), by=staff)
    assert Programme.objects.count() == 0


def test_nothing_stays_when_the_last_write_breaks(staff, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(trail, "record", broken)
    with pytest.raises(RuntimeError):
        operations.import_catalogue(sheet=NEW, previewed=plan.make(NEW).fingerprint(), by=staff)
    assert [model.objects.count() for model in (Programme, Area, Trainer)] == [0, 0, 0]


def test_a_programme_that_came_in_beside_us_is_a_sentence(staff, cycle, monkeypatch):
    sheet = sheet_of((cycle.name, "7", "Читање", "Српски", "", "8"))
    previewed = plan.make(sheet).fingerprint()
    make = plan.make

    def made_too_early(*args, **kwargs):
        made = make(*args, **kwargs)
        Programme.objects.create(cycle=cycle, number="7", title="Брже")
        return made

    monkeypatch.setattr(plan, "make", made_too_early)
    with pytest.raises(operations.Outdated):
        operations.import_catalogue(sheet=sheet, previewed=previewed, by=staff)
    assert Area.objects.count() == 0


def import_twice_at_once(monkeypatch, staff, *, lock):
    """Two people confirm the same new file; gives what each of them got."""
    # Nothing in it that a constraint of the database would find.
    sheet = sheet_of(("", "", "Читање", "", "Ана Анић", "8"))
    previewed = plan.make(sheet).fingerprint()
    make, both_made, answers = plan.make, threading.Barrier(2), []

    def make_and_wait(sheet, **kwargs):
        made = make(sheet, lock=lock)
        # It breaks when the other one waits at the lock.
        with contextlib.suppress(threading.BrokenBarrierError):
            both_made.wait(timeout=1)
        return made

    def confirm():
        try:
            answers.append(
                type(operations.import_catalogue(sheet=sheet, previewed=previewed, by=staff))
            )
        except Refusal as refusal:
            answers.append(type(refusal))
        finally:
            connection.close()

    monkeypatch.setattr(plan, "make", make_and_wait)
    threads = [threading.Thread(target=confirm) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_import_once(monkeypatch, staff, cycle):
    answers = import_twice_at_once(monkeypatch, staff, lock=True)
    assert answers == [operations.Imported, operations.Outdated]
    assert Programme.objects.count() == 1
    assert Entry.objects.count() == 1


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_both_would_import(monkeypatch, staff, cycle):
    import_twice_at_once(monkeypatch, staff, lock=False)
    assert Programme.objects.count() == 2
