"""Numbers of publications as they are printed."""

from __future__ import annotations

import pytest

from library import isbn


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        ("isbn", "86-331-0225-0", "9788633102254"),
        ("isbn", "ISBN 978-86-331-0225-4 (брош.)", "9788633102254"),
        ("isbn", "9788633102254", "9788633102254"),
        ("isbn", "86-7346-051-2", ""),
        ("isbn", "978-86-331-0225-5", ""),
        ("isbn", "0-19-852663-Х", ""),
        ("isbn", "0-8044-2957-Х", "9780804429573"),
        ("issn", "ISSN 0350-185X", "0350185X"),
        ("issn", "0350-1850", ""),
        ("isbn", "није наведен", ""),
        ("isbn", "", ""),
    ],
)
def test_the_canonical_number_of_a_printed_one(kind, text, number):
    assert isbn.canonical(kind, text) == number


def test_every_spelling_is_looked_for():
    assert isbn.forms("isbn", "86-331-0225-0") == [
        "86-331-0225-0",
        "8633102250",
        "9788633102254",
    ]
    assert isbn.forms("isbn", "86-331-0225-9") == ["86-331-0225-9", "8633102259"]
