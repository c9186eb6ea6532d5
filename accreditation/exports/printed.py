"""The paper as PDF."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from accreditation.exports.paper import Paper
from centar.documents import pdf


def render(paper: Paper, made_at: datetime) -> bytes:
    """The PDF for keeping (PDF/A); the same version gives the same file, byte for byte."""
    data = {
        "centre": _("Centre for Education Kragujevac"),
        "title": paper.title,
        "subtitle": paper.subtitle,
        "stamp": paper.stamp,
        "parts": [
            {
                "title": part.title,
                "lines": [list(line) for line in part.lines],
                "table": [list(row) for row in part.table],
            }
            for part in paper.parts
        ],
    }
    return pdf.render("proposal", data, standards=("a-2a",), made_at=made_at)
