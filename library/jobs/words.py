"""What the worker does for the words of the catalogue."""

from __future__ import annotations

from library.operations import words


def learn() -> int:
    """Every minute: the words of what has just been catalogued; gives how many are new."""
    return words.learn()


def count() -> int:
    """Every night: all of them, with the number of their records; gives how many have changed."""
    return words.count()
