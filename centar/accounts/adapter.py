"""Where allauth asks the portal: letters, addresses, sentences."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from centar.accounts import letters
from centar.people.models import User
from centar.script import faces


class AccountAdapter(DefaultAccountAdapter):
    """Allauth's accounts in this portal."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": _("This account is closed. Please call the Centre."),
        "duplicate_email": _("This is your address already."),
        "email_password_mismatch": _("The e-mail address or the password is not right."),
        "email_taken": _("Another account has this address."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": _("The code is not right. Write the one that is shown now."),
        "incorrect_password": _("The password is not right."),
        "rate_limited": _("That was too often. Wait a few minutes, then try again."),
        "too_many_login_attempts": _(
            "Too many attempts have failed. Wait five minutes, or ask for a new password."
        ),
        "unverified_primary_email": _("Confirm your address first, by the link in the letter."),
    }

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the letter instead of sending it while somebody waits for the page."""
        letters.queue(template_prefix, recipient=email, face=faces.of(self.request), facts=context)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: AbstractBaseUser,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell an account's owner of a change to it, in the owner's own face."""
        facts = {**(context or {}), "user": user}
        super().send_notification_mail(template_prefix, user, context=facts, email=email)

    def clean_email(self, email: str) -> str:
        """Refuse an address longer than the database keeps."""
        longest = User._meta.get_field("email").max_length
        assert longest is not None
        if len(email) > longest:
            raise ValidationError(gettext("This address is too long."), code="too_long")
        return email


class SecondStepAdapter(DefaultMFAAdapter):
    """Allauth's second step and passkeys in this portal."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": _("Turn off the two-step sign-in before you change the address."),
        "cannot_generate_recovery_codes": _("Turn on the two-step sign-in first."),
        "incorrect_code": _("The code is not right. Write the one that is shown now."),
        "unverified_email": _("Confirm your new e-mail address first, by the link in the letter."),
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """The name under which a browser or a telephone keeps the passkey."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": gettext("Centre for Education Kragujevac")}
