"""A thing to do, and a kind of work, as the front page of the back office shows them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise

SHOWN = 10
"""Things of a kind that are shown; the others are in the list."""


@dataclass(frozen=True)
class Item:
    """One thing to do, with the address where it is done."""

    text: str
    address: str


@dataclass(frozen=True)
class Task:
    """A kind of work: how many things wait, the first of them, and the whole list.

    `older` leads to those that have waited too long to stand here, where there are any.
    """

    title: str | Promise
    count: int
    items: list[Item]
    address: str
    older: Item | None = None
