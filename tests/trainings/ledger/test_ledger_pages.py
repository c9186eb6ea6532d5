"""A teacher's page of points, and entering one's own."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
from django.test import Client

from tests import office
from tests.factories import files
from tests.factories.ledger import InHouseFactory, LedgerEntryFactory, TargetFactory
from tests.factories.people import AdministratorFactory, UserFactory
from tests.factories.trainings import CompetenceFactory
from trainings.models import LedgerEntry

pytestmark = pytest.mark.django_db
PAGE = "/moji-bodovi/"

LESSON = {
    "activity": "Угледни час",
    "title": "Разломци кроз игру",
    "part": "водитељ",
    "earned_on": "5.10.2026.",
    "hours": "2",
}
SEMINAR = {
    "kind": "programme",
    "title": "Настава кроз игру",
    "number": "376",
    "earned_on": "5.10.2026.",
    "hours": "8",
    "points": "8",
}


def words(response):
    """The text of a page with single spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def errors(response):
    return {
        name: [str(one) for one in found] for name, found in response.context["form"].errors.items()
    }


def test_the_present_year_is_shown_with_its_sums(staffroom):
    person = staffroom.teacher
    InHouseFactory(person=person, title="Огледни час", hours=Decimal("1.5"))
    LedgerEntryFactory(person=person, title="Програм ове године", competences=["K1", "K2"])
    LedgerEntryFactory(person=person, title="Лањски програм", earned_on=date(2025, 10, 1))
    LedgerEntryFactory(title="Туђи програм")

    response = staffroom.desk(person).get(PAGE)

    assert {one.title for one in response.context["page"]} == {"Огледни час", "Програм ове године"}
    assert [
        (one.school_year, one.inside, one.outside, one.all_points)
        for one in response.context["totals"]
    ] == [(2026, Decimal("1.5"), 8, 8), (2025, 0, 8, 8)]
    assert response.context["competences"] == (("K1", 8, 8), ("K2", 8, 8))
    assert "Туђи програм" not in words(response)


@pytest.mark.parametrize(
    ("address", "titles"),
    [
        ("?godina=2025", ["Лањски"]),
        ("?vrsta=meeting", ["Скуп"]),
        ("?vrsta=in_house", []),
        ("?godina=2025&vrsta=meeting", []),
        ("?godina=%00&vrsta=x&page=z", ["Скуп", "Програм"]),
        ("?godina=99999999999", ["Скуп", "Програм"]),
        ("?godina=0000", ["Скуп", "Програм"]),
        ("?godina=²²²²", ["Скуп", "Програм"]),
    ],
)
def test_filters_in_the_address_narrow_the_entries(staffroom, address, titles):
    person = staffroom.teacher
    LedgerEntryFactory(person=person, title="Лањски", earned_on=date(2025, 10, 1))
    LedgerEntryFactory(person=person, title="Програм", earned_on=date(2026, 10, 1))
    LedgerEntryFactory(person=person, title="Скуп", earned_on=date(2026, 10, 2), kind="meeting")

    response = staffroom.desk(person).get(f"{PAGE}{address}")

    assert [one.title for one in response.context["page"]] == titles


def test_each_target_says_what_is_missing_and_until_when(staffroom):
    TargetFactory(name="Годишња обавеза", in_house_hours=44, meetings=1)
    InHouseFactory(person=staffroom.teacher, hours=Decimal(32))

    said = words(staffroom.desk(staffroom.teacher).get(PAGE))

    assert "Годишња обавеза Школска година 2026/2027, до 31. августа 2027." in said
    assert "Сати у установи: 32 од 44 , недостаје још 12 сати" in said
    assert "Стручни скупови: 0 од 1 , недостаје још 1 скуп" in said


@pytest.mark.parametrize("number", [1, 3, 25])
def test_the_page_costs_the_same_whatever_is_in_it(staffroom, number, django_assert_num_queries):
    for _one in range(number):
        TargetFactory(in_house_hours=44)
        LedgerEntryFactory(person=staffroom.teacher, competences=["K1"])
        LedgerEntryFactory(person=staffroom.teacher, state="pending")
    client = staffroom.desk(staffroom.teacher)

    # Session, account, person with the school year, sums, targets, competences, entries.
    with django_assert_num_queries(7):
        response = client.get(PAGE)

    assert response.status_code == 200


def test_an_account_without_a_person_has_no_ledger():
    assert office.desk_of(AdministratorFactory()).get(PAGE).status_code == 404


def test_an_activity_in_the_school_is_entered(staffroom):
    response = staffroom.desk(staffroom.teacher).post(f"{PAGE}u-ustanovi/", LESSON)

    assert (response.status_code, response["Location"]) == (302, PAGE)
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.activity, entry.part, entry.state) == (
        "in_house",
        "Угледни час",
        "водитељ",
        "pending",
    )
    assert (entry.hours, entry.points, entry.earned_on) == (2, 0, date(2026, 10, 5))


@pytest.mark.parametrize("typed", ["1,5", "1.5", " 1,5 "])
def test_hours_are_typed_with_either_separator(staffroom, typed):
    staffroom.desk(staffroom.teacher).post(f"{PAGE}u-ustanovi/", LESSON | {"hours": typed})

    assert LedgerEntry.objects.get().hours == Decimal("1.5")


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("hours", "1,0,5", "Упишите број, на пример 8 или 1,5."),
        ("hours", "два", "Упишите број, на пример 8 или 1,5."),
        ("hours", "NaN", "Упишите број, на пример 8 или 1,5."),
        ("hours", "1,55", "Упишите највише једну децималу, на пример 1,5."),
        ("hours", "0", "Упишите колико је било сати, више од нуле."),
        ("hours", "-2", "Упишите колико је било сати, више од нуле."),
        ("earned_on", "21.11.2026.", "Тај дан тек долази."),
        ("earned_on", "1.1.1066.", "Проверите годину."),
        ("earned_on", "31.2.2026.", "Упишите дан, месец и годину, на пример 24.3.1985."),
        ("title", "а\x00б", "Текст садржи недозвољен знак."),
    ],
)
def test_wrong_input_has_its_sentence_and_what_was_typed_stays(staffroom, field, typed, sentence):
    response = staffroom.desk(staffroom.teacher).post(f"{PAGE}u-ustanovi/", LESSON | {field: typed})

    assert (response.status_code, errors(response)) == (422, {field: [sentence]})
    assert response.context["form"][field].value() == typed
    assert LedgerEntry.objects.count() == 0


@pytest.mark.parametrize("field", ["title", "activity", "part", "hours", "earned_on"])
def test_a_text_of_ten_thousand_letters_is_refused(staffroom, field):
    response = staffroom.desk(staffroom.teacher).post(
        f"{PAGE}u-ustanovi/", LESSON | {field: "9" * 10_000}
    )

    assert (response.status_code, list(errors(response))) == (422, [field])


def test_a_proof_is_entered_with_its_file(staffroom):
    CompetenceFactory(code="K1")
    sent = SEMINAR | {"competences": ["K1"], "file": files.upload("Уверење.pdf")}

    response = staffroom.desk(staffroom.teacher).post(f"{PAGE}dokaz/", sent)

    assert response.status_code == 302
    entry = LedgerEntry.objects.get()
    assert (entry.kind, entry.number, entry.competences) == ("programme", "376", ["K1"])
    assert (entry.proof.name, entry.proof.uploaded_by) == ("Уверење.pdf", staffroom.teacher.user_id)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"file": files.upload("racun.pdf", b"MZ" + b"\x00" * 300)}, "file"),
        ({"file": files.upload("slika.svg", b"<svg/>")}, "file"),
        ({"file": files.upload("prazno.pdf", b"")}, "file"),
        ({}, "file"),
        ({"file": files.upload(), "kind": "in_house"}, "kind"),
        ({"file": files.upload(), "competences": ["K9"]}, "competences"),
        ({"file": files.upload(), "points": "-1"}, "points"),
    ],
)
def test_a_wrong_proof_is_refused_beside_its_field(staffroom, change, field):
    response = staffroom.desk(staffroom.teacher).post(f"{PAGE}dokaz/", SEMINAR | change)

    assert (response.status_code, list(errors(response))) == (422, [field])
    assert LedgerEntry.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (files.huge_heic(), "Ова слика има превише пиксела. Пошаљите највише 50 милиона."),
        (files.empty_heic(), "Ова слика је оштећена и не може да се отвори."),
    ],
)
def test_a_photograph_that_cannot_be_taken_is_refused_in_words(staffroom, content, sentence):
    sent = SEMINAR | {"file": files.upload("IMG_1.HEIC", content)}

    response = staffroom.desk(staffroom.teacher).post(f"{PAGE}dokaz/", sent)

    assert (response.status_code, errors(response)) == (422, {"file": [sentence]})
    assert response.context["form"]["title"].value() == SEMINAR["title"]


def test_a_photograph_of_a_telephone_is_kept_as_one_that_everybody_can_open(staffroom):
    client = staffroom.desk(staffroom.teacher)
    client.post(f"{PAGE}dokaz/", SEMINAR | {"file": files.upload("IMG_1.HEIC", files.heic())})

    response = client.get(f"{PAGE}{LedgerEntry.objects.get().pk}/dokaz/")

    assert response["Content-Type"] == "image/jpeg"
    assert response["Content-Disposition"] == 'attachment; filename="IMG_1.jpg"'
    assert b"".join(response.streaming_content).startswith(b"\xff\xd8\xff")
    response.close()


def test_a_waiting_entry_is_changed_and_withdrawn(staffroom):
    client = staffroom.desk(staffroom.teacher)
    client.post(f"{PAGE}dokaz/", SEMINAR | {"file": files.upload()})
    page = f"{PAGE}{LedgerEntry.objects.get().pk}/"
    assert client.get(page).context["form"]["number"].value() == "376"

    assert client.post(page, SEMINAR | {"hours": "16"}).status_code == 302
    entry = LedgerEntry.objects.get()
    assert (entry.hours, entry.proof.name) == (16, "uverenje.pdf")

    client.post(f"{page}povuci/")
    assert LedgerEntry.objects.get().state == "withdrawn"
    assert client.get(page).status_code == 403


@pytest.mark.parametrize(("hours", "shown"), [(Decimal(3), "3"), (Decimal("1.5"), "1,5")])
def test_hours_come_back_as_people_write_them(staffroom, hours, shown):
    entry = InHouseFactory(person=staffroom.teacher, state="pending", hours=hours)
    page = f"{PAGE}{entry.pk}/"

    response = staffroom.desk(staffroom.teacher).get(page)

    assert f'name="hours" value="{shown}"' in response.content.decode()
    assert response.context["form"]["hours"].value() == shown


def test_another_persons_entry_is_not_there(staffroom):
    pk = LedgerEntryFactory(person=staffroom.teacher, state="pending").pk
    others = (staffroom.desk(staffroom.coordinator), office.desk_of(UserFactory()))

    for client in others:
        assert client.get(f"{PAGE}{pk}/").status_code == 404
        assert client.post(f"{PAGE}{pk}/povuci/").status_code == 404
    assert Client().get(f"{PAGE}{pk}/").status_code == 302
    assert LedgerEntry.objects.get().state == "pending"


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("owner", 200),
        ("coordinator", 200),
        ("staff", 200),
        ("stranger", 404),
        ("nobody", 302),
    ],
)
def test_a_proof_is_opened_by_its_owner_and_those_who_confirm(staffroom, who, status):
    entry = LedgerEntryFactory(person=staffroom.teacher, state="pending", proof=files.stored())
    client = {
        "owner": lambda: staffroom.desk(staffroom.teacher),
        "coordinator": lambda: staffroom.desk(staffroom.coordinator),
        "staff": lambda: office.desk_of(AdministratorFactory()),
        "stranger": lambda: staffroom.desk(staffroom.stranger),
        "nobody": Client,
    }[who]()

    response = client.get(f"{PAGE}{entry.pk}/dokaz/")

    assert response.status_code == status
    if status == 200:
        assert b"".join(response.streaming_content) == files.pdf()
        assert response["Content-Disposition"] == 'attachment; filename="uverenje.pdf"'
        response.close()
