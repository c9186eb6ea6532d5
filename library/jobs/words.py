"""What the worker does for the words of the catalogue."""

from __future__ import annotations

from library.operations import words


def learn() -> None:
    """Every minute: the words of what has just been catalogued."""
    words.learn()


def count() -> None:
    """Every night: all of them, with the number of their records."""
    words.count()
