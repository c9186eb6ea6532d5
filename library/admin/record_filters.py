"""By what the list of records is narrowed, in words."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from library import udc
from library.models import Record


class ByField(admin.SimpleListFilter):
    """The main class of the UDC, by its name."""

    title = _("field")
    parameter_name = "udc"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """All main classes."""
        return [(digit, f"{digit} {name}") for digit, name in udc.CLASSES.items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Record]) -> QuerySet[Record]:
        """Those of the class."""
        return queryset.filter(udc_class=self.value()) if self.value() else queryset


class Standing(admin.SimpleListFilter):
    """Whether readers find it."""

    title = _("for readers")
    parameter_name = "standing"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Found or withdrawn."""
        return [("found", _("they find it")), ("withdrawn", _("withdrawn"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Record]) -> QuerySet[Record]:
        """Those that stand so."""
        if self.value() not in ("found", "withdrawn"):
            return queryset
        return queryset.filter(withdrawn_at__isnull=self.value() == "found")
