"""Allauth's forms with our labels, and with the new password asked for once.

A password that can be shown (static/js/password.js) need not be typed twice.
"""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account_forms
from allauth.account.models import EmailAddress
from allauth.mfa.base import forms as second_step_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as passkey_forms
from django import forms
from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import (
    MinimumLengthValidator,
    get_default_password_validators,
)
from django.db import IntegrityError, models, transaction
from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from centar.people import operations
from centar.people.models import Person, User
from centar.script import faces


def _name_field(name: str, label: Any, autocomplete: str) -> forms.Field:
    column = Person._meta.get_field(name)
    assert isinstance(column, models.CharField)
    field = column.formfield(label=label)
    assert field is not None
    field.widget.attrs["autocomplete"] = autocomplete
    return field


def _say(form: forms.BaseForm, **labels: Any) -> None:
    """Give the fields their labels; a placeholder that repeats the label says nothing."""
    for name, field in form.fields.items():
        field.widget.attrs.pop("placeholder", None)
        if name in labels:
            field.label = labels[name]


def _ask_once(form: forms.BaseForm) -> None:
    """Drop the repetition of a new password, and say what a good one is."""
    form.fields.pop("password2", None)
    shortest = max(
        validator.min_length
        for validator in get_default_password_validators()
        if isinstance(validator, MinimumLengthValidator)
    )
    form.fields["password1"].help_text = gettext(
        "At least %(shortest)d characters. Three or four words that only you put together "
        "are easy to remember and hard to guess."
    ) % {"shortest": shortest}


class SignupForm(account_forms.SignupForm):
    """A new account: name, address, password."""

    first_name = _name_field("first_name", _("First name"), "given-name")
    last_name = _name_field("last_name", _("Last name"), "family-name")
    field_order = ("first_name", "last_name", "email", "password1")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, email=_("E-mail"), password1=_("Password"))
        _ask_once(self)
        self.fields["email"].help_text = gettext(
            "We send a letter there, to confirm that the address is yours."
        )

    def try_save(self, request: HttpRequest) -> tuple[User | None, HttpResponseBase | None]:
        """Open the account as a whole or not at all.

        An address that has an account gets a letter about it, and the page says the same as to
        a newcomer: nobody learns here who has an account.
        """
        if self.account_already_exists:
            # Making a hash takes long on purpose; a quicker answer would tell of the account.
            make_password(self.cleaned_data["password1"])
        try:
            with transaction.atomic():
                return super().try_save(request)  # type: ignore[no-any-return]
        except IntegrityError:
            # The button was pressed twice, and the other request was faster.
            self.account_already_exists = True
            return super().try_save(request)  # type: ignore[no-any-return]

    def signup(self, request: HttpRequest, user: User) -> None:
        """Give the new login its person; letters will be in the face of this page."""
        operations.open_account(
            user=user,
            first_name=self.cleaned_data["first_name"],
            last_name=self.cleaned_data["last_name"],
            face=faces.of(request).code,
            by=user,
        )


class LoginForm(account_forms.LoginForm):
    """Signing in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(
            self,
            login=_("E-mail"),
            password=_("Password"),
            remember=_("Stay signed in on this device"),
        )
        self.fields["remember"].help_text = gettext("Not on a computer that others use too.")


class ReauthenticateForm(account_forms.ReauthenticateForm):
    """The password once more, before a change that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password=_("Password"))


class AddEmailForm(account_forms.AddEmailForm):
    """A new address for an account."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, email=_("New e-mail address"))


class ResetPasswordForm(account_forms.ResetPasswordForm):
    """The address of an account whose password is forgotten."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, email=_("E-mail"))


class ResetPasswordKeyForm(account_forms.ResetPasswordKeyForm):
    """A new password, by the letter's link."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password1=_("New password"))
        _ask_once(self)

    def save(self) -> None:
        """Save the password. The link came by letter, so it also confirms the only address."""
        super().save()
        addresses = EmailAddress.objects.filter(user=self.user)
        if len(addresses) == 1 and addresses[0].set_verified():
            addresses[0].set_as_primary()


class ChangePasswordForm(account_forms.ChangePasswordForm):
    """A new password instead of the present one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, oldpassword=_("Present password"), password1=_("New password"))
        _ask_once(self)


class SetPasswordForm(account_forms.SetPasswordForm):
    """The first password of an account that has none."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, password1=_("New password"))
        _ask_once(self)


class SecondStepForm(second_step_forms.AuthenticateForm):
    """The code of the second step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code=_("Code from the app, or a recovery code"))


class ConfirmSecondStepForm(second_step_forms.ReauthenticateForm):
    """The code once more, before a change that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code=_("Code from the app, or a recovery code"))


class ActivateTOTPForm(totp_forms.ActivateTOTPForm):
    """The first code, which proves that the app is set up."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _say(self, code=_("Code that the app shows now"))
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class AddPasskeyForm(passkey_forms.AddWebAuthnForm):
    """A new passkey or security key."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(
            label=_("Name of the key"), max_length=100, required=False
        )
        self.fields["passwordless"].label = _("Sign in with it alone, without the password")
        self.fields["passwordless"].help_text = _(
            "The device then asks for your fingerprint, face or PIN."
        )


class EditPasskeyForm(passkey_forms.EditWebAuthnForm):
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"] = forms.CharField(label=_("Name of the key"), max_length=100)
