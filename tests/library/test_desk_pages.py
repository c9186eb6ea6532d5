"""The pages of the desk and of the reader."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from centar.audit.models import Entry
from library.models import Copy, Loan, MemberKind, Reservation, StockTaking
from library.queries import stocktaking
from tests.factories.library import (
    CopyFactory,
    LoanFactory,
    MemberFactory,
    RecordFactory,
    ReservationFactory,
)
from tests.factories.people import PersonFactory, StaffFactory, UserFactory
from tests.factories.schools import SchoolFactory

pytestmark = pytest.mark.django_db
DESK = "/en/biblioteka/pult/"


@pytest.fixture
def desk(librarian):
    client = Client()
    client.force_login(librarian)
    return client


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def post(client, **typed):
    """What the page says after this was typed: the lines, the latest first."""
    answer = client.post(DESK, typed, follow=True)
    assert answer.status_code == 200
    return [line["text"] for line in answer.context["sitting"].lines]


def test_the_desk_is_there_for_the_staff_alone(desk):
    loan, reservation, taking = LoanFactory(), ReservationFactory(), StockTaking.objects.create()
    lost = LoanFactory(returned_at=timezone.now(), ending="lost")
    pupil = MemberFactory(kind="pupil")
    pages = {
        "desk": (),
        "join": (),
        "aside": (),
        "overdue": (),
        "overdue_table": (),
        "year": (),
        "stocktakings": (),
        "stocktaking": (taking.pk,),
        "stocktaking_report": (taking.pk,),
        "member": (loan.member_id,),
        "card": (loan.member_id,),
        "consent": (pupil.pk,),
        "copy_state": (loan.copy_id,),
        "loss": (lost.pk,),
        "queue": (reservation.record_id,),
    }
    reader, nobody = signed_in(loan.member.person.user), Client()
    for name, keys in pages.items():
        address = reverse(f"library:{name}", args=keys)
        seen = [client.get(address).status_code for client in (desk, reader, nobody)]
        assert (name, seen) == (name, [200, 404, 302])


def test_cards_and_copies_are_scanned_one_after_the_other(desk):
    ana = MemberFactory(person=PersonFactory(first_name="Ана", last_name="Анић"))
    copy = CopyFactory(record__title="Мост", accession_number="15", shelf_mark="82")
    waiting = ReservationFactory(record=copy.record)
    waiting.suspended_until = timezone.localdate()
    waiting.save()

    assert post(desk, code=ana.card) == []
    assert post(desk, code=copy.barcode)[0].startswith("Lent: „Мост“ (15), until")
    assert post(desk, code=copy.barcode)[0].startswith("„Мост“ (15): Ана Анић has this copy")
    assert post(desk, code="123456")[0] == (
        "The library knows no card and no copy with the code 123456."
    )
    assert post(desk, action="undo")[0] == "Undone: „Мост“ (15)."
    assert Loan.objects.count() == 0
    post(desk, code=copy.barcode)
    assert post(desk, action="finish") == []

    assert post(desk, code=copy.barcode)[0] == "Returned: „Мост“ (15). It was with Ана Анић."
    answer = desk.get(DESK)
    assert "To its shelf: 82." in answer.content.decode()
    found = desk.post(DESK, {"code": "анић"}).context["sitting"].found
    assert found == [ana]


@pytest.mark.parametrize("code", ["", "\x00", "7" * 300, "' OR 1=1"])
def test_any_scan_gets_an_answer(desk, code):
    lines = post(desk, code=code)

    assert len(lines) == 1


def test_a_renewal_against_the_rules_asks_for_a_reason(desk):
    loan = LoanFactory(renewals=1, copy__record__title="Мост")
    due = loan.due_on
    post(desk, code=loan.member.card)

    answer = desk.post(DESK, {"action": "renew", "loan": loan.pk})
    assert answer.context["sitting"].overriding == loan.pk
    assert 'name="reason"' in answer.content.decode()
    desk.post(DESK, {"action": "renew", "loan": loan.pk, "reason": "Болест."})
    loan.refresh_from_db()
    assert loan.due_on > due


@pytest.mark.parametrize("things", [1, 3])
def test_the_desk_asks_the_same_number_of_questions(desk, things, django_assert_max_num_queries):
    member = MemberFactory()
    LoanFactory.create_batch(things, member=member)
    for _ in range(things):
        ReservationFactory(member=member)
    post(desk, code=member.card)

    with django_assert_max_num_queries(9):
        desk.get(DESK)


def test_a_reader_sees_and_changes_only_their_own(desk):
    mine, other = LoanFactory(copy__record__title="Моја"), LoanFactory()
    waits = ReservationFactory(member=mine.member, record__title="Чекам")
    foreign = ReservationFactory(record=waits.record)
    client = signed_in(mine.member.person.user)

    page = client.get("/biblioteka/moje/").content.decode()
    assert ("Моја" in page, "1. од 2 у реду" in page) == (True, True)
    for name, pk in (("renew", other.pk), ("cancel", foreign.pk), ("suspend", foreign.pk)):
        assert client.post(reverse(f"library:{name}", args=[pk])).status_code == 404
    wrong = client.post(reverse("library:suspend", args=[waits.pk]), {"until": "2001-01-01"})
    assert (wrong.status_code, 'value="2001-01-01"' in wrong.content.decode()) == (422, True)
    client.post(reverse("library:cancel", args=[waits.pk]))
    waits.refresh_from_db()
    assert (waits.state, waits.member) == (Reservation.State.CANCELLED, None)
    stranger = signed_in(UserFactory())
    assert stranger.get("/biblioteka/moje/").status_code == 200
    assert stranger.post(reverse("library:reserve", args=[waits.record_id])).status_code == 404


def test_a_reader_renews_lets_others_go_first_and_keeps_or_erases_a_history(desk):
    loan = LoanFactory(copy__record__title="Плуг")
    due, waits = loan.due_on, ReservationFactory(member=loan.member)
    later = ReservationFactory(record=waits.record)
    back = LoanFactory(copy=CopyFactory(record=waits.record)).copy
    client = signed_in(loan.member.person.user)
    until = timezone.localdate() + timedelta(days=3)

    def done(name, *keys, **typed):
        answer = client.post(reverse(f"library:{name}", args=keys), typed, follow=True)
        waits.refresh_from_db()
        return answer.content.decode().partition('id="history"')

    done("renew", loan.pk)
    loan.refresh_from_db()
    assert (loan.due_on - due, loan.renewals) == (timedelta(days=21), 1)
    done("suspend", waits.pk, until=until.isoformat())
    assert waits.suspended_until == until
    post(desk, code=back.barcode)
    later.refresh_from_db()
    assert (later.copy, waits.state) == (back, Reservation.State.WAITING)
    assert "1. од 1 у реду" in done("resume", waits.pk)[0]
    assert waits.suspended_until is None

    done("history", action="keep")
    post(desk, code=loan.copy.barcode)
    own, _heading, read = client.get("/biblioteka/moje/").content.decode().partition('id="history"')
    assert ("Плуг" in own, "Плуг" in read) == (False, True)
    assert "Плуг" not in done("history", action="erase")[2]
    loan.refresh_from_db()
    assert (loan.member, loan.member_kind, loan.ending) == (None, "teacher", "returned")


def test_what_a_reader_lost_is_noted_at_the_desk_made_good_and_blocks_where_that_is_wanted(desk):
    loan = LoanFactory()
    member = loan.member

    def typed(name, pk, **fields):
        return desk.post(reverse(f"library:{name}", args=[pk]), fields, follow=True).context

    wrong = typed("copy_state", loan.copy_id, state="lost", reason="")
    assert list(wrong["form"].errors) == ["reason"]
    typed("copy_state", loan.copy_id, state="lost", reason="Изгубљена у аутобусу.")
    typed("member", member.pk, reason="Изгубљена књига.", until="")
    post(desk, code=member.card)
    assert desk.get(DESK).context["sheet"].losses == [loan]
    assert post(desk, code=CopyFactory().barcode)[0].endswith(
        "Nothing is lent to this member: Изгубљена књига."
    )

    wrong = typed("loss", loan.pk, note=" ")
    assert list(wrong["form"].errors) == ["note"]
    typed("loss", loan.pk, note="Замењена примерком 88.")
    typed("member", member.pk, action="unblock")
    assert Copy.objects.get(pk=loan.copy_id).note == "Замењена примерком 88."
    sheet = desk.get(DESK).context["sheet"]
    assert (sheet.losses, sheet.is_blocked) == ([], False)


def test_somebody_joins_and_the_desk_is_open_for_them(desk):
    typed = {
        "first_name": "Ана",
        "last_name": "Анић",
        "kind": MemberKind.PUPIL,
        "guardian_name": "Мира",
        "guardian_email": "mira@example.org",
        "has_consent": "on",
    }
    wrong = desk.post(f"{DESK}novi-clan/", {**typed, "guardian_email": ""})
    assert list(wrong.context["form"].errors) == ["guardian_name"]

    answer = desk.post(f"{DESK}novi-clan/", typed, follow=True)

    member = answer.context["sheet"].member
    assert (str(member), member.consent_on) == ("Ана Анић", timezone.localdate())
    assert member.card in desk.get(reverse("library:card", args=[member.pk])).content.decode()


def test_stock_taking_tells_what_is_missing_and_what_stands_wrong(desk):
    here, gone, elsewhere = (CopyFactory(shelf_mark=mark) for mark in ("37 А", "37 Б", "82"))
    out = LoanFactory(copy=CopyFactory(shelf_mark="37 В")).copy
    address = desk.post("/en/biblioteka/popis/", {"shelf_from": "37", "shelf_to": "37"}).url
    for code in (here.barcode, here.barcode, elsewhere.barcode, out.barcode, "=1+1"):
        page = desk.post(address, {"code": code})
    found = page.context["found"]

    assert (found.expected, found.seen) == (2, 4)
    assert found.missing == [gone]
    assert [copy for copy, _why in found.misplaced] == [out, elsewhere]
    rows = desk.get(f"{address}izvestaj.csv").content.decode("utf-8-sig").splitlines()
    assert [row.split(";")[0].strip('"') for row in rows] == [
        "What",
        "missing",
        "is lent in the register",
        "belongs to another shelf",
        "unknown code",
    ]
    assert "'=1+1" in rows[-1]
    desk.post(address, {"action": "finish"})
    closed = desk.post(address, {"code": gone.barcode})
    assert list(closed.context["form"].errors) == ["code"]


def test_the_register_says_for_whom_a_copy_that_is_back_is_put_aside():
    ana = MemberFactory(person=PersonFactory(first_name="Ана", last_name="Анић"))
    waited_for, other = CopyFactory.create_batch(2, state="repair")
    ReservationFactory(record=waited_for.record, member=ana)
    keeper = signed_in(StaffFactory(permissions=["library.view_copy", "library.change_copy"]))

    said = []
    for copy in (waited_for, other):
        address = f"/admin/library/copy/{copy.pk}/radnja/stanje/"
        answer = keeper.post(address, {"state": "held", "reason": "Укоричена."}, follow=True)
        said += [str(one) for one in answer.context["messages"]]
    assert said == [
        "Стање је промењено. Одвојите га (члан: Ана Анић).",
        "Стање је промењено.",
    ]


def test_the_parts_of_a_kit_are_counted_when_it_comes_back_and_when_it_goes_out(desk):
    copy, member = LoanFactory(copy__record__kind="kit").copy, MemberFactory()
    for order, (name, pieces) in enumerate((("мотор", 2), ("кабл", 1))):
        copy.record.parts.create(name=name, pieces=pieces, order=order)

    scans = [desk.post(DESK, {"code": code}, follow=True) for code in (copy.barcode, member.card)]
    scans.append(desk.post(DESK, {"code": copy.barcode}, follow=True))

    counted = [[line["to_count"] for line in one.context["sitting"].lines] for one in scans]
    assert counted == [[["2 × мотор", "1 × кабл"]], [], [["2 × мотор", "1 × кабл"]]]
    assert "<li>2 × motor</li><li>1 × kabl</li>" in scans[0].content.decode()


@pytest.mark.parametrize("name", ["copy_state", "loss"])
def test_what_was_typed_while_the_sign_in_ended_is_there_again(librarian, name):
    loan = LoanFactory(returned_at=timezone.now(), ending="lost")
    key = loan.copy_id if name == "copy_state" else loan.pk
    address = reverse(f"library:{name}", args=[key])
    typed = {"typed_by": librarian.pk, "reason": "Пронађена.", "note": "Пронађена."}
    client = Client()

    client.post(address, typed)
    client.force_login(librarian)

    assert "Пронађена." in client.get(address).content.decode()


def test_the_desk_offers_no_writing_off_and_finds_a_school(desk):
    copy, school = CopyFactory(), SchoolFactory(name="Сликар")
    state = desk.get(reverse("library:copy_state", args=[copy.pk])).context["form"].fields["state"]
    assert [value for value, _label in state.choices] == ["held", "repair", "lost"]
    asked = [
        desk.get(reverse("library:copy_state", args=[copy.pk]), {"state": state})
        for state in ("lost", "stolen")
    ]
    assert [page.context["form"].initial for page in asked] == [
        {"state": "lost"},
        {"state": "held"},
    ]

    typed = {"first_name": "Ана", "school_search": "slikar", "find_school": "1"}
    answer = desk.post(f"{DESK}novi-clan/", typed)
    assert (answer.context["search"].found, answer.context["form"].errors) == ((school,), {})
    assert 'value="Ана"' in answer.content.decode()


@pytest.mark.parametrize("issues", [1, 3])
def test_a_journal_is_reserved_by_the_issue(issues, django_assert_max_num_queries):
    journal = RecordFactory(kind="journal", title="Настава")
    had, here, *free = (
        CopyFactory(record=journal, issue=journal.issues.create(year=2026, number=f"{number}"))
        for number in range(2 + issues)
    )
    Copy.objects.filter(pk=here.pk).update(only_here=True)
    reader = signed_in(LoanFactory(copy=had).member.person.user)
    record = reverse("library:record", args=[journal.pk])

    with django_assert_max_num_queries(17):
        own = reader.get(record).context["own"]
    newest_first = [copy.issue for copy in reversed(free)]
    assert (own.issues, own.may_reserve_any) == (newest_first, False)
    for copy in free:
        reader.post(reverse("library:reserve", args=[journal.pk]), {"issue": copy.issue_id})

    assert "<strong>Настава 2/2026</strong>" in reader.get("/biblioteka/moje/").content.decode()
    after = reader.get(record)
    assert [held.reservation.issue for held in after.context["own"].held] == newest_first[::-1]
    assert 'name="issue"' not in after.content.decode()


def test_a_scan_reads_no_whole_shelf(desk, monkeypatch):
    monkeypatch.setattr(stocktaking, "SHOWN", 2)
    CopyFactory.create_batch(3, shelf_mark="37 Ш")
    taking = StockTaking.objects.create()

    page = desk.get(reverse("library:stocktaking", args=[taking.pk]))

    found = page.context["found"]
    assert (found.expected, found.absent, len(found.missing), found.is_cut) == (3, 3, 2, True)
    report = desk.get(reverse("library:stocktaking_report", args=[taking.pk]))
    assert report.content.decode().count("37 Ш") == 3


def test_the_staff_move_somebody_only_with_a_reason(desk):
    record = RecordFactory()
    first, last = (ReservationFactory(record=record) for _ in "12")
    address = reverse("library:change_turn", args=[last.pk])

    wrong = desk.post(address, {"action": "move", "position": "1", "reason": ""})
    assert list(wrong.context["form"].errors) == ["reason"]
    desk.post(address, {"action": "move", "position": "1", "reason": "Матурски рад."})
    assert list(record.reservations.queue()) == [last, first]


def test_whoever_joined_before_opening_an_account_is_connected_with_it(desk):
    joined = MemberFactory(person__user=None, person__first_name="Лена", person__last_name="Савић")
    waits = ReservationFactory(member=joined)
    own, other, taken = (
        PersonFactory(first_name=first, last_name="Savić") for first in ("Lena", "Sava", "Lena")
    )
    MemberFactory(person=taken)
    address = reverse("library:member", args=[joined.pk])

    def connect(email):
        return desk.post("/en" + address, {"action": "connect", "email": email})

    wrong = ("", "nobody@example.org", other.user.email, taken.user.email)
    assert [list(connect(email).context["account"].errors) for email in wrong] == [["email"]] * 4
    assert connect(own.user.email.upper()).status_code == 302
    assert connect(own.user.email).context["account"].errors == {
        "__all__": ["This member has an account already."]
    }
    page = signed_in(own.user).get("/biblioteka/moje/").content.decode()
    assert waits.record.title in page
    assert signed_in(own.user).post(address, {"action": "connect"}).status_code == 404


def test_a_membership_ends_once_nothing_is_owed_and_takes_what_was_remembered_along(
    desk, librarian
):
    member = MemberFactory(keeps_history=True)
    had = LoanFactory(member=member, returned_at=timezone.now(), ending="returned")
    loan, turn = LoanFactory(member=member), ReservationFactory(member=member)
    address = reverse("library:member", args=[member.pk])

    def leave():
        answer = desk.post("/en" + address, {"action": "leave"}, follow=True)
        return [str(one).partition(".")[0] for one in answer.context["messages"]]

    said = leave()
    Loan.objects.filter(pk=loan.pk).update(returned_at=timezone.now(), ending="lost")
    said += leave()
    Loan.objects.filter(pk=loan.pk).update(member=None)
    said += leave()
    owed = "The member still has things of ours, or lost some that are not settled"
    assert said == [owed, owed, "The member still has reservations"]

    turn.delete()
    assert leave() == [f"{member} is no longer a member"]
    had.refresh_from_db()
    assert (had.member, desk.get(address).status_code) == (None, 404)
    entry = Entry.objects.get(action="library.leave")
    assert (entry.object_id, entry.actor_id) == (member.pk, librarian.pk)
