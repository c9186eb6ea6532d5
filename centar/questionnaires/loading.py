"""Questionnaires that come with the project, which the staff then change as they like.

Four files with a common beginning of their names: `…_questionnaires.csv`, `…_sections.csv`,
`…_questions.csv` and `…_options.csv`.
"""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from centar import data_files
from centar.questionnaires import delivered
from centar.questionnaires.models import Option, Question, Questionnaire, Section

PARTS = ("questionnaires", "sections", "questions", "options")
"""How the names of the data files end."""

Row = dict[str, str]


@transaction.atomic
def load(data: Path, name: str) -> data_files.Loaded:
    """Load the questionnaires of the files that begin with `name`; repeating it changes nothing.

    One that somebody has answered is left as it is: the answers were given to its words.
    """
    rows = {part: data_files.read(data / f"{name}_{part}.csv") for part in PARTS}
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
    paper_of = {row["id"]: papers.keys[row["questionnaire"]] for row in own}
    places = {key: (paper_of[key], section) for key, section in sections.keys.items()}
    asked = [row for row in rows["questions"] if row["section"] in places]
    loaded = papers.loaded + sections.loaded + _load_questions(asked, rows["options"], places)
    left = sum(len(part) for part in rows.values()) - loaded.total
    return loaded + data_files.Loaded(unchanged=left)


def _load_questions(
    waiting: list[Row], offered: list[Row], places: dict[str, tuple[int, int]]
) -> data_files.Loaded:
    """Load the questions and what they offer, each after those that it refers to.

    `places` are the questionnaire and the section by the section's id.
    """
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
        rows = [_question(row, places[row["section"]], questions, options) for row in ready]
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
    place: tuple[int, int],
    questions: dict[str, int],
    options: dict[str, int],
) -> dict[str, object]:
    return {
        "id": row["id"],
        "questionnaire_id": place[0],
        "section_id": place[1],
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
