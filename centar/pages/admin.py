from __future__ import annotations

from django.contrib import admin

from centar.audit.admin import RevisedAdmin
from centar.pages.models import Centre


@admin.register(Centre)
class CentreAdmin(RevisedAdmin):
    """The centres of the network."""

    list_display = ("town", "name", "site")
    search_fields = ("town", "name")
