"""Those who may register before everybody else. The apps above say who they are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from centar.events.models import Event
    from centar.people.models import User


@dataclass(frozen=True)
class Precedence:
    """A reason to be first.

    `admits` says whether this login may register although registration has not opened yet;
    `foretold` are sentences about what publishing the event will do for them.
    """

    admits: Callable[[Event, User], bool]
    foretold: Callable[[Event], Sequence[str]]


_known: list[Precedence] = []


def register(precedence: Precedence) -> None:
    """Make a reason known; called once, when its app is ready."""
    _known.append(precedence)


def admits(event: Event, user: User) -> bool:
    """Whether there is a reason to let this login in before everybody else."""
    return any(one.admits(event, user) for one in _known)


def foretold(event: Event) -> list[str]:
    """What publishing the event will do for those who come first."""
    return [sentence for one in _known for sentence in one.foretold(event)]
