"""The questionnaire as a participant fills it in, signed in or from the letter."""

from __future__ import annotations

import pytest
from django.core import signing
from django.test import Client

from centar.questionnaires.models import Answer, Question, Response
from centar.script.latin import to_latin
from tests import reader
from tests.factories.evaluation import asked, came, held
from tests.factories.events import BookingFactory
from tests.factories.people import PersonFactory
from tests.factories.questionnaires import QuestionFactory
from tests.office import desk_of
from trainings import links

pytestmark = pytest.mark.django_db


def path(booking):
    return f"/en/prijave/{booking.pk}/ocena/"


def words(answer):
    return reader.Page(answer.content.decode()).text


def fields(question, value="4"):
    return {f"q{question.pk}": value}


def own(seminar):
    """Somebody who was there, and the own browser."""
    booking = came(seminar)
    return booking, desk_of(booking.person.user)


def test_a_participant_answers_and_is_thanked():
    seminar, question = asked()
    booking, browser = own(seminar)

    answer = browser.post(path(booking), fields(question), follow=True)

    assert answer.redirect_chain == [(path(booking), 302)]
    assert "Thank you! Your answers are sent, without your name." in words(answer)
    assert [one.number for one in Answer.objects.all()] == [4]


def test_whoever_has_answered_reads_so_and_a_second_sending_is_refused():
    seminar, question = asked()
    booking, browser = own(seminar)
    browser.post(path(booking), fields(question))

    again, sent = browser.get(path(booking)), browser.post(path(booking), fields(question, "1"))

    assert (again.status_code, sent.status_code) == (200, 409)
    for answer in (again, sent):
        assert "You have evaluated this seminar already. Thank you!" in words(answer)
    assert [one.number for one in Answer.objects.all()] == [4]


def test_without_an_answer_nothing_is_kept_and_what_was_typed_stays():
    seminar, question = asked()
    QuestionFactory(
        questionnaire=question.questionnaire, kind=Question.Kind.LONG, text="Шта бисте променили?"
    )
    booking, browser = own(seminar)
    long = question.questionnaire.questions.get(kind=Question.Kind.LONG)

    answer = browser.post(path(booking), {f"q{long.pk}": "Ништа посебно."})

    assert answer.status_code == 422
    assert "Please choose one answer." in words(answer)
    assert "Ништа посебно." in answer.content.decode()
    assert f'id="id_q{question.pk}_error"' in answer.content.decode()
    assert Response.objects.count() == 0


@pytest.mark.parametrize("typed", ["4\x00", "7", "а" * 10_000, ["1", "2"]])
def test_nonsense_is_refused(typed):
    seminar, question = asked()
    booking, browser = own(seminar)

    status = browser.post(path(booking), fields(question, typed)).status_code

    # Of two values of one radio button the last counts, as everywhere.
    assert status == (302 if isinstance(typed, list) else 422)


def test_who_was_not_there_reads_why_not():
    seminar, question = asked()
    booking = BookingFactory(event=seminar.event)
    browser = desk_of(booking.person.user)

    answers = browser.get(path(booking)), browser.post(path(booking), fields(question))

    for answer in answers:
        assert answer.status_code == 403
        assert "Only those who were there evaluate the seminar." in words(answer)
    assert Response.objects.count() == 0


def test_another_persons_booking_is_not_found():
    seminar, question = asked()
    booking = came(seminar)
    stranger = desk_of(PersonFactory().user)

    answers = stranger.get(path(booking)), stranger.post(path(booking), fields(question))

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Response.objects.count() == 0


def test_without_signing_in_one_is_sent_to_sign_in():
    seminar, _ = asked()
    booking = came(seminar)

    answer = Client().get(path(booking))

    assert (answer.status_code, answer["Location"].split("?")[0]) == (302, "/en/nalog/login/")


def test_a_seminar_without_a_questionnaire_says_so():
    booking, browser = own(held())

    assert "This seminar has no questionnaire." in words(browser.get(path(booking)))


def test_the_letters_link_needs_no_account():
    seminar, question = asked()
    booking = came(seminar, PersonFactory(user=None, contact_email="bez@example.org"))
    link = links.evaluation_path(booking)
    browser = Client()

    opened = browser.get(link)
    assert Response.objects.count() == 0
    sent = browser.post(link, fields(question))

    assert (opened.status_code, sent.status_code) == (200, 302)
    assert seminar.evaluation_receipts.get().person == booking.person


@pytest.mark.parametrize(
    "token",
    ["nema", signing.dumps(1, salt="centar.events.offer"), signing.dumps(1)],
    ids=["nonsense", "of an offer", "of something else"],
)
def test_a_forged_link_opens_nothing(token):
    asked()

    answer = Client().get(f"/en/ocena/{token}/")

    assert answer.status_code == 404
    assert "This link opens nothing" in words(answer)


def test_my_page_asks_how_it_was_until_it_is_told():
    seminar, question = asked()
    booking, browser = own(seminar)
    before = words(browser.get("/en/moja-strana/"))
    browser.post(path(booking), fields(question))
    after = words(browser.get("/en/moja-strana/"))

    sentence = f"Tell us how it was: {to_latin(seminar.event.title)}"
    assert (sentence in before, sentence in after) == (True, False)
