"""The texts of letters, from `templates/needs_survey/letters/`."""

from __future__ import annotations

import re
from typing import Any

from django.template.loader import render_to_string


def written(name: str, context: dict[str, Any]) -> str:
    """The letter of this name with these facts; what is left out leaves no gap."""
    text = render_to_string(f"needs_survey/letters/{name}.txt", context)
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
