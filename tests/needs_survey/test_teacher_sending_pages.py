"""Sending an anonymous answer, and the links that open nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from centar.documents import limits
from centar.questionnaires.models import Question
from needs_survey.anonymous import codes
from needs_survey.models import Ballot, Round, TeacherDraft
from needs_survey.operations import teachers as operations
from tests import reader
from tests.factories.teachers import answer, path
from tests.needs_survey.teacher_browser import asked, begin, english, typed, words

pytestmark = pytest.mark.django_db

UNKNOWN = "/en/anketa/nastavnik/ABCDEFGHJKMNPQRS/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    yield
    caches["default"].clear()


# --- Sending --------------------------------------------------------------------------------


def test_sent_once_it_is_thanked_for_and_the_browser_forgets():
    invitation, (scale, _) = asked()
    browser = Client()

    response = answer(invitation, typed(scale), browser)

    assert response.redirect_chain == [(path(invitation), 302)]
    assert Ballot.objects.count() == 1
    assert {cookie.value for name, cookie in browser.cookies.items() if "nacrt" in name} == {""}
    assert Session.objects.count() == 0
    assert "Your answer is here. Thank you!" in words(browser.get(english(invitation)))


def test_after_a_lost_connection_sending_again_is_the_same_answer():
    """The answer of the server never came: the browser still has the code and the form."""
    invitation, (scale, _) = asked()
    browser, key = begin(invitation)
    browser.post(english(invitation, "1/"), typed(scale))
    browser.post(english(invitation, "slanje/"), {"subject": ""})
    browser.cookies["nacrt-en"] = key

    response = browser.post(english(invitation, "slanje/"), {"subject": ""}, follow=True)

    assert "Your answer is here. Thank you!" in words(response)
    assert Ballot.objects.count() == 1


def test_sending_that_broke_off_is_gone_on_with(monkeypatch):
    invitation, (scale, _) = asked()
    browser, _key = begin(invitation)
    browser.post(english(invitation, "1/"), typed(scale))
    with monkeypatch.context() as patch:
        patch.setattr(operations, "_cast", lambda *args: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            browser.post(english(invitation, "slanje/"), {"subject": ""})

    page = browser.get(english(invitation), follow=True)
    browser.post(english(invitation, "slanje/"), {"subject": ""})

    assert "Sending broke off" in words(page)
    assert Ballot.objects.count() == 1


def test_what_is_missing_is_said_with_the_way_to_it():
    invitation, (_, _, two, _) = asked(sections=2)
    browser, _key = begin(invitation)
    browser.post(english(invitation, "2/"), typed(two))

    response = browser.post(english(invitation, "slanje/"), {"subject": ""})

    page = reader.Page(response.content.decode())
    (link,) = [href for href, _ in page.links if "provera=1" in href]
    assert response.status_code == 422
    assert link.startswith(english(invitation, "1/?provera=1#part_q"))
    assert "Please choose one answer." in words(browser.get(link))
    assert Ballot.objects.count() == 0


def test_a_sum_that_does_not_add_up_has_to_be_confirmed():
    invitation, (scale, _) = asked()
    asks = scale.questionnaire.questions
    total = asks.create(code="total", kind=Question.Kind.NUMBER, text="Укупно?", order=90)
    parts = asks.create(
        code="parts", kind=Question.Kind.NUMBERS, text="По разредима?", order=91, adds_up_to=total
    )
    part = parts.options.create(code="1", text="Први")
    browser, _key = begin(invitation)
    browser.post(
        english(invitation, "1/"),
        {**typed(scale), f"q{total.pk}": "9", f"q{parts.pk}_{part.pk}": "7"},
    )

    doubted = browser.post(english(invitation, "slanje/"), {"subject": ""})
    assert (doubted.status_code, Ballot.objects.count()) == (422, 0)
    (doubt,) = doubted.context["doubts"]
    browser.post(english(invitation, "slanje/"), {"subject": "", "confirm": doubt.key})
    assert Ballot.objects.count() == 1


# --- What opens nothing ---------------------------------------------------------------------


def test_a_used_link_says_so_and_takes_nothing_more():
    invitation, (scale, _) = asked()
    answer(invitation, typed(scale))
    browser = Client()

    answers = [browser.post(english(invitation), {"begin": "1"})]
    answers.append(browser.post(english(invitation, "sve/"), typed(scale)))

    assert [one.status_code for one in answers] == [409, 409]
    assert "This invitation has been used" in words(answers[0])
    assert (Ballot.objects.count(), TeacherDraft.objects.count()) == (1, 0)


def test_a_forged_link_is_not_known():
    response = Client().get(UNKNOWN)

    assert response.status_code == 404
    assert "This link is not known" in words(response)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"opened_at": None}, "The round is not open yet."),
        ({"opens_on": timezone.localdate() + timedelta(days=2)}, "The round opens on"),
        ({"closed": True}, "The last day was"),
    ],
)
def test_a_round_that_is_not_open_says_why(facts, sentence):
    invitation, _ = asked(**facts)

    answers = [Client().get(english(invitation)), Client().post(english(invitation))]

    assert [one.status_code for one in answers] == [403, 403]
    assert sentence in words(answers[0])
    assert TeacherDraft.objects.count() == 0


def test_what_is_typed_when_the_round_has_just_ended_is_shown_again():
    invitation, (_, long) = asked()
    browser, _key = begin(invitation)
    Round.objects.update(closes_on=timezone.localdate() - timedelta(days=1))

    response = browser.post(english(invitation, "1/"), typed(long, "Дужи одмор."))

    assert response.status_code == 403
    assert "The last day was" in words(response)


def test_the_code_of_a_slip_leads_to_the_questionnaire():
    invitation, _ = asked()
    code = codes.link_code(invitation.pk, invitation.door)

    found = Client().post("/en/anketa/nastavnik/", {"code": codes.printed(code).lower()})
    wrong = Client().post("/en/anketa/nastavnik/", {"code": "ABCD-EFGH"})

    assert (found.status_code, found.headers["Location"]) == (302, english(invitation))
    assert wrong.status_code == 422
    assert "This is no code of an invitation." in words(wrong)


def test_guesses_are_limited_and_right_codes_leave_no_count():
    invitation, _ = asked()
    for _number in range(limits.MOST_A_MINUTE + 5):
        assert Client().get(english(invitation)).status_code == 200

    codes_of = [Client().get(UNKNOWN).status_code for _ in range(limits.MOST_A_MINUTE + 1)]

    assert codes_of == [404] * limits.MOST_A_MINUTE + [429]
    assert Client().get(english(invitation)).status_code == 429
    assert Client().post("/en/anketa/nastavnik/", {"code": "A"}).status_code == 429
