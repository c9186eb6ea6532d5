"""The catalogue's cycle and competences, and programmes known from public sources."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from django.db import transaction

from centar import data_files
from trainings.models import Area, Competence, Cycle, Programme, Target

DATA = Path(__file__).parent / "data"

# How the file of known programmes names their forms.
FORMS = {
    "accredited": Programme.Form.PROGRAMME,
    "public_interest": Programme.Form.PROGRAMME,
    "ministry": Programme.Form.PROGRAMME,
    "project": Programme.Form.PROGRAMME,
    "centre_training": Programme.Form.WORKSHOP,
    "meeting": Programme.Form.MEETING,
    "tribune": Programme.Form.PANEL,
    "online_free": Programme.Form.WEBINAR,
}


@transaction.atomic
def load(data: Path = DATA) -> data_files.Loaded:
    """Load the cycle and its competences; priority areas are entered by the staff."""
    cycle_rows = data_files.read(data / "cycles.csv")
    cycles = data_files.load(Cycle, cycle_rows, match=["name"])
    by_name = {row["name"]: cycles.keys[row["id"]] for row in cycle_rows}
    competences = [
        {
            "id": row["id"],
            "cycle_id": by_name[row["cycle"]],
            "code": row["code"],
            "name": row["name"],
        }
        for row in data_files.read(data / "competences.csv")
    ]
    return (
        cycles.loaded + data_files.load(Competence, competences, match=["cycle_id", "code"]).loaded
    )


def load_targets(data: Path = DATA) -> data_files.Loaded:
    """Load what the rulebooks ask of everybody, with the source and how sure it is."""
    rows = data_files.read(data / "targets.csv")
    return data_files.load(Target, rows, match=["name"]).loaded


@transaction.atomic
def load_known_programmes(data: Path = DATA) -> data_files.Loaded:
    """Load programmes that public sources tell of. None is known to be of the present cycle."""
    rows = data_files.read(data / "programmes.csv")
    areas = load_areas(_sentence(row["area_cyr"]) for row in rows if row["area_cyr"])
    programmes = [
        {
            "id": row["id"],
            "title": row["title_cyr"],
            "form": FORMS[row["kind"]],
            "number": "" if _is_ministry(row) else row["catalogue_no"],
            "ministry_number": row["catalogue_no"] if _is_ministry(row) else "",
            "area_id": areas.get(_sentence(row["area_cyr"]), ""),
            "audience": _sentence(row["audience_cyr"]),
            "hours": row["hours"] or 0,
            "organiser": row["organiser_cyr"],
            "source": f"{row['source']} ({row['period_note']})",
        }
        for row in rows
    ]
    return data_files.load(Programme, programmes, match=["title"]).loaded


def load_areas(names: Iterable[str]) -> dict[str, int]:
    """Make the areas with these names that are missing; gives the key of each name."""
    rows = [{"id": name, "name": name} for name in sorted(set(names))]
    return data_files.load(Area, rows, match=["name"]).keys


def _is_ministry(row: dict[str, str]) -> bool:
    return row["kind"] == "public_interest"


def _sentence(text: str) -> str:
    """With a capital at the beginning, the rest as it is."""
    return text[:1].upper() + text[1:]
