"""The questions of a form: the fields of a kind, what is wrong across them, what they bring."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import ngettext

from centar.questionnaires.forms import fields
from centar.questionnaires.models import Answer, Option, Question, Section

if TYPE_CHECKING:
    from centar.questionnaires.forms.answers import AnswerForm

Kind = Question.Kind


class Doubt(NamedTuple):
    """Numbers that do not add up: the code of their question, a sentence about them, and the
    `key` that confirms these numbers and no others.
    """

    code: str
    sentence: str
    key: str


class Part:
    """A question in a form, of a kind that one field is enough for.

    `heading` is the section that begins with it; `condition` the answer that it is asked after.
    """

    template = "questionnaires/_one.html"
    has_steps = False
    """Whether there are buttons in it that send the form without ending it."""

    def __init__(self, question: Question, form: AnswerForm) -> None:
        self.question, self.form = question, form
        self.name = f"q{question.pk}"
        self.options: list[Option] = list(question.options.all())
        self.heading: Section | None = None
        self.condition: Option | None = None
        for name, field in self.make().items():
            form.fields[name] = field

    @property
    def is_required(self) -> bool:
        """Whether it must be answered; nothing must in a draft."""
        return self.question.required and not self.form.is_draft

    @property
    def names(self) -> list[str]:
        """The names of its fields."""
        return [self.name]

    @cached_property
    def fields(self) -> list[forms.BoundField]:
        """Its fields for the page."""
        return [self.form[name] for name in self.names]

    @property
    def errors(self) -> list[str]:
        """Everything that is wrong in it."""
        return [str(one) for name in self.names for one in self.form.errors.get(name, [])]

    @property
    def condition_question(self) -> Question | None:
        """The question that the condition is an answer to."""
        return self.form.asked[self.condition.question_id] if self.condition else None

    def make(self) -> dict[str, forms.Field]:
        """Its fields by their names."""
        question, facts = self.question, self.facts(self.question.text)
        match question.kind:
            case Kind.SCALE:
                field = fields.on_scale(facts)
            case Kind.SINGLE:
                field = fields.single(question, facts)
            case Kind.NUMBER:
                field = fields.number(facts)
            case Kind.SHORT:
                field = fields.short(question, facts)
            case _:
                field = fields.long(question, facts)
        return {self.name: field}

    def facts(self, label: str) -> dict[str, Any]:
        """What all kinds of fields are told."""
        return {"label": label, "help_text": self.question.help, "required": self.is_required}

    def check(self) -> None:
        """Say what is wrong across its fields, once each is clean."""

    def answers(self) -> list[Answer]:
        """What was answered, as rows without a response."""
        value = self.form.clean_value(self.name)
        if value in ("", None):
            return []
        match self.question.kind:
            case Kind.SCALE | Kind.NUMBER:
                return [Answer(question=self.question, number=value)]
            case Kind.SINGLE:
                return [Answer(question=self.question, option_id=int(value))]
            case _:
                return [Answer(question=self.question, text=value)]

    @property
    def is_confirmed(self) -> bool:
        """Whether what is doubted in it was confirmed."""
        doubt = self.doubt()
        return doubt is not None and doubt.key in self.form.confirmed()

    def doubt(self) -> Doubt | None:
        """What has to be confirmed before it is sent, if anything."""
        return None


class Several(Part):
    """Boxes of which several may be ticked."""

    def make(self) -> dict[str, forms.Field]:
        """One field for all boxes."""
        return {self.name: fields.multiple(self.question, self.facts(self.question.text))}

    def check(self) -> None:
        """Not more than the question allows."""
        most = self.question.most
        if most is not None and len(self.form.clean_value(self.name) or []) > most:
            self.form.add_error(self.name, too_many(most))

    def answers(self) -> list[Answer]:
        """One row for each box."""
        chosen = self.form.clean_value(self.name) or []
        return [Answer(question=self.question, option_id=int(key)) for key in chosen]


def too_many(most: int) -> str:
    """That fewer have to be chosen."""
    sentence = ngettext("Please choose at most %(n)d.", "Please choose at most %(n)d.", most)
    return sentence % {"n": most}
