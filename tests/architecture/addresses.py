"""All addresses of the portal, as a walk over its URL configuration."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

# Whoever wrote the view decided who may enter it.
LIBRARIES = ("allauth.", "django.contrib.admin.", "import_export.")


@dataclass(frozen=True)
class Address:
    """One pattern: its route from the root, the name to reverse it by, and its view."""

    route: str
    name: str
    view: Callable[..., Any]

    @property
    def is_own(self) -> bool:
        """Whether the portal wrote the view; the admin's pages guard themselves."""
        return not self.view.__module__.startswith(LIBRARIES) and not self.is_admin

    @property
    def is_admin(self) -> bool:
        """Whether it belongs to the back office."""
        return self.route.startswith("admin/")

    @property
    def entrance(self) -> str | None:
        """Who may enter, as the view is marked."""
        return getattr(self.view, "entrance", None)


def every() -> list[Address]:
    """All addresses, in their order."""
    return list(_walk(get_resolver().url_patterns, "", ""))


def _walk(
    patterns: list[URLPattern | URLResolver], route: str, namespace: str
) -> Iterator[Address]:
    for pattern in patterns:
        here = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from _walk(pattern.url_patterns, here, inner)
        else:
            yield Address(here, f"{namespace}{pattern.name}", pattern.callback)
