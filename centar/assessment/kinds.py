"""What is assessed, as the apps above make it known: where its pages are, what its topics are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from centar.assessment.models import Assignment, Panel


@dataclass(frozen=True)
class Subject:
    """Things of one app that panels assess.

    `owns` says whether a panel is the app's. `about` says in a few words what a panel assesses,
    since letters name each thing by its code alone. Paths are those of the Cyrillic face; letters
    add site and face. `topics` are the codes that `Item.topic` may have, with their names.
    """

    code: str
    owns: Callable[[Panel], bool]
    about: Callable[[Panel], str]
    assignment_path: Callable[[Assignment], str]
    panel_path: Callable[[Panel], str]
    topics: Callable[[], Sequence[tuple[str, str]]] = tuple


_subjects: dict[str, Subject] = {}


def register(subject: Subject) -> None:
    """Make a subject known; each code once."""
    if subject.code in _subjects:
        raise ValueError(f"The subject {subject.code} is registered already.")
    _subjects[subject.code] = subject


def of(panel: Panel) -> Subject:
    """The subject of a panel; LookupError when no app knows it."""
    for subject in _subjects.values():
        if subject.owns(panel):
            return subject
    raise LookupError(f"No app knows the panel {panel.pk}.")


def topics() -> list[tuple[str, str]]:
    """The topics of all subjects."""
    return [topic for subject in _subjects.values() for topic in subject.topics()]
