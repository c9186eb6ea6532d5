"""The rules of lending and the members, as the staff keep them.

Loans and reservations are made at the desk alone: here there is nothing to change of them.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse

from centar.audit.admin import OneRowAdmin, RevisedAdmin
from library.models import LendingRule, LendingTerms, Member

admin.site.register(LendingTerms, OneRowAdmin)


@admin.register(LendingRule)
class LendingRuleAdmin(RevisedAdmin):
    """How much, how long and how often, for each kind of member and of material."""

    list_display = ("__str__", "items", "days", "renewals")


@admin.register(Member)
class MemberAdmin(RevisedAdmin):
    """Who borrows. Members join, and are blocked, at the desk."""

    list_display = ("person", "kind", "card", "consent_on", "blocked_until")
    list_filter = ("kind",)
    list_select_related = ("person",)
    search_fields = ("card", "person__first_name", "person__last_name")
    autocomplete_fields = ("teacher",)
    readonly_fields = ("person", "joined_at", "keeps_history", "blocked_reason", "blocked_until")

    def view_on_site(self, obj: Member) -> str:
        """What they have, at the desk."""
        return reverse("library:member", args=[obj.pk])

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody joins here: the desk makes the person as well."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A member stays, for what they still have."""
        return False
