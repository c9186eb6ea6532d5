"""PDF from the Typst templates in `templates/pdf/`.

A template imports the house's looks and reads its data:

    #import "/page.typ": page, data
    #show: page.with(title: data.title)
    = #data.title

Data reaches it as JSON only, so nothing that a person typed is ever read as markup. Images such as
a QR code are texts of SVG: `#image(bytes(data.qr), format: "svg", alt: …)`.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Sequence
from datetime import datetime
from typing import Any

import typst
from django.conf import settings

from centar.documents import press
from centar.script import faces
from centar.script.latin import to_latin

TEMPLATES = settings.BASE_DIR / "templates" / "pdf"
FONTS = [
    settings.NODE_MODULES / "source-sans" / "TTF",
    settings.NODE_MODULES / "source-serif" / "TTF",
]

# A compiler remembers the fonts and is not to be shared between threads.
_compilers = threading.local()


def render(
    template: str,
    data: dict[str, Any],
    *,
    face: faces.Face = faces.CYRILLIC,
    standards: Sequence[press.Standard] = (),
    made_at: datetime | None = None,
    is_long: bool = False,
) -> bytes:
    """The paper that `templates/pdf/<template>.typ` makes of the data, in the face's script.

    `standards` such as "a-2a" make it PDF/A for keeping. The same data gives the same layout, and
    with the moment `made_at` the same file, byte for byte. What `is_long`, hundreds of sheets, is
    printed by a process of its own, so that this one does not keep the memory.
    """
    order = press.Order(
        template=str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        fonts=[str(path) for path in FONTS],
        inputs={
            "data": json.dumps(_in_script(data, face), ensure_ascii=False),
            "lang": face.language,
        },
        standards=list(standards),
        made_at=None if made_at is None else int(made_at.timestamp()),
    )
    if is_long:
        return press.printed_apart(order)
    compilers: dict[str, typst.Compiler] = _compilers.__dict__
    if template not in compilers:
        compilers[template] = press.compiler(order)
    return press.printed(order, compilers[template])


def _in_script(value: Any, face: faces.Face) -> Any:
    if isinstance(value, dict):
        return {key: _in_script(each, face) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_in_script(each, face) for each in value]
    return to_latin(value) if isinstance(value, str) and face.is_latin else value
