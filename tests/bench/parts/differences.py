"""The difference of two versions of thirty pages, compared and drawn as its page draws it."""

from __future__ import annotations

import random
import time
from statistics import median

from django.template.loader import render_to_string

from accreditation import differences
from accreditation.models import Version
from accreditation.revisions import Change
from accreditation.versions import Answered, Content, Part
from tests.bench.figures import Figure
from tests.bench.site import Site

MILLISECONDS = 200
"""Of CPU, for comparing and drawing."""
READINGS = 7
PAGES, WORDS = 30, 400
"""A page of a proposal has some four hundred words."""
SECTIONS, PARAGRAPH = 10, 80
CHANGED = {"little": 0.02, "much": 0.2, "all": 1.0}
"""The share of words that another version has otherwise."""


def furnish() -> None:
    """Nothing: versions are compared as they are read."""


def measure(site: Site) -> list[Figure]:
    """The median of readings, for a little, much and everything changed, and for one paragraph."""
    chance = random.Random(5)
    old = _words(chance)
    figures = []
    for name, share in CHANGED.items():
        new = [_other(chance) if chance.random() < share else word for word in old]
        figures.append(_figure(f"differences.{name}", _content(old), _content(new)))
    new = [_other(chance) if chance.random() < CHANGED["much"] else word for word in old]
    whole = _content(old, paragraph=len(old)), _content(new, paragraph=len(new))
    return [*figures, _figure("differences.one_paragraph", *whole)]


def _figure(name: str, before: Content, after: Content) -> Figure:
    milliseconds = median(_seconds(before, after) for _ in range(READINGS)) * 1000
    return Figure(name, milliseconds, "ms CPU", milliseconds / MILLISECONDS, 1)


def _seconds(before: Content, after: Content) -> float:
    started = time.process_time()
    sections = tuple(differences.between(before, after))
    change = Change(Version(number=1), Version(number=2), "", (), sections)
    drawn = render_to_string("accreditation/_difference.html", {"change": change})
    taken = time.process_time() - started
    if "<ins>" not in drawn:
        raise RuntimeError("Nothing is shown as changed.")
    return taken


def _words(chance: random.Random) -> list[str]:
    return [_other(chance) for _ in range(PAGES * WORDS)]


def _other(chance: random.Random) -> str:
    """A word as often as in a language, where half of all that is said is a few words."""
    return f"реч{int(3000 ** chance.random())}"


def _content(words: list[str], *, paragraph: int = PARAGRAPH) -> Content:
    """The words in paragraphs, in sections of the same length; as one where it is one paragraph."""
    number = 1 if paragraph >= len(words) else SECTIONS
    length = len(words) // number
    sections = [
        Part(
            f"Део {part}",
            (Answered(f"p{part}", "Питање", "long", _text(words, part, length, paragraph), ()),),
        )
        for part in range(number)
    ]
    return Content("Предлог", "programme", "", None, 8, None, tuple(sections), (), (), ())


def _text(words: list[str], part: int, length: int, paragraph: int) -> str:
    own = words[part * length : (part + 1) * length]
    return "\n".join(
        " ".join(own[place : place + paragraph]) for place in range(0, len(own), paragraph)
    )
