"""How much about the respondent may stay with an answer: only what enough others share.

Who was invited is known with the school, and the profile tells the subject. Where a single
teacher of a municipality has answered, the municipality beside an answer would be a name. So the
answers leave the urn in crowds, each at least as large as the smallest group of the rules, all of
whose answers say the same about their respondents; and never so that fewer would stay behind.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import MutableSequence, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

_random = random.SystemRandom()


@dataclass(frozen=True)
class Facts:
    """What is known about a respondent: keys of municipality and subject, kind of school."""

    municipality: int | None = None
    school_kind: str = ""
    subject: int | None = None

    def only(self, names: Sequence[str]) -> Facts:
        """These facts, the others left out."""
        left_out = [one.name for one in fields(self) if one.name not in names]
        return replace(self, **{name: getattr(Facts(), name) for name in left_out})


@dataclass(frozen=True)
class Crowd:
    """Answers, by their numbers, and the facts that each of them keeps."""

    members: list[int]
    facts: Facts


WHOLE = ("municipality", "school_kind", "subject")
# What is kept where not enough share everything, tried in this order.
LESS = (
    ("municipality", "school_kind"),
    ("school_kind", "subject"),
    ("municipality",),
    ("school_kind",),
)


def leaving(known: Sequence[Facts], smallest: int, *, is_over: bool) -> list[Crowd]:
    """The crowds that may leave the urn now; `known` are the facts of the ballots in it.

    While the round lasts, only those with all their facts leave, and `smallest` others stay. When
    it is over everybody leaves, with less about them or nothing; but fewer than `smallest` in all
    stay.
    """
    staying = set(range(len(known)))
    crowds: list[Crowd] = []
    for level in (WHOLE, *LESS) if is_over else (WHOLE,):
        groups: dict[Facts, list[int]] = defaultdict(list)
        for number in staying:
            groups[known[number].only(level)].append(number)
        for facts, group in groups.items():
            number = _how_many(len(group), len(staying), smallest, is_over=is_over)
            if number:
                members = _random.sample(group, number)
                crowds.append(Crowd(members, facts))
                staying.difference_update(members)
    if is_over and len(staying) >= smallest:
        crowds.append(Crowd(sorted(staying), Facts()))
    return crowds


def _how_many(group: int, staying: int, smallest: int, *, is_over: bool) -> int:
    """How many of a group may leave: a crowd, of a size that leaves a crowd behind."""
    number = group if is_over and group == staying else min(group, staying - smallest)
    return number if number >= smallest else 0


def shuffle(things: MutableSequence[Any]) -> None:
    """Put things into an order that nobody can compute."""
    _random.shuffle(things)
