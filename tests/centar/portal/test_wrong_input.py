"""Wrong input: each gets a sentence in the reader's script, and nothing typed is lost."""

from __future__ import annotations

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


def test_one_that_closes_while_the_form_is_open_keeps_what_was_typed(client):
    """The deadline passes between the page and its sending."""
    seminar = SeminarFactory()
    client.get(f"/en/dogadjaji/{seminar.pk}/prijava/")
    Event.objects.filter(pk=seminar.pk).update(registration_closes_at=timezone.now())

    answer = register(client, seminar, note="Дуго писана напомена")

    assert (answer.status_code, Booking.objects.count()) == (409, 0)
    assert "Registration closed on" in page(answer).text
    assert "Note to the Centre: Dugo pisana napomena" in page(answer).text


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


def test_the_staff_have_no_way_around_it_on_the_public_pages():
    other = PersonFactory()
    theirs = bookings.enrol(event_id=SeminarFactory().pk, person=other, by=other.user)

    assert office.desk_of(office.colleague()).get(f"/prijave/{theirs.pk}/").status_code == 404


def offer():
    seminar = SeminarFactory(event__capacity=1)
    first, second = (PersonFactory() for _ in range(2))
    held = bookings.enrol(event_id=seminar.pk, person=first, by=first.user)
    waiting = bookings.enrol(event_id=seminar.pk, person=second, by=second.user)
    bookings.withdraw(booking_id=held.pk, by=first.user)
    waiting.refresh_from_db()
    return waiting


@pytest.mark.parametrize("answer", ["", "perhaps", None])
def test_an_answer_that_is_none_changes_nothing(answer):
    booking = offer()
    fields = {} if answer is None else {"answer": answer}

    response = Client().post(f"/en{links.offer_path(booking)}", fields, follow=True)

    booking.refresh_from_db()
    assert booking.state == State.OFFERED
    assert office.messages(response) == ["Choose whether you accept or decline the place."]


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


@pytest.mark.parametrize(
    "path",
    ["/seminari/0/", "/seminari/99999999999999999999/", "/katalog/99999999999999999999/"],
)
def test_a_number_that_cannot_be_is_not_found(path):
    assert Client().get(path).status_code == 404


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
