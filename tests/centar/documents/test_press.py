"""Long papers, printed by a process of their own."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from centar.documents import pdf

PAPER = {
    "centre": "Центар",
    "title": "Дугачак папир",
    "landscape": False,
    "facts": [["Име", "Љиљана Ђурђевић"]],
    "tables": [],
    "signatures": [],
}


def test_it_is_the_same_paper_to_the_last_byte():
    made_at = datetime(2026, 11, 24, 9, tzinfo=UTC)

    here, apart = (
        pdf.render("tables", PAPER, standards=["a-2a"], made_at=made_at, is_long=is_long)
        for is_long in (False, True)
    )

    assert here == apart


def test_what_goes_wrong_there_is_said_here():
    with pytest.raises(RuntimeError, match="title"):
        pdf.render("tables", {"landscape": False}, is_long=True)
