import pytest
from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from django.utils import timezone

from centar.accounts import letters
from centar.outbox import kinds, operations
from centar.outbox.models import Letter
from centar.script import faces
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db

CODES = [kind.code for kind in kinds.every() if kind.code.startswith("accounts.")]


def a_letter(code, user, face="cyr"):
    way = "/nalog/izmisljeno/"
    return Letter.objects.create(
        kind=code,
        object_id=user.pk,
        recipient=user.email,
        version="1",
        face=face,
        context={
            "at": timezone.now().isoformat(),
            "key": default_token_generator.make_token(user),
            "ip": "203.0.113.5",
            "from_email": "stara@example.org",
            "to_email": "nova@example.org",
            "deleted_email": "visak@example.org",
            "activate_url": f"https://portal.example.org{way}",
            "password_reset_url": f"https://portal.example.org{way}",
            "signup_url": f"https://portal.example.org{way}",
        },
    )


@pytest.fixture
def user():
    return UserFactory(email="o'brien+skola@example.org")


@pytest.mark.parametrize("face", ["cyr", "lat", "en"])
@pytest.mark.parametrize("code", CODES)
def test_every_letter_can_be_written_in_every_face(user, code, face):
    EmailAddress.objects.filter(user=user).delete()
    EmailAddress.objects.create(user=user, email=user.email)

    message = operations.write(a_letter(code, user, face))

    assert message.subject
    assert "\n\n" in message.text
    for trace in ("{{", "{%", "&#x27;", "&amp;", "None"):
        assert trace not in message.subject + message.text


def test_every_kind_of_letter_is_secret():
    assert [kinds.get(code).secret for code in CODES] == [True] * 15


def test_a_letter_follows_the_accounts_own_face_and_not_the_pages(user):
    user.face = "lat"
    user.save()

    facts = {"user": user, "ip": "203.0.113.5"}
    letters.queue(
        "account/email/password_changed", recipient=user.email, face=faces.ENGLISH, facts=facts
    )

    row = Letter.objects.get()
    assert (row.face, row.object_id) == ("lat", user.pk)
    assert "/lat/nalog/password/reset/" in operations.write(row).text


def test_two_letters_of_one_kind_are_two_letters(user):
    for _ in range(2):
        letters.queue(
            "account/email/unknown_account",
            recipient="nema@example.org",
            face=faces.CYRILLIC,
            facts={"signup_url": "https://x.example.org/nalog/signup/"},
        )

    assert Letter.objects.count() == 2
