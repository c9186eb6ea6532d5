"""One payment as a statement tells it."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from trainings.payments import references

MOST = 50_000
"""Entries in one file; a year of the Centre has a few thousand."""

_UNPRINTED = re.compile(r"[\x00-\x1f\x7f]+")
# What banks write where they have no reference to give.
_NO_REFERENCE = {"", "0", "NONREF", "NOTPROVIDED"}


@dataclass(frozen=True)
class Entry:
    """A payment into the Centre's account, or out of it when `amount` is negative (dinars).

    `bank_reference` is the bank's own number of the entry, empty where it gives none.
    """

    booked_on: date
    amount: Decimal
    payer: str = ""
    payer_account: str = ""
    reference: str = ""
    purpose: str = ""
    bank_reference: str = ""
    account: str = ""

    @property
    def is_numbered(self) -> bool:
        """Whether the bank's own number of the entry is known."""
        return self.bank_reference.upper() not in _NO_REFERENCE


def clean(text: str | None, most: int) -> str:
    """A text of a file in one line, at most so long, without what cannot be printed."""
    return re.sub(r"\s+", " ", _UNPRINTED.sub(" ", text or "")).strip()[:most].strip()


def with_fingerprints(entries: Iterable[Entry]) -> Iterator[tuple[str, Entry]]:
    """Each entry with what tells it from every other one, in whichever file it comes again.

    That is the bank's own number with day and amount; where there is none, the day, the amount,
    the payer's account and the reference, and how many like it the file had before.
    """
    alike: Counter[tuple[str, ...]] = Counter()
    for entry in entries:
        facts: tuple[str, ...] = (entry.booked_on.isoformat(), f"{entry.amount:.2f}")
        if not entry.is_numbered:
            account = re.sub(r"\D", "", entry.payer_account)
            facts = ("own", *facts, account, references.key(entry.reference))
            alike[facts] += 1
            facts = (*facts, str(alike[facts]))
        else:
            facts = ("bank", *facts, entry.bank_reference)
        yield hashlib.sha256("\n".join(facts).encode()).hexdigest(), entry
