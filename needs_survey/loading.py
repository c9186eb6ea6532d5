"""The first questionnaire about the needs of schools, which the staff then change as they like."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from centar import data_files
from centar.questionnaires import delivered
from centar.questionnaires.models import Option, Question, Questionnaire, Section

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
    """Load the questionnaire with its sections; repeating it changes nothing, nor does any
    correction once somebody has answered.
    """
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
