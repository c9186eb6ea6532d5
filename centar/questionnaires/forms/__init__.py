"""The forms of questionnaires: answering one, and writing one in the back office."""

from centar.questionnaires.forms.answers import AnswerForm, bound
from centar.questionnaires.forms.parts import Part
from centar.questionnaires.forms.steps import stepped
from centar.questionnaires.forms.wording import WordingForm

__all__ = ["AnswerForm", "Part", "WordingForm", "bound", "stepped"]
