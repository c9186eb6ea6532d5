"""The diagram of a proposal's states, made from the table that the portal itself reads.

`python manage.py draw_states` writes it to STATES.md, which a test compares.
"""

from __future__ import annotations

from pathlib import Path

from django.utils import translation

from accreditation import states
from accreditation.models import Call, Proposal

FILE = Path(__file__).with_name("STATES.md")
_LATE = "once its last day has passed"
_HEAD = """# The states of a proposal

Made from `states.TRANSITIONS` by `python manage.py draw_states`; do not write into this file.
"""


def drawn() -> str:
    """The whole file: a diagram (Mermaid) and the same as a table, in English."""
    with translation.override("en"):
        return "\n".join([_HEAD, *_diagram(), "", *_table(), ""])


def _diagram() -> list[str]:
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {Proposal.State.DRAFT}"]
    for state in Proposal.State:
        lines.append(f"    {state.value}: {state.label}")
    for row in states.TRANSITIONS:
        for before in _ordered(row.before):
            when = f", {_LATE}" if before in row.overdue else ""
            lines.append(f"    {before} --> {row.after}: {row.label} ({row.by}{when})")
    ends = {state.value for state in Proposal.State} - {
        before for row in states.TRANSITIONS for before in row.before
    }
    lines += [f"    {state} --> [*]" for state in _ordered(ends)]
    return [*lines, "```"]


def _table() -> list[str]:
    every = frozenset(Call.Kind.values)
    lines = ["| action | whose | from | to | kinds of calls |", "|---|---|---|---|---|"]
    for row in states.TRANSITIONS:
        kinds = [kind.value for kind in Call.Kind if kind.value in row.kinds]
        which = "all" if row.kinds == every else ", ".join(kinds)
        before = ", ".join(
            f"{state} ({_LATE})" if state in row.overdue else state
            for state in _ordered(row.before)
        )
        lines.append(f"| {row.label} | {row.by} | {before} | {row.after} | {which} |")
    return lines


def _ordered(some: frozenset[str] | set[str]) -> list[str]:
    return [state.value for state in Proposal.State if state.value in some]
