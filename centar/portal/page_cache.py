"""Whole pages kept for visitors who are not signed in, and never stale.

A kept page is valid for one stamp of the database: counters that the database itself raises
when anything public changes (audit.triggers), bookings included, and the number of moments, such
as deadlines, that have passed. One query reads the stamp for every visit, in the same
snapshot as any page would be made from, so a visitor sees what a fresh page would show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.cache import add_never_cache_headers

from centar import sql

# A longer address is somebody playing with filters; it would only push out useful pages.
LONGEST_PATH = 300
# Only the clock can make this long useful: the stamp decides before it ends.
KEEP_SECONDS = 3600

STAMP = """
    SELECT (SELECT coalesce(sum(changes), 0) FROM audit_stamp),
           coalesce(sum(revision), 0), coalesce(sum(seats_changes), 0), count(*),
           count(*) FILTER (WHERE registration_opens_at <= %(now)s),
           count(*) FILTER (WHERE registration_closes_at <= %(now)s),
           count(*) FILTER (WHERE starts_at <= %(now)s),
           count(*) FILTER (WHERE ends_at <= %(now)s)
      FROM events_event
"""


@dataclass(frozen=True)
class KeptPage:
    """A page as it was sent, with the stamp it is true for."""

    stamp: tuple[object, ...]
    content: bytes
    headers: dict[str, str]


class AnonymousPageMiddleware:
    """Answers from kept pages, and keeps those of views marked `access.shared`."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """The kept page if it is still true; otherwise a fresh one, kept if it may be."""
        if not (_is_plain_visit(request) and _is_shared(request.path_info)):
            response = self.get_response(request)
            _keep_private(request, response)
            return response
        # The stamp is read before the page is made: a change in between makes the page newer
        # than its stamp, which costs one more rendering, never a lie.
        stamp = _stamp()
        # With the host: pages name their other faces by whole addresses.
        key = hashlib.sha256(request.build_absolute_uri().encode()).hexdigest()
        kept: KeptPage | None = caches["pages"].get(key)
        if kept is not None and kept.stamp == stamp:
            return HttpResponse(kept.content, headers=kept.headers)
        response = self.get_response(request)
        if isinstance(response, HttpResponse) and _may_be_kept(response):
            page = KeptPage(stamp, response.content, dict(response.headers))
            caches["pages"].set(key, page, KEEP_SECONDS)
        return response


def _is_plain_visit(request: HttpRequest) -> bool:
    cookies = request.COOKIES
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in cookies
        and "messages" not in cookies
        and "HX-Request" not in request.headers
        and len(request.get_full_path()) <= LONGEST_PATH
    )


def _keep_private(request: HttpRequest, response: HttpResponseBase) -> None:
    """On a computer of a school, "back" must not show the pages of whoever has signed out."""
    if settings.SESSION_COOKIE_NAME in request.COOKIES and "Cache-Control" not in response.headers:
        add_never_cache_headers(response)


@lru_cache(maxsize=2048)  # an address leads to one view as long as the process lives
def _is_shared(path: str) -> bool:
    try:
        return getattr(resolve(path).func, "entrance", None) == "shared"
    except Resolver404:
        return False


def _may_be_kept(response: HttpResponse) -> bool:
    return response.status_code == 200 and not response.cookies


def _stamp() -> tuple[object, ...]:
    # By the clock that pages are made by: the database's own may be ahead of it, and a page made
    # before a deadline would be kept as one made after it.
    now = timezone.now()
    return (timezone.localdate(now), *sql.rows(STAMP, now=now)[0])
