"""Where programmes come from, such as an accredited proposal; the apps above say so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from centar.people.models import User
from trainings.models import Programme


@dataclass(frozen=True)
class Origin:
    """What a programme was made of, in words, and the page where it is read."""

    text: str
    address: str


Source = Callable[[Programme, User], Origin | None]
"""Gives the origin that the user may know of, if it is of this source."""

_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a source be asked; called once, when its app is ready."""
    _sources.append(source)


def of(programme: Programme, user: object) -> list[Origin]:
    """The origins for a member of the staff; nobody else is told, and nothing is asked for them."""
    if not (isinstance(user, User) and user.is_staff):
        return []
    found = (source(programme, user) for source in _sources)
    return [origin for origin in found if origin is not None]
