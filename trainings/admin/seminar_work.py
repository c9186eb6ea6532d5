"""The list of seminars narrowed to one kind of work, for the links of the work queue."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.events import queries
from centar.events.models import EventQuerySet
from trainings.queries.deadlines import long_unreported, to_announce, to_report


class WorkFilter(admin.SimpleListFilter):
    """The lists behind the work queue."""

    title = gettext_lazy("work")
    parameter_name = "work"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The kinds of work."""
        return [
            ("small", _("below the minimum")),
            ("attendance", _("without attendance")),
            ("announce", _("to announce to schools")),
            ("report", _("to report to the institute")),
            ("unreported", _("long without a report")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Only what waits for that work."""
        assert isinstance(queryset, EventQuerySet)
        now = timezone.now()
        match self.value():
            case "small":
                return queries.below_minimum(queryset, now)
            case "attendance":
                unnoted = queries.meetings_without_attendance(now)
                return queryset.filter(pk__in=[meeting.event_id for meeting in unnoted])
            case "announce":
                return queryset.filter(seminar__in=[one.seminar for one in to_announce(now)])
            case "report":
                return queryset.filter(seminar__in=[one.seminar for one in to_report(now)])
            case "unreported":
                return queryset.filter(seminar__in=long_unreported(now))
            case _:
                return queryset
