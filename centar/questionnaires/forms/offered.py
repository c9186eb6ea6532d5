"""What a question offers, typed one a line, and the options that the lines become."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from centar.questionnaires.models import Option, Question
from centar.script import folding
from centar.script.fields import MendedTextField

Kind = Question.Kind
LEAST = {
    Kind.SINGLE: 2,
    Kind.MULTIPLE: 2,
    Kind.MATRIX: 1,
    Kind.RANKING: 2,
    Kind.NUMBERS: 1,
}
"""How many lines a kind needs; the others offer nothing."""
LONGEST_CODE = 28
"""Characters of a code that is made of words; a number may follow."""


class OfferedField(forms.CharField):
    """Lines of a text, mended as they will be kept, empty ones left out."""

    widget = forms.Textarea(attrs={"rows": 6, "cols": 60})

    def clean(self, value: str | None) -> list[str]:
        """The lines; refuses one that is too long, and the same one twice."""
        mended = MendedTextField().to_python(super().clean(value))
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


def kept(before: Sequence[Option], lines: Sequence[str]) -> dict[str, Option]:
    """The options that stay, by their lines.

    A line that was there keeps its option; another line in the place of one that is gone is taken
    for its new words. So conditions, and codes that exports and comparisons go by, stay.
    """
    stay = {option.text: option for option in before if option.text in lines}
    for option, line in zip(before, lines, strict=False):
        if option.text not in lines and line not in stay:
            stay[line] = option
    return stay


def save(question: Question, lines: Sequence[str]) -> None:
    """Make the question's options those of the lines, in their order."""
    before = list(question.options.all())
    stay = kept(before, lines)
    question.options.exclude(pk__in=[option.pk for option in stay.values()]).delete()
    codes = {option.code for option in before}
    for order, line in enumerate(lines, start=1):
        option = stay.get(line) or Option(question=question, code=code_of(line, codes))
        codes.add(option.code)
        option.order, option.text = order, line
        option.save()


def code_of(words: str, taken: set[str]) -> str:
    """A code made of the words, so that the same words have the same code next year."""
    plain = re.sub(r"[^a-z0-9]+", "_", folding.fold(words)).strip("_")[:LONGEST_CODE] or "odgovor"
    numbered = (f"{plain}_{number}" for number in itertools.count(2))
    return next(code for code in itertools.chain([plain], numbered) if code not in taken)
