"""Schools in the back office."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from centar.audit.admin import RevisedAdmin
from centar.schools.models import District, Municipality, School, Settlement, Subject
from centar.script.folding import fold


@admin.register(School)
class SchoolAdmin(RevisedAdmin):
    """The schools of the region and their outlying units."""

    list_display = ("name", "place", "municipality", "kind")
    list_filter = ("kind", "municipality")
    list_select_related = ("municipality",)
    search_fields = ("folded",)
    autocomplete_fields = ("parent", "municipality")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Names are found in either script."""
        return super().get_search_results(request, queryset, fold(search_term))


@admin.register(Subject)
class SubjectAdmin(RevisedAdmin):
    """The subjects that a profile offers."""

    search_fields = ("name",)


@admin.register(Municipality)
class MunicipalityAdmin(admin.ModelAdmin[Municipality]):
    """The municipalities of the region."""

    list_display = ("name", "unit_type", "district", "postal_code")
    list_select_related = ("district",)
    search_fields = ("name",)


@admin.register(Settlement)
class SettlementAdmin(admin.ModelAdmin[Settlement]):
    """The settlements of the region."""

    list_display = ("name", "municipality", "postal_code")
    list_filter = ("municipality",)
    list_select_related = ("municipality",)
    search_fields = ("name",)


admin.site.register(District)
