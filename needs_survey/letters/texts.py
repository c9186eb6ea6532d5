"""The texts of letters, from `templates/needs_survey/letters/`."""

from __future__ import annotations

from typing import Any

from centar.outbox import texts


def written(name: str, context: dict[str, Any]) -> str:
    """The letter of this name with these facts."""
    return texts.written(f"needs_survey/letters/{name}.txt", context)
