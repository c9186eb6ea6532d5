"""What belongs to a record, as rows of its page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from library.described import Described
from library.forms.records import NumberForm
from library.models import Contribution, Copy, Identifier, JournalIssue, KitPart, Record


class ContributionInline(admin.TabularInline[Contribution, Record]):
    """Who made it."""

    model = Contribution
    fields = ("order", "name", "role", "is_body")
    extra = 1


class NumberInline(admin.TabularInline[Identifier, Record]):
    """Its ISBN and ISSN."""

    model = Identifier
    form = NumberForm
    fields = ("kind", "printed", "keep_wrong")
    extra = 1


class IssueInline(admin.TabularInline[JournalIssue, Record]):
    """The issues of a journal that the library has."""

    model = JournalIssue
    fields = ("year", "volume", "number", "title")
    extra = 1


class PartInline(admin.TabularInline[KitPart, Record]):
    """What lies in a kit."""

    model = KitPart
    fields = ("order", "name", "pieces")
    extra = 1


class CopyInline(admin.TabularInline[Copy, Record]):
    """The copies, each with a page of its own."""

    model = Copy
    fields = ("accession_number", "shelf_mark", "barcode", "state", "only_here")
    readonly_fields = fields
    extra = 0
    show_change_link = True
    can_delete = False

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By a page of its own."""
        return False


def rows(inline: Any, begun: Described) -> list[dict[str, Any]]:
    """What the inline begins with, where a record is begun from a description."""
    if isinstance(inline, ContributionInline):
        return [
            {"order": place, "name": one.name, "role": one.role, "is_body": one.is_body}
            for place, one in enumerate(begun.contributors, 1)
        ]
    if isinstance(inline, NumberInline):
        return [{"kind": one.kind, "printed": one.printed} for one in begun.numbers]
    if isinstance(inline, PartInline):
        return [
            {"order": place, "name": one.name, "pieces": one.pieces}
            for place, one in enumerate(begun.parts, 1)
        ]
    return []
