"""A seminar's lists and reports in the back office, and that they were sent."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.audit.operation_pages import OperationPage
from centar.events.models import Event
from trainings.models import Seminar, SeminarEvent
from trainings.operations import reports as operations

PUBLISHED = (Event.State.OPEN, Event.State.CLOSED)


class SeminarForm(forms.ModelForm[Seminar]):
    """Programme, trainers, fee and questionnaire."""

    def clean(self) -> dict[str, Any] | None:
        """The questionnaire stays once somebody has answered it."""
        cleaned = super().clean()
        if "questionnaire" in self.changed_data and self.instance.responses.exists():
            self.add_error(
                "questionnaire",
                ValidationError(_("Participants have answered already: the questionnaire stays.")),
            )
        return cleaned


def links_of(event: SeminarEvent) -> SafeString:
    """The ways to everything that can be read or printed about a seminar."""
    pages = (
        ("results", _("Results of the evaluation")),
        ("results_paper", _("Results (PDF)")),
        ("participants_workbook", _("Participants (XLSX)")),
        ("participants_paper", _("Participants (PDF)")),
        ("institute_workbook", _("Report for the institute (XLSX)")),
    )
    links = format_html_join(
        " · ",
        '<a href="{}">{}</a>',
        ((reverse(f"trainings:{name}", args=[event.pk]), label) for name, label in pages),
    )
    return format_html("<span>{}</span>", links)


def _announce(event: SeminarEvent, by: Any, fields: dict[str, Any]) -> Event:
    return operations.mark_announced(seminar_id=event.pk, by=by).event


def _report(event: SeminarEvent, by: Any, fields: dict[str, Any]) -> Event:
    return operations.mark_reported(seminar_id=event.pk, by=by).event


def _is_over(event: SeminarEvent) -> bool:
    return event.ends_at is not None and event.ends_at <= timezone.now()


PAGES = (
    OperationPage(
        "najava",
        gettext_lazy("Mark as announced to schools"),
        run=_announce,
        done=gettext_lazy("It is noted that the schools were told today."),
        offered=lambda event: (
            event.state in PUBLISHED and event.seminar.announced_on is None and not _is_over(event)
        ),
    ),
    OperationPage(
        "izvestaj",
        gettext_lazy("Mark the report as sent"),
        run=_report,
        done=gettext_lazy("It is noted that the report was sent to the institute today."),
        offered=lambda event: (
            event.state in PUBLISHED and event.seminar.reported_on is None and _is_over(event)
        ),
    ),
)
