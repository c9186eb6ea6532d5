"""Drawings that are kept until something changes, in bounded memory."""

from __future__ import annotations

from django.utils.safestring import SafeString

from needs_survey.reports.drawn import Drawing, Drawings


def test_a_drawing_is_kept_for_its_stamp_alone():
    drawings, made = Drawings(), []

    def draw():
        made.append(1)
        return Drawing("Наслов", SafeString(f"{len(made)}"))

    bodies = [drawings.get("а", stamp, draw).body for stamp in (1, 1, 2, 2, 1)]

    assert bodies == ["1", "1", "2", "2", "3"]


def test_what_was_looked_at_longest_ago_goes_first_when_memory_is_full():
    one = Drawing("", SafeString("ж" * 1000))
    drawings = Drawings(most_bytes=3 * one.size)
    made = []

    def look(key):
        drawings.get(key, 1, lambda: made.append(key) or one)

    for key in ("а", "б", "в", "а", "г", "а", "в", "б"):
        look(key)

    assert made == ["а", "б", "в", "г", "б"]
    assert drawings.bytes == 3 * one.size


def test_a_drawing_larger_than_the_memory_is_given_and_not_kept():
    drawings = Drawings(most_bytes=10)

    assert drawings.get("а", 1, lambda: Drawing("", SafeString("ж" * 100))).body == "ж" * 100
    assert drawings.bytes == 0
