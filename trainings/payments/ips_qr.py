"""The text of the NBS IPS QR code on a payment slip, and reading it back.

Source: the National Bank's rules for the IPS QR code (code PR, version 01, UTF-8). `TAG:value`
joined by `|`, in a fixed order; empty tags are left out; names and the purpose are in Latin.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from centar.script.latin import to_latin
from trainings.payments import accounts, model97

FIXED = {"K": "PR", "V": "01", "C": "1"}
ORDER = ("K", "V", "C", "R", "N", "I", "P", "SF", "S", "RO")
LONGEST_NAME, LONGEST_PURPOSE, LONGEST_AMOUNT, MOST_LINES = 70, 35, 18, 3
_AMOUNT = re.compile(r"RSD([0-9]+),([0-9]{0,2})")
_REFERENCE = re.compile(r"(97|00)[0-9]{1,23}")
# Line ends stand inside names only; nothing else that is not printed may stand anywhere.
_UNPRINTED = re.compile(r"[\x00-\x09\x0b-\x1f\x7f|]")


@dataclass(frozen=True)
class Slip:
    """What a slip asks a bank to do. `account` has 18 digits, `amount` is in dinars.

    `reference` has its model in front („97“ or „00“) and no dashes.
    """

    account: str
    payee: str
    amount: Decimal
    code: str
    payer: str = ""
    purpose: str = ""
    reference: str = ""


def text(slip: Slip) -> str:
    """The text of the code. Raises ValidationError with a sentence for what does not fit it."""
    values = {
        **FIXED,
        "R": accounts.normal(slip.account),
        "N": _name(slip.payee, _("name of the payee")),
        "I": _amount(slip.amount),
        "P": _name(slip.payer, _("name of the payer")),
        "SF": slip.code,
        "S": _purpose(slip.purpose),
        "RO": slip.reference,
    }
    if not values["N"]:
        raise ValidationError(_("The QR code needs the name of the payee."))
    _check_code(slip.code)
    _check_reference(slip.reference)
    return "|".join(f"{tag}:{values[tag]}" for tag in ORDER if values[tag])


def read(written: str) -> Slip:
    """What a code says. Raises ValidationError unless `text` could have written it."""
    pairs = [part.partition(":") for part in written.split("|")]
    values = {tag: value for tag, _colon, value in pairs}
    tags = [tag for tag, _colon, _value in pairs]
    needed = {"K", "V", "C", "R", "N", "I", "SF"}
    fixed = all(values.get(tag) == value for tag, value in FIXED.items())
    if tags != [tag for tag in ORDER if tag in values] or not needed <= set(tags) or not fixed:
        raise ValidationError(_("This is no NBS IPS QR code of a payment slip."))
    amount = _AMOUNT.fullmatch(values["I"])
    if amount is None or not re.fullmatch(r"[0-9]{18}", values["R"]):
        raise ValidationError(_("This is no NBS IPS QR code of a payment slip."))
    slip = Slip(
        account=accounts.normal(values["R"]),
        payee=values["N"],
        amount=Decimal(f"{amount[1]}.{amount[2] or '0'}").quantize(Decimal("0.01")),
        code=values["SF"],
        payer=values.get("P", ""),
        purpose=values.get("S", ""),
        reference=values.get("RO", ""),
    )
    text(slip)  # refuses what could not have been written
    return slip


def _name(name: str, what: str) -> str:
    lines = [line.strip() for line in to_latin(name).strip().split("\n")]
    joined = "\n".join(lines)
    if len(joined) > LONGEST_NAME or len(lines) > MOST_LINES or _UNPRINTED.search(joined):
        raise ValidationError(
            _("The %(what)s is too long for the QR code, or has a sign that it cannot hold.")
            % {"what": what}
        )
    return joined


def _purpose(purpose: str) -> str:
    latin = to_latin(purpose).strip()
    if len(latin) > LONGEST_PURPOSE or _UNPRINTED.search(latin) or "\n" in latin:
        raise ValidationError(_("The purpose is at most 35 signs in Latin, in one line."))
    return latin


def _amount(amount: Decimal) -> str:
    if not amount.is_finite() or amount <= 0 or amount != amount.quantize(Decimal("0.01")):
        raise ValidationError(_("The QR code needs an amount over zero, exact to the para."))
    written = f"RSD{amount:.2f}".replace(".", ",")
    if len(written) > LONGEST_AMOUNT:
        raise ValidationError(_("The amount is too large for the QR code."))
    return written


def _check_code(code: str) -> None:
    if not re.fullmatch(r"[12][0-9]{2}", code):
        raise ValidationError(_("A payment code has three digits, such as 221 or 289."))


def _check_reference(reference: str) -> None:
    if not reference:
        return
    right = reference[:2] != model97.MODEL or model97.holds(reference[2:])
    if not _REFERENCE.fullmatch(reference) or not right:
        raise ValidationError(_("The QR code holds only digits of a right reference."))
