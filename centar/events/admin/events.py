"""All events in the back office, for choosing one."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from centar.events import kinds
from centar.events.models import Event, EventQuerySet
from centar.script.folding import fold


@admin.register(Event)
class EventAdmin(admin.ModelAdmin[Event]):
    """All events, for choosing one; each is edited where its own app edits it."""

    list_display = ("title", "kind_label", "state", "starts_at")
    list_filter = ("state",)
    search_fields = ("folded",)
    ordering = ("-starts_at",)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Event], search_term: str
    ) -> tuple[QuerySet[Event], bool]:
        """For choosing, only events that can still take somebody."""
        rows, doubled = super().get_search_results(request, queryset, fold(search_term))
        if request.path.endswith("/autocomplete/"):
            assert isinstance(rows, EventQuerySet)
            rows = rows.coming(timezone.now()).published().exclude(state=Event.State.CANCELLED)
        return rows, doubled

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def kind_label(self, event: Event) -> str:
        """The kind in words."""
        return str(kinds.get(event.kind).label)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Events are made by the apps that give them their meaning."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """They are changed there too."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Event | None = None) -> bool:
        """And never deleted here."""
        return False
