"""What the files of the house may be and hold."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings

ROOT: Path = settings.BASE_DIR
SOURCES = (
    "centar",
    "trainings",
    "needs_survey",
    "accreditation",
    "library",
    "science_club",
    "tests",
)
LONGEST, LONG = 500, 300
# Longer than LONG on purpose: one list that is read from top to bottom.
LONG_WITH_A_REASON = {"centar/settings.py"}
VAGUE = {"core", "common", "utils", "helpers", "misc", "managers", "services", "handlers"}
LONGEST_PAGE = 150


def tracked() -> list[Path]:
    """The files of the repository, those not yet committed included."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    paths = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [path for path in paths if path.is_file()]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def modules() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".py" and "migrations" not in path.parts]


def templates() -> list[Path]:
    return [path for path in tracked() if path.suffix == ".html" and "templates" in path.parts]


def text_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return ""


def found(paths: list[Path], pattern: str) -> list[str]:
    """Where the pattern stands, as file:line: text."""
    sought = re.compile(pattern)
    return [
        f"{named(path)}:{number}: {line.strip()[:120]}"
        for path in paths
        for number, line in enumerate(text_of(path).splitlines(), start=1)
        if sought.search(line)
    ]


def test_no_module_grows_long():
    lines = {named(path): len(text_of(path).splitlines()) for path in modules()}

    assert {name for name, number in lines.items() if number > LONGEST} == set()
    product = {name: number for name, number in lines.items() if not name.startswith("tests/")}
    assert {name for name, number in product.items() if number > LONG} <= LONG_WITH_A_REASON


def test_a_page_stays_short():
    long = [named(path) for path in templates() if len(text_of(path).splitlines()) > LONGEST_PAGE]

    assert long == []


def test_every_module_has_a_noun_for_its_name():
    names = {
        part.removesuffix(".py") for path in modules() for part in path.relative_to(ROOT).parts
    }

    assert names & VAGUE == set()


def test_the_walk_sees_the_files():
    assert ROOT / "centar" / "settings.py" in modules()
    assert ROOT / "templates" / "base.html" in templates()


@pytest.mark.parametrize(
    "pattern",
    [
        r"<style\b",
        r"\sstyle\s*=",
        r"\son[a-z]+\s*=\s*[\"']",
        r"javascript:",
        r"<script(?![^>]*\bsrc=)(?![^>]*type=\"application/json\")",
        r"\bhx-on\b|\bdata-hx-on\b",
        r"hx-(vals|headers)=[\"']js:",
    ],
)
def test_pages_hold_no_script_and_no_style_of_their_own(pattern):
    """The policy of the page (CSP) would refuse it silently, in the reader's browser only."""
    assert found(templates(), pattern) == []


def test_pages_link_to_the_portal_by_name_only():
    """An address written out by hand breaks in the Latin face, and when the address changes."""
    written_out = r"(?:href|action|src)=[\"']/(?!/)"
    # The page of last resort is shown when addresses themselves may be what is broken.
    pages = [path for path in templates() if path.name != "500.html"]

    assert found(pages, written_out) == []


def test_pages_fetch_nothing_from_elsewhere():
    fetched = r"(?:<script|<link|<img|<iframe|<use)[^>]*(?:src|href)=[\"'](?:https?:)?//"

    assert found(templates(), fetched) == []


def test_nothing_names_the_machine_it_was_written_on():
    """Neither a registry's address nor a path of a workshop: the repository runs anywhere."""
    here = re.escape("/" + "work/")
    registry = (
        r"pypi\.org|registry\.npmjs|files\.pythonhosted|index-url\s*=|--index-url\s|npmmirror"
    )
    mine = Path(__file__)
    paths = [path for path in tracked() if path != mine]

    assert found(paths, f"(?<![\\w./-]){here}|{registry}") == []


def test_front_end_packages_are_locked_without_addresses():
    assert found([ROOT / "package-lock.json"], r"\"resolved\":") == []
    assert found([ROOT / "package-lock.json"], r"\"integrity\":") != []


def test_python_packages_are_locked_by_their_hashes():
    for name in ("run", "dev", "node"):
        text = text_of(ROOT / "requirements" / f"{name}.txt")
        pinned = re.findall(r"^[A-Za-z0-9].*==", text, re.MULTILINE)
        assert len(pinned) > 0
        assert len(re.findall(r"^[A-Za-z0-9][^\n]*\\\n\s+--hash=sha256:", text, re.M)) == len(
            pinned
        )
