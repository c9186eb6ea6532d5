from datetime import date

import pytest
from django.core.exceptions import ValidationError

from centar.people.fields import PhoneField, WrittenDateField


@pytest.mark.parametrize(
    "text",
    [
        "24.3.1985.",
        "24.03.1985",
        " 24. 3. 1985. ",
        "24/3/1985",
        "24-03-1985",
        "24,3,1985",
        "24 3 1985",
        "24031985",
        "1985-03-24",
    ],
)
def test_a_date_is_read_as_people_write_it(text):
    assert WrittenDateField().clean(text) == date(1985, 3, 24)


@pytest.mark.parametrize(
    "text",
    [
        "32.1.1985.",
        "29.2.1985.",
        "24.3.85.",
        "3/24/1985",
        "24.3",
        "јуче",
        "24.3.1985.\x00",
        "24.3.0000.",
        "9" * 10_000,
    ],
)
def test_what_names_no_day_is_refused_with_an_example(text):
    with pytest.raises(ValidationError) as refused:
        WrittenDateField().clean(text)

    assert refused.value.code == "invalid"
    assert "24.3.1985." in refused.value.messages[0]


def test_a_date_goes_back_into_its_field_in_the_serbian_order():
    assert 'value="24.03.1985."' in WrittenDateField().widget.render("d", date(1985, 3, 24))


@pytest.mark.parametrize("text", ["034 123-456", "+381 64 123 45 67", "(034) 123/456"])
def test_a_telephone_number_stays_as_it_was_written(text):
    assert PhoneField().clean(text) == text


@pytest.mark.parametrize("text", ["123", "позовите школу", "034\x00123456", "0" * 31])
def test_what_cannot_be_dialled_is_refused(text):
    with pytest.raises(ValidationError):
        PhoneField().clean(text)
