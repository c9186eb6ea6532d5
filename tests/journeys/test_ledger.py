"""A teacher enters hours, the coordinator confirms them, and the way to the target moves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import files
from tests.factories.ledger import TargetFactory
from tests.factories.people import CoordinationFactory, PersonFactory
from tests.factories.schools import SchoolFactory
from tests.journeys import sight
from tests.office import serbian
from trainings.models import SchoolYear

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_hours_are_entered_confirmed_and_counted(another, post):
    school = SchoolFactory()
    teacher = PersonFactory(school=school, last_name="Јовановић")
    coordinator = CoordinationFactory(school=school, person__school=school).person
    TargetFactory(name="Годишња обавеза", in_house_hours=44)
    page, office = another(user=teacher.user), another(user=coordinator.user)
    yesterday = timezone.localdate() - timedelta(days=1)

    # She enters a model lesson from her points ...
    page.goto("/moji-bodovi/")
    page.get_by_role("link", name=serbian("Enter an activity in the school")).click()
    sight.field(page, "Kind of activity").fill("Угледни час")
    sight.field(page, "Title").fill("Разломци кроз игру")
    sight.field(page, "Way of taking part").fill("водитељ")
    sight.field(page, "Date").fill(f"{yesterday:%d.%m.%Y.}")
    sight.field(page, "Hours").fill("12,5")
    sight.button(page, "Send for confirmation").click()
    expect(sight.said(page, "It is entered and waits for confirmation.")).to_be_visible()
    expect(page.get_by_text("недостају још 44 сата")).to_be_visible()

    # ... the coordinator comes by the letter and confirms ...
    letter = next(letter for letter in post() if letter.to == coordinator.email)
    office.goto(letter.link)
    expect(office.get_by_text("Разломци кроз игру")).to_be_visible()
    sight.button(office, "Confirm").click()
    expect(office.get_by_text(serbian("Nothing waits for you"))).to_be_visible()

    # ... and she finds it counted, by the letter that came back.
    letter = next(letter for letter in post() if letter.to == teacher.email)
    page.goto(letter.link)
    expect(page.get_by_text("12,5 од 44")).to_be_visible()


def test_a_proof_that_is_no_file_we_take_leaves_what_was_typed(another):
    page = another(user=PersonFactory(school=SchoolFactory()).user)

    page.goto("/moji-bodovi/dokaz/")
    sight.field(page, "Title").fill("Настава кроз игру")
    page.get_by_label(serbian("professional meeting")).check()
    sight.field(page, "Date").fill("1.10.2025.")
    sight.field(page, "Hours").fill("8")
    sight.field(page, "Points").fill("1")
    racun = {"name": "racun.pdf", "mimeType": "application/pdf", "buffer": b"MZ" + b"\0" * 99}
    sight.field(page, "File that proves it").set_input_files(racun)
    sight.button(page, "Send for confirmation").click()
    expect(page.get_by_role("alert")).to_contain_text("Портал не познаје ову датотеку.")
    expect(sight.field(page, "Title")).to_have_value("Настава кроз игру")

    uverenje = {"name": "uverenje.pdf", "mimeType": "application/pdf", "buffer": files.pdf()}
    sight.field(page, "File that proves it").set_input_files(uverenje)
    sight.button(page, "Send for confirmation").click()
    expect(sight.said(page, "It is entered and waits for confirmation.")).to_be_visible()


def test_a_photographed_proof_is_confirmed_and_the_school_sees_it(another):
    school = SchoolFactory()
    teacher = PersonFactory(school=school, last_name="Јовановић")
    coordinator = CoordinationFactory(school=school, person__school=school).person
    TargetFactory(name="Сто бодова за пет година", years=5, points=100)
    page, office = another(user=teacher.user), another(user=coordinator.user)

    # The telephone's own kind of picture is taken ...
    page.goto("/moji-bodovi/dokaz/")
    page.get_by_label(serbian("accredited programme")).check()
    sight.field(page, "Title").fill("Настава кроз игру")
    sight.field(page, "Date").fill("1.10.2025.")
    sight.field(page, "Hours").fill("16")
    sight.field(page, "Points").fill("16")
    photograph = {"name": "IMG_0042.HEIC", "mimeType": "image/heic", "buffer": files.heic()}
    sight.field(page, "File that proves it").set_input_files(photograph)
    sight.button(page, "Send for confirmation").click()
    expect(sight.said(page, "It is entered and waits for confirmation.")).to_be_visible()

    # ... she says when her five years began ...
    sight.link(page, "Enter when yours began").click()
    this_year = SchoolYear.current().of(timezone.localdate())
    sight.field(page, "My present period began in the school year").select_option(
        str(this_year - 2)
    )
    sight.button(page, "Save").click()
    expect(page.get_by_text(f"31. августа {this_year + 3}.")).to_be_visible()

    # ... the coordinator finds what waits on the own page, and opens the picture ...
    office.goto("/moja-strana/")
    office.get_by_role("link", name="1 унос колега чека вашу потврду.").click()
    with office.expect_download() as download:
        office.get_by_role("link", name="IMG_0042.jpg").click()
    assert download.value.path().read_bytes().startswith(b"\xff\xd8\xff")
    sight.button(office, "Confirm").click()

    # ... and the school's overview shows the points.
    office.goto("/moja-skola/")
    sight.link(office, "Hours and points of the school").click()
    row = office.get_by_role("row", name="Јовановић")
    expect(row).to_contain_text("Укупно бодова: 16 од 100")
