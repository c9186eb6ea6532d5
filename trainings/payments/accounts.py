"""Numbers that carry a check of themselves: bank accounts and tax numbers.

Source: the National Bank's rules for account numbers; for the tax number (PIB) ISO 7064.
"""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

DIGITS = 18
"""Bank 3, number 13, check 2."""

_DIVIDED = re.compile(r"([0-9]{3})-([0-9]{1,13})-([0-9]{2})")
_WHOLE = re.compile(r"[0-9]{18}")
_IBAN = re.compile(r"(?:RS[0-9]{2})?([0-9]{18})")


def check_digits(bank: str, number: str) -> str:
    """The two digits that end an account number; `number` may lack its leading zeros."""
    return f"{98 - int(bank + number.zfill(13)) * 100 % 97:02}"


def normal(written: str) -> str:
    """The 18 digits of an account written with dashes or without.

    Raises ValidationError with a sentence when it is no account number or its check is wrong.
    """
    text = re.sub(r"\s", "", written)
    if _WHOLE.fullmatch(text):
        bank, number, check = text[:3], text[3:16], text[16:]
    elif found := _DIVIDED.fullmatch(text):
        bank, number, check = found.groups()
    else:
        raise ValidationError(_("Write the account as 840-955845-10, or as its 18 digits."))
    if check != check_digits(bank, number):
        raise ValidationError(_("This account number has a wrong digit; its check does not fit."))
    return bank + number.zfill(13) + check


def plain(told: str) -> str:
    """The 18 digits of an account as banks tell it: with dashes, without, or as an IBAN.

    Empty for what is none of these; its check is not looked at, since the bank has done that.
    """
    text = re.sub(r"\s", "", told.upper())
    if found := _DIVIDED.fullmatch(text):
        bank, number, check = found.groups()
        return bank + number.zfill(13) + check
    found = _IBAN.fullmatch(text)
    return found[1] if found else ""


def written(account: str) -> str:
    """The account as people write it: „840-955845-10“ of its 18 digits."""
    return f"{account[:3]}-{account[3:16].lstrip('0') or '0'}-{account[16:]}"


def check_account(text: str) -> None:
    """A validator of fields: refuses what `normal` refuses."""
    normal(text)


def check_pib(text: str) -> None:
    """A validator of fields: refuses a tax number whose check (ISO 7064 MOD 11,10) is wrong."""
    if not is_pib(text):
        raise ValidationError(_("A PIB has 9 digits; one of these is wrong."))


def is_pib(text: str) -> bool:
    """Whether the text is a tax number with a right check digit."""
    if not re.fullmatch(r"[0-9]{9}", text):
        return False
    rest = 10
    for digit in text[:8]:
        rest = (rest + int(digit)) % 10 or 10
        rest = rest * 2 % 11
    return (11 - rest) % 10 == int(text[8])
