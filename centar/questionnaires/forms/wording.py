"""Other words for a questionnaire that somebody has answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centar.questionnaires import queries
from centar.questionnaires.models import Question, Questionnaire

LONGEST = 4000
"""Characters of an introduction or a section's help."""


class WordingForm(forms.Form):
    """Other words for a part of a questionnaire that somebody has answered."""

    part = forms.ChoiceField(label=_("What is mended"))
    text = forms.CharField(
        label=_("New words"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 3, "cols": 80}),
        help_text=_("The meaning must stay the same. The old words are kept in the audit."),
    )

    def __init__(self, *args: Any, questionnaire: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        part = self.fields["part"]
        assert isinstance(part, forms.ChoiceField)
        part.choices = [
            (f"title-{questionnaire.pk}", questionnaire.title),
            (f"intro-{questionnaire.pk}", str(_("The introduction"))),
            *_parts(questionnaire),
        ]


def _parts(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Everything with words, as the respondent meets it, with what it says now."""
    whole = queries.with_questions(Questionnaire.objects.all()).get(pk=questionnaire.pk)
    for section in whole.sections.all():
        yield f"section-{section.pk}", section.title
        if section.help:
            yield f"section_help-{section.pk}", f"{section.title} → {section.help}"
    for question in whole.questions.all():
        yield f"question-{question.pk}", question.text
        for part, words in _beside(question):
            if words:
                yield f"{part}-{question.pk}", f"{question.text} → {words}"
        for option in question.options.all():
            yield f"option-{option.pk}", f"{question.text} → {option.text}"


def _beside(question: Question) -> list[tuple[str, str]]:
    return [("help", question.help), ("low", question.low_label), ("high", question.high_label)]
