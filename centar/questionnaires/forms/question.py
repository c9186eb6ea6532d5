"""A question as the staff write it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from centar.audit.admin import RevisionForm
from centar.questionnaires import permissions, sources
from centar.questionnaires.forms import offered
from centar.questionnaires.models import Option, Question, Questionnaire

Kind = Question.Kind
USED_BY = {
    "most": (Kind.MULTIPLE, Kind.RANKING, Kind.LISTED),
    "source": (Kind.LISTED,),
    "adds_up_to": (Kind.NUMBERS,),
    "longest": Question.IN_WORDS,
}
"""Fields that mean something for these kinds only."""
DECIDING = (Kind.SINGLE, Kind.MULTIPLE)
"""Kinds whose answers may decide what is asked after them."""


class OptionField(forms.ModelChoiceField[Option]):
    """An answer of another question, named with it."""

    def label_from_instance(self, option: Option) -> str:
        """Both, since answers such as „Да“ repeat."""
        return f"{option.question.text} → {option.text}"


class QuestionForm(RevisionForm):
    """A question with what it offers, one a line.

    Its questionnaire is that of the question, or for a new one stands in the address.
    """

    source = forms.ChoiceField(label=capfirst(_("list")), required=False)
    shown_when = OptionField(
        Option.objects.none(),
        label=capfirst(_("asked only after the answer")),
        required=False,
        help_text=_("An answer of a question with one or several answers to choose from."),
    )
    offered = offered.OfferedField(
        label=capfirst(_("offered answers or statements")),
        required=False,
        max_length=10_000,
        help_text=_("One a line; for the kinds that offer something."),
    )

    class Meta:
        model = Question
        fields = (
            "questionnaire",
            "section",
            "order",
            "code",
            "kind",
            "text",
            "help",
            "low_label",
            "high_label",
            "source",
            "counts_people",
            "required",
            "most",
            "longest",
            "is_grade",
            "shown_when",
            "adds_up_to",
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.before = list(self.instance.options.all()) if self.instance.pk else []
        self.initial["offered"] = "\n".join(option.text for option in self.before)
        self._choices("source").choices = [("", "–"), *sources.choices()]
        given = self.data.get("questionnaire") or self.initial.get("questionnaire")
        key = str(self.instance.questionnaire_id or given or "")
        if key.isdigit() and "questionnaire" in self.fields:
            self.fields["questionnaire"].widget = forms.HiddenInput()
            self.fields["questionnaire"].disabled = self.instance.pk is not None
            self._narrow(int(key))

    def _choices(self, name: str) -> Any:
        return self.fields[name]

    def _narrow(self, questionnaire: int) -> None:
        """Offer what belongs to the questionnaire and makes sense."""
        others = Question.objects.filter(questionnaire=questionnaire).exclude(pk=self.instance.pk)
        deciding = Option.objects.filter(question__in=others, question__kind__in=DECIDING)
        self._choices("section").queryset = self._choices("section").queryset.filter(
            questionnaire=questionnaire
        )
        self._choices("shown_when").queryset = deciding.select_related("question").order_by(
            "question__order", "question", "order"
        )
        self._choices("adds_up_to").queryset = others.filter(kind=Kind.NUMBER)

    def clean(self) -> dict[str, Any] | None:
        """Each kind offers what it must; what decides about others stays.

        Looks again whether somebody has answered, under the lock that lasts until all is saved.
        """
        cleaned = super().clean() or self.cleaned_data
        questionnaire = cleaned.get("questionnaire")
        if questionnaire is not None:
            row = Questionnaire.objects.select_for_update(no_key=True).get(pk=questionnaire.pk)
            if row.is_answered:
                raise forms.ValidationError(permissions.ANSWERED)
        if "kind" in cleaned:
            self._check_kind(Kind(cleaned["kind"]), cleaned)
        return cleaned

    def _check_kind(self, kind: Question.Kind, cleaned: dict[str, Any]) -> None:
        for name, kinds in USED_BY.items():
            if cleaned.get(name) and kind not in kinds:
                self.add_error(name, _("A question of this kind has no use for this."))
        if kind == Kind.LISTED and not cleaned.get("source"):
            self.add_error("source", _("Choose the list that things are chosen from."))
        self._check_sums(kind)
        lines = cleaned.get("offered")
        if lines is None:
            return
        least = offered.LEAST.get(kind, 0)
        if len(lines) < least:
            self.add_error("offered", _("Write what is offered, one a line."))
        if not least and lines:
            self.add_error("offered", _("A question of this kind offers nothing."))
        stay = offered.kept(self.before, lines).values() if kind in DECIDING else ()
        gone = [option.pk for option in self.before if option not in stay]
        for question in Question.objects.filter(shown_when__in=gone):
            sentence = _("“%(question)s” is asked after an answer that would be gone.")
            self.add_error("offered", sentence % {"question": question.text})

    def _check_sums(self, kind: Question.Kind) -> None:
        """What adds up to the number of this question needs the number."""
        if kind == Kind.NUMBER or self.instance.pk is None:
            return
        for question in self.instance.parts.all():
            sentence = _("“%(question)s” adds up to the number of this question.")
            self.add_error("kind", sentence % {"question": question.text})

    def save_offered(self) -> None:
        """Make the options those of the lines, when they have changed."""
        if "offered" in self.changed_data:
            offered.save(self.instance, self.cleaned_data["offered"])
