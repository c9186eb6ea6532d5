"""The one table of an event's states; checks, buttons and the diagram in the help read it."""

from __future__ import annotations

from centar.events.models import Event

State = Event.State

TRANSITIONS: dict[str, dict[str, str]] = {
    "publish": {State.DRAFT: State.OPEN},
    "close": {State.OPEN: State.CLOSED},
    "reopen": {State.CLOSED: State.OPEN},
    "cancel": {State.OPEN: State.CANCELLED, State.CLOSED: State.CANCELLED},
}


def after(action: str, state: str) -> str | None:
    """The state that the action leads to from here; None when it leads nowhere."""
    return TRANSITIONS[action].get(state)


def actions_from(state: str) -> list[str]:
    """The actions possible in this state, in the order of the table."""
    return [action for action, moves in TRANSITIONS.items() if state in moves]
