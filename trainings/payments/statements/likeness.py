"""Whether two entries of different files may be one payment that was told twice.

A bank tells the same payment with its own number in one file and without it in another, and
leaves out now the payer's account, now the reference. So what is missing decides nothing; only
what both tell, differently, tells two payments apart.
"""

from __future__ import annotations

from centar.script.folding import fold
from trainings.payments import accounts, references
from trainings.payments.statements.entries import Entry


def may_be_same(one: Entry, other: Entry) -> bool:
    """Whether day and amount are the same and nothing else speaks against one payment."""
    return (
        (one.booked_on, one.amount) == (other.booked_on, other.amount)
        # The bank's numbers are there to tell payments apart.
        and not (one.is_numbered and other.is_numbered)
        and _agree(accounts.plain(one.account), accounts.plain(other.account))
        and _same_payer(one, other)
        and _same_reference(one, other)
    )


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _same_payer(one: Entry, other: Entry) -> bool:
    from_, and_from = accounts.plain(one.payer_account), accounts.plain(other.payer_account)
    if from_ and and_from:
        return from_ == and_from
    words, other_words = set(fold(one.payer).split()), set(fold(other.payer).split())
    # Banks cut names off and add addresses to them: half of the shorter one is enough.
    shorter = min(len(words), len(other_words))
    return 2 * len(words & other_words) >= shorter


def _same_reference(one: Entry, other: Entry) -> bool:
    if not references.key(one.reference) or not references.key(other.reference):
        return True
    meant = set(references.candidates(one.reference, one.purpose))
    return not meant.isdisjoint(references.candidates(other.reference, other.purpose))
