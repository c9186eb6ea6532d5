import pytest
from allauth.account.models import EmailAddress
from django.test import Client

from centar.outbox.models import Letter
from centar.people.models import Person, User
from tests.factories.people import PersonFactory, UserFactory

pytestmark = pytest.mark.django_db

SIGNUP = "/nalog/signup/"
PASSWORD = "месец изнад Гледићких планина"


def typed(**changes):
    return {
        "first_name": "Ана",
        "last_name": "Илић",
        "email": "ana@example.org",
        "password1": PASSWORD,
    } | changes


def errors(response):
    return list(response.context["form"].errors)


def test_signing_up_leads_by_the_letters_link_into_the_profile(client, post, kinds_queued):
    answer = client.post(SIGNUP, typed(), follow=True)

    assert answer.redirect_chain == [("/nalog/confirm-email/", 302)]
    assert kinds_queued() == ["accounts.welcome"]
    user = User.objects.get()
    assert (user.email, str(user.person)) == ("ana@example.org", "Ана Илић")

    [letter] = post()
    assert letter.to == "ana@example.org"
    page = client.get(letter.link)
    assert page.status_code == 200
    assert not EmailAddress.objects.get().verified  # opening the link confirms nothing

    inside = client.post(letter.link, follow=True)
    assert inside.redirect_chain == [("/profil/", 302)]
    assert inside.context["user"] == user
    assert EmailAddress.objects.get().verified


def test_the_letter_row_forgets_the_link_once_it_is_sent(client, post):
    client.post(SIGNUP, typed())
    row = Letter.objects.get()
    assert "/nalog/confirm-email/" in row.context["activate_url"]
    assert (row.object_id, row.recipient) == (User.objects.get().pk, "ana@example.org")

    [letter] = post()

    row.refresh_from_db()
    assert (row.state, row.context, row.text) == ("sent", {}, "")
    assert row.subject == letter.subject


@pytest.mark.parametrize(
    ("prefix", "face", "way"),
    [("", "cyr", "/nalog/"), ("/lat", "lat", "/lat/nalog/"), ("/en", "en", "/en/nalog/")],
)
def test_the_letter_and_its_link_are_in_the_face_of_the_page(client, post, prefix, face, way):
    client.post(f"{prefix}{SIGNUP}", typed())

    [letter] = post()
    assert letter.link.startswith(f"{way}confirm-email/")
    assert User.objects.get().face == face
    assert ("account" in letter.text) or face != "en"


def test_the_link_names_the_portals_own_address_whatever_host_was_asked(client, post, settings):
    settings.ALLOWED_HOSTS = ["*"]

    client.post(SIGNUP, typed(), headers={"host": "evil.example.com"})

    [letter] = post()
    assert "evil.example.com" not in letter.text
    assert letter.link


def test_confirming_elsewhere_confirms_but_signs_nobody_in(client, post):
    client.post(SIGNUP, typed())
    [letter] = post()

    elsewhere = Client()
    answer = elsewhere.post(letter.link)

    assert EmailAddress.objects.get().verified
    assert answer.url == "/nalog/login/"


def test_a_used_or_forged_link_says_so(client, post):
    client.post(SIGNUP, typed())
    [letter] = post()
    client.post(letter.link)

    for link in (letter.link, "/nalog/confirm-email/MQ:1abcde:izmisljeno/"):
        page = client.get(link)
        assert page.status_code == 200
        assert page.context["confirmation"] is None
        assert client.post(link).status_code == 404


def test_nobody_learns_who_has_an_account(client, post, kinds_queued):
    PersonFactory(user__email="ana@example.org", user__confirmed=True)

    answer = client.post(SIGNUP, typed(email="Ana@example.org"), follow=True)
    stranger = Client().post(SIGNUP, typed(email="bora@example.org"), follow=True)

    assert answer.redirect_chain == stranger.redirect_chain
    assert User.objects.filter(email__iexact="ana@example.org").count() == 1
    assert kinds_queued() == ["accounts.already_exists", "accounts.welcome"]
    first, _second = post()
    assert first.to == "ana@example.org"
    assert first.link == "/nalog/password/reset/"


def test_a_second_click_opens_no_second_account(client, kinds_queued):
    client.post(SIGNUP, typed())
    again = Client().post(SIGNUP, typed(), follow=True)

    assert again.redirect_chain == [("/nalog/confirm-email/", 302)]
    assert (User.objects.count(), Person.objects.count()) == (1, 1)
    # one letter in three minutes is enough
    assert kinds_queued() == ["accounts.welcome"]


def test_when_both_clicks_arrive_together_the_slower_is_told_like_the_other(client, monkeypatch):
    UserFactory(email="ana@example.org")
    monkeypatch.setattr(
        "centar.accounts.forms.SignupForm.validate_unique_email", lambda self, email: email
    )

    answer = client.post(SIGNUP, typed(), follow=True)

    assert answer.redirect_chain == [("/nalog/confirm-email/", 302)]
    assert (User.objects.count(), Person.objects.count()) == (1, 0)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("first_name", "А\x00на"),
        ("first_name", ""),
        ("last_name", "И" * 10_000),
        ("email", "ana"),
        ("email", "ana@example.org\x00"),
        ("email", f"{'a' * 60}@{'b' * 60}.{'c' * 60}.{'d' * 60}.{'e' * 60}.org"),
        ("password1", "кратка"),
        ("password1", "1234567890"),
        ("password1", "password123"),
        ("password1", "лозинка\x00дуга"),
    ],
)
def test_wrong_input_has_its_sentence_and_the_rest_stays(client, field, wrong):
    answer = client.post(SIGNUP, typed(**{field: wrong}))

    assert answer.status_code == 200
    assert errors(answer) == [field]
    page = answer.content.decode()
    assert f'id="id_{field}_error"' in page
    kept = {"first_name": "Ана", "last_name": "Илић", "email": "ana@example.org"} | {field: wrong}
    kept.pop("password1", None)
    form = answer.context["form"]
    assert {name: form[name].value() for name in kept} == kept
    assert PASSWORD not in page
    assert User.objects.count() == 0


def test_the_person_and_the_login_are_made_together_or_not_at_all(client, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("the audit is full")

    monkeypatch.setattr("centar.audit.trail.record", broken)
    with pytest.raises(RuntimeError):
        client.post(SIGNUP, typed())

    assert (User.objects.count(), EmailAddress.objects.count()) == (0, 0)


def test_a_form_without_its_token_is_refused():
    assert Client(enforce_csrf_checks=True).post(SIGNUP, typed()).status_code == 403
    assert User.objects.count() == 0


def test_a_letter_is_not_sent_when_the_address_is_confirmed_meanwhile(client, post):
    client.post(SIGNUP, typed())
    EmailAddress.objects.update(verified=True)

    assert post() == []
    assert Letter.objects.get().state == "dropped"
