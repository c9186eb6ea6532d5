"""The letters about accounts. Allauth says when, these say what; the outbox sends them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailAddress
from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.outbox import kinds, operations
from centar.outbox.models import Letter
from centar.people.models import User
from centar.script import faces

# What allauth gives to its letters and ours need: links, and facts of one line.
_LINKS = ("activate_url", "password_reset_url", "signup_url")
_FACTS = ("key", "ip", "from_email", "to_email", "deleted_email")


@dataclass(frozen=True)
class _AccountLetter:
    """One kind, with allauth's name for it, which is the beginning of its templates' names."""

    template: str
    code: str
    label: str | Promise


_LETTERS = (
    _AccountLetter(
        "account/email/email_confirmation_signup",
        "accounts.welcome",
        gettext_lazy("confirm the address of a new account"),
    ),
    _AccountLetter(
        "account/email/email_confirmation",
        "accounts.confirm_address",
        gettext_lazy("confirm an address"),
    ),
    _AccountLetter(
        "account/email/account_already_exists",
        "accounts.already_exists",
        gettext_lazy("there is an account already"),
    ),
    _AccountLetter(
        "account/email/unknown_account",
        "accounts.unknown_address",
        gettext_lazy("there is no account"),
    ),
    _AccountLetter(
        "account/email/password_reset_key",
        "accounts.forgotten_password",
        gettext_lazy("forgotten password"),
    ),
    _AccountLetter(
        "account/email/password_reset",
        "accounts.password_reset",
        gettext_lazy("a new password after a forgotten one"),
    ),
    _AccountLetter(
        "account/email/password_changed",
        "accounts.password_changed",
        gettext_lazy("the password is changed"),
    ),
    _AccountLetter(
        "account/email/password_set",
        "accounts.password_set",
        gettext_lazy("the first password is set"),
    ),
    _AccountLetter(
        "account/email/email_changed",
        "accounts.address_changed",
        gettext_lazy("the address is changed"),
    ),
    _AccountLetter(
        "account/email/email_deleted",
        "accounts.address_removed",
        gettext_lazy("an address is removed"),
    ),
    _AccountLetter(
        "mfa/email/totp_activated",
        "accounts.second_step_on",
        gettext_lazy("the second step is turned on"),
    ),
    _AccountLetter(
        "mfa/email/totp_deactivated",
        "accounts.second_step_off",
        gettext_lazy("the second step is turned off"),
    ),
    _AccountLetter(
        "mfa/email/recovery_codes_generated",
        "accounts.recovery_codes",
        gettext_lazy("new recovery codes"),
    ),
    _AccountLetter(
        "mfa/email/webauthn_added",
        "accounts.passkey_added",
        gettext_lazy("a passkey is added"),
    ),
    _AccountLetter(
        "mfa/email/webauthn_removed",
        "accounts.passkey_removed",
        gettext_lazy("a passkey is removed"),
    ),
)
_CODES = {letter.template: letter.code for letter in _LETTERS}
_TEMPLATES = {letter.code: letter.template for letter in _LETTERS}


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready.

    All are secret: some open the account, and the others say things about a person's account
    that are nobody else's business.
    """
    for letter in _LETTERS:
        kinds.register(kinds.Kind(letter.code, letter.label, _compose, secret=True))


def queue(template: str, *, recipient: str, face: faces.Face, facts: dict[str, Any]) -> None:
    """Queue the letter that allauth calls `template`, with what it says about it in `facts`.

    An account's own face wins over `face`, that of the page which caused the letter.
    """
    now = timezone.now()
    user = facts.get("user") or User.objects.filter(email__iexact=recipient).first()
    if user is not None:
        face = faces.by_code(user.face)
    links = {name: _address(facts[name], face) for name in _LINKS if name in facts}
    operations.queue(
        _CODES[template],
        object_id=user.pk if user is not None else 0,
        recipient=recipient,
        version=f"{now:%Y%m%dT%H%M%S%f}",
        face=face.code,
        at=now.isoformat(),
        **links,
        **{name: str(facts[name]) for name in _FACTS if name in facts},
    )


def _address(link: str, face: faces.Face) -> str:
    # Allauth takes the host from the request, where it can be forged; ours is in the settings.
    return settings.SITE_URL + faces.address(urlsplit(link).path, face)


def _compose(letter: Letter) -> kinds.Message:
    _require_still_true(letter)
    face = faces.by_code(letter.face)
    template = _TEMPLATES[letter.kind]
    context = {
        **letter.context,
        "at": timezone.localtime(datetime.fromisoformat(letter.context["at"])),
        "email": letter.recipient,
        "confirm_days": settings.ACCOUNT_EMAIL_CONFIRMATION_EXPIRE_DAYS,
        "reset_days": settings.PASSWORD_RESET_TIMEOUT // (24 * 60 * 60),
        "new_password_link": _address(reverse("account_reset_password"), face),
    }
    subject = render_to_string(f"{template}_subject.txt", context)
    text = render_to_string(f"{template}_message.txt", context)
    return kinds.Message(" ".join(subject.split()), text.strip() + "\n")


def _require_still_true(letter: Letter) -> None:
    if letter.kind in ("accounts.welcome", "accounts.confirm_address"):
        waiting = EmailAddress.objects.filter(
            user=letter.object_id, email=letter.recipient, verified=False
        )
        if not waiting.exists():
            raise kinds.NoLongerTrue(_("The address no longer waits to be confirmed."))
    if letter.kind == "accounts.forgotten_password":
        user = User.objects.filter(pk=letter.object_id, is_active=True).first()
        if user is None or not default_token_generator.check_token(user, letter.context["key"]):
            raise kinds.NoLongerTrue(_("The link for a new password is no longer valid."))
