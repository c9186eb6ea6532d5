"""References by model 97, and recognising them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from trainings.payments import model97, references

CHECKS = {
    "123412": "14",
    "12345": "20",
    "3220000111111111000": "16",
    "2026000123": "38",
    "202600042": "32",
    "A1234": "06",
}
BODIES = st.text("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=1, max_size=21)


@pytest.mark.parametrize(("body", "check"), CHECKS.items())
def test_the_check_of_a_body(body, check):
    assert model97.check(body) == check
    assert model97.reference(body) == check + body


def test_dashes_and_small_letters_mean_the_same():
    assert model97.reference("12-34 12") == "14123412"
    assert model97.check("a1234") == "06"
    assert model97.written("382026000123") == "38-2026000123"


@pytest.mark.parametrize("body", ["", "12_3", "А1234", "1" * 22, "12\0"])
def test_what_is_no_body_is_refused(body):
    with pytest.raises(ValidationError):
        model97.check(body)


@given(BODIES)
def test_every_reference_holds(body):
    assert model97.holds(model97.reference(body))


@given(st.integers(1, 10**20), st.integers(1, 9), st.data())
def test_one_changed_digit_never_holds(number, change, data):
    reference = model97.reference(str(number))
    place = data.draw(st.integers(2, len(reference) - 1))
    digit = str((int(reference[place]) + change) % 10)

    assert not model97.holds(reference[:place] + digit + reference[place + 1 :])


@pytest.mark.parametrize(
    "written",
    [
        "062026000001",
        "62026000001",
        "97 06-2026000001",
        "97062026000001",
        "(97) 06 2026-000001",
        "97-6-2026-000001",
        " 06 / 2026 / 000001 ",
    ],
)
def test_a_reference_is_known_however_it_is_written(written):
    assert references.key("062026000001") in references.candidates(written)


GAPS = st.lists(st.sampled_from(["", "", " ", "-", "/", " - "]), min_size=23, max_size=23)


@given(st.integers(1, 10**20), GAPS, st.sampled_from(["", "97 ", "97-", "(97)"]), st.booleans())
def test_every_reference_is_known_however_it_is_written(number, gaps, model, loses_zeros):
    reference = model97.reference(str(number))
    digits = reference.lstrip("0") if loses_zeros else reference
    written = model + "".join(digit + gap for digit, gap in zip(digits, gaps, strict=False))

    assert references.key(reference) in references.candidates(written)


def test_a_reference_that_begins_with_the_model_is_tried_whole_first():
    assert references.candidates("971234567") == ["971234567", "1234567"]


def test_the_purpose_may_hold_the_reference():
    assert references.candidates("", "Котизација 38-2026000123, ОШ 2") == ["382026000123"]


def test_nothing_means_nothing():
    assert references.candidates("", "Котизација за 3 особе") == []
