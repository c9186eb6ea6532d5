"""Reads about calls."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import OuterRef, QuerySet

from accreditation import meanings
from accreditation.models import Call, Proposal
from centar.questionnaires import in_use

STAYS_LISTED = timedelta(days=365)
"""How long a call that has ended stands on the page of calls."""


def public(today: date) -> QuerySet[Call]:
    """The calls on the public page: to come, open, and ended in the last year."""
    rows = Call.objects.published().filter(closes_on__gte=today - STAYS_LISTED)
    return rows.select_related("cycle").order_by("-closes_on", "-pk")


def has_proposals(call: Call) -> bool:
    """Whether somebody has begun a proposal."""
    return Proposal.objects.filter(call=call).exists()


def unmarked(call: Call) -> list[str]:
    """Codes that no question of the form has, though a part of what is made of answers needs it."""
    present = set(call.form.questions.values_list("code", flat=True))
    return [code for code in meanings.OF_KIND[call.kind] if code not in present]


def register_answers() -> None:
    """Make known that a form is in use as soon as somebody has begun a proposal."""
    in_use.register(lambda: Proposal.objects.filter(call__form=OuterRef("pk")))
