"""The network of centres, from the file in `data/`."""

from __future__ import annotations

from pathlib import Path

from centar import data_files
from centar.pages.models import Centre

DATA = Path(__file__).parent / "data"


def load(data: Path = DATA) -> data_files.Loaded:
    """Load the centres of the network."""
    centres = [
        {
            "id": row["id"],
            "name": row["name_cyr"],
            "town": row["town_cyr"],
            "site": row["site"],
            "email": row["email"],
            "phone": row["phone"],
            "address": row["address"],
            "region_note": row["region_note"],
            "status": row["status"],
            "source": row["source"],
        }
        for row in data_files.read(data / "centres.csv")
    ]
    return data_files.load(Centre, centres, match=["name"]).loaded
