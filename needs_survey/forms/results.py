"""How the results of a round are narrowed, and which question the map shows."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centar.questionnaires.models import Question
from needs_survey.queries.results import Narrowing, Offered

SELECT = {"class": "form-select"}


class NarrowingForm(forms.Form):
    """Municipality, kind of school and subject, of those that the round offers."""

    opstina = forms.TypedChoiceField(label=_("Municipality"), required=False, empty_value=None)
    vrsta = forms.TypedChoiceField(label=_("Kind of school"), required=False, empty_value=None)
    predmet = forms.TypedChoiceField(label=_("Subject"), required=False, empty_value=None)

    def __init__(self, *args: Any, offered: Offered, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offers = (
            ("opstina", offered.municipality, int),
            ("vrsta", offered.school_kind, str),
            ("predmet", offered.subject, int),
        )
        for name, values, as_key in offers:
            field = self.fields[name]
            assert isinstance(field, forms.TypedChoiceField)
            field.choices = [("", _("All")), *values]
            field.coerce = as_key
            field.widget.attrs.update(SELECT)

    def narrowing(self) -> Narrowing | None:
        """What was chosen; None where something is chosen that is not offered."""
        if not self.is_valid():
            return None
        values = self.cleaned_data
        return Narrowing(values["opstina"], values["vrsta"], values["predmet"])


class MapForm(forms.Form):
    """A question, or one of its offered answers, that colours the map; nothing for the rates."""

    pitanje = forms.ChoiceField(label=_("Coloured by"), required=False)

    def __init__(self, *args: Any, questions: list[Question], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["pitanje"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("Response rate")), *_colours(questions)]
        field.widget.attrs.update(SELECT)

    def chosen(self) -> tuple[str, str]:
        """The codes of the question and of its answer; empty for the rates."""
        picked = self.cleaned_data["pitanje"] if self.is_valid() else ""
        question, _point, option = picked.partition(".")
        return question, option


def _colours(questions: list[Question]) -> Iterator[tuple[str, Any]]:
    """Questions by a number, and the answers of those that offer some."""
    for question in questions:
        if question.kind in (Question.Kind.SCALE, Question.Kind.NUMBER):
            yield question.code, question.text
        elif question.kind in Question.WITH_OPTIONS:
            yield (
                question.text,
                [(f"{question.code}.{one.code}", one.text) for one in question.options.all()],
            )
