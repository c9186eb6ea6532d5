"""What a draft holds, between the database's JSON and the pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any

from centar.events.applications import pasting
from centar.events.applications.pasting import Row
from centar.schools.models import Subject
from centar.script.folding import fold


@dataclass(frozen=True)
class Typed:
    """Everything typed so far: people chosen, rows written by hand, text pasted, what was chosen.

    Nothing in it has been judged; whatever the row holds, reading it never fails.
    """

    chosen: tuple[int, ...] = ()
    rows: tuple[Row, ...] = ()
    pasted: str = ""
    policy: str = ""
    payer: str = ""

    @classmethod
    def of(cls, kept: dict[str, Any]) -> Typed:
        """From the JSON of a draft."""
        return cls(
            chosen=tuple(kept.get("chosen", ())),
            rows=tuple(Row(**row) for row in kept.get("rows", ())),
            pasted=kept.get("pasted", ""),
            policy=kept.get("policy", ""),
            payer=kept.get("payer", ""),
        )

    def kept(self) -> dict[str, Any]:
        """As the JSON of a draft."""
        return {**asdict(self), "rows": [asdict(row) for row in self.rows]}

    def everybody(self) -> list[Row]:
        """The rows written by hand, then those pasted."""
        subjects = {fold(name) for name in Subject.objects.values_list("name", flat=True)}
        written = [row for row in self.rows if not row.is_empty]
        return [*written, *pasting.read(self.pasted, subjects)]


COLUMNS: Sequence[str] = tuple(field.name for field in fields(Row))
