"""The rule of lending that holds for a kind of member and of material."""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from library.models import LendingRule


def applying(member_kind: str, record_kind: str) -> tuple[LendingRule, Sequence[LendingRule]]:
    """The nearest rule, which gives days and renewals, and all whose number of items counts.

    The kind of the member goes before the kind of the material. Where the staff have left no
    rule, the defaults of one hold.
    """
    found = list(
        LendingRule.objects.filter(
            Q(member_kind__in=(member_kind, "")), Q(record_kind__in=(record_kind, ""))
        )
    )
    found.sort(key=lambda rule: (rule.member_kind == "", rule.record_kind == ""))
    if not found:
        found = [LendingRule()]
    limits: dict[str, LendingRule] = {}
    for rule in found:
        # Of two rules for the same material the one for this kind of member counts.
        limits.setdefault(rule.record_kind, rule)
    return found[0], list(limits.values())
