import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.test import Client

from tests.factories.people import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

LOGIN = "/nalog/login/"
ACTIVATE = "/nalog/2fa/totp/activate/"


def code_of(secret):
    counter = next(iter(auth.yield_hotp_counters_from_time()))
    return auth.format_hotp_value(auth.hotp_value(secret, counter))


@pytest.fixture
def ana():
    return PersonFactory(user__email="ana@example.org", user__confirmed=True).user


@pytest.fixture
def inside(client, ana):
    """Signed in, and the password asked for once more, as before every change that matters."""
    client.post(LOGIN, {"login": ana.email, "password": PASSWORD})
    client.post("/nalog/reauthenticate/", {"password": PASSWORD})
    return client


def turn_on(client):
    secret = client.get(ACTIVATE).context["form"].secret
    return client.post(ACTIVATE, {"code": code_of(secret)}, follow=True)


def test_the_second_step_is_turned_on_and_the_recovery_codes_are_shown(
    inside, kinds_queued, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        page = turn_on(inside)

    assert page.redirect_chain == [("/nalog/2fa/recovery-codes/", 302)]
    codes = page.context["unused_codes"]
    assert len(codes) == 10
    assert all(code in page.content.decode() for code in codes)
    assert kinds_queued() == ["accounts.second_step_on"]


def test_from_then_on_the_password_alone_does_not_let_in(inside, ana):
    turn_on(inside)
    other = Client()

    first = other.post(LOGIN, {"login": ana.email, "password": PASSWORD})
    assert first.url == "/nalog/2fa/authenticate/"
    assert other.get("/profil/").status_code == 302

    wrong = other.post(first.url, {"code": "000000"})
    assert list(wrong.context["form"].errors) == ["code"]

    recovery = ana.authenticator_set.get(type=Authenticator.Type.RECOVERY_CODES)
    code = recovery.wrap().get_unused_codes()[0]
    assert other.post(first.url, {"code": code}).url == "/moja-strana/"
    recovery.refresh_from_db()
    assert code not in recovery.wrap().get_unused_codes()


def test_the_picture_of_the_secret_needs_no_exception_from_the_safety_rules(inside):
    page = inside.get(ACTIVATE)

    assert 'src="data:image/svg+xml;base64,' in page.content.decode()
    assert "img-src 'self' data:" in page.headers["Content-Security-Policy"]


def test_turning_off_is_told_by_letter(inside, kinds_queued):
    turn_on(inside)

    inside.post("/nalog/2fa/totp/deactivate/")

    assert Authenticator.objects.count() == 0
    assert kinds_queued()[-1] == "accounts.second_step_off"


def test_a_change_that_matters_asks_for_the_password_after_a_while(inside, ana):
    session = inside.session
    for method in session["account_authentication_methods"]:
        method["at"] -= 3600
    session.save()

    asked = inside.get(ACTIVATE)
    assert asked.url == "/nalog/reauthenticate/?next=%2Fnalog%2F2fa%2Ftotp%2Factivate%2F"
    wrong = inside.post(asked.url, {"password": "нешто друго"})
    assert list(wrong.context["form"].errors) == ["password"]
    right = inside.post(asked.url, {"password": PASSWORD})
    assert right.url == ACTIVATE


def test_the_page_of_the_second_step_is_for_its_owner(client):
    for address in ("/nalog/2fa/", ACTIVATE, "/nalog/2fa/webauthn/", "/nalog/2fa/webauthn/add/"):
        assert client.get(address).status_code == 302
