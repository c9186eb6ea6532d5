"""What is presented at events, such as an example of good practice; the apps above say so."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple


class Presented(NamedTuple):
    """Something that is presented: what it is called, by whom it is, and its public page."""

    title: str
    authors: str
    address: str


Source = Callable[[int], Iterable[Presented]]
"""Gives what everybody may know of that is presented at the event with this key."""

_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a source be asked; called once, when its app is ready."""
    _sources.append(source)


def at(event_id: int) -> list[Presented]:
    """All that is presented at the event."""
    return [one for source in _sources for one in source(event_id)]
