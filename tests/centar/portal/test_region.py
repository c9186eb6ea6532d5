from __future__ import annotations

from functools import partial
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import translation

from centar.audit.models import Entry, Stamp
from centar.pages import loading as centres
from centar.portal import region
from centar.schools.models import School

pytestmark = pytest.mark.django_db


def counts() -> list[tuple[int, int, int]]:
    return [(part.created, part.updated, part.unchanged) for _name, part in region.load()]


def test_loading_twice_changes_nothing() -> None:
    sizes = (592, 12, 14, 5, 3, 23, 75, 63)
    assert counts() == [(size, 0, 0) for size in sizes]
    stamps = dict(Stamp.objects.values_list("table", "changes"))
    entries = Entry.objects.count()

    assert counts() == [(0, 0, size) for size in sizes]
    assert dict(Stamp.objects.values_list("table", "changes")) == stamps
    assert Entry.objects.count() == entries


def test_the_region_takes_few_queries(django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(180):
        region.load()
    with django_assert_max_num_queries(136):
        region.load()


def test_when_one_part_fails_nothing_is_loaded(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = (centres.DATA / "centres.csv").read_text(encoding="utf-8").splitlines()
    same_centre_again = "13" + lines[1].removeprefix("1")
    file = "\n".join([*lines, same_centre_again])
    (tmp_path / "centres.csv").write_text(file, encoding="utf-8")
    first, (name, load), *rest = region.PARTS
    monkeypatch.setattr(region, "PARTS", (first, (name, partial(load, tmp_path)), *rest))

    with pytest.raises(IntegrityError):
        region.load()

    assert School.objects.count() == 0


def test_the_command_says_what_it_did() -> None:
    said = StringIO()
    with translation.override("en"):
        call_command("load_region", stdout=said)
        call_command("load_region", stdout=said)

    lines = said.getvalue().splitlines()
    assert lines[0] == "schools, places and subjects: 592 new, 0 corrected, 0 as they were"
    assert lines[8] == "schools, places and subjects: 0 new, 0 corrected, 592 as they were"
