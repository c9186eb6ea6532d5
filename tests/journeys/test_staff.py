"""The staff bring the catalogue into the portal and a seminar before the public."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from centar.portal import roles
from tests.factories.people import PASSWORD, UserFactory
from tests.factories.trainings import CycleFactory
from tests.journeys import desk as back_office
from tests.journeys import sight
from tests.office import serbian
from trainings.models import Programme, Seminar

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

CATALOGUE = """назив;каталошки број;циклус;часова;бодова;котизација
Огледи у настави физике;0417;2025/2026–2027/2028;16;16;3500
Школски лист;0018;2025/2026–2027/2028;8;8;0
"""


@pytest.fixture
def desk(visitor: Page) -> Page:
    """Somebody of the staff, who signs in by the portal's own door."""
    user = UserFactory(email="osoblje@example.org", is_staff=True, confirmed=True)
    user.groups.add(roles.seminar_staff())
    visitor.goto("/admin/")
    expect(visitor).to_have_url(re.compile("/nalog/login/"))
    sight.field(visitor, "E-mail").fill(user.email)
    sight.field(visitor, "Password").fill(PASSWORD)
    sight.button(visitor, "Sign in").click()
    expect(visitor).to_have_url(re.compile("/admin/$"))
    return visitor


def test_from_a_file_to_a_public_seminar(desk: Page, another, tmp_path):
    CycleFactory()
    file = tmp_path / "katalog.csv"
    file.write_text(CATALOGUE.replace("16;3500", "шеснаест;3500"), encoding="utf-8")

    # A file with a mistake shows where it is and writes nothing ...
    desk.goto("/admin/trainings/programme/")
    desk.locator("a.import_link").click()
    desk.locator("input[type=file]").set_input_files(file)
    desk.locator(f"input[value='{serbian('Show the preview')}']").click()
    expect(desk.locator("#wrong")).to_be_visible()
    assert Programme.objects.count() == 0

    # ... and the mended one is imported as the preview shows it.
    file.write_text(CATALOGUE, encoding="utf-8")
    desk.get_by_role("link", name=serbian("Choose another file")).click()
    desk.locator("input[type=file]").set_input_files(file)
    desk.locator(f"input[value='{serbian('Show the preview')}']").click()
    expect(desk.get_by_role("cell", name="0417 Огледи у настави физике")).to_be_visible()
    assert Programme.objects.count() == 0
    desk.locator(f"input[value='{serbian('Import')}']").click()
    expect(back_office.succeeded(desk)).to_be_visible()
    assert Programme.objects.count() == 2

    # A seminar is made from a programme, and gets a day and a town.
    desk.goto(f"/admin/trainings/programme/{Programme.objects.get(number='0417').pk}/change/")
    desk.get_by_role("link", name=serbian("New seminar from this programme")).click()
    desk.locator("input[type=submit]").click()
    expect(desk).to_have_url(re.compile(r"/seminarevent/\d+/change/"))
    day = timezone.localtime() + timedelta(days=60)
    desk.locator("#id_place").fill("Крагујевац")
    for end, hour in (("starts", "09:00"), ("ends", "16:00")):
        desk.locator(f"#id_meetings-0-{end}_at_0").fill(f"{day:%d.%m.%Y.}")
        desk.locator(f"#id_meetings-0-{end}_at_1").fill(hour)
    back_office.save(desk)
    expect(back_office.succeeded(desk)).to_be_visible()

    # Nobody sees the draft until it is published.
    seminar = Seminar.objects.get()
    public = another()
    assert public.goto(f"/seminari/{seminar.pk}/").status == 404
    back_office.operation(desk, "Publish")
    expect(back_office.succeeded(desk)).to_be_visible()
    public.goto("/seminari/?q=ogledi")
    public.get_by_role("link", name="Огледи у настави физике").click()
    expect(public.get_by_text("3.500,00")).to_be_visible()
    expect(sight.link(public, "Register")).to_be_visible()

    # Cancelled with a reason, it says so to everybody.
    back_office.operation(desk, "Cancel the seminar")
    expect(desk.locator(".errorlist")).to_have_text(serbian("This field is required."))
    desk.locator("#id_reason").fill("Предавач је болестан.")
    desk.locator(f"input[type=submit][value='{serbian('Cancel the seminar')}']").click()
    expect(back_office.succeeded(desk)).to_be_visible()
    public.reload()
    expect(sight.heading(public, "The seminar is cancelled")).to_be_visible()
    expect(public.get_by_text("Предавач је болестан.")).to_be_visible()


def test_two_colleagues_edit_one_seminar(desk: Page, another, furnished):
    other = UserFactory(email="koleginica@example.org", is_staff=True)
    other.groups.add(roles.seminar_staff())
    address = f"/admin/trainings/seminarevent/{furnished.plain.pk}/change/"
    desk.goto(address)
    hers = another(user=other)
    hers.goto(address)

    hers.locator("#id_place").fill("Рача")
    back_office.save(hers)
    expect(back_office.succeeded(hers)).to_be_visible()
    desk.locator("#id_place").fill("Кнић")
    back_office.save(desk)

    expect(desk.locator(".errorlist").first).to_contain_text("koleginica@example.org")
    expect(desk.locator("#id_place")).to_have_value("Кнић")
    furnished.plain.event.refresh_from_db()
    assert furnished.plain.event.place == "Рача"
