"""Statements in XML: ISO 20022 camt.053, in every version of its name space."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from defusedxml import DefusedXmlException, ElementTree
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from trainings.payments.statements.entries import Entry, clean

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

_ROOT = re.compile(r"\{(urn:iso:std:iso:20022:tech:xsd:camt\.053\.001\.[0-9]{2})\}Document")
_AMOUNT = re.compile(r"[0-9]{1,13}(\.[0-9]{1,5})?")


def read(content: bytes) -> list[Entry]:
    """The booked entries of all statements in the file.

    Raises ValidationError with a sentence for what is no such file, for one with declarations or
    entities of its own, and for an entry that cannot be understood.
    """
    try:
        root = ElementTree.fromstring(
            content, forbid_dtd=True, forbid_entities=True, forbid_external=True
        )
    except DefusedXmlException:
        raise ValidationError(
            _("This file declares entities of its own, which no bank does. It was not read.")
        ) from None
    except (ElementTree.ParseError, ValueError, LookupError):
        raise ValidationError(_("This XML is damaged; ask the bank for it again.")) from None
    found = _ROOT.fullmatch(root.tag)
    if found is None:
        raise ValidationError(_("This XML is no bank statement (CAMT.053)."))
    reader = _Reader(found[1])
    statements = reader.all(root, "BkToCstmrStmt/Stmt")
    return [entry for statement in statements for entry in reader.entries(statement)]


class _Reader:
    """Finds elements of one version by their paths without the name space."""

    def __init__(self, namespace: str) -> None:
        self._namespace = {"": namespace}

    def all(self, element: Element, path: str) -> list[Element]:
        return element.findall(path, self._namespace)

    def text(self, element: Element, *paths: str) -> str:
        """The first of the paths that has a text."""
        for path in paths:
            found = (element.findtext(path, "", self._namespace) or "").strip()
            if found:
                return found
        return ""

    def entries(self, statement: Element) -> Iterator[Entry]:
        account = self.text(statement, "Acct/Id/IBAN", "Acct/Id/Othr/Id")
        for entry in self.all(statement, "Ntry"):
            # Older versions write the state as a text, newer ones as a code inside.
            if self.text(entry, "Sts/Cd", "Sts") not in ("", "BOOK"):
                continue
            yield from self._entry(entry, account)

    def _entry(self, entry: Element, account: str) -> Iterator[Entry]:
        sign = self._sign(entry)
        whole = self._amount(entry, "Amt")
        day = self._day(entry)
        own = self.text(entry, "AcctSvcrRef")
        details = self.all(entry, "NtryDtls/TxDtls")
        parts = [self._amount(one, "Amt", "AmtDtls/TxAmt/Amt") for one in details]
        # A collective entry is divided only where its parts are all told and make it up.
        told = [part for part in parts if part is not None]
        if len(details) < 2 or len(told) < len(parts) or sum(told) != whole:
            details, told = (details or [entry])[:1], [whole or Decimal(0)]
        for number, (one, amount) in enumerate(zip(details, told, strict=True), start=1):
            number_of_bank = self.text(one, "Refs/AcctSvcrRef") or own
            if len(details) > 1 and number_of_bank == own != "":
                number_of_bank = f"{own}/{number}"
            yield self._payment(one, day, sign * amount, number_of_bank, account)

    def _payment(
        self, one: Element, day: date, amount: Decimal, bank_reference: str, account: str
    ) -> Entry:
        side = "Dbtr" if amount > 0 else "Cdtr"
        return Entry(
            booked_on=day,
            amount=amount,
            payer=clean(self.text(one, f"RltdPties/{side}/Pty/Nm", f"RltdPties/{side}/Nm"), 200),
            payer_account=clean(
                self.text(
                    one,
                    f"RltdPties/{side}Acct/Id/IBAN",
                    f"RltdPties/{side}Acct/Id/Othr/Id",
                ),
                40,
            ),
            reference=clean(
                self.text(one, "RmtInf/Strd/CdtrRefInf/Ref", "RmtInf/Strd/RfrdDocInf/Nb"), 80
            ),
            purpose=clean(self.text(one, "RmtInf/Ustrd", "AddtlTxInf", "AddtlNtryInf"), 300),
            bank_reference=clean(bank_reference, 80),
            account=clean(account, 40),
        )

    def _sign(self, entry: Element) -> int:
        direction = self.text(entry, "CdtDbtInd")
        if direction not in ("CRDT", "DBIT"):
            raise ValidationError(_("An entry does not say whether money came or went."))
        return 1 if direction == "CRDT" else -1

    def _amount(self, element: Element, *paths: str) -> Decimal | None:
        """The amount; none where the element tells none. Foreign money is refused."""
        for path in paths:
            found = element.find(path, self._namespace)
            if found is None:
                continue
            if found.get("Ccy") != "RSD":
                raise ValidationError(_("The statement is not in dinars."))
            text = (found.text or "").strip()
            if not _AMOUNT.fullmatch(text):
                raise ValidationError(_("“%(text)s” is no amount.") % {"text": text[:40]})
            return Decimal(text).quantize(Decimal("0.01"))
        return None

    def _day(self, entry: Element) -> date:
        text = self.text(entry, "BookgDt/Dt", "BookgDt/DtTm", "ValDt/Dt", "ValDt/DtTm")
        try:
            return date.fromisoformat(text[:10])
        except ValueError:
            raise ValidationError(_("“%(text)s” is no date.") % {"text": text[:40]}) from None
