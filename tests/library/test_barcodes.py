"""Code 128, read back from its bars."""

from __future__ import annotations

import itertools
import re

import pytest

from library import barcodes
from library.queries import codes
from tests import office
from tests.factories.library import CopyFactory
from tests.factories.people import StaffFactory


def test_the_symbols_are_those_of_the_standard():
    widths = [sum(map(int, pattern)) for pattern in barcodes.PATTERNS]

    assert widths == [11] * 106 + [13]
    assert len(set(barcodes.PATTERNS)) == 107
    # Of every symbol the bars together have an even width, which readers check.
    assert {sum(map(int, pattern[::2])) % 2 for pattern in barcodes.PATTERNS[:106]} == {0}


@pytest.mark.parametrize(
    ("code", "values"),
    [
        ("90000007", [105, 90, 0, 0, 7, 17, 106]),
        ("PJJ123C", [104, 48, 42, 42, 17, 18, 19, 35, 55, 106]),
    ],
)
def test_a_code_is_read_back_from_its_bars(code, values):
    bars = [
        (int(at), int(wide)) for at, wide in re.findall(r"M(\d+) 0h(\d+)v30h-", barcodes.svg(code))
    ]
    edges = [edge for at, wide in bars for edge in (at, at + wide)]
    widths = "".join(str(end - start) for start, end in itertools.pairwise(edges))

    read = [barcodes.PATTERNS.index(widths[at : at + 6]) for at in range(0, len(widths) - 7, 6)]
    assert [*read, barcodes.PATTERNS.index(widths[-7:])] == values


def test_what_has_no_lines_is_refused():
    with pytest.raises(ValueError, match="ASCII"):
        barcodes.symbols("Ж1")


def test_a_copy_has_a_label_with_what_the_desk_reads(db):
    with_bars, register_only, cyrillic = (
        CopyFactory(accession_number=number, barcode=code)
        for number, code in (("1", "00000017"), ("2", None), ("И-3", None))
    )
    desk = office.desk_of(StaffFactory(permissions=["library.view_copy"]))

    page = desk.post(
        "/admin/library/copy/",
        {
            "action": "print_labels",
            "_selected_action": [with_bars.pk, register_only.pk, cyrillic.pk],
        },
    )

    labels = page.context["labels"]
    assert [(one.number, bool(one.bars), bool(one.code)) for one in labels] == [
        ("00000017", True, False),
        ("2", True, False),
        ("И-3", False, True),
    ]
    assert [codes.find(one.number).copy for one in labels] == [one.copy for one in labels]
