"""Words and parts of pages, remembered for each language and face."""

from __future__ import annotations

import pytest
from django.test.utils import override_script_prefix
from django.urls import get_script_prefix
from django.utils import translation
from django.utils.safestring import SafeString

from centar.script import markup, remembered


def test_a_value_is_said_once_in_each_language():
    asked = []

    @remembered.in_each_language
    def say(number: int) -> str:
        asked.append(number)
        return f"{translation.get_language()} {number}"

    said = []
    for language in ("sr", "en", "sr"):
        with translation.override(language):
            said += [say(1), say(2), say(1)]

    assert said == ["sr 1", "sr 2", "sr 1", "en 1", "en 2", "en 1", "sr 1", "sr 2", "sr 1"]
    assert asked == [1, 2, 1, 2]


def test_a_failure_is_not_remembered():
    tries = []

    @remembered.in_each_language
    def say(number: int) -> str:
        tries.append(number)
        if len(tries) == 1:
            raise ValueError("the first time")
        return "said"

    with pytest.raises(ValueError, match="first"):
        say(1)

    assert say(1) == "said"


def test_a_part_of_a_page_is_drawn_once_in_each_face_and_in_its_script():
    asked = []

    @remembered.in_each_face
    def draw(pk: int) -> SafeString:
        asked.append(pk)
        return SafeString(f'<a href="{get_script_prefix()}obuke/{pk}/">Ћуприја</a>')

    drawn = []
    for prefix in ("/", "/lat/", "/en/", "/"):
        with override_script_prefix(prefix):
            drawn += [draw(1), draw(1)]

    assert drawn == [
        *['<a href="/obuke/1/">Ћуприја</a>'] * 2,
        *[markup.finished('<a href="/lat/obuke/1/">Ćuprija</a>')] * 2,
        *[markup.finished('<a href="/en/obuke/1/">Ćuprija</a>')] * 2,
        *['<a href="/obuke/1/">Ћуприја</a>'] * 2,
    ]
    assert {type(part) for part in drawn} == {SafeString}
    assert asked == [1, 1, 1]


def test_rows_of_a_list_are_drawn_once_in_each_face_and_come_back_joined():
    asked = []

    @remembered.rows_in_each_face
    def draw(name: str) -> SafeString:
        asked.append(name)
        return SafeString(f"<li>{name}</li>")

    assert draw(["Ћуприја", "Рача"]) == "<li>Ћуприја</li><li>Рача</li>"
    assert draw(["Рача"]) == "<li>Рача</li>"
    with override_script_prefix("/lat/"):
        assert draw(["Рача"]) == markup.finished("<li>Rača</li>")
    assert draw([]) == ""
    assert asked == ["Ћуприја", "Рача", "Рача"]
