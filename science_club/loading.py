"""The network of science clubs, from the file in `data/`."""

from __future__ import annotations

from pathlib import Path

from centar import data_files
from science_club.models import Club

DATA = Path(__file__).parent / "data"


def load(data: Path = DATA) -> data_files.Loaded:
    """Load the clubs of the network."""
    clubs = [
        {
            "id": row["id"],
            "town": row["town_cyr"],
            "host": row["host_cyr"],
            "opened_year": row["year_opened"],
            "opened_on": row["date_opened"],
            "order": row["order_in_network"],
            "status": row["status"],
            "note": row["note"],
            "source": row["source"],
        }
        for row in data_files.read(data / "science_clubs.csv")
    ]
    return data_files.load(Club, clubs, match=["town"]).loaded
