"""Pages of long lists that are searched and narrowed: which rows are read, and how it is answered.

The keys of the whole list are cheap; what its rows show is read for one page of them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def page_of(
    request: HttpRequest, keys: Sequence[int], size: int, read: Callable[[list[int]], list[Any]]
) -> Page[Any]:
    """The page of a list that the address asks for, or the nearest; only its rows are read."""
    page = Paginator[Any](keys, size).get_page(request.GET.get("page"))
    page.object_list = read(list(page.object_list))
    return page


def answer(
    request: HttpRequest, page: str, fragment: str, context: dict[str, object]
) -> HttpResponse:
    """The whole page, or only its results when HTMX narrows the list."""
    # Going back in the browser asks for the whole page again.
    narrowing = request.htmx and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    response = render(request, fragment if narrowing else page, context)
    # The address is one, the answer is not: caches on the way must tell them apart.
    response["Vary"] = "HX-Request, Cookie"
    return response
