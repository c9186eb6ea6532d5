"""The first questionnaire about the needs of schools, and the first rules of planning.

The staff then change them as they like.
"""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from centar import data_files
from centar.questionnaires import loading
from centar.schools.models import Municipality
from needs_survey.models import PlanRules

DATA = Path(__file__).parent / "data"
SURVEY = "survey"
"""How the names of the questionnaire's data files begin."""


def title() -> str:
    """What the delivered questionnaire is called, as long as nobody renames it."""
    return data_files.read(DATA / f"{SURVEY}_questionnaires.csv")[0]["title"]


@transaction.atomic
def load(data: Path = DATA) -> data_files.Loaded:
    """Load the questionnaire and the rules of planning; repeating it changes nothing, nor does
    any correction of the questionnaire once somebody has answered.
    """
    return loading.load(data, SURVEY) + _load_rules(data)


def _load_rules(data: Path) -> data_files.Loaded:
    """Where the Centre is; rules that the staff have made already stay as they are."""
    if PlanRules.objects.exists():
        return data_files.Loaded(unchanged=1)
    [row] = data_files.read(data / "plan_rules.csv")
    PlanRules.objects.create(centre=Municipality.objects.filter(name=row["centre"]).first())
    return data_files.Loaded(created=1)
