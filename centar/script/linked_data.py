"""Facts about a page for search engines (JSON-LD), in the reader's script."""

from __future__ import annotations

import json
from typing import Any

from django.utils.safestring import SafeString

from centar.script import faces
from centar.script.latin import to_latin

# What would end the element or begin markup in it, as json_script of Django writes it.
_ESCAPES = {ord(">"): "\\u003E", ord("<"): "\\u003C", ord("&"): "\\u0026"}


def element(facts: dict[str, Any], face: faces.Face) -> SafeString:
    """The script element with these facts; it holds data only, so the policy lets it be."""
    written = json.dumps(facts, ensure_ascii=False)
    if face.is_latin:
        written = to_latin(written)
    # Escaped above: nothing that was typed can end the element.
    return SafeString(f'<script type="application/ld+json">{written.translate(_ESCAPES)}</script>')
