"""What is assessed, to look at only; a member of staff in conflict sees that it is there."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.assessment.models import Item
from centar.assessment.queries import standings
from centar.audit.withheld import is_own_field
from centar.people.models import User


@admin.register(Item)
class ItemAdmin(admin.ModelAdmin[Item]):
    """Things of all panels by their codes. They are made and closed by the apps above."""

    list_display = ("code", "panel", "standing", "closed_at")
    list_filter = ("panel",)
    list_select_related = ("panel",)
    search_fields = ("code",)
    show_full_result_count = False
    fields = ("code", "panel", "topic", "follows", "added_at", "closed_at", "standing", "assessors")
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Items with their counts, but those in which the user has a conflict."""
        assert isinstance(request.user, User)
        return standings.with_counts(super().get_queryset(request), request.user)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Not by rows that point to a thing, such as the number of an assignment of it."""
        return is_own_field(Item, lookup) and super().lookup_allowed(lookup, value, request)

    @admin.display(description=gettext_lazy("sent of asked"))
    def standing(self, item: Any) -> str:
        """How many have sent, of how many."""
        if item.is_hidden:
            return _("hidden: you have a conflict of interest")
        return f"{item.sent} / {item.live}"

    @admin.display(description=gettext_lazy("assessors"))
    def assessors(self, item: Any) -> SafeString | str:
        """Who was asked, and what became of it."""
        if item.is_hidden:
            return _("hidden: you have a conflict of interest")
        rows = standings.standing_of(item).assessed
        said = ((one.assignment.person, one.assignment.get_state_display()) for one in rows)
        return format_html_join(", ", "{} ({})", said) or "–"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """They are made by the apps."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They are only read."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What is assessed stays."""
        return False
