"""What the apps above show on the page of an event: examples presented there, lists to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from django.utils.functional import Promise


class Link(NamedTuple):
    """Something with a public page of its own; `note` tells by whom it is."""

    title: str
    address: str
    note: str = ""


class Part(NamedTuple):
    """A part of the page: its heading and what stands under it."""

    heading: Promise
    links: list[Link]


Source = Callable[[int], Iterable[Link]]
"""Gives what everybody may know of, for the event with this key; its changes must raise the stamp
of kept pages.
"""

_sources: list[tuple[Promise, Source]] = []


def register(heading: Promise, source: Source) -> None:
    """Let a source be asked; called once, when its app is ready."""
    _sources.append((heading, source))


def of(event_id: int) -> list[Part]:
    """The parts that have something in them."""
    parts = (Part(heading, list(source(event_id))) for heading, source in _sources)
    return [part for part in parts if part.links]
