"""Which unpaid invoices a payment without a known reference may be for, and why."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import combinations
from typing import Any

from django.db.models import F, FloatField, Func, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils.translation import gettext as _

from centar.script.folding import fold
from trainings.models import Proforma, StatementRow

SHOWN = 12
# How much of the payer's name stands in what the bank tells. A name in another order has all of
# it; one with a wrong letter, in another case or cut off comes above 0.7, as does a school of the
# same name elsewhere. Another surname after the same first name has 0.62 at most; „Јована“ has
# 0.91 of „Јован“.
ALIKE, SAME = 0.65, 0.95
# Of one payer's invoices so many are tried together, and so many at once.
TRIED, TOGETHER = 12, 5
# An exact amount says more than any name, a sum of several a little less.
EXACT_RANK, TOGETHER_RANK = 2.0, 1.5


class NameIn(Func):
    """How much of a name stands in a longer text, from 0 to 1, by trigrams (pg_trgm)."""

    function = "WORD_SIMILARITY"
    output_field = FloatField()


@dataclass
class Suggestion:
    """An unpaid invoice that a payment may be for; `reasons` are sentences.

    `whole` is how much of the payer's name stands in what the bank tells, and `likeness` the same
    or how much of the name that the bank tells stands in the payer's: banks write „ОШ“.
    """

    proforma: Proforma
    whole: float
    likeness: float
    rank: float = 0
    reasons: list[str] = field(default_factory=list)

    @property
    def open(self) -> Decimal:
        """What is still to be paid, in dinars."""
        return self.proforma.open


def suggestions(row: StatementRow) -> list[Suggestion]:
    """At most SHOWN invoices, the likeliest first, for what is left of the row.

    By the amount, by the sum of several invoices of one payer, and by the payer's name, in which
    script, order and spelling do not matter; the purpose counts too, since it often names whom
    somebody else pays for. With one query.
    """
    found = _unpaid(row)
    _see_amounts(found, row.rest)
    for several in _by_payer(found):
        _see_sums(several, row.rest)
    for one in found:
        _see_name(one)
    likely = [one for one in found if one.reasons]
    likely.sort(key=lambda one: (-one.rank - one.likeness, one.proforma.due_on, one.proforma.pk))
    return likely[:SHOWN]


def _unpaid(row: StatementRow) -> list[Suggestion]:
    name, told = fold(row.payer), fold(f"{row.payer} {row.purpose}")
    taken = row.payments.filter(undone_at=None).values("proforma")
    invoices: QuerySet[Any] = (
        Proforma.objects.unpaid()
        .exclude(pk__in=taken)
        .annotate(whole=NameIn(F("payer_folded"), Value(told)))
        .annotate(likeness=Greatest(F("whole"), NameIn(Value(name), F("payer_folded"))))
        .select_related("document")
        .defer("document__content")
    )
    return [Suggestion(one, one.whole, one.likeness) for one in invoices.order_by("due_on", "pk")]


def _see_amounts(found: Sequence[Suggestion], rest: Decimal) -> None:
    for one in found:
        if one.open == rest:
            one.rank = EXACT_RANK
            one.reasons.append(_("Exactly this amount is open."))


def _see_name(one: Suggestion) -> None:
    if one.whole >= SAME:
        one.reasons.append(_("The payer has this name."))
    elif one.likeness >= ALIKE:
        one.reasons.append(_("The payer's name is alike."))


def _by_payer(found: Sequence[Suggestion]) -> list[list[Suggestion]]:
    """The invoices of each payer who has several, due first first."""
    payers: dict[str, list[Suggestion]] = defaultdict(list)
    for one in found:
        payers[one.proforma.payer_folded].append(one)
    return [several for several in payers.values() if len(several) > 1]


def _see_sums(several: Sequence[Suggestion], rest: Decimal) -> None:
    """Mark the invoices of one payer that together make exactly the payment.

    All of them say something by themselves; some of them only where the name fits too, since
    among many sums one is right by chance.
    """
    together = _adding_up(several, rest, may_choose=several[0].likeness >= ALIKE)
    numbers = ", ".join(one.proforma.document.register_number for one in together)
    for one in together:
        one.rank = max(one.rank, TOGETHER_RANK)
        one.reasons.append(_("Together exactly this amount: %(numbers)s.") % {"numbers": numbers})


def _adding_up(
    several: Sequence[Suggestion], rest: Decimal, *, may_choose: bool
) -> Sequence[Suggestion]:
    if sum(one.open for one in several) == rest:
        return several
    if not may_choose:
        return ()
    tried = [one for one in several if one.open < rest][:TRIED]
    sums = (some for size in range(2, TOGETHER + 1) for some in combinations(tried, size))
    return next((some for some in sums if sum(one.open for one in some) == rest), ())
