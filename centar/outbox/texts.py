"""The texts of letters, from `templates/<app>/letters/`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from django.template.loader import render_to_string


def written(template: str, context: Mapping[str, Any]) -> str:
    """The letter of this template with these facts; what is left out leaves no gap."""
    text = render_to_string(template, dict(context))
    return re.sub(r"\n{3,}", "\n\n", text).strip() + "\n"
