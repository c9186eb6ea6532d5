"""What people enter for themselves, and what a coordinator makes of it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.core.files.storage import default_storage
from django.utils import translation

from centar.access import Refusal
from centar.audit.models import Entry
from centar.files.models import PrivateFile
from centar.outbox.models import Letter
from tests.factories import files
from tests.factories.ledger import LedgerEntryFactory
from tests.factories.people import AdministratorFactory, CoordinationFactory, PersonFactory
from trainings.models import LedgerEntry
from trainings.operations import confirmations, own_entries
from trainings.operations.own_entries import Proposal
from trainings.queries import ledger as queries

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def lesson(**changes):
    """A model lesson of two hours."""
    facts = {
        "kind": "in_house",
        "title": "Угледни час",
        "activity": "Угледни час",
        "part": "водитељ",
        "earned_on": date(2026, 10, 5),
        "hours": Decimal(2),
    }
    return Proposal(**(facts | changes))


def seminar(**changes):
    """A programme held by somebody else."""
    return lesson(**{"kind": "programme", "hours": Decimal(8), "points": Decimal(8)} | changes)


def entered(staffroom, proposal=None, upload=None):
    return own_entries.enter(
        person=staffroom.teacher,
        proposal=proposal or lesson(),
        by=staffroom.teacher.user,
        upload=upload,
    )


def refused(act):
    with pytest.raises(Refusal) as refusal:
        act()
    return str(refusal.value), refusal.value.field


def test_what_one_enters_waits_and_the_coordinator_hears_of_it(staffroom):
    entry = entered(staffroom)

    assert (entry.state, entry.school_year, entry.confirmed_at) == ("pending", 2026, None)
    assert Entry.objects.get(action="trainings.enter_own").object_id == entry.pk
    letter = Letter.objects.get()
    assert (letter.kind, letter.recipient) == (
        "trainings.ledger_waiting",
        staffroom.coordinator.email,
    )


def test_ten_entries_of_a_day_are_one_letter(staffroom):
    for _number in range(10):
        entered(staffroom)

    assert Letter.objects.count() == 1


def test_what_was_earned_elsewhere_needs_a_file(staffroom):
    assert refused(lambda: entered(staffroom, seminar())) == (
        "Add the file that proves it.",
        "file",
    )

    entry = entered(staffroom, seminar(competences=("K1",)), files.upload())

    assert (entry.proof.name, entry.competences) == ("uverenje.pdf", ["K1"])


def test_a_bad_file_leaves_no_entry(staffroom):
    upload = files.upload("racun.pdf", b"MZ" + b"\x00" * 200)

    sentence, field = refused(lambda: entered(staffroom, seminar(), upload))

    assert (sentence[:36], field) == ("The portal does not know this file. ", "file")
    assert (LedgerEntry.objects.count(), PrivateFile.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        ({"earned_on": date(2026, 11, 21)}, ("This day is still to come.", "earned_on")),
        ({"hours": Decimal(0)}, ("Write how many hours it was, more than zero.", "hours")),
        ({"hours": Decimal(-2)}, ("Write how many hours it was, more than zero.", "hours")),
        ({"points": Decimal(-2)}, ("Points are never below zero.", "points")),
    ],
)
def test_what_cannot_be_is_refused_beside_its_field(staffroom, change, answer):
    assert refused(lambda: entered(staffroom, lesson(**change))) == answer


def test_nobody_enters_for_another(staffroom):
    sentence, _field = refused(
        lambda: own_entries.enter(
            person=staffroom.teacher, proposal=lesson(), by=staffroom.coordinator.user
        )
    )

    assert sentence == "You may only enter what is your own."


def test_a_returned_entry_that_was_mended_waits_again(staffroom):
    entry = entered(staffroom)
    confirmations.send_back(
        entry_id=entry.pk,
        revision=1,
        by=staffroom.coordinator.user,
        reason="Недостаје датум.",
    )

    own_entries.revise(
        entry_id=entry.pk, proposal=lesson(hours=Decimal("1.5")), by=staffroom.teacher.user
    )

    entry.refresh_from_db()
    assert (entry.state, entry.reason, entry.hours) == ("pending", "", Decimal("1.5"))


def test_a_new_file_takes_the_place_of_the_old(staffroom, django_capture_on_commit_callbacks):
    entry = entered(staffroom, seminar(), files.upload("prvo.pdf"))
    old = entry.proof.path

    with django_capture_on_commit_callbacks(execute=True):
        own_entries.revise(
            entry_id=entry.pk,
            proposal=seminar(),
            by=staffroom.teacher.user,
            upload=files.upload("drugo.pdf"),
        )

    assert [file.name for file in PrivateFile.objects.all()] == ["drugo.pdf"]
    assert not default_storage.exists(old)


def test_a_withdrawn_entry_stays_on_record_without_its_file(staffroom):
    entry = entered(staffroom, seminar(), files.upload())

    own_entries.withdraw(entry_id=entry.pk, by=staffroom.teacher.user)

    entry.refresh_from_db()
    assert (entry.state, entry.proof, PrivateFile.objects.count()) == ("withdrawn", None, 0)


def test_what_is_confirmed_or_of_another_is_not_changed(staffroom):
    entry = entered(staffroom)
    stranger = staffroom.stranger.user

    def revise(by):
        return lambda: own_entries.revise(entry_id=entry.pk, proposal=lesson(), by=by)

    assert refused(revise(stranger))[0] == "You may only change what is your own."
    confirmations.confirm(entry_id=entry.pk, revision=1, by=staffroom.coordinator.user)
    sentence = "This entry is confirmed and stays as it is."
    assert refused(revise(staffroom.teacher.user))[0] == sentence
    withdrawal = refused(lambda: own_entries.withdraw(entry_id=entry.pk, by=staffroom.teacher.user))
    assert withdrawal[0] == sentence


def test_a_coordinator_of_the_school_confirms(staffroom):
    entry = entered(staffroom)

    confirmations.confirm(entry_id=entry.pk, revision=1, by=staffroom.coordinator.user)

    entry.refresh_from_db()
    assert (entry.state, entry.confirmed_by) == ("confirmed", staffroom.coordinator.user)
    letter = Letter.objects.get(kind="trainings.ledger_answered")
    assert letter.recipient == staffroom.teacher.email


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        ("stranger", "Only a coordinator of this person's school may do this."),
        ("colleague", "Only a coordinator of this person's school may do this."),
        ("owner", "Nobody confirms what is their own; the Centre does it for you."),
        ("former", "Only a coordinator of this person's school may do this."),
    ],
)
def test_nobody_else_confirms(staffroom, who, sentence):
    entry = entered(staffroom)
    if who == "owner":
        CoordinationFactory(school=staffroom.school, person=staffroom.teacher)
    people = {
        "stranger": staffroom.stranger,
        "colleague": PersonFactory(school=staffroom.school),
        "owner": staffroom.teacher,
    }
    if who == "former":
        past = CoordinationFactory(school=staffroom.school)
        past.ended_at = past.confirmed_at
        past.save()
        people["former"] = past.person
    by = people[who].user

    for act in (
        lambda: confirmations.confirm(entry_id=entry.pk, revision=1, by=by),
        lambda: confirmations.send_back(entry_id=entry.pk, revision=1, by=by, reason="Не"),
    ):
        assert refused(act)[0] == sentence

    entry.refresh_from_db()
    assert entry.state == "pending"


def test_the_staff_confirm_for_those_without_a_coordinator():
    person = PersonFactory(school=None)
    entry = own_entries.enter(person=person, proposal=lesson(), by=person.user)
    assert list(queries.without_coordinator()) == [entry]

    confirmations.confirm(entry_id=entry.pk, revision=1, by=AdministratorFactory())

    assert list(queries.without_coordinator()) == []


def test_a_coordinator_alone_is_confirmed_by_the_staff(staffroom):
    own = own_entries.enter(
        person=staffroom.coordinator, proposal=lesson(), by=staffroom.coordinator.user
    )
    entered(staffroom)

    assert list(queries.without_coordinator()) == [own]


def test_what_was_changed_meanwhile_is_read_again_before_it_is_confirmed(staffroom):
    entry = entered(staffroom)
    own_entries.revise(
        entry_id=entry.pk, proposal=lesson(hours=Decimal(40)), by=staffroom.teacher.user
    )

    sentence, _field = refused(
        lambda: confirmations.confirm(entry_id=entry.pk, revision=1, by=staffroom.coordinator.user)
    )

    assert sentence == ("This entry was changed while you were reading. Please look at it again.")


def test_an_answer_is_given_once_and_returning_has_its_reason(staffroom):
    entry = entered(staffroom)
    by = staffroom.coordinator.user

    assert refused(
        lambda: confirmations.send_back(entry_id=entry.pk, revision=1, by=by, reason=" ")
    ) == ("Write what is missing; the person reads it.", "reason")
    confirmations.confirm(entry_id=entry.pk, revision=1, by=by)
    assert refused(lambda: confirmations.confirm(entry_id=entry.pk, revision=2, by=by))[0] == (
        "This entry does not wait for confirmation any more."
    )


def test_a_letter_lists_how_much_waits_and_is_dropped_when_nothing_does(staffroom):
    from centar.outbox import operations
    from centar.outbox.kinds import NoLongerTrue

    entry = entered(staffroom)
    entered(staffroom)
    letter = Letter.objects.get()

    with translation.override("sr"):
        text = operations.write(letter).text
    assert "2 уноса колега чекају вашу потврду." in text
    assert "/moja-skola/potvrde/" in text

    LedgerEntry.objects.exclude(pk=entry.pk).update(state="withdrawn")
    own_entries.withdraw(entry_id=entry.pk, by=staffroom.teacher.user)
    with pytest.raises(NoLongerTrue):
        operations.write(letter)


def test_the_owner_reads_why_it_came_back(staffroom):
    from centar.outbox import operations

    entry = entered(staffroom)
    confirmations.send_back(
        entry_id=entry.pk, revision=1, by=staffroom.coordinator.user, reason="Недостаје датум."
    )

    message = operations.write(Letter.objects.get(kind="trainings.ledger_answered"))

    assert message.subject == "Враћено вам је: Угледни час"
    assert "Разлог: Недостаје датум." in message.text


def test_sums_leave_out_what_does_not_count(staffroom):
    person = staffroom.teacher
    for state in ("confirmed", "pending", "returned", "withdrawn"):
        LedgerEntryFactory(person=person, state=state, hours=Decimal(10), points=Decimal(5))

    (total,) = queries.totals(queries.sums([person.pk])).values()

    assert (total.outside, total.all_points, total.inside, total.waiting) == (10, 5, 0, 10)
