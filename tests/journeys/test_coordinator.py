"""A coordinator applies for five colleagues and names a substitute."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from centar.events.models import Booking, BookingGroup
from tests.centar.events import scenes
from tests.factories.people import PASSWORD, CoordinationFactory, PersonFactory
from tests.factories.schools import SubjectFactory
from tests.factories.trainings import SeminarFactory
from tests.journeys import sight

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FIVE = "\n".join(
    [
        "Презиме\tИме\tЕ-пошта\tПредмет\tДатум рођења\tМесто рођења",
        "Ђурић\tАна\tana@example.org\tФизика\t24.3.1985.\tРача",
        "Lazić\tJovan\tjovan@example.org\tfizika\t1.2.1990.\tTopola",
        "Његић\tВера\tvera@example.org\t\t5/6/1979\tКнић",
        "Симић\tПетар\t\t\t\t",
        "Џамић\tЉуба\tljuba@example.org\tФизика\t1988-09-01\tКрагујевац",
    ]
)


@pytest.fixture
def school():
    coordination = CoordinationFactory(person__first_name="Зоран", person__user__confirmed=True)
    coordination.person.school = coordination.school
    coordination.person.save()
    return coordination.school


def test_five_people_are_pasted_seen_sent_and_one_is_substituted(another, post, school):
    SubjectFactory(name="Физика")
    known = PersonFactory(
        user=None,
        school=school,
        first_name="Јован",
        last_name="Лазић",
        contact_email="jovan@example.org",
    )
    colleague = PersonFactory(user=None, school=school, first_name="Мира", last_name="Тасић")
    seminar = SeminarFactory(event__capacity=8)
    scenes.crowd(seminar.event, 5)
    post()
    coordinator = school.coordinations.get().person.user
    page = another(user=coordinator)

    # He opens the seminar and pastes five people from the school's spreadsheet ...
    page.goto(f"/seminari/{seminar.pk}/")
    sight.link(page, "Apply for several colleagues").click()
    page.locator("textarea[name=pasted]").fill(FIVE)
    sight.button(page, "To the preview").last.click()

    # ... sees who was recognised and what both choices would do ...
    rows = page.locator("main tbody tr")
    expect(rows).to_have_count(5)
    expect(rows.nth(1)).to_contain_text(str(known))
    expect(page.locator("#effect_together")).to_have_text("5 особа чека.")
    expect(page.locator("#effect_split")).to_have_text("3 особе добијају место. 2 особе чекају.")
    page.locator("#id_policy_split").check()
    page.locator("#id_payer_school").check()
    sight.button(page, "Send the application").click()

    # ... sends, and reads how it stands.
    expect(sight.heading(page, "Application of a school")).to_be_visible()
    group = BookingGroup.objects.get(school=school)
    assert group.bookings.filter(state=Booking.State.PLACED).count() == 3
    assert sorted(letter.to for letter in post()) == sorted(
        [
            "ana@example.org",
            "jovan@example.org",
            "ljuba@example.org",
            "vera@example.org",
            coordinator.email,
        ]
    )

    # One of those who wait cannot come: Mira takes the turn.
    waiting = group.bookings.filter(state=Booking.State.WAITING).earliest("pk")
    page.locator(f"a[href$='/osoba/{waiting.pk}/']").click()
    sight.field(page, "Who comes instead").select_option(str(colleague.pk))
    sight.button(page, "Name the substitute").click()
    expect(page.get_by_role("status")).to_contain_text("Мира Тасић долази уместо")
    now = Booking.objects.get(pk=waiting.pk)
    assert (now.person, now.state, now.queued_at) == (
        colleague,
        Booking.State.WAITING,
        waiting.queued_at,
    )


def test_it_works_without_javascript_and_on_a_telephone(another, school):
    known = PersonFactory(user=None, school=school, first_name="Јован", last_name="Лазић")
    seminar = SeminarFactory(event__capacity=None)
    coordinator = school.coordinations.get().person.user
    page = another(
        user=coordinator,
        java_script_enabled=False,
        viewport={"width": 390, "height": 844},
    )

    page.goto(f"/dogadjaji/{seminar.event.pk}/prijava-skole/")
    page.get_by_label(str(known)).check()
    sight.button(page, "More rows").click()
    page.locator("#id_first_name_2").fill("Вера")
    page.locator("#id_last_name_2").fill("Симић")
    sight.button(page, "To the preview").last.click()
    page.locator("#id_policy_split").check()
    sight.button(page, "Send the application").click()

    # What was forgotten is asked for, what was chosen stays.
    expect(page.locator("#error_payer")).to_be_visible()
    expect(page.locator("#id_policy_split")).to_be_checked()
    page.locator("#id_payer_person").check()
    sight.button(page, "Send the application").click()
    assert BookingGroup.objects.get(school=school).bookings.count() == 2


def test_a_sign_in_that_ended_meanwhile_loses_nothing_without_javascript(another, school):
    known = PersonFactory(user=None, school=school, first_name="Јован", last_name="Лазић")
    seminar = SeminarFactory(event__capacity=None)
    coordinator = school.coordinations.get().person.user
    page = another(user=coordinator, java_script_enabled=False)
    page.goto(f"/dogadjaji/{seminar.event.pk}/prijava-skole/")
    page.get_by_label(str(known)).check()
    page.locator("textarea[name=pasted]").fill(FIVE)
    page.locator("#id_first_name_1").fill("Вера")
    page.context.clear_cookies(name="sessionid")
    sight.button(page, "To the preview").last.click()

    # He signs in, and everything is there, still to be sent.
    expect(sight.said(page, "Please sign in again. What you have typed is kept.")).to_be_visible()
    sight.field(page, "E-mail").fill(coordinator.email)
    sight.field(page, "Password").fill(PASSWORD)
    sight.button(page, "Sign in").click()
    expect(page.locator("textarea[name=pasted]")).to_have_value(FIVE)
    expect(page.locator("#id_first_name_1")).to_have_value("Вера")
    expect(page.get_by_label(str(known))).to_be_checked()
    page.locator("#id_first_name_1").fill("")
    sight.button(page, "To the preview").last.click()
    expect(page.locator("main tbody tr")).to_have_count(6)
