from datetime import date

import pytest
import time_machine

from centar.people.forms import BirthFields


def birth_errors(born, place="Крагујевац"):
    return BirthFields({"birth_date": born, "birth_place": place}).errors


@pytest.mark.parametrize(
    ("born", "right"),
    [
        ("24.11.2012.", True),  # fourteen today
        ("25.11.2012.", False),
        ("24.11.1926.", True),
        ("23.11.1925.", False),
        ("25.11.2026.", False),
        ("24.3.2985.", False),
    ],
)
@time_machine.travel("2026-11-24 12:00 +0100")
def test_a_date_of_birth_must_be_believable(born, right):
    assert list(birth_errors(born)) == ([] if right else ["birth_date"])


@time_machine.travel("2026-11-24 12:00 +0100")
def test_a_slip_in_the_year_is_told_as_an_age():
    assert "101" in str(birth_errors("24.11.1925."))


def test_both_are_asked_for_where_a_certificate_needs_them():
    assert list(birth_errors("", "")) == ["birth_date", "birth_place"]


def test_a_form_may_ask_younger_people():
    class PupilForm(BirthFields):
        youngest = 7

    with time_machine.travel("2026-11-24 12:00 +0100"):
        form = PupilForm({"birth_date": "1.9.2018.", "birth_place": "Баточина"})

        assert form.is_valid()
    assert form.cleaned_data["birth_date"] == date(2018, 9, 1)
