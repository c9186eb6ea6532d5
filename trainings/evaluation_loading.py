"""The first questionnaire about seminars, which the staff then change as they like."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from centar import data_files
from centar.questionnaires import delivered
from centar.questionnaires.models import Option, Question, Questionnaire
from trainings.models import SeminarRules

DATA = Path(__file__).parent / "data"
FILES = ("evaluation_questionnaires.csv", "evaluation_questions.csv", "evaluation_options.csv")


@transaction.atomic
def load(data: Path = DATA) -> data_files.Loaded:
    """Load the questionnaire, and make it the usual one where the rules name none yet; once
    somebody has answered, nothing changes any more.
    """
    rows = data_files.read(data / "evaluation_questionnaires.csv")
    if delivered.is_answered(rows[0]):
        return data_files.Loaded(unchanged=sum(len(data_files.read(data / name)) for name in FILES))
    papers = data_files.load(Questionnaire, rows, match=["title"])
    questions = data_files.load(
        Question,
        [
            {
                "id": row["id"],
                "questionnaire_id": papers.keys[row["questionnaire"]],
                "order": row["order"],
                "code": row["code"],
                "kind": row["kind"],
                "text": row["text"],
                "help": row["help"],
                "required": row["required"] == "1",
                "is_grade": row["is_grade"] == "1",
                "low_label": row["low_label"],
                "high_label": row["high_label"],
            }
            for row in data_files.read(data / "evaluation_questions.csv")
        ],
        match=["questionnaire_id", "code"],
    )
    options = data_files.load(
        Option,
        [
            {
                "id": row["id"],
                "question_id": questions.keys[row["question"]],
                "order": row["order"],
                "code": row["code"],
                "text": row["text"],
            }
            for row in data_files.read(data / "evaluation_options.csv")
        ],
        match=["question_id", "code"],
    )
    usual = {"id": "1", "questionnaire_id": papers.keys[rows[0]["id"]]}
    rules = data_files.load(SeminarRules, [usual], match=[])
    return papers.loaded + questions.loaded + options.loaded + rules.loaded
