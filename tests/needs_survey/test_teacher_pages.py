"""The pages of a teacher who answers without saying who it is."""

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
from needs_survey.queries import teachers as queries
from tests import reader
from tests.factories.people import PersonFactory
from tests.factories.teachers import TeacherInvitationFactory, answer, path, teachers_round
from tests.office import desk_of

pytestmark = pytest.mark.django_db

UNKNOWN = "/en/anketa/nastavnik/ABCDEFGHJKMNPQRS/"


@pytest.fixture(autouse=True)
def _fresh_limits():
    yield
    caches["default"].clear()


def words(response):
    return reader.Page(response.content.decode()).text


def english(invitation, page=""):
    return "/en" + path(invitation, page)


def asked(sections=0, **facts):
    survey, questions = teachers_round(sections=sections, **facts)
    return TeacherInvitationFactory(round=survey), questions


def begin(invitation, browser=None):
    """Somebody who has begun, with the browser and the code."""
    browser = browser or Client()
    browser.post(english(invitation), {"begin": "1"})
    return browser, browser.cookies["nacrt-en"].value


def typed(question, value="4"):
    return {f"q{question.pk}": value}


# --- The first page -------------------------------------------------------------------------


def test_the_first_page_promises_in_plain_words():
    invitation, _ = asked()

    page = words(Client().get(english(invitation)))

    assert "Nobody learns which answers are yours" in page
    assert "at least 5 teachers share them" in page
    assert "until the survey ends" not in page
    assert TeacherDraft.objects.count() == 0


def test_the_page_knows_nobody_and_is_kept_nowhere():
    invitation, _ = asked()
    person = PersonFactory()

    response = desk_of(person.user).get(english(invitation))

    assert person.user.email not in response.content.decode()
    assert str(response.wsgi_request.user) == "AnonymousUser"
    assert response["Referrer-Policy"] == "strict-origin"
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"


def test_pages_are_all_of_one_length_whatever_was_written():
    lengths = set()
    for text in ("", "а" * 3000):
        invitation, (_, long) = asked()
        browser, _key = begin(invitation)
        browser.post(english(invitation, "sve/"), typed(long, text))
        lengths.add(len(browser.get(english(invitation, "sve/")).content))

    assert len(lengths) == 1


# --- Filling in -----------------------------------------------------------------------------


def test_part_by_part_every_step_is_saved():
    invitation, (one, _, two, _) = asked(sections=2)
    browser, key = begin(invitation)

    first = browser.post(english(invitation, "1/"), typed(one, "3"))
    second = browser.post(english(invitation, "2/"), typed(two, "5"))

    assert (first.headers["Location"], second.headers["Location"]) == (
        english(invitation, "2/"),
        english(invitation, "slanje/"),
    )
    assert queries.draft_values(invitation.round_id, key) == {
        f"q{one.pk}": ["3"],
        f"q{two.pk}": ["5"],
    }


@pytest.mark.parametrize(
    ("button", "number", "leads"),
    [("back", 2, "1/"), ("back", 1, ""), ("end", 1, "slanje/")],
)
def test_other_buttons_save_too(button, number, leads):
    invitation, questions = asked(sections=2)
    browser, key = begin(invitation)
    question = questions[2 * number - 1]

    response = browser.post(
        english(invitation, f"{number}/"), {**typed(question, "Дужи одмор."), button: "1"}
    )

    assert response.headers["Location"] == english(invitation, leads)
    assert queries.draft_values(invitation.round_id, key) == {f"q{question.pk}": ["Дужи одмор."]}


def test_nonsense_is_kept_as_it_was_typed_and_said():
    invitation, (scale, _) = asked()
    number = scale.questionnaire.questions.create(code="n", kind="number", text="Н?", order=90)
    browser, key = begin(invitation)

    response = browser.post(english(invitation, "1/"), typed(number, "два"))

    assert response.status_code == 422
    assert "два" in response.content.decode()
    assert queries.draft_values(invitation.round_id, key) == {f"q{number.pk}": ["два"]}


def test_fifty_thousand_characters_are_kept_and_refused_with_a_sentence():
    invitation, (scale, long) = asked()
    browser, key = begin(invitation)

    response = browser.post(
        english(invitation, "1/"), {**typed(scale), **typed(long, "а" * 50_000)}
    )

    assert response.status_code == 422
    assert len(queries.draft_values(invitation.round_id, key)[f"q{long.pk}"][0]) == 50_000


def test_without_a_draft_one_begins_on_the_first_page():
    invitation, _ = asked()
    for page in ("1/", "sve/", "slanje/"):
        response = Client().get(english(invitation, page))
        assert (response.status_code, response.headers["Location"]) == (302, english(invitation))


def test_a_part_that_is_not_there_is_not_found():
    invitation, _ = asked(sections=2)
    browser, _key = begin(invitation)

    assert [browser.get(english(invitation, f"{n}/")).status_code for n in (0, 3)] == [404, 404]


def test_the_number_of_queries_does_not_grow_with_the_questions(django_assert_num_queries):
    for sections in (1, 3):
        invitation, _ = asked(sections=sections)
        browser, _key = begin(invitation)
        required = invitation.round.questionnaire.questions.filter(required=True)
        browser.post(english(invitation, "sve/"), {f"q{one.pk}": "4" for one in required})
        with django_assert_num_queries(7):
            browser.get(english(invitation, "sve/"))
        with django_assert_num_queries(8):
            browser.get(english(invitation, "slanje/"))


# --- Going on elsewhere ---------------------------------------------------------------------


def test_another_browser_goes_on_with_the_code_however_it_is_typed():
    invitation, (scale, _) = asked()
    browser, key = begin(invitation)
    browser.post(english(invitation, "1/"), typed(scale, "2"))
    other = Client()

    response = other.post(english(invitation), {"key": codes.printed(key).lower()}, follow=True)

    assert response.redirect_chain == [(english(invitation, "1/"), 302)]
    assert 'value="2"' in response.content.decode()
    assert "checked" in response.content.decode()


def test_the_code_is_in_no_address_and_the_cookie_on_this_link_only():
    invitation, _ = asked()
    browser, key = begin(invitation)

    page = browser.get(english(invitation, "1/")).content.decode()
    assert f"{english(invitation)}#{codes.printed(key)}" in page
    paths = {cookie["path"] for cookie in browser.cookies.values() if cookie.value == key}
    assert paths == {path(invitation), "/lat" + path(invitation), english(invitation)}
    cookie = browser.cookies["nacrt-en"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_a_wrong_code_and_that_of_another_round_open_nothing():
    invitation, _ = asked()
    stranger, _ = asked()
    _browser, foreign = begin(stranger)
    for key in ("ABCD", codes.new_key(), foreign):
        response = Client().post(english(invitation), {"key": key})
        assert response.status_code == 422
        assert "This is no code of a draft." in words(response)
        assert not any(
            cookie.value for cookie in response.cookies.values() if "nacrt" in cookie.key
        )


def test_a_browser_forgets_the_code_and_the_draft_stays():
    invitation, _ = asked()
    browser, key = begin(invitation)

    browser.post(english(invitation), {"forget": "1"})

    assert browser.get(english(invitation, "1/")).status_code == 302
    assert queries.draft_values(invitation.round_id, key) == {}


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
    (link,) = [href for href, _ in page.links if "provera" in href]
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
    browser.post(english(invitation, "slanje/"), {"subject": "", "confirm": "parts"})
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
    code = codes.link_code(invitation.pk)

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
