"""The one table of a proposal's states: checks, buttons and the diagram in the README read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accreditation.models import Call, Proposal

State = Proposal.State
OF_THE_INSTITUTE = frozenset(Call.OF_THE_INSTITUTE)


class Who(StrEnum):
    """On whose side an action is; who exactly may is asked by the permissions."""

    AUTHOR = "author"
    CHAIR = "chair"
    STAFF = "staff"


@dataclass(frozen=True)
class Transition:
    """An action: from which states, to which, whose it is, and for which kinds of calls.

    From the states in `overdue` it is possible only once their last day has passed.
    """

    action: str
    label: str | Promise
    by: Who
    before: frozenset[str]
    after: str
    kinds: frozenset[str] = frozenset(Call.Kind.values)
    overdue: frozenset[str] = frozenset()


def _row(
    action: str,
    label: str | Promise,
    by: Who,
    before: Iterable[str],
    after: str,
    kinds: Iterable[str] = Call.Kind.values,
    overdue: Iterable[str] = (),
) -> Transition:
    return Transition(
        action, label, by, frozenset(before), after, frozenset(kinds), frozenset(overdue)
    )


TRANSITIONS = (
    _row("submit", _("Submit"), Who.AUTHOR, [State.DRAFT], State.SUBMITTED),
    _row("resubmit", _("Submit the changes"), Who.AUTHOR, [State.REVISION], State.SUBMITTED),
    _row(
        "withdraw",
        _("Withdraw the proposal"),
        Who.AUTHOR,
        [State.DRAFT, State.SUBMITTED, State.REVISION],
        State.WITHDRAWN,
    ),
    _row("ask_changes", _("Ask for changes"), Who.CHAIR, [State.SUBMITTED], State.REVISION),
    _row("accept", _("Accept"), Who.CHAIR, [State.SUBMITTED], State.ACCEPTED),
    _row(
        "decline",
        _("Do not accept"),
        Who.CHAIR,
        [State.SUBMITTED, State.REVISION],
        State.DECLINED,
        # When the authors let the last day for their changes pass.
        overdue=[State.REVISION],
    ),
    _row(
        "file",
        _("Filed with the institute"),
        Who.STAFF,
        [State.ACCEPTED],
        State.FILED,
        OF_THE_INSTITUTE,
    ),
    _row(
        "return",
        _("Returned for completion"),
        Who.STAFF,
        [State.FILED],
        State.RETURNED,
        OF_THE_INSTITUTE,
    ),
    _row("complete", _("Completed"), Who.STAFF, [State.RETURNED], State.FILED, OF_THE_INSTITUTE),
    _row(
        "accredit",
        _("Accredited"),
        Who.STAFF,
        [State.FILED, State.REFUSED],
        State.ACCREDITED,
        OF_THE_INSTITUTE,
    ),
    _row(
        "refuse",
        _("Refused by the institute"),
        Who.STAFF,
        [State.FILED, State.RETURNED],
        State.REFUSED,
        OF_THE_INSTITUTE,
    ),
)


def transition(action: str) -> Transition:
    """The row of an action; an unknown one raises KeyError."""
    return _BY_ACTION[action]


def possible(proposal: Proposal, by: Who) -> list[Transition]:
    """What one side could do with the proposal in its state, in the order of the table."""
    return [
        row
        for row in TRANSITIONS
        if row.by is by and proposal.state in row.before and proposal.call.kind in row.kinds
    ]


_BY_ACTION = {row.action: row for row in TRANSITIONS}
