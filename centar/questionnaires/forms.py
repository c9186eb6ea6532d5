"""A questionnaire as a form, and the answers it brought."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from centar.questionnaires.models import SCALE, Answer, Option, Question, Questionnaire
from centar.script.fields import MendedTextField

Kind = Question.Kind
GRADES = [(str(grade), str(grade)) for grade in SCALE]
SHORT_TEXT, LONG_TEXT = 300, 4000
CHOOSE = {"required": _("Please choose one answer.")}


@dataclass(frozen=True)
class Part:
    """A question with its fields: one, or one for each statement of a matrix."""

    question: Question
    fields: list[forms.BoundField]

    @property
    def is_matrix(self) -> bool:
        """Whether each field is a statement of its own."""
        return self.question.kind == Kind.MATRIX


class AnswerForm(forms.Form):
    """The form of a questionnaire, which comes with its questions (`queries.with_questions`)."""

    def __init__(self, *args: Any, questionnaire: Questionnaire, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = list(questionnaire.questions.all())
        for question in self.questions:
            for name, option in _names(question):
                self.fields[name] = _field(question, option)

    def parts(self) -> list[Part]:
        """The questions in their order, for the page."""
        return [
            Part(question, [self[name] for name, _option in _names(question)])
            for question in self.questions
        ]

    def answers(self) -> list[Answer]:
        """What was answered, as rows that belong to no response yet; empty fields give none."""
        return [
            answer
            for question in self.questions
            for name, option in _names(question)
            for answer in _answers(question, option, self.cleaned_data[name])
        ]


def _names(question: Question) -> Iterator[tuple[str, Option | None]]:
    """The names of a question's fields; a matrix has one for each statement."""
    if question.kind == Kind.MATRIX:
        for option in question.options.all():
            yield f"q{question.pk}_{option.pk}", option
    else:
        yield f"q{question.pk}", None


def _field(question: Question, statement: Option | None) -> forms.Field:
    facts: dict[str, Any] = {
        "label": statement.text if statement else question.text,
        "help_text": question.help,
        "required": question.required,
    }
    radio = forms.RadioSelect(attrs={"class": "form-check-input"})
    match question.kind:
        case Kind.SCALE | Kind.MATRIX:
            return forms.ChoiceField(choices=GRADES, widget=radio, error_messages=CHOOSE, **facts)
        case Kind.SINGLE:
            return forms.ChoiceField(
                choices=_offered(question), widget=radio, error_messages=CHOOSE, **facts
            )
        case Kind.MULTIPLE:
            return forms.MultipleChoiceField(
                choices=_offered(question),
                widget=forms.CheckboxSelectMultiple(attrs={"class": "form-check-input"}),
                error_messages={"required": _("Please choose at least one answer.")},
                **facts,
            )
        case Kind.NUMBER:
            number = forms.TextInput(attrs={"class": "form-control", "inputmode": "decimal"})
            return forms.DecimalField(
                max_digits=12, decimal_places=2, localize=True, widget=number, **facts
            )
        case Kind.SHORT:
            line = forms.TextInput(attrs={"class": "form-control"})
            return forms.CharField(max_length=SHORT_TEXT, widget=line, **facts)
        case _:
            area = forms.Textarea(attrs={"class": "form-control", "rows": 4})
            return forms.CharField(max_length=LONG_TEXT, widget=area, **facts)


def _offered(question: Question) -> list[tuple[str, str]]:
    return [(str(option.pk), option.text) for option in question.options.all()]


def _answers(question: Question, statement: Option | None, value: Any) -> list[Answer]:
    """The rows of one field's value."""
    if value in ("", None, []):
        return []
    match question.kind:
        case Kind.SCALE | Kind.NUMBER | Kind.MATRIX:
            return [Answer(question=question, option=statement, number=value)]
        case Kind.SINGLE | Kind.MULTIPLE:
            keys = value if isinstance(value, list) else [value]
            return [Answer(question=question, option_id=int(key)) for key in keys]
        case _:
            return [Answer(question=question, text=value)]


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
        least = {Kind.SINGLE: 2, Kind.MULTIPLE: 2, Kind.MATRIX: 1}.get(kind, 0)
        if len(lines) < least:
            self.add_error("offered", _("Write what is offered, one a line."))
        if not least and lines:
            self.add_error("offered", _("A question of this kind offers nothing."))
        return cleaned

    def save_offered(self) -> None:
        """Put the lines in the place of the options, when they have changed."""
        if "offered" not in self.changed_data:
            return
        self.instance.options.all().delete()
        Option.objects.bulk_create(
            Option(question=self.instance, order=order, code=str(order), text=line)
            for order, line in enumerate(self.cleaned_data["offered"], start=1)
        )
