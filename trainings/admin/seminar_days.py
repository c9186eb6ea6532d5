"""What belongs to the days of a seminar, as links on its page in the back office."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.events import links, moments, sheets
from centar.events.models import Event


class SeminarDays(admin.ModelAdmin[Any]):
    """Attendance and materials, read-only beside the seminar's own fields."""

    @admin.display(description=gettext_lazy("attendance"))
    def attendance(self, event: Event) -> SafeString:
        """For each day the list of who is there, and the list for signatures in both scripts."""
        return format_html_join(
            SafeString("<br>"),
            '<a href="{}">{}</a> · {}: {}',
            (
                (
                    links.check_in_path(day),
                    moments.day(day.starts_at),
                    _("list for signatures"),
                    format_html_join(", ", '<a href="{1}">{0}</a>', sheets.links(day)),
                )
                for day in event.days
            ),
        )

    @admin.display(description=gettext_lazy("materials"))
    def materials(self, event: Event) -> SafeString:
        """The page where the participants' files are handed out."""
        address = reverse("trainings:materials", args=[event.pk])
        return format_html('<a href="{}">{}</a>', address, _("Materials for participants"))
