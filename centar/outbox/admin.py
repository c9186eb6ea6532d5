"""Letters in the back office: read them, see why one failed, send one again."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.outbox import kinds, operations
from centar.outbox.models import Letter


def _resend(letter: Letter, by: Any, fields: dict[str, Any]) -> Letter:
    return operations.resend(letter=letter, by=by)


@admin.register(Letter)
class LetterAdmin(OperationsAdmin):
    """Every letter that the portal sent or means to send."""

    list_display = ("created_at", "kind_label", "recipient", "state", "attempts", "sent_at")
    list_filter = ("state", "kind")
    search_fields = ("recipient", "subject")
    date_hierarchy = "created_at"
    show_full_result_count = False
    fields = (
        "kind_label",
        "recipient",
        "state",
        "attempts",
        "error",
        "created_at",
        "next_attempt_at",
        "sent_at",
        "subject",
        "text",
        "object_id",
        "version",
    )
    readonly_fields = fields
    operation_pages = (
        OperationPage(
            "ponovo",
            _("Send again"),
            run=_resend,
            done=_("The letter is on its way again."),
            offered=lambda letter: (
                letter.state in (Letter.State.SENT, Letter.State.FAILED, Letter.State.DROPPED)
            ),
            effects=lambda letter: (
                _("It is written anew from the facts of the moment, and not sent if untrue."),
            ),
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Letter]:
        """Without what is withheld from the user, such as letters to who assesses their own."""
        return kinds.withheld.shown_to(request.user, super().get_queryset(request))

    @admin.display(description=_("kind"), ordering="kind")
    def kind_label(self, letter: Letter) -> str:
        """What the letter is about."""
        return kinds.label(letter.kind)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Not by the facts of letters: a list filtered by hand would tell their private links."""
        if lookup.startswith("context"):
            return False
        return super().lookup_allowed(lookup, value, request)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Letters are queued by operations."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Letter | None = None) -> bool:
        """What was sent stays on record."""
        return False
