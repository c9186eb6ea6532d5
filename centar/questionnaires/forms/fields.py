"""The fields that answers are typed into."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centar.questionnaires.models import SCALE, Question
from centar.script import numbers

GRADES = [(str(grade), str(grade)) for grade in SCALE]
SHORT_TEXT, LONG_TEXT = 300, 10_000
"""Characters of an answer in words, where its question does not say how many."""
LONGEST_KEY = 18
"""Digits of a key that the database can hold."""
ONE = {"required": _("Please choose one answer.")}
SEVERAL = {"required": _("Please choose at least one answer.")}
CHECKED = {"class": "form-check-input"}


class WordsField(forms.CharField):
    """Words up to a length that is refused with a sentence: a browser that knows the length cuts
    off what is pasted, without a word. In several lines they are counted while they are typed.
    """

    default_error_messages = {
        "max_length": _(
            "Please shorten this: it has %(show_value)d characters, and there is room for "
            "%(limit_value)d."
        )
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No length for the browser, but for the count."""
        if not isinstance(widget, forms.Textarea):
            return {}
        return {"data-longest": self.max_length, "data-room": _("{typed} of {most} characters")}


class GradeRow(forms.RadioSelect):
    """The grades of one statement in a table, each named by its row and its column."""

    def __init__(self, row: str, column: str) -> None:
        super().__init__(attrs=CHECKED)
        self.row, self.column = row, column

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """One grade, with the ids of the two cells that name it."""
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["aria-labelledby"] = f"{self.row} {self.column}_{value}"
        return option


class Chosen(forms.MultipleHiddenInput):
    """The keys of what was chosen from a list. No label leads to a hidden field."""

    def id_for_label(self, id_: str) -> str:
        """None."""
        return ""


class ListedField(forms.MultipleChoiceField):
    """Keys of things of a list, each once. Whether they are still offered is asked elsewhere."""

    widget = Chosen

    def to_python(self, value: Any) -> list[str]:
        """The keys in their order."""
        return list(dict.fromkeys(super().to_python(value)))

    def valid_value(self, value: str) -> bool:
        """Whether it can be a key at all."""
        return is_key(value)


def is_key(value: str) -> bool:
    """Whether this can be the key of a thing."""
    return value.isascii() and value.isdigit() and len(value) <= LONGEST_KEY


def on_scale(facts: dict[str, Any], widget: forms.Widget | None = None) -> forms.Field:
    """A grade from 1 to 5."""
    radio = widget or forms.RadioSelect(attrs=CHECKED)
    return forms.TypedChoiceField(
        choices=GRADES, coerce=int, empty_value=None, widget=radio, error_messages=ONE, **facts
    )


def single(question: Question, facts: dict[str, Any]) -> forms.Field:
    """One of the answers offered."""
    radio = forms.RadioSelect(attrs=CHECKED)
    return forms.ChoiceField(choices=_offered(question), widget=radio, error_messages=ONE, **facts)


def multiple(question: Question, facts: dict[str, Any]) -> forms.Field:
    """Several of the answers offered."""
    boxes = forms.CheckboxSelectMultiple(attrs=CHECKED)
    return forms.MultipleChoiceField(
        choices=_offered(question), widget=boxes, error_messages=SEVERAL, **facts
    )


def number(facts: dict[str, Any]) -> forms.Field:
    """A number that is not below zero, with two decimals at most."""
    line = forms.TextInput(attrs={"class": "form-control", "inputmode": "decimal"})
    return numbers.NumberField(min_value=0, max_digits=12, decimal_places=2, widget=line, **facts)


def people(facts: dict[str, Any], has_focus: bool) -> forms.Field:
    """A number of people, at least one."""
    focus = {"autofocus": True} if has_focus else {}
    line = forms.TextInput(attrs={"class": "form-control", "inputmode": "numeric", **focus})
    missing = {"required": _("Please write how many people.")}
    return numbers.WholeNumberField(
        min_value=1, max_value=100_000, widget=line, error_messages=missing, **facts
    )


def short(question: Question, facts: dict[str, Any]) -> forms.Field:
    """A line of text."""
    line = forms.TextInput(attrs={"class": "form-control"})
    return WordsField(max_length=question.longest or SHORT_TEXT, widget=line, **facts)


def long(question: Question, facts: dict[str, Any]) -> forms.Field:
    """Several lines of text."""
    area = forms.Textarea(attrs={"class": "form-control", "rows": 4})
    return WordsField(max_length=question.longest or LONG_TEXT, widget=area, **facts)


def place(places: Collection[int], facts: dict[str, Any]) -> forms.Field:
    """The place of one answer among others, or none."""
    choices = [("", "–"), *((str(number), str(number)) for number in places)]
    chooser = forms.Select(attrs={"class": "form-select"})
    missing = {"required": _("Please choose a place.")}
    return forms.TypedChoiceField(
        choices=choices,
        coerce=int,
        empty_value=None,
        widget=chooser,
        error_messages=missing,
        **facts,
    )


def listed(facts: dict[str, Any]) -> forms.Field:
    """The keys of things chosen from a list."""
    missing = {"required": _("Please choose something from the list.")}
    return ListedField(error_messages=missing, **facts)


def _offered(question: Question) -> list[tuple[str, str]]:
    return [(str(option.pk), option.text) for option in question.options.all()]
