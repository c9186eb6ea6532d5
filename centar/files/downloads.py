"""Giving a private file to somebody whom the app that owns it has let in."""

from __future__ import annotations

from django.core.files.storage import default_storage
from django.http import FileResponse, Http404

from centar.files import kinds
from centar.files.models import PrivateFile

KEPT_SECONDS = 30 * 24 * 60 * 60
_SHOWN = (kinds.JPEG.mime_type, kinds.PNG.mime_type)


def answer(file: PrivateFile) -> FileResponse:
    """The file as a download that no browser shows in place or keeps.

    Called by a view after its own permission has said yes. 404 when the bytes are gone.
    """
    response = _answer(file, as_attachment=True)
    response["Cache-Control"] = "private, no-store"
    return response


def picture(file: PrivateFile) -> FileResponse:
    """A picture that everybody may see, shown in place and kept by browsers; its address should
    change with it. 404 for what is no picture that was written anew, and when the bytes are gone.
    """
    if file.mime_type not in _SHOWN:
        raise Http404
    response = _answer(file, as_attachment=False)
    response["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    return response


def _answer(file: PrivateFile, *, as_attachment: bool) -> FileResponse:
    try:
        content = default_storage.open(file.path, "rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    response = FileResponse(
        content, as_attachment=as_attachment, filename=file.name, content_type=file.mime_type
    )
    response["X-Content-Type-Options"] = "nosniff"
    return response
