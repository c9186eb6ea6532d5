"""Words for values, remembered for each language."""

from __future__ import annotations

import pytest
from django.test.utils import override_script_prefix
from django.urls import get_script_prefix
from django.utils import translation

from centar.script import remembered


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


def test_an_address_is_found_once_in_each_face():
    asked = []

    @remembered.in_each_face
    def address(pk: int) -> str:
        asked.append(pk)
        return f"{get_script_prefix()}obuke/{pk}/"

    found = []
    for prefix in ("/", "/lat/", "/"):
        with override_script_prefix(prefix):
            found += [address(1), address(1)]

    assert found == ["/obuke/1/"] * 2 + ["/lat/obuke/1/"] * 2 + ["/obuke/1/"] * 2
    assert asked == [1, 1]
