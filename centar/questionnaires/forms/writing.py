"""Writing a questionnaire in the back office, and mending its words."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centar.questionnaires.forms.fields import LONG_TEXT
from centar.questionnaires.models import Option, Question, Questionnaire
from centar.script import folding
from centar.script.fields import MendedTextField

Kind = Question.Kind
LEAST_OFFERED = {
    Kind.SINGLE: 2,
    Kind.MULTIPLE: 2,
    Kind.MATRIX: 1,
    Kind.RANKING: 2,
    Kind.NUMBERS: 1,
}
LONGEST_CODE = 28
"""Characters of a code that is made of words; a number may follow."""


class WordingForm(forms.Form):
    """Other words for a part of a questionnaire that somebody has answered."""

    part = forms.ChoiceField(label=_("What is mended"))
    text = forms.CharField(
        label=_("New words"),
        required=False,
        max_length=LONG_TEXT,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text=_("The meaning must stay the same. The old words are kept in the audit."),
    )

    def __init__(self, *args: Any, questionnaire: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part = self.fields["part"]
        assert isinstance(part, forms.ChoiceField)
        part.choices = [
            (f"title-{questionnaire.pk}", questionnaire.title),
            (f"intro-{questionnaire.pk}", _("The introduction")),
            *_parts(questionnaire),
        ]


def _parts(questionnaire: Questionnaire) -> Iterator[tuple[str, Any]]:
    for question in questionnaire.questions.prefetch_related("options"):
        yield f"question-{question.pk}", question.text
        if question.help:
            yield f"help-{question.pk}", f"{question.text} → {question.help}"
        for option in question.options.all():
            yield f"option-{option.pk}", f"{question.text} → {option.text}"


class QuestionForm(forms.ModelForm[Question]):
    """A question with what it offers, one a line."""

    offered = forms.CharField(
        label=_("offered answers or statements"),
        required=False,
        max_length=10_000,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 40}),
        help_text=_("One a line; for the kinds that offer something."),
    )

    class Meta:
        model = Question
        fields = (
            "order",
            "code",
            "kind",
            "text",
            "help",
            "required",
            "is_grade",
            "low_label",
            "high_label",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            lines = self.instance.options.values_list("text", flat=True)
            self.initial["offered"] = "\n".join(lines)

    def clean_offered(self) -> list[str]:
        """The lines, mended as they will be kept, empty ones left out."""
        mended = MendedTextField().to_python(self.cleaned_data["offered"])
        lines = [line.strip() for line in mended.splitlines() if line.strip()]
        longest = Option._meta.get_field("text").max_length or 0
        if any(len(line) > longest for line in lines):
            raise forms.ValidationError(
                _("Please write at most %(limit)d characters in a line."),
                params={"limit": longest},
            )
        if len(set(lines)) < len(lines):
            raise forms.ValidationError(_("The same answer stands there twice."))
        return lines

    def clean(self) -> dict[str, Any] | None:
        """A question that offers something offers at least two things; a matrix at least one."""
        cleaned = super().clean() or self.cleaned_data
        if "kind" not in cleaned or "offered" not in cleaned:
            return cleaned
        kind, lines = Kind(cleaned["kind"]), cleaned["offered"]
        least = LEAST_OFFERED.get(kind, 0)
        if len(lines) < least:
            self.add_error("offered", _("Write what is offered, one a line."))
        if not least and lines:
            self.add_error("offered", _("A question of this kind offers nothing."))
        return cleaned

    def save_offered(self) -> None:
        """Make the options those of the lines.

        A line that was there keeps its option; another line in the place of one that is gone is
        taken for its new words. So conditions, and codes that exports and comparisons go by, stay.
        """
        if "offered" not in self.changed_data:
            return
        lines = self.cleaned_data["offered"]
        before = list(self.instance.options.all())
        kept = {option.text: option for option in before if option.text in lines}
        for place, (option, line) in enumerate(zip(before, lines, strict=False)):
            if option.text not in kept and line not in kept:
                kept[line] = before[place]
        self.instance.options.exclude(pk__in=[option.pk for option in kept.values()]).delete()
        codes = {option.code for option in before}
        for order, line in enumerate(lines, start=1):
            option = kept.get(line) or Option(question=self.instance, code=_code(line, codes))
            codes.add(option.code)
            option.order, option.text = order, line
            option.save()


def _code(words: str, taken: set[str]) -> str:
    """A code made of the words, so that the same words have the same code next year."""
    plain = re.sub(r"[^a-z0-9]+", "_", folding.fold(words)).strip("_")[:LONGEST_CODE] or "odgovor"
    numbered = (f"{plain}_{number}" for number in itertools.count(2))
    return next(code for code in itertools.chain([plain], numbered) if code not in taken)
