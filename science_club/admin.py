from __future__ import annotations

from django.contrib import admin

from centar.audit.admin import RevisedAdmin
from science_club.models import Club


@admin.register(Club)
class ClubAdmin(RevisedAdmin):
    """The clubs of the network."""

    list_display = ("town", "opened_year", "host")
    search_fields = ("town", "host")
