"""Small papers that stand for what people hand in and hand out."""

from __future__ import annotations

from django.core.files.base import ContentFile

from centar.documents import pdf
from centar.portal.demo import centre


def paper(name: str, title: str, *facts: tuple[str, str]) -> ContentFile[bytes]:
    """A PDF of that name with a title and facts, as if somebody had handed it in."""
    data = {
        "centre": f"{centre.NAME} (демонстрација)",
        "title": title,
        "landscape": False,
        "facts": facts,
        "tables": [],
        "signatures": [],
    }
    return ContentFile(pdf.render("tables", data), name=name)
