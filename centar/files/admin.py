"""The files in the back office: what was handed in, to read only, without its content."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from centar.files.models import PrivateFile


@admin.register(PrivateFile)
class PrivateFileAdmin(admin.ModelAdmin[PrivateFile]):
    """Names and sizes. The content is seen by those whom the owning page lets in."""

    list_display = ("name", "mime_type", "size", "uploaded_at", "uploaded_by")
    list_filter = ("mime_type",)
    search_fields = ("name", "=sha256", "=uploaded_by")
    date_hierarchy = "uploaded_at"

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Files come with what they prove."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: PrivateFile | None = None) -> bool:
        """A file is never changed."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: PrivateFile | None = None) -> bool:
        """Whatever owns it throws it away."""
        return False
