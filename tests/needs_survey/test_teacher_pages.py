"""The pages of a teacher who answers without saying who it is."""

from __future__ import annotations

import pytest
from django.test import Client

from needs_survey.anonymous import codes
from needs_survey.models import TeacherDraft
from needs_survey.queries import teachers as queries
from tests.factories.people import PersonFactory
from tests.factories.teachers import path
from tests.needs_survey.teacher_browser import asked, begin, english, typed, words
from tests.office import desk_of

pytestmark = pytest.mark.django_db


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
