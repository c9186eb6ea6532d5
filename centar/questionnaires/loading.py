"""Questionnaires that come with the project, which the staff then change as they like.

Files with a common beginning of their names: `…_questionnaires.csv`, `…_questions.csv`,
`…_options.csv`, and `…_sections.csv` where there are sections; else a question names its
questionnaire. A column that is left out of the questions keeps what the model says.
"""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from centar import data_files
from centar.questionnaires import delivered
from centar.questionnaires.models import Option, Question, Questionnaire, Section

PARTS = ("questionnaires", "sections", "questions", "options")
"""How the names of the data files end."""
PLAIN = (
    "order",
    "code",
    "kind",
    "text",
    "help",
    "low_label",
    "high_label",
    "most",
    "longest",
    "source",
)
FLAGS = ("required", "is_grade", "counts_people")
"""Columns of questions; a flag is 1 where it is set."""

Row = dict[str, str]
Place = dict[str, int]
"""Where a question stands: its questionnaire, and its section where it has one."""


@transaction.atomic
def load(data: Path, name: str) -> data_files.Loaded:
    """Load the questionnaires of the files that begin with `name`; repeating it changes nothing.

    One that somebody has answered is left as it is: the answers were given to its words.
    """
    rows = {part: _read(data / f"{name}_{part}.csv") for part in PARTS}
    free = [row for row in rows["questionnaires"] if not delivered.is_answered(row)]
    papers = data_files.load(Questionnaire, free, match=["title"])
    own = [row for row in rows["sections"] if row["questionnaire"] in papers.keys]
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
            for row in own
        ],
        match=["questionnaire_id", "title"],
    )
    places: dict[str, Place] = {
        row["id"]: {
            "questionnaire_id": papers.keys[row["questionnaire"]],
            "section_id": sections.keys[row["id"]],
        }
        for row in own
    }
    if not rows["sections"]:
        places = {key: {"questionnaire_id": paper} for key, paper in papers.keys.items()}
    asked = [row for row in rows["questions"] if _stands_in(row) in places]
    loaded = papers.loaded + sections.loaded + _load_questions(asked, rows["options"], places)
    left = sum(len(part) for part in rows.values()) - loaded.total
    return loaded + data_files.Loaded(unchanged=left)


def _read(path: Path) -> list[Row]:
    return data_files.read(path) if path.exists() else []


def _stands_in(question: Row) -> str:
    """The id of the section of a row, or of its questionnaire where there are no sections."""
    return question.get("section") or question["questionnaire"]


def _load_questions(
    waiting: list[Row], offered: list[Row], places: dict[str, Place]
) -> data_files.Loaded:
    """Load the questions and what they offer, each after those that it refers to."""
    questions: dict[str, int] = {}
    options: dict[str, int] = {}
    loaded = data_files.Loaded()
    while waiting:
        ready = [
            row
            for row in waiting
            if row.get("adds_up_to", "") in {"", *questions}
            and row.get("shown_when", "") in {"", *options}
        ]
        if not ready:
            raise ValueError(f"These questions refer to none: {[row['id'] for row in waiting]}")
        waiting = [row for row in waiting if row not in ready]
        rows = [_question(row, places[_stands_in(row)], questions, options) for row in ready]
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
    row: Row, place: Place, questions: dict[str, int], options: dict[str, int]
) -> dict[str, object]:
    values: dict[str, object] = {"id": row["id"], **place}
    values |= {name: row[name] for name in PLAIN if name in row}
    values |= {name: row[name] == "1" for name in FLAGS if name in row}
    if "adds_up_to" in row:
        values["adds_up_to_id"] = questions.get(row["adds_up_to"], "")
    if "shown_when" in row:
        values["shown_when_id"] = options.get(row["shown_when"], "")
    return values
