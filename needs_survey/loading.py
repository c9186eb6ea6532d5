"""The first questionnaire about the needs of schools, and the first rules of planning.

The staff then change them as they like.
"""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from centar import data_files
from centar.questionnaires import delivered
from centar.questionnaires.models import Option, Question, Questionnaire, Section
from centar.schools.models import Municipality
from needs_survey.models import PlanRules

DATA = Path(__file__).parent / "data"
FILES = (
    "survey_questionnaires.csv",
    "survey_sections.csv",
    "survey_questions.csv",
    "survey_options.csv",
)
QUESTIONNAIRE = "potrebe"
"""The questionnaire's id in the data files."""

Row = dict[str, str]


def title() -> str:
    """What the delivered questionnaire is called, as long as nobody renames it."""
    return data_files.read(DATA / "survey_questionnaires.csv")[0]["title"]


@transaction.atomic
def load(data: Path = DATA) -> data_files.Loaded:
    """Load the questionnaire and the rules of planning; repeating it changes nothing, nor does
    any correction of the questionnaire once somebody has answered.
    """
    return _load_questionnaire(data) + _load_rules(data)


def _load_questionnaire(data: Path) -> data_files.Loaded:
    rows = data_files.read(data / "survey_questionnaires.csv")
    if delivered.is_answered(rows[0]):
        return data_files.Loaded(unchanged=sum(len(data_files.read(data / name)) for name in FILES))
    papers = data_files.load(Questionnaire, rows, match=["title"])
    sections = data_files.load(
        Section,
        [
            {
                "id": row["id"],
                "questionnaire_id": papers.keys[row["questionnaire"]],
                "order": row["order"],
                "title": row["title"],
                "help": row["help"],
            }
            for row in data_files.read(data / "survey_sections.csv")
        ],
        match=["questionnaire_id", "title"],
    )
    questions = _load_questions(data, papers.keys[QUESTIONNAIRE], sections.keys)
    return papers.loaded + sections.loaded + questions


def _load_rules(data: Path) -> data_files.Loaded:
    """Where the Centre is; rules that the staff have made already stay as they are."""
    if PlanRules.objects.exists():
        return data_files.Loaded(unchanged=1)
    [row] = data_files.read(data / "plan_rules.csv")
    PlanRules.objects.create(centre=Municipality.objects.filter(name=row["centre"]).first())
    return data_files.Loaded(created=1)


def _load_questions(
    data: Path, questionnaire_id: int, sections: dict[str, int]
) -> data_files.Loaded:
    """Load the questions and what they offer, each after those that it refers to."""
    waiting = data_files.read(data / "survey_questions.csv")
    offered = data_files.read(data / "survey_options.csv")
    questions: dict[str, int] = {}
    options: dict[str, int] = {}
    loaded = data_files.Loaded()
    while waiting:
        ready = [
            row
            for row in waiting
            if row["adds_up_to"] in {"", *questions} and row["shown_when"] in {"", *options}
        ]
        if not ready:
            raise ValueError(f"These questions refer to none: {[row['id'] for row in waiting]}")
        waiting = [row for row in waiting if row not in ready]
        rows = [_question(row, questionnaire_id, sections, questions, options) for row in ready]
        asked = data_files.load(Question, rows, match=["questionnaire_id", "code"])
        questions |= asked.keys
        found = data_files.load(
            Option,
            [
                {
                    "id": row["id"],
                    "question_id": asked.keys[row["question"]],
                    "order": row["order"],
                    "code": row["code"],
                    "text": row["text"],
                }
                for row in offered
                if row["question"] in asked.keys
            ],
            match=["question_id", "code"],
        )
        options |= found.keys
        loaded = loaded + asked.loaded + found.loaded
    return loaded


def _question(
    row: Row,
    questionnaire_id: int,
    sections: dict[str, int],
    questions: dict[str, int],
    options: dict[str, int],
) -> dict[str, object]:
    return {
        "id": row["id"],
        "questionnaire_id": questionnaire_id,
        "section_id": sections[row["section"]],
        "order": row["order"],
        "code": row["code"],
        "kind": row["kind"],
        "text": row["text"],
        "help": row["help"],
        "required": row["required"] == "1",
        "low_label": row["low_label"],
        "high_label": row["high_label"],
        "most": row["most"],
        "source": row["source"],
        "counts_people": row["counts_people"] == "1",
        "adds_up_to_id": questions.get(row["adds_up_to"], ""),
        "shown_when_id": options.get(row["shown_when"], ""),
    }
