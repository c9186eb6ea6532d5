"""What every template knows about the faces of the site."""

from __future__ import annotations

from django.http import HttpRequest

from centar.script import faces


def face(request: HttpRequest) -> dict[str, faces.Face]:
    """`face`: the one in which the page is read."""
    return {"face": faces.of(request)}
