"""What changed between two versions, section by section."""

from __future__ import annotations

from dataclasses import replace

import pytest

from accreditation import differences
from accreditation.versions import Answered, Content, Enclosed, Hours, Part, Writer

pytestmark = pytest.mark.django_db

AUTHOR = Writer("Милица Петровић", "milica@example.org", "ОШ", None, "Ради.", True, 1)
FILE = Enclosed(1, "plan.pdf", "План", 10, "a" * 64, False)


def version(**facts: object) -> Content:
    content = Content(
        title="Огледи",
        kind="programme",
        area="Физика",
        area_pk=1,
        hours=8,
        wished_on=None,
        sections=(
            Part("О програму", (question("aims", "Циљеви", "Да уче."),)),
            Part("Литература", (question("literature", "Литература", "Књига."),)),
        ),
        schedule=(Hours("Увод", "предавање", "2", "Милица"),),
        authors=(AUTHOR,),
        attachments=(FILE,),
    )
    return replace(content, **facts)  # type: ignore[arg-type]


def question(code: str, label: str, text: str) -> Answered:
    return Answered(code, label, "long", text, ())


def changed(before: Content, after: Content) -> list[tuple[str, list[str]]]:
    return [
        (section.title, [part.label for part in section.changed])
        for section in differences.between(before, after)
        if section.changed
    ]


def test_nothing_changed() -> None:
    found = differences.between(version(), version())

    assert [section.title for section in found] == [
        "The proposal",
        "О програму",
        "Литература",
        "Schedule of hours",
        "Authors",
        "Attachments",
    ]
    assert changed(version(), version()) == []


def test_only_the_changed_answer_is_told() -> None:
    new = version(
        sections=(
            Part("О програму", (question("aims", "Циљеви", "Да сви уче."),)),
            Part("Литература", (question("literature", "Литература", "Књига."),)),
        )
    )

    assert changed(version(), new) == [("О програму", ["Циљеви"])]


def test_facts_schedule_people_and_files_are_compared() -> None:
    new = version(
        title="Огледи из физике",
        hours=16,
        schedule=(Hours("Увод", "предавање", "4", "Милица"),),
        authors=(replace(AUTHOR, biography="Ради у школи."),),
        attachments=(replace(FILE, sha256="b" * 64),),
    )

    assert changed(version(), new) == [
        ("The proposal", ["Title", "Duration in hours"]),
        ("Schedule of hours", [""]),
        ("Authors", ["Милица Петровић"]),
        ("Attachments", [""]),
    ]


def test_questions_are_known_by_their_code_wherever_they_stand() -> None:
    new = version(
        sections=(
            Part(
                "Све",
                (
                    question("literature", "Извори", "Књига."),
                    question("aims", "Циљеви", "Да уче."),
                    question("fee", "Цена", "2000"),
                ),
            ),
        )
    )

    assert changed(version(), new) == [("Све", ["Цена"])]


def test_a_question_that_is_asked_no_more_comes_last() -> None:
    new = version(sections=(Part("О програму", (question("aims", "Циљеви", "Да уче."),)),))

    assert changed(version(), new) == [("No longer asked", ["Литература"])]


def test_a_blind_reader_is_told_nothing_of_authors() -> None:
    blind = version(authors=())

    titles = [section.title for section in differences.between(blind, blind)]

    assert "Authors" not in titles
