"""The waiting list moves when somebody withdraws."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from centar.events.models import Booking
from tests.factories.people import PersonFactory
from tests.factories.trainings import SeminarFactory
from tests.journeys import sight
from tests.office import serbian

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

State = Booking.State


def register(page: Page, seminar) -> None:
    page.goto(f"/seminari/{seminar.pk}/")
    page.get_by_role("main").locator(f"a[href='/dogadjaji/{seminar.pk}/prijava/']").click()
    page.get_by_role("main").locator("form button[type=submit]").click()
    expect(page).to_have_url(re.compile(r"/prijave/\d+/$"))


def position(page: Page, number: int, waiting: int) -> None:
    sentence = serbian("You are number %(position)s of %(waiting)s on the waiting list.")
    expected = sentence % {"position": number, "waiting": waiting}
    expect(page.get_by_text(expected)).to_be_visible()


def states(seminar) -> list[str]:
    return list(seminar.event.bookings.order_by("pk").values_list("state", flat=True))


def test_the_place_goes_from_one_person_to_the_next(another, post):
    seminar = SeminarFactory(programme__title="Огледи у настави", event__capacity=1)
    ana, branko, vesna = (PersonFactory() for _ in range(3))
    anas, brankos, vesnas = (another(user=person.user) for person in (ana, branko, vesna))

    # One place: Ana has it, the others are told plainly that they have none.
    for page in (anas, brankos, vesnas):
        register(page, seminar)
    expect(sight.heading(anas, "You have a place")).to_be_visible()
    expect(sight.heading(brankos, "You are waiting, without a place yet")).to_be_visible()
    brankos.reload()
    position(brankos, 1, 2)
    position(vesnas, 2, 2)
    post()

    # Ana withdraws; Branko gets a letter, and nobody else does but her.
    anas.locator("summary", has_text=serbian("I cannot come")).click()
    sight.button(anas, "Withdraw").click()
    expect(sight.heading(anas, "You have withdrawn")).to_be_visible()
    assert states(seminar) == [State.WITHDRAWN, State.OFFERED, State.WAITING]
    letters = {letter.to: letter for letter in post()}
    assert set(letters) == {ana.email, branko.email}

    # He answers from the letter, on a telephone where he is not signed in.
    telephone = another(viewport={"width": 390, "height": 800}, has_touch=True)
    telephone.goto(letters[branko.email].link)
    expect(sight.heading(telephone, "A place is free: will you take it?")).to_be_visible()
    assert states(seminar)[1] == State.OFFERED
    sight.button(telephone, "I accept the place").click()
    expect(sight.heading(telephone, "You have a place")).to_be_visible()
    assert states(seminar) == [State.WITHDRAWN, State.PLACED, State.WAITING]

    # His own page says so too, and Vesna has moved up.
    brankos.goto("/moja-strana/")
    expect(brankos.get_by_text(serbian("place confirmed"))).to_be_visible()
    vesnas.reload()
    position(vesnas, 1, 1)
    (confirmation,) = post()
    assert (confirmation.to, list(confirmation.attachments)) == (
        branko.email,
        ["centar.ics", "ulaznica.png"],
    )


def test_a_declined_offer_goes_on_at_once(another, post):
    seminar = SeminarFactory(event__capacity=1)
    people = [PersonFactory() for _ in range(3)]
    pages = [another(user=person.user) for person in people]
    for page in pages:
        register(page, seminar)
    pages[0].locator("summary", has_text=serbian("I cannot come")).click()
    sight.button(pages[0], "Withdraw").click()
    expect(sight.heading(pages[0], "You have withdrawn")).to_be_visible()

    pages[1].goto("/moja-strana/")
    sight.link(pages[1], "Answer the offer").click()
    sight.button(pages[1], "I decline").click()
    expect(sight.heading(pages[1], "You declined the place")).to_be_visible()

    assert states(seminar) == [State.WITHDRAWN, State.DECLINED, State.OFFERED]
    assert people[2].email in {letter.to for letter in post()}


def test_two_quick_clicks_are_one_registration(another):
    seminar = SeminarFactory()
    page = another(user=PersonFactory().user)
    page.goto(f"/dogadjaji/{seminar.pk}/prijava/")

    sight.button(page, "Register").dblclick()

    expect(sight.heading(page, "You have a place")).to_be_visible()
    assert seminar.event.bookings.count() == 1
