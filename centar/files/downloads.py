"""Giving a private file to somebody whom the app that owns it has let in."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from centar.files.models import PrivateFile


def answer(file: PrivateFile) -> FileResponse:
    """The file as a download that no browser shows in place or keeps.

    Called by a view after its own permission has said yes. 404 when the bytes are gone.
    """
    try:
        content = default_storage.open(file.path, "rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(
        content, as_attachment=True, filename=file.name, content_type=file.mime_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
