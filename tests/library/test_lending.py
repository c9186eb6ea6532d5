"""The desk and the queue: what is refused in words, what goes on to whom, who is forgotten."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import partial

import pytest
import time_machine
from django.db import connection
from django.forms import modelform_factory
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from centar.access import Refusal
from centar.audit.models import Entry
from library.forms.copies import CopyForm
from library.jobs import lending as jobs
from library.models import Copy, LendingRule, Loan, Member, MemberKind, Record, Reservation
from library.operations import condition, copies, desk, members, renewals, reservations
from library.operations.members import Application
from library.queries import codes
from library.queries import desk as desk_queries
from tests.factories.library import (
    CopyFactory,
    LoanFactory,
    MemberFactory,
    RecordFactory,
    ReservationFactory,
)
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.schools import SchoolFactory

State = Reservation.State
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def named(first, last, **facts):
    return MemberFactory(person=PersonFactory(first_name=first, last_name=last), **facts)


@pytest.fixture
def lend(librarian):
    return lambda member, copy: desk.lend(member_id=member.pk, copy_id=copy.pk, by=librarian)


@pytest.fixture
def take_back(librarian):
    return lambda copy: desk.take_back(copy_id=copy.pk, by=librarian)


def refusal(deed):
    with pytest.raises(Refusal) as refused:
        deed()
    return str(refused.value)


def test_a_copy_is_lent_for_three_weeks_and_forgotten_with_its_return(lend, take_back):
    member, copy = MemberFactory(), CopyFactory()

    done = lend(member, copy)
    loan = Loan.objects.get(pk=done.loan_id)
    assert (loan.member, loan.due_on) == (member, timezone.localdate() + timedelta(days=21))

    take_back(copy)
    loan.refresh_from_db()
    assert (loan.member, loan.member_kind, loan.ending) == (None, "teacher", "returned")
    said = Entry.objects.filter(object_type="library.loan").values_list("action", "detail")
    assert sorted(action for action, _detail in said) == ["library.lend", "library.take_back"]
    assert not any("member" in detail for _action, detail in said)


def test_what_cannot_be_lent_is_refused_in_words(lend):
    ana, iva = named("Ана", "Анић"), named("Ива", "Ивић")
    due = date(2027, 3, 9)
    lent = LoanFactory(member=iva, due_on=due).copy
    own = LoanFactory(member=ana, due_on=due).copy
    aside = CopyFactory()
    ReservationFactory(
        record=aside.record,
        member=iva,
        state=State.READY,
        copy=aside,
        ready_at=timezone.now(),
        pickup_until=due,
    )
    waited_for = CopyFactory()
    ReservationFactory(record=waited_for.record, member=iva)

    assert [
        refusal(partial(lend, ana, copy))
        for copy in (
            own,
            lent,
            CopyFactory(only_here=True),
            CopyFactory(state=Copy.State.REPAIR),
            aside,
            waited_for,
        )
    ] == [
        "Ана Анић has this copy already, until 9 March 2027.",
        "This copy is lent to Ива Ивић until 9 March 2027. Take it back first, without a card.",
        "This copy is read in the library and not lent.",
        "In the register this copy is “in repair”; it cannot be lent.",
        "This copy is put aside for Ива Ивић until 9 March 2027.",
        "This copy is reserved by Ива Ивић, who waits first. Scan it without a card.",
    ]
    assert Loan.objects.count() == 2


def test_who_may_not_borrow_is_told_why(lend):
    copy = CopyFactory()
    pupil = MemberFactory(kind=MemberKind.PUPIL)
    blocked = MemberFactory(blocked_reason="Изгубљена књига.", blocked_until=date(2099, 1, 2))
    full = named("Ана", "Анић")
    LoanFactory.create_batch(3, member=full)

    assert [refusal(partial(lend, member, copy)) for member in (pupil, blocked, full)] == [
        "A pupil borrows with the consent of a parent or through a teacher; there is none yet.",
        "Nothing is lent to this member until 2 January 2099: Изгубљена књига.",
        "Ана Анић has 3 things; the rules allow no more than 3.",
    ]


def test_a_rule_for_the_kind_of_member_and_of_material_goes_first(lend):
    LendingRule.objects.create(
        member_kind="teacher", record_kind="kit", items=1, days=7, renewals=0
    )
    member = MemberFactory()
    first, second = (CopyFactory(record=RecordFactory(kind=Record.Kind.KIT)) for _ in "12")

    done = lend(member, first)

    week = timezone.localdate() + timedelta(days=7)
    assert Loan.objects.get(pk=done.loan_id).due_on == week
    assert "no more than 1" in refusal(partial(lend, member, second))
    renew = partial(renewals.renew, loan_id=done.loan_id, by=member.person.user)
    assert refusal(renew) == "This is not renewed."
    lend(member, CopyFactory())


def test_a_code_of_nothing_and_one_of_several_things_are_refused():
    copy = CopyFactory(barcode="20000001", accession_number="77")
    CopyFactory(barcode="77", accession_number="78", record__title="Друга")
    named("Ана", "Анић", card="90000007")
    CopyFactory(barcode="90000007", accession_number="79", record__title="Трећа")

    assert codes.find(" 2000 0001 ").copy == copy
    assert codes.find("77").copy.accession_number == "78"
    assert [refusal(partial(codes.find, code)) for code in ("", "123", "90000007")] == [
        "Scan a card or a copy.",
        "The library knows no card and no copy with the code 123.",
        "The code 90000007 stands for several things: the card of Ана Анић, „Трећа“ (79). "
        "Type the bar code.",
    ]


def test_a_return_is_put_aside_for_the_first_and_only_then_is_there_a_letter(take_back):
    copy = LoanFactory().copy
    first, second = (ReservationFactory(record=copy.record) for _ in "12")

    done = take_back(copy)

    first.refresh_from_db()
    assert (done.what, done.reservation_id) == ("returned", first.pk)
    until = timezone.localdate() + timedelta(days=5)
    assert (first.state, first.copy, first.pickup_until) == (State.READY, copy, until)
    second.refresh_from_db()
    assert second.state == State.WAITING


def test_returning_what_was_never_lent_says_where_it_belongs(take_back):
    copy = CopyFactory()

    assert refusal(partial(take_back, copy)) == (
        "This copy was not lent, and nobody waits for it. Put it on its shelf."
    )
    reservation = ReservationFactory(record=copy.record, member=named("Ана", "Анић"))
    assert take_back(copy).what == "put_aside"
    reservation.refresh_from_db()
    assert refusal(partial(take_back, copy)).startswith(
        "This copy was not lent. It is put aside for Ана Анић until"
    )


def test_renewal_counts_from_today_when_late_and_staff_override_with_a_reason(librarian):
    today = timezone.localdate()
    loan = LoanFactory(due_on=today - timedelta(days=4), overdue_letters=1)
    reader = loan.member.person.user

    renewed = renewals.renew(loan_id=loan.pk, by=reader)
    assert (renewed.due_on, renewed.overdue_letters) == (today + timedelta(days=21), 0)
    entry = Entry.objects.get(action="library.renew")
    assert entry.actor_id is None
    assert refusal(partial(renewals.renew, loan_id=loan.pk, by=reader, reason="Молим.")) == (
        "It was renewed as often as the rules allow."
    )

    ReservationFactory(record=loan.copy.record)
    refused = "Somebody waits for it. Please bring it back by its day."
    assert refusal(partial(renewals.renew, loan_id=loan.pk, by=librarian)) == refused
    renewals.renew(loan_id=loan.pk, by=librarian, reason="Болест.")
    assert Entry.objects.filter(action="library.renew").latest("pk").reason == "Болест."
    stranger = MemberFactory().person.user
    assert refusal(partial(renewals.renew, loan_id=loan.pk, by=stranger)) == "This is not yours."


def test_reserving_is_refused_to_strangers_twice_and_for_what_is_not_lent(librarian):
    member, copy = MemberFactory(), CopyFactory()
    own = member.person.user
    reserve = partial(reservations.reserve, member_id=member.pk, by=own)
    reserve(record_id=copy.record_id)

    assert [
        refusal(deed)
        for deed in (
            partial(reserve, record_id=copy.record_id),
            partial(reserve, record_id=LoanFactory(member=member).copy.record_id),
            partial(reserve, record_id=CopyFactory(only_here=True).record_id),
            partial(reserve, record_id=copy.record_id, by=MemberFactory().person.user),
        )
    ] == [
        "You have reserved this already.",
        "You have this already.",
        "The library has no copy of this that can be lent.",
        "This is not yours.",
    ]
    assert Reservation.objects.count() == 1


def test_an_issue_is_kept_for_whoever_waits_for_that_issue(take_back):
    record = RecordFactory(kind=Record.Kind.JOURNAL)
    old, new = (record.issues.create(year=2026, number=number) for number in "12")
    ReservationFactory(record=record, issue=new)
    any_issue = ReservationFactory(record=record)
    copy = LoanFactory(copy=CopyFactory(record=record, issue=old)).copy
    CopyFactory(record=record, issue=old)
    LoanFactory(copy=CopyFactory(record=record, issue=new))

    assert desk_queries.to_fetch() == [any_issue]
    assert take_back(copy).reservation_id == any_issue.pk
    assert desk_queries.to_fetch() == []


def test_a_lost_copy_gives_its_reader_the_old_turn_back(librarian, take_back):
    record = RecordFactory()
    lost, other = (LoanFactory(copy=CopyFactory(record=record)).copy for _ in "12")
    first, second = (ReservationFactory(record=record) for _ in "12")
    take_back(lost)

    condition.mark(copy_id=lost.pk, state=Copy.State.LOST, reason="Нема је.", by=librarian)
    assert take_back(other).reservation_id == first.pk
    assert take_back(lost).what == "found"
    second.refresh_from_db()
    assert second.copy == lost


def test_a_loss_names_its_reader_until_it_is_made_good(librarian):
    loan = LoanFactory()
    condition.mark(copy_id=loan.copy_id, state=Copy.State.LOST, reason="Изгубљена.", by=librarian)
    loan.refresh_from_db()
    assert (loan.ending, loan.member is None) == ("lost", False)

    condition.settle_loss(loan_id=loan.pk, note="Замењена примерком 88.", by=librarian)

    loan.refresh_from_db()
    loan.copy.refresh_from_db()
    assert (loan.member, loan.copy.note) == (None, "Замењена примерком 88.")


def lose(loan, by):
    condition.mark(copy_id=loan.copy_id, state=Copy.State.LOST, reason="Изгубљена.", by=by)


def asked_for(loan):
    loan.refresh_from_db()
    return loan.member


def test_nobody_is_asked_for_what_is_made_good_or_has_come_back(librarian, take_back):
    ana = MemberFactory(keeps_history=True)
    paid, scanned, held, broken, gone = loans = LoanFactory.create_batch(5, member=ana)
    for loan in loans:
        lose(loan, librarian)
    mark = partial(condition.mark, reason="Ту је.", by=librarian)

    condition.settle_loss(loan_id=paid.pk, note="Плаћена.", by=librarian)
    done = take_back(scanned.copy)
    assert asked_for(scanned) is None
    desk.undo(done=done, by=librarian)
    assert asked_for(scanned) == ana
    take_back(scanned.copy)
    mark(copy_id=held.copy_id, state=Copy.State.HELD)
    mark(copy_id=broken.copy_id, state=Copy.State.REPAIR)

    assert [asked_for(loan) for loan in loans] == [None, None, None, None, ana]
    register = StaffFactory(permissions=["library.change_copy"])
    mark(copy_id=gone.copy_id, state=Copy.State.WRITTEN_OFF, by=register)
    assert asked_for(gone) == ana


def test_only_whoever_keeps_the_register_writes_off(librarian):
    copy = CopyFactory()
    write_off = partial(
        condition.mark, copy_id=copy.pk, state=Copy.State.WRITTEN_OFF, reason="Похабана."
    )

    assert refusal(partial(write_off, by=librarian)) == "Only the Centre's staff may do this."
    write_off(by=StaffFactory(permissions=["library.change_copy"]))
    copy.refresh_from_db()
    assert copy.state == Copy.State.WRITTEN_OFF


def test_what_a_reader_has_stays_what_was_lent(take_back):
    record = RecordFactory(kind=Record.Kind.JOURNAL)
    issue = record.issues.create(year=2026, number="1")
    lent, aside = (LoanFactory(copy=CopyFactory(record=record)).copy for _ in "12")
    reservation = ReservationFactory(record=record)
    take_back(aside)
    change = partial(copies.change, by=StaffFactory(permissions=["library.change_copy"]))

    is_lent = "This copy is lent. Take it back first."
    is_aside = "This copy is put aside for a reader. Wait until it is fetched or the turn ends."
    assert [
        refusal(partial(change, copy_id=copy.pk, **fields))
        for copy in (lent, aside)
        for fields in ({"only_here": True}, {"issue": issue})
    ] == [is_lent, is_lent, is_aside, is_aside]
    change(copy_id=aside.pk, note="Поткорица.", only_here=False, issue=None)
    reservation.refresh_from_db()
    assert (reservation.copy, Copy.objects.get(pk=aside.pk).note) == (aside, "Поткорица.")


def locked_in(deed):
    """The tables whose rows are locked, in that order."""
    with CaptureQueriesContext(connection) as asked:
        deed()
    locks = [one["sql"] for one in asked if " FOR NO KEY UPDATE" in one["sql"]]
    return [re.search(r'FROM "library_(\w+)"', one)[1] for one in locks]


def test_everybody_locks_the_member_then_the_record_then_the_rest(librarian, lend):
    """Whoever took them in another order would wait for the desk while the desk waits."""
    lost, copy = LoanFactory(), CopyFactory()
    lose(lost, librarian)
    keeper = StaffFactory(permissions=["library.change_copy"])
    form = modelform_factory(Copy, CopyForm, fields=())({}, instance=copy)
    form.by = keeper
    LoanFactory(due_on=timezone.localdate())

    assert [
        locked_in(deed)
        for deed in (
            partial(lend, MemberFactory(), CopyFactory()),
            partial(copies.change, copy_id=copy.pk, note="Н", by=keeper),
            partial(condition.settle_loss, loan_id=lost.pk, note="Н", by=librarian),
            form.is_valid,
        )
    ] == [["member", "record"], ["record"], ["record"], ["record", "copy"]]
    with time_machine.travel(timezone.now().replace(hour=12), tick=False):
        assert locked_in(jobs.queue_reminders) == ["member"]


def test_the_history_is_the_readers_own_and_can_be_erased(lend, take_back, librarian):
    member, copy = MemberFactory(), CopyFactory()
    own = member.person.user
    members.keep_history(member_id=member.pk, keeps=True, by=own)
    lend(member, copy)
    take_back(copy)
    assert member.loans.count() == 1

    foreign = partial(members.erase_history, member_id=member.pk, by=librarian)
    assert refusal(foreign) == "This is not yours."
    assert members.erase_history(member_id=member.pk, by=own) == 1
    assert (member.loans.count(), Loan.objects.count()) == (0, 1)


def test_somebody_joins_with_the_account_they_have(librarian):
    person, teacher = PersonFactory(first_name="Ана", last_name="Анић"), PersonFactory()
    email = person.user.email
    pupil = {
        "first_name": "Ана",
        "last_name": "Анић",
        "email": email,
        "kind": MemberKind.PUPIL,
        "has_consent": True,
    }
    join = partial(members.join, by=librarian)

    assert refusal(lambda: join(about=Application(**pupil))).startswith("Say whose consent")
    unknown = Application(**pupil, teacher_email="niko@example.org")
    assert refusal(lambda: join(about=unknown)) == "Nobody is known by this address."
    member = join(about=Application(**pupil, teacher_email=teacher.user.email))
    assert (member.person, member.teacher, len(member.card)) == (person, teacher, 8)
    assert member.letters_to == teacher.user.email
    again = partial(join, about=Application(first_name="Ана", last_name="Анић", email=email))
    assert refusal(again) == "Ана Анић is a member already."
    assert Member.objects.count() == 1


def test_somebody_known_is_not_entered_again_in_the_other_script(librarian):
    school = SchoolFactory()
    ana, iva = (
        PersonFactory(first_name=name, last_name="Јовић", user=None, **facts)
        for name, facts in (
            ("Ана", {"contact_email": "ana@example.org"}),
            ("Ива", {"school": school}),
        )
    )
    join = partial(members.join, by=librarian)
    jovic = partial(Application, last_name="Jovic")

    joined = [
        join(about=jovic(first_name="Ana", email="ANA@example.org")),
        join(about=jovic(first_name="Iva", school=school)),
        join(about=jovic(first_name="Iva", school=school, kind=MemberKind.PUPIL)),
    ]

    pupil = joined[2].person
    assert [one.person for one in joined] == [ana, iva, pupil]
    entered = Entry.objects.filter(action="people.enter_at_the_door")
    assert list(entered.values_list("object_id", flat=True)) == [pupil.pk]


def test_only_the_staff_work_at_the_desk():
    copy, member = CopyFactory(), MemberFactory()
    own = member.person.user
    deeds = (
        partial(desk.lend, member_id=member.pk, copy_id=copy.pk),
        partial(desk.take_back, copy_id=copy.pk),
        partial(condition.mark, copy_id=copy.pk, state=Copy.State.LOST, reason="Р"),
        partial(members.block, member_id=member.pk, reason="Р", until=None),
        partial(members.join, about=Application(first_name="А", last_name="А")),
    )
    assert {refusal(partial(deed, by=own)) for deed in deeds} == {
        "Only the Centre's staff may do this."
    }
