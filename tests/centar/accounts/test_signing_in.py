import pytest
from django.test import Client

from centar.outbox.models import Letter
from tests.factories.people import PASSWORD, PersonFactory, UserFactory

pytestmark = pytest.mark.django_db

LOGIN = "/nalog/login/"
RESET = "/nalog/password/reset/"
NEW_PASSWORD = "пролеће на Букуљи 1985"


@pytest.fixture
def ana():
    person = PersonFactory(user__email="ana@example.org", user__confirmed=True)
    return person.user


def sign_in(client, password=PASSWORD, email="ana@example.org", **more):
    return client.post(LOGIN, {"login": email, "password": password} | more)


def test_signing_in_leads_to_ones_own_page_or_back_to_where_one_came_from(ana, client):
    assert sign_in(client).url == "/moja-strana/"
    assert sign_in(Client(), email="ANA@example.org", next="/profil/").url == "/profil/"


def test_nobody_is_led_to_another_site(ana, client):
    assert sign_in(client, next="https://evil.example.com/").url == "/moja-strana/"


def test_a_wrong_password_and_an_unknown_address_read_the_same(ana, client):
    wrong = sign_in(client, password="нешто друго")
    unknown = sign_in(Client(), email="nema@example.org")

    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert wrong.context["form"]["login"].value() == "ana@example.org"
    assert len(wrong.context["form"].non_field_errors()) == 1


def test_an_unconfirmed_address_gets_its_letter_again(client, post, kinds_queued):
    UserFactory(email="ana@example.org")

    answer = sign_in(client)

    assert answer.url == "/nalog/confirm-email/"
    [letter] = post()
    client.post(letter.link)
    assert client.get("/profil/").status_code == 200


def test_a_closed_account_is_told_so(ana, client):
    ana.is_active = False
    ana.save()

    assert sign_in(client).url == "/nalog/inactive/"
    assert client.get("/nalog/inactive/").status_code == 200
    assert client.get("/profil/").status_code == 302


def test_the_sixth_wrong_password_is_not_even_tried(ana, client):
    for _ in range(5):
        sign_in(client, password="погрешна лозинка")

    answer = sign_in(client)

    assert answer.context["form"].errors.as_data()["__all__"][0].code == "too_many_login_attempts"


@pytest.mark.parametrize("prefix", ["", "/lat", "/en"])
def test_too_many_attempts_from_one_address_get_our_own_page(client, settings, prefix):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    address = prefix + LOGIN
    for _ in range(2):
        client.post(address, {"login": "a@example.org", "password": "х"})

    answer = client.post(address, {"login": "a@example.org", "password": "х"})

    assert answer.status_code == 429
    assert "429.html" in [template.name for template in answer.templates]
    assert "site-header" in answer.content.decode()


def test_behind_a_proxy_limits_count_the_visitors_own_address(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1

    def attempt(forwarded):
        headers = {"x-forwarded-for": forwarded}
        return client.post(LOGIN, {"login": "a@b.rs", "password": "х"}, headers=headers)

    codes = [attempt(ip).status_code for ip in ("203.0.113.5", "203.0.113.6", "203.0.113.5")]
    forged = attempt("198.51.100.1, 203.0.113.5").status_code

    assert (codes, forged) == ([200, 200, 429], 429)


def test_without_a_proxy_nobody_escapes_the_limit_by_a_forged_header(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}

    codes = [
        client.post(
            LOGIN, {"login": "a@b.rs", "password": "х"}, headers={"x-forwarded-for": forged}
        ).status_code
        for forged in ("203.0.113.5", "203.0.113.6")
    ]

    assert codes == [200, 429]


def test_a_forgotten_password_is_replaced_by_the_letters_link(ana, client, post, kinds_queued):
    answer = client.post(RESET, {"email": "ana@example.org"})
    assert answer.url == "/nalog/password/reset/done/"

    [letter] = post()
    form = client.get(letter.link, follow=True)
    assert form.status_code == 200
    done = client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD}, follow=True)
    assert done.redirect_chain == [("/nalog/password/reset/key/done/", 302)]

    assert sign_in(Client(), password=PASSWORD).status_code == 200
    assert sign_in(Client(), password=NEW_PASSWORD).url == "/moja-strana/"
    assert kinds_queued() == ["accounts.forgotten_password", "accounts.password_reset"]


def test_a_used_or_forged_reset_link_says_so(ana, client, post):
    client.post(RESET, {"email": "ana@example.org"})
    [letter] = post()
    form = client.get(letter.link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD})

    for link in (letter.link, "/nalog/password/reset/key/1-izmisljeno/"):
        page = Client().get(link, follow=True)
        assert page.status_code == 200
        assert page.context["token_fail"] is True


def test_nobody_learns_from_the_forgotten_password_who_has_an_account(ana, client, post):
    known = client.post(RESET, {"email": "ana@example.org"})
    unknown = Client().post(RESET, {"email": "nema@example.org"})

    assert known.url == unknown.url
    assert [letter.to for letter in post()] == ["ana@example.org", "nema@example.org"]
    assert [row.object_id for row in Letter.objects.order_by("pk")] == [ana.pk, 0]


def test_the_letter_with_an_outdated_link_is_not_sent(ana, client, post):
    client.post(RESET, {"email": "ana@example.org"})
    ana.set_password(NEW_PASSWORD)
    ana.save()

    assert post() == []
    assert Letter.objects.get().state == "dropped"


def test_an_account_made_by_staff_gets_its_password_by_letter(client, post):
    user = UserFactory(email="nova@example.org", password="!")
    user.set_unusable_password()
    user.save()

    client.post(RESET, {"email": "nova@example.org"})
    [letter] = post()
    form = client.get(letter.link, follow=True)
    client.post(form.request["PATH_INFO"], {"password1": NEW_PASSWORD})
    sign_in(client, email="nova@example.org", password=NEW_PASSWORD)

    assert client.get("/profil/").status_code == 200


def test_a_password_is_changed_by_whoever_knows_the_present_one(ana, client, kinds_queued):
    sign_in(client)
    address = "/nalog/password/change/"

    wrong = client.post(address, {"oldpassword": "нешто", "password1": NEW_PASSWORD})
    assert list(wrong.context["form"].errors) == ["oldpassword"]

    client.post(address, {"oldpassword": PASSWORD, "password1": NEW_PASSWORD})
    ana.refresh_from_db()
    assert ana.check_password(NEW_PASSWORD)
    assert kinds_queued() == ["accounts.password_changed"]


def test_a_new_address_counts_when_it_is_confirmed_and_the_old_one_is_told(
    ana, client, post, kinds_queued
):
    sign_in(client)

    asked = client.post("/nalog/email/", {"email": "nova@example.org", "action_add": "1"})
    assert asked.url == "/nalog/reauthenticate/?next=%2Fnalog%2Femail%2F"
    client.post(asked.url, {"password": PASSWORD})
    ana.refresh_from_db()
    assert ana.email == "ana@example.org"

    [letter] = post()
    assert letter.to == "nova@example.org"
    client.post(letter.link)
    ana.refresh_from_db()
    assert ana.email == "nova@example.org"
    assert [told.to for told in post()] == ["ana@example.org"]
    assert kinds_queued() == ["accounts.confirm_address", "accounts.address_changed"]


def test_signing_out_asks_first_and_needs_a_post(ana, client):
    sign_in(client)

    assert client.get("/nalog/logout/").status_code == 200
    assert client.get("/profil/").status_code == 200
    client.post("/nalog/logout/")
    assert client.get("/profil/").status_code == 302
