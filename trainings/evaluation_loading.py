"""The first questionnaire about seminars, which the staff then change as they like."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from centar import data_files
from centar.questionnaires import loading
from centar.questionnaires.models import Questionnaire
from trainings.models import SeminarRules

DATA = Path(__file__).parent / "data"
EVALUATION = "evaluation"
"""How the names of the data files begin."""
QUESTIONNAIRE = "1"
"""The questionnaire's id in the data files."""


@transaction.atomic
def load(data: Path = DATA) -> data_files.Loaded:
    """Load the questionnaire, and make it the usual one where the rules name none yet; once
    somebody has answered, nothing in it changes any more.
    """
    loaded = loading.load(data, EVALUATION)
    key = data_files.key_of(Questionnaire, QUESTIONNAIRE)
    if key is None:  # the staff have one of this name, which somebody has answered
        return loaded
    usual = {"id": "1", "questionnaire_id": key}
    return loaded + data_files.load(SeminarRules, [usual], match=[]).loaded
