"""What changed between two texts, paragraph by paragraph and word by word.

Both are anchored at what stands exactly once in each, in the same order (patience diff), first
paragraphs, then the words between them. So the work grows with the length of the texts and not
with its square, and long texts that have little in common do not stop a page.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from operator import itemgetter
from typing import Literal, NamedTuple

Mark = Literal["same", "gone", "new"]
Marked = tuple[Mark, str]
Stretch = tuple[bool, slice, slice]
"""Whether the two are the same there, and where it lies in each."""

_WORD = re.compile(r" ?(?:\w+|[^\w\s])|\n")
_SPACE = re.compile(r"[^\S\n]+")
_SMALL = 2_000
"""Pairs of words that are compared each with each; a larger gap without an anchor is replaced."""
_DEEPEST = 50
"""Anchors within gaps between anchors; ordinary texts need about ten."""
_ISLAND = 3
"""Same signs between two changes that are shown as changed: a reader sees one change, not two."""


class Run(NamedTuple):
    """Neighbouring words of one text that have one thing in common."""

    mark: Mark
    text: str


@dataclass(frozen=True)
class Row:
    """A paragraph, or several that changed together, as it was and as it is, or nothing."""

    before: tuple[Run, ...]
    after: tuple[Run, ...]

    @property
    def is_changed(self) -> bool:
        """Whether anything in it is not as it was."""
        return any(run.mark != "same" for run in (*self.before, *self.after))


def rows(before: str, after: str) -> list[Row]:
    """The two texts side by side; white space alone makes no difference."""
    old, new = _paragraphs(before), _paragraphs(after)
    found = []
    for is_same, left, right in _stretches(old, new):
        if is_same:
            found += [Row((Run("same", one),), (Run("same", one),)) for one in old[left]]
        else:
            found += _changed("\n".join(old[left]), "\n".join(new[right]))
    return found


def _paragraphs(text: str) -> list[str]:
    lines = (_SPACE.sub(" ", line).strip() for line in text.splitlines())
    return [line for line in lines if line]


def _changed(before: str, after: str) -> Iterator[Row]:
    """Paragraphs with changes, parted where both texts have the same end of a paragraph."""
    old, new = _WORD.findall(before), _WORD.findall(after)
    keys = [[word.strip(" ") for word in words] for words in (old, new)]
    left: list[Marked] = []
    right: list[Marked] = []
    for is_same, here, there in _stretches(*keys):
        if not is_same or _is_island("".join(old[here]), here, there, len(old), len(new)):
            left.append(("gone", "".join(old[here])))
            right.append(("new", "".join(new[there])))
            continue
        lines, lines_now = "".join(old[here]).split("\n"), "".join(new[there]).split("\n")
        for number, (line, line_now) in enumerate(zip(lines, lines_now, strict=True)):
            if number:
                yield Row(_runs(left), _runs(right))
                left, right = [], []
            left.append(("same", line))
            right.append(("same", line_now))
    yield Row(_runs(left), _runs(right))


def _is_island(text: str, here: slice, there: slice, old: int, new: int) -> bool:
    is_between = (here.start or there.start) and (here.stop < old or there.stop < new)
    return bool(is_between) and len(text.strip(" ")) <= _ISLAND and "\n" not in text


def _runs(parts: Sequence[Marked]) -> tuple[Run, ...]:
    return tuple(
        Run(mark, "".join(text for _mark, text in some))
        for mark, some in groupby((one for one in parts if one[1]), key=itemgetter(0))
    )


def _stretches(old: Sequence[str], new: Sequence[str]) -> Iterator[Stretch]:
    """Same and other stretches by turns, which together are all of both."""
    here = there = 0
    for left, right, length in _merged(_matches(old, new, _Gap(0, len(old), 0, len(new)))):
        if left > here or right > there:
            yield False, slice(here, left), slice(there, right)
        yield True, slice(left, left + length), slice(right, right + length)
        here, there = left + length, right + length
    if here < len(old) or there < len(new):
        yield False, slice(here, len(old)), slice(there, len(new))


Match = tuple[int, int, int]


def _merged(matches: Iterator[Match]) -> Iterator[Match]:
    """Matches that touch each other, as one."""
    current: Match | None = None
    for left, right, length in matches:
        if current and current[0] + current[2] == left and current[1] + current[2] == right:
            current = (current[0], current[1], current[2] + length)
            continue
        if current:
            yield current
        current = (left, right, length)
    if current:
        yield current


class _Gap(NamedTuple):
    """A range of each text that is still to be compared."""

    low: int
    high: int
    floor: int
    top: int

    @property
    def pairs(self) -> int:
        """How many words of one meet how many of the other."""
        return max(0, self.high - self.low) * max(0, self.top - self.floor)


def _matches(old: Sequence[str], new: Sequence[str], gap: _Gap, depth: int = 0) -> Iterator[Match]:
    """Where the ranges are the same: what they begin and end with, the anchors, between them."""
    low, high, floor, top = gap.low, gap.high, gap.floor, gap.top
    while low < high and floor < top and old[low] == new[floor]:
        low, floor = low + 1, floor + 1
    if low > gap.low:
        yield gap.low, gap.floor, low - gap.low
    while low < high and floor < top and old[high - 1] == new[top - 1]:
        high, top = high - 1, top - 1
    yield from _between(old, new, _Gap(low, high, floor, top), depth)
    if high < gap.high:
        yield high, top, gap.high - high


def _between(old: Sequence[str], new: Sequence[str], gap: _Gap, depth: int) -> Iterator[Match]:
    """The same within a gap that begins and ends with a change."""
    anchors = _anchors(old, new, gap) if gap.pairs and depth < _DEEPEST else []
    if anchors:
        low, floor = gap.low, gap.floor
        for left, right in anchors:
            # Most anchors stand side by side, with nothing between them.
            if low < left or floor < right:
                yield from _matches(old, new, _Gap(low, left, floor, right), depth + 1)
            yield left, right, 1
            low, floor = left + 1, right + 1
        yield from _matches(old, new, _Gap(low, gap.high, floor, gap.top), depth + 1)
    elif 0 < gap.pairs <= _SMALL:
        words, words_now = old[gap.low : gap.high], new[gap.floor : gap.top]
        found = SequenceMatcher(None, words, words_now, autojunk=False)
        for left, right, length in found.get_matching_blocks()[:-1]:
            yield gap.low + left, gap.floor + right, length


def _anchors(old: Sequence[str], new: Sequence[str], gap: _Gap) -> list[tuple[int, int]]:
    """What stands once in each range, as many as come in the same order in both."""
    words, words_now = old[gap.low : gap.high], new[gap.floor : gap.top]
    counted, recounted = Counter(words), Counter(words_now)
    places = {word: at for at, word in enumerate(words_now, gap.floor) if recounted[word] == 1}
    return _rising(
        [
            (at, places[word])
            for at, word in enumerate(words, gap.low)
            if counted[word] == 1 and word in places
        ]
    )


def _rising(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of pairs whose second numbers rise as the first ones do."""
    ends: list[int] = []
    owners: list[int] = []
    before: list[int] = []
    for number, (_left, right) in enumerate(pairs):
        place = bisect_left(ends, right)
        before.append(owners[place - 1] if place else -1)
        ends[place : place + 1] = [right]
        owners[place : place + 1] = [number]
    chosen = []
    at = owners[-1] if owners else -1
    while at >= 0:
        chosen.append(pairs[at])
        at = before[at]
    return chosen[::-1]
