"""The pro-forma invoice as a paper: its register, what it says, and how it is printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.documents import kinds, pdf, qr
from trainings.models import PaymentSettings
from trainings.payments import accounts, amounts, ips_qr, model97

KIND = "proforma"


@dataclass(frozen=True)
class Line:
    """What is asked for one person, in dinars; `reason` says why it is less than the fee."""

    person: str
    amount: Decimal
    reason: str = ""


@dataclass(frozen=True)
class Bill:
    """What a pro-forma invoice says. `place` is the payer's; `school_pays` chooses the code."""

    number: str
    issued_on: date
    due_on: date
    reference: str
    payer: str
    place: str
    school_pays: bool
    seminar: str
    lines: Sequence[Line]

    @property
    def total(self) -> Decimal:
        """The sum of the lines."""
        return sum((line.amount for line in self.lines), Decimal(0))


def register() -> None:
    """Make the kind known to the register; called once, when the app is ready."""
    kinds.register(
        kinds.DocumentKind(
            code=KIND, label=gettext_lazy("pro-forma invoice"), prefix="П", template="proforma"
        )
    )


def content(bill: Bill, payee: PaymentSettings) -> dict[str, Any]:
    """All that is printed, in Serbian, as it is kept with the document.

    `qr_text` is empty where the QR code cannot hold what the slip says; the paper is still good.
    """
    code = payee.code_school if bill.school_pays else payee.code_person
    with translation.override("sr"):
        words = _words()
        title = _("Pro-forma invoice %(number)s") % {"number": bill.number}
        lines = [
            {
                "person": line.person,
                "reason": line.reason,
                "amount": amounts.written(line.amount),
            }
            for line in bill.lines
        ]
    return {
        "title": title,
        "centre": payee.payee,
        "number": bill.number,
        "issued_on": f"{bill.issued_on:%d.%m.%Y.}",
        "due_on": f"{bill.due_on:%d.%m.%Y.}",
        "payee": {
            "name": payee.payee,
            "address": payee.address,
            "place": payee.place,
            "pib": payee.pib,
            "account": accounts.written(accounts.normal(payee.account)),
        },
        "payer": {"name": bill.payer, "place": bill.place},
        "seminar": bill.seminar,
        "lines": lines,
        "total": amounts.written(bill.total),
        "model": model97.MODEL,
        "reference": model97.written(bill.reference),
        "code": code,
        "purpose": payee.purpose,
        "qr_text": _qr_text(bill, payee, code),
        "words": words,
    }


def as_pdf(printed: dict[str, Any]) -> bytes:
    """The paper in Cyrillic, as public papers are, with its slip and, if it has one, the code."""
    code = printed["qr_text"]
    return pdf.render("proforma", {**printed, "qr": qr.svg(code) if code else ""})


def file_name(number: str) -> str:
    """The name of the file, in Latin and without slashes: „predracun-12-2026.pdf“."""
    return f"predracun-{number.partition('-')[2].replace('/', '-')}.pdf"


def _qr_text(bill: Bill, payee: PaymentSettings, code: str) -> str:
    # The payer is optional in the code: a long name is left to the paper.
    for payer in (f"{bill.payer}\n{bill.place}".strip(), ""):
        slip = ips_qr.Slip(
            account=accounts.normal(payee.account),
            payee=f"{payee.payee}\n{payee.place}",
            amount=bill.total,
            code=code,
            payer=payer,
            purpose=payee.purpose,
            reference=model97.MODEL + bill.reference,
        )
        try:
            return ips_qr.text(slip)
        except ValidationError:
            continue
    return ""


def _words() -> dict[str, str]:
    return {
        "payee": _("Payee"),
        "payer": _("Payer"),
        "pib": _("PIB"),
        "account": _("Account of the payee"),
        "issued_on": _("Date of issue"),
        "due_on": _("To be paid by"),
        "seminar": _("Seminar"),
        "participant": _("Participant"),
        "amount": _("Amount (RSD)"),
        "total": _("Total (RSD)"),
        "no_vat": _("The pro-forma invoice is valid without a stamp and a signature."),
        "slip": _("TRANSFER ORDER"),
        "purpose": _("purpose of payment"),
        "code": _("payment code"),
        "currency": _("currency"),
        "sum": _("amount"),
        "reference": _("model and reference (credit)"),
        "signature": _("signature of the payer"),
        "scan": _("Pay with the application of your bank: scan the code."),
        "qr_alt": _("NBS IPS QR code of this payment"),
    }
