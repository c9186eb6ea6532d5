"""What every template knows about the faces of the site."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.http import HttpRequest

from centar.script import faces


class FaceLink(NamedTuple):
    """One entry of the switch between faces."""

    face: faces.Face
    address: str
    is_current: bool


def face(request: HttpRequest) -> dict[str, Any]:
    """`face`, and `other_faces`: the same page in all faces, for the switch and hreflang links."""
    current = faces.of(request)
    path = request.get_full_path()
    return {
        "face": current,
        "other_faces": [
            FaceLink(each, faces.address(path, each), each is current) for each in faces.ALL
        ],
    }
