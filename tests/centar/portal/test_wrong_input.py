"""Wrong input: each gets a sentence in the reader's script, and nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from centar.events import links
from centar.events.models import Booking, Event
from centar.events.operations import bookings
from tests import office, reader
from tests.factories.people import PersonFactory
from tests.factories.trainings import ProgrammeFactory, SeminarFactory

pytestmark = pytest.mark.django_db

State = Booking.State
FACES = {"cyr": "", "lat": "/lat", "en": "/en"}
LONG = "а" * 10_000


@pytest.fixture
def ana():
    return PersonFactory()


@pytest.fixture
def client(ana):
    return office.desk_of(ana.user)


def register(client, seminar, prefix="/en", **fields):
    return client.post(f"{prefix}/dogadjaji/{seminar.pk}/prijava/", {"note": "", **fields})


def page(response):
    return reader.Page(response.content.decode())


CLOSED = {
    "closed": ({"event__state": Event.State.CLOSED}, "The Centre has closed the registration."),
    "cancelled": (
        {"event__state": Event.State.CANCELLED, "event__cancelled_at": timezone.now()},
        "This event is cancelled.",
    ),
    "over": (
        {"event__starts_at": timezone.now() - timedelta(days=9)},
        "This event is over.",
    ),
    "begun": (
        {"event__starts_at": timezone.now() - timedelta(hours=1)},
        "This event has begun; registration is closed.",
    ),
}


@pytest.mark.parametrize("case", CLOSED)
def test_a_closed_seminar_takes_nobody_and_says_why(client, case):
    facts, sentence = CLOSED[case]
    seminar = SeminarFactory(**facts)

    looked = client.get(f"/en/dogadjaji/{seminar.pk}/prijava/")
    sent = register(client, seminar)

    assert [looked.status_code, sent.status_code, Booking.objects.count()] == [409, 409, 0]
    assert [sentence in page(answer).text for answer in (looked, sent)] == [True, True]


def test_one_that_closes_while_the_form_is_open_keeps_what_was_typed(client):
    """The deadline passes between the page and its sending."""
    seminar = SeminarFactory()
    client.get(f"/en/dogadjaji/{seminar.pk}/prijava/")
    Event.objects.filter(pk=seminar.pk).update(registration_closes_at=timezone.now())

    answer = register(client, seminar, note="Дуго писана напомена")

    assert (answer.status_code, Booking.objects.count()) == (409, 0)
    assert "Registration closed on" in page(answer).text
    assert "Note to the Centre: Dugo pisana napomena" in page(answer).text


def test_a_draft_is_not_there(client):
    draft = SeminarFactory(event__state=Event.State.DRAFT)

    assert register(client, draft).status_code == 404
    assert client.get("/dogadjaji/987654/prijava/").status_code == 404


@pytest.mark.parametrize("face", FACES)
@pytest.mark.parametrize("typed", ["31.2.1981.", "jutros", "1981", "24/3/81", "24.3.3021."])
def test_a_bad_date_is_said_beside_its_field_in_the_reader_s_script(client, face, typed):
    seminar = SeminarFactory(event__asks_birth=True)

    answer = register(
        client, seminar, FACES[face], birth_date=typed, birth_place="Рача", note="Стижем касније"
    )

    html = answer.content.decode()
    kept = reader.typed(html)
    assert (answer.status_code, Booking.objects.count()) == (422, 0)
    assert list(answer.context["form"].errors) == ["birth_date"]
    assert (kept["birth_date"], kept["birth_place"], kept["note"]) == (
        [typed],
        ["Рача"],
        ["Стижем касније"],
    )
    assert 'aria-invalid="true"' in html
    assert 'href="#id_birth_date"' in html  # the summary leads to the field
    if face != "cyr":
        assert reader.cyrillic_words(page(answer).text) == []


def test_a_second_registration_leads_to_the_first(client, ana):
    seminar = SeminarFactory()
    own = bookings.enrol(event_id=seminar.pk, person=ana, by=ana.user)

    answer = register(client, seminar)

    assert (answer.headers["Location"], Booking.objects.count()) == (f"/en/prijave/{own.pk}/", 1)


@pytest.mark.parametrize("path", ["", "termin.ics"])
def test_somebody_else_s_booking_is_not_there(client, path):
    other = PersonFactory()
    theirs = bookings.enrol(event_id=SeminarFactory().pk, person=other, by=other.user)

    assert client.get(f"/prijave/{theirs.pk}/{path}").status_code == 404


@pytest.mark.parametrize("path", ["odustajanje", "odgovor"])
def test_somebody_else_s_booking_cannot_be_touched(client, path):
    other = PersonFactory()
    theirs = bookings.enrol(event_id=SeminarFactory().pk, person=other, by=other.user)

    answer = client.post(f"/prijave/{theirs.pk}/{path}/", {"answer": "decline"})

    theirs.refresh_from_db()
    assert (answer.status_code, theirs.state) == (404, State.PLACED)


def test_the_staff_have_no_way_around_it_on_the_public_pages():
    other = PersonFactory()
    theirs = bookings.enrol(event_id=SeminarFactory().pk, person=other, by=other.user)

    assert office.desk_of(office.colleague()).get(f"/prijave/{theirs.pk}/").status_code == 404


# --- Links of offers ------------------------------------------------------------------------


def offer():
    seminar = SeminarFactory(event__capacity=1)
    first, second = (PersonFactory() for _ in range(2))
    held = bookings.enrol(event_id=seminar.pk, person=first, by=first.user)
    waiting = bookings.enrol(event_id=seminar.pk, person=second, by=second.user)
    bookings.withdraw(booking_id=held.pk, by=first.user)
    waiting.refresh_from_db()
    return waiting


def test_a_forged_link_opens_nothing():
    path = links.offer_path(offer())
    forged = (path[:-3] + "x/", path.replace("ponuda/", "ponuda/x"), "/ponuda/1/", "/ponuda/a:b:c/")

    answers = [Client().get(f"/en{one}") for one in forged]
    posted = [Client().post(one, {"answer": "accept"}).status_code for one in forged]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert posted == [404] * 4
    assert "This link opens nothing" in page(answers[0]).headings
    assert Booking.objects.filter(state=State.OFFERED).count() == 1


def test_an_expired_offer_says_that_the_place_went_on():
    booking = offer()
    path = links.offer_path(booking)
    Booking.objects.filter(pk=booking.pk).update(offered_until=timezone.now())

    answer = Client().post(f"/en{path}", {"answer": "accept"}, follow=True)

    booking.refresh_from_db()
    assert booking.state != State.PLACED
    assert office.messages(answer) == [
        "The time to answer has passed; the place went to the next person."
    ]


def test_the_link_of_an_older_offer_opens_nothing():
    booking = offer()
    path = links.offer_path(booking)
    later = timezone.now() + timedelta(seconds=1)
    Booking.objects.filter(pk=booking.pk).update(offered_at=later)

    assert Client().get(path).status_code == 404


@pytest.mark.parametrize("answer", ["", "perhaps", None])
def test_an_answer_that_is_none_changes_nothing(answer):
    booking = offer()
    fields = {} if answer is None else {"answer": answer}

    response = Client().post(f"/en{links.offer_path(booking)}", fields, follow=True)

    booking.refresh_from_db()
    assert booking.state == State.OFFERED
    assert office.messages(response) == ["Choose whether you accept or decline the place."]


# --- Odd bytes and sizes --------------------------------------------------------------------


@pytest.mark.parametrize("path", ["/seminari/", "/katalog/"])
@pytest.mark.parametrize(
    "words", ["фи\0зика", LONG, "%", "\\", "'", '"', "a & b | c !", "🎓", "-", "*"]
)
def test_no_search_breaks_the_list(path, words):
    ProgrammeFactory()

    assert Client().get(path, {"q": words}).status_code == 200


@pytest.mark.parametrize("name", ["audience", "trainer", "area", "month", "page", "hours"])
@pytest.mark.parametrize("value", ["\0", LONG, "😀", "../../etc"])
def test_no_filter_breaks_the_list(name, value):
    ProgrammeFactory()

    answers = [Client().get(path, {name: value}) for path in ("/seminari/", "/katalog/")]

    assert [answer.status_code for answer in answers] == [200, 200]


@pytest.mark.parametrize("note", ["Дођем\0 касније", LONG])
def test_a_note_that_cannot_be_kept_is_refused_beside_its_field(client, note):
    seminar = SeminarFactory()

    answer = register(client, seminar, note=note)

    assert (answer.status_code, Booking.objects.count()) == (422, 0)
    assert list(answer.context["form"].errors) == ["note"]


@pytest.mark.parametrize(
    "path",
    ["/seminari/0/", "/seminari/99999999999999999999/", "/katalog/99999999999999999999/"],
)
def test_a_number_that_cannot_be_is_not_found(path):
    assert Client().get(path).status_code == 404


# --- Forms without their token --------------------------------------------------------------


@pytest.mark.parametrize(
    "path",
    [
        "/dogadjaji/{event}/prijava/",
        "/prijave/{booking}/odustajanje/",
        "/prijave/{booking}/odgovor/",
        "/kalendar/licna-adresa/",
        "/profil/",
        "/nalog/logout/",
    ],
)
def test_nothing_is_done_for_a_form_without_its_token(ana, path):
    seminar, other = SeminarFactory(), SeminarFactory()
    own = bookings.enrol(event_id=seminar.pk, person=ana, by=ana.user)
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana.user)

    answer = client.post(path.format(event=other.pk, booking=own.pk), {"note": "", "answer": "x"})

    own.refresh_from_db()
    assert (answer.status_code, own.state, Booking.objects.count()) == (403, State.PLACED, 1)
    assert client.get("/moja-strana/").status_code == 200  # still signed in


def test_the_link_of_an_offer_needs_a_token_too():
    booking = offer()
    client = Client(enforce_csrf_checks=True)

    assert client.post(links.offer_path(booking), {"answer": "accept"}).status_code == 403
    booking.refresh_from_db()
    assert booking.state == State.OFFERED


@pytest.mark.parametrize("path", ["/prijave/{}/odustajanje/", "/prijave/{}/odgovor/"])
def test_deeds_are_not_done_by_opening_an_address(client, ana, path):
    own = bookings.enrol(event_id=SeminarFactory().pk, person=ana, by=ana.user)

    assert client.get(path.format(own.pk)).status_code == 405
    own.refresh_from_db()
    assert own.state == State.PLACED
