"""What makes one page readable in three faces: see `faces`."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation

from centar.script import faces, markup

GetResponse = Callable[[HttpRequest], HttpResponseBase]

_WITHOUT_SLASH = {f"/{face.prefix}"[:-1] for face in faces.ALL if face.prefix}


class FaceMiddleware:
    """Selects the face by the address, never by what the browser prefers.

    The view sees `request.face` and a `path_info` without the face's prefix; `request.path` stays
    whole. Every `reverse()` in the request gives addresses of the same face.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Serve the request in its face; leave prefix and language as they were."""
        if request.path_info in _WITHOUT_SLASH:
            return HttpResponseRedirect(request.get_full_path(force_append_slash=True))
        face, plain = faces.of_path(request.path_info)
        if face is not faces.CYRILLIC and faces.is_cyrillic_only(plain):
            return HttpResponseRedirect(faces.address(request.get_full_path(), faces.CYRILLIC))
        request.path_info = plain
        request.face = face  # type: ignore[attr-defined]
        prefix = get_script_prefix()
        set_script_prefix(prefix + face.prefix)
        try:
            with translation.override(face.language):
                response = self.get_response(request)
        finally:
            set_script_prefix(prefix)
        response.headers.setdefault("Content-Language", face.html_lang)
        return response


class LatinMiddleware:
    """Turns pages and fragments into Latin on their way out, for readers of Latin and English."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Convert complete, uncompressed text/html; leave everything else as it is."""
        response = self.get_response(request)
        if faces.of(request).is_latin and isinstance(response, HttpResponse):
            _latinise(response)
        return response


def _latinise(response: HttpResponse) -> None:
    content_type = response.headers.get("Content-Type", "").partition(";")[0].strip().lower()
    if content_type != "text/html" or response.has_header("Content-Encoding"):
        return
    try:
        page = response.content.decode(response.charset)
    except (UnicodeDecodeError, LookupError):
        return
    latin = markup.latinise_html(page)
    if latin != page:
        response.content = latin.encode(response.charset)
        if response.has_header("Content-Length"):
            response.headers["Content-Length"] = str(len(response.content))
