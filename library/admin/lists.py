from __future__ import annotations

from django.contrib import admin
from django.urls import reverse

from centar.audit.admin import RevisedAdmin
from library.models import ReadingList, ReadingListEntry


class EntryInline(admin.TabularInline[ReadingListEntry, ReadingList]):
    """The records of a list, in the order of their numbers."""

    model = ReadingListEntry
    fields = ("order", "record", "note")
    # A list to choose from would hold the whole catalogue.
    raw_id_fields = ("record",)
    extra = 3


@admin.register(ReadingList)
class ReadingListAdmin(RevisedAdmin):
    """Reading lists; one for an event stands on the event's page as soon as it is published."""

    list_display = ("title", "event", "is_published")
    list_filter = ("is_published",)
    list_select_related = ("event",)
    search_fields = ("title",)
    raw_id_fields = ("event",)
    fields = ("title", "introduction", "event", "is_published")
    inlines = (EntryInline,)

    def view_on_site(self, obj: ReadingList) -> str | None:
        """The list as its readers see it."""
        return reverse("library:list", args=[obj.pk]) if obj.is_published else None
