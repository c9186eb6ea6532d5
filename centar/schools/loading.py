"""Schools, their places, and what is taught, from the files in `data/`."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from centar import data_files
from centar.schools.models import District, Municipality, School, Settlement, Subject

DATA = Path(__file__).parent / "data"


@transaction.atomic
def load(data: Path = DATA) -> data_files.Loaded:
    """Load the region: districts, municipalities, settlements and schools; and the subjects."""
    municipality_rows = data_files.read(data / "municipalities.csv")
    districts = _load_districts(municipality_rows)
    municipalities = _load_municipalities(municipality_rows, districts.keys)
    by_name = {row["name_cyr"]: municipalities.keys[row["id"]] for row in municipality_rows}
    settlements = _load_settlements(data_files.read(data / "settlements.csv"), by_name)
    schools = _load_schools(data_files.read(data / "schools.csv"), by_name)
    subjects = _load_subjects(data_files.read(data / "subjects.csv"))
    tables = (districts, municipalities, settlements, schools, subjects)
    return sum((table.loaded for table in tables), data_files.Loaded())


def _load_districts(municipality_rows: list[dict[str, str]]) -> data_files.Table:
    # The files name a district only beside its municipalities.
    names = sorted({row["district_cyr"] for row in municipality_rows})
    return data_files.load(District, [{"id": name, "name": name} for name in names], match=["name"])


def _load_municipalities(rows: list[dict[str, str]], districts: dict[str, int]) -> data_files.Table:
    municipalities = [
        {
            "id": row["id"],
            "district_id": districts[row["district_cyr"]],
            "name": row["name_cyr"],
            "unit_type": row["unit_type_cyr"],
            "postal_code": row["postal_code_seat"],
            "note": row["note"],
            "source": row["source"],
        }
        for row in rows
    ]
    return data_files.load(Municipality, municipalities, match=["name"])


def _load_settlements(
    rows: list[dict[str, str]], municipalities: dict[str, int]
) -> data_files.Table:
    settlements = [
        {
            "id": row["id"],
            "municipality_id": municipalities[row["municipality_cyr"]],
            "name": row["settlement_cyr"],
            "postal_code": row["postal_code"],
            "note": row["note"],
            "source": row["source"],
        }
        for row in rows
    ]
    return data_files.load(Settlement, settlements, match=["municipality_id", "name"])


def _load_schools(rows: list[dict[str, str]], municipalities: dict[str, int]) -> data_files.Table:
    schools = [
        {
            "id": row["id"],
            "name": row["name_cyr"],
            "kind": row["kind"],
            "place": row["place_cyr"],
            "municipality_id": municipalities[row["municipality_cyr"]],
            "ownership": row["ownership"],
            "note": row["note"],
            "source": row["source"],
        }
        for row in rows
    ]
    return data_files.load(School, schools, match=["name", "place", "municipality_id"])


def _load_subjects(rows: list[dict[str, str]]) -> data_files.Table:
    subjects = [{"id": row["id"], "name": row["name"]} for row in rows]
    return data_files.load(Subject, subjects, match=["name"])
