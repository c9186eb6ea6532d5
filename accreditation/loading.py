"""The first forms of proposals, which the staff then change as they like.

They ask for what a proposal to the national institute holds, in its order; questions with the
codes of `accreditation.meanings` are what a programme or a page of good practice is made from.
"""

from __future__ import annotations

from pathlib import Path

from centar import data_files
from centar.questionnaires import loading

DATA = Path(__file__).parent / "data"
FORMS = "proposal"
"""How the names of the data files begin."""


def titles() -> dict[str, str]:
    """What the delivered forms are called, by the kind of call, as long as nobody renames them."""
    rows = data_files.read(DATA / f"{FORMS}_questionnaires.csv")
    return {row["id"]: row["title"] for row in rows}


def load(data: Path = DATA) -> data_files.Loaded:
    """Load the forms with their sections; repeating it changes nothing."""
    return loading.load(data, FORMS)
