"""Somebody of the staff who opens all that the back office shows them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from tests.attacks.blindness import ADDRESS, Walk

OF_PEOPLE = ("/admin/people/", "/admin/account/")
"""Where everybody has a name, whatever they do."""
OF_REVIEW = ("/admin/accreditation/", "/admin/assessment/")


@dataclass
class OfficeWalk(Walk):
    """All lists; of `models` every row by its number, whether a list shows it or not; of reviews
    also what their pages lead to: history, deleting, operations. And `more` addresses.
    """

    models: Sequence[type[Model]] = ()
    more: Sequence[str] = ()

    def _begin(self) -> Iterator[str]:
        yield reverse("admin:index")
        yield from self.more
        for model in admin.site._registry:
            yield address(model, "changelist")
        for model in self.models:
            keys = model._default_manager.values_list("pk", flat=True)
            yield from (address(model, "change", key) for key in keys)

    def _links(self, page: str) -> Iterator[str]:
        for link in ADDRESS.findall(page):
            path = urlsplit(link).path
            # Sorting and filtering show nothing that the list does not.
            if path.startswith(OF_REVIEW):
                yield path

    def outside_people(self, roots: tuple[str, ...]) -> list[str]:
        """Where names are read that should stand only in the list of people."""
        found = self.names(roots)
        return sorted({one.where for one in found if not one.where.startswith(OF_PEOPLE)})

    def on_people(self, words: Sequence[str]) -> list[str]:
        """Pages of people on which one of these stands."""
        pattern = re.compile("|".join(map(re.escape, words)).encode())
        return [
            path
            for path, content in self.seen.items()
            if path.startswith(OF_PEOPLE) and pattern.search(content)
        ]


def found_by(user: object, lookups: Sequence[tuple[type[Model], str]]) -> list[str]:
    """Which of these searches and filters of lists, typed by hand, find anything."""
    client = Client()
    client.force_login(user)  # type: ignore[arg-type]
    found = []
    for model, lookup in lookups:
        response = client.get(f"{address(model, 'changelist')}?{lookup}")
        if response.status_code == 200 and response.context["cl"].result_count:
            found.append(f"{model.__name__}?{lookup}")
    return found


def address(model: type[Model], what: str, *args: object) -> str:
    """Where the back office has a page of the model."""
    options = model._meta
    return reverse(f"admin:{options.app_label}_{options.model_name}_{what}", args=args)
