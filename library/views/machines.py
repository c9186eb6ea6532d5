"""The catalogue for machines: harvested by OAI-PMH, searched by SRU."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from centar import access
from library.harvest import oai as open_archives
from library.harvest import sru as searches
from library.harvest import xml


@access.everyone
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def oai(request: HttpRequest) -> HttpResponse:
    """Records with their changes, for union catalogues; nothing is changed by asking."""
    asked = request.POST if request.method == "POST" else request.GET
    address = settings.SITE_URL + reverse("library:oai")
    return xml.answer(open_archives.answer(asked, address))


@access.everyone
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def sru(request: HttpRequest) -> HttpResponse:
    """Searches of other catalogues; nothing is changed by asking."""
    return xml.answer(searches.answer(request.POST if request.method == "POST" else request.GET))
