"""What is recommended to read for an event. The apps above register where it comes from."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from centar.events.models import Event


class Reading(NamedTuple):
    """A list to read, with the path of its page."""

    title: str
    address: str


Source = Callable[[Event], Sequence[Reading]]
"""Gives the public readings of an event; their changes must raise the pages' stamp."""

_sources: list[Source] = []


def register(source: Source) -> None:
    """Let a source be asked; called once, when its app is ready."""
    _sources.append(source)


def of(event: Event) -> list[Reading]:
    """What every source recommends for the event."""
    return [reading for source in _sources for reading in source(event)]
