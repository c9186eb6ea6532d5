"""Calls in the back office: prepare, look at the form, publish, move the last day, copy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import meanings
from accreditation.forms.calls import CallForm, CopyForm, LastDayForm
from accreditation.models import AskedDocument, Call, Phase, Rules
from accreditation.operations import calls as operations
from accreditation.queries import calls as queries
from centar.assessment.models import Panel
from centar.audit.admin import OneRowAdmin, RevisedAdmin
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.events import moments
from centar.people.models import User
from centar.script.fields import MendedTextField


def _publish(call: Call, by: Any, fields: dict[str, Any]) -> Call:
    return operations.publish(call_id=call.pk, by=by)


def _move(call: Call, by: Any, fields: dict[str, Any]) -> Call:
    return operations.move_last_day(call_id=call.pk, by=by, **fields)


def _copy(call: Call, by: Any, fields: dict[str, Any]) -> Call:
    return operations.copy(call_id=call.pk, by=by, **fields)


def _days_of(call: Call) -> Iterator[str]:
    """The days of the phases, to be looked at once more."""
    for phase in call.phases.select_related("panel"):
        facts = {"phase": phase.panel.title, "day": moments.day(phase.panel.due_on)}
        yield _("Phase “%(phase)s”: assessors have time until %(day)s, midnight.") % facts
        if phase.panel.due_on <= call.closes_on:
            yield _("This is before proposals are in: move the last day of the panel.")


def _empty_parts_of(call: Call) -> Iterator[str]:
    """What stays empty for want of a question, as long as the form can still be changed."""
    unmarked = queries.unmarked(call)
    if unmarked:
        parts = ", ".join(f"{meanings.PARTS[code]} ({code})" for code in unmarked)
        yield _(
            "In the catalogue or on the page of the example this stays empty, because no question "
            "of the form has the code: %(parts)s."
        ) % {"parts": parts}


PAGES = (
    OperationPage(
        "objava",
        gettext_lazy("Publish the call"),
        run=_publish,
        done=gettext_lazy("The call is published."),
        offered=lambda call: call.published_at is None,
        effects=lambda call: (
            _("Everybody sees the call, and proposals are taken from its first day on."),
            _("As soon as somebody begins a proposal, only the wording of the form may change."),
            *_empty_parts_of(call),
            *_days_of(call),
        ),
    ),
    OperationPage(
        "poslednji-dan",
        gettext_lazy("Move the last day"),
        run=_move,
        done=gettext_lazy("The last day is moved."),
        offered=lambda call: call.published_at is not None,
        form=LastDayForm,
        form_arguments=lambda call: {"initial": {"closes_on": call.closes_on}},
    ),
    OperationPage(
        "kopija",
        gettext_lazy("Copy for the next call"),
        run=_copy,
        done=gettext_lazy(
            "This is the copy. Look at its form, its days and the last day of each phase, "
            "then publish it."
        ),
        offered=lambda call: True,
        effects=lambda call: (
            _("The form, the documents asked for and the phases of review are copied."),
            _(
                "The last day of each phase moves as the last day of the call does; look at it "
                "before you publish. Nobody sits in the new panels yet."
            ),
        ),
        form=CopyForm,
        form_arguments=lambda call: {"initial": CopyForm.proposal_for(call)},
    ),
)


class DocumentInline(admin.TabularInline[AskedDocument, Call]):
    """The documents that authors attach; once somebody has begun, only their words change."""

    model = AskedDocument
    extra = 1
    fields = ("order", "title", "help", "required", "names_nobody")
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        MendedTextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 30})}
    }

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until somebody begins a proposal."""
        return super().has_add_permission(request, obj) and _is_free(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until somebody begins a proposal."""
        return super().has_delete_permission(request, obj) and _is_free(obj)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What authors rely on."""
        return () if _is_free(obj) else ("required", "names_nobody")


class PhaseInline(admin.TabularInline[Phase, Call]):
    """The phases of the review, each with a panel of its own."""

    model = Phase
    extra = 0
    fields = ("order", "panel")

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """The panels that no other call has."""
        if db_field.name == "panel":
            match = request.resolver_match
            call = match.kwargs.get("object_id") if match else None
            kwargs["queryset"] = Panel.objects.filter(Q(phase=None) | Q(phase__call=call))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


@admin.register(Call)
class CallAdmin(RevisedAdmin, OperationsAdmin):
    """Calls, the newest first."""

    form = CallForm
    inlines = (DocumentInline, PhaseInline)
    list_display = ("title", "kind", "opens_on", "closes_on", "published_at")
    list_filter = ("kind",)
    search_fields = ("title",)
    autocomplete_fields = ("form",)
    show_full_result_count = False
    fields = (
        "title",
        "kind",
        "about",
        "cycle",
        "form",
        "pages",
        ("opens_on", "closes_on"),
        "published_at",
        "with_schedule",
        "all_sign",
    )
    operation_pages = PAGES

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What must stay once somebody has begun; the days, once it is published."""
        always = ("published_at", "pages")
        if obj is None:
            return always
        settled = () if _is_free(obj) else operations.SETTLED
        days = ("opens_on", "closes_on") if obj.published_at is not None else ()
        return (*always, *settled, *days)

    @admin.display(description=gettext_lazy("see also"))
    def pages(self, call: Call) -> SafeString | str:
        """The ways to the form as an author sees it, to the public page, and to the proposals."""
        if call.pk is None:
            return "–"
        listed = reverse("admin:accreditation_proposal_changelist")
        links = [
            (
                reverse("admin:questionnaires_questionnaire_preview", args=[call.form_id]),
                _("The form as an author sees it"),
            ),
            (f"{listed}?call__id__exact={call.pk}", _("Proposals")),
        ]
        if call.published_at is not None:
            links.append((reverse("accreditation:call", args=[call.pk]), _("The public page")))
        return format_html_join(" · ", '<a href="{}">{}</a>', links)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Through the operation."""
        assert isinstance(request.user, User)
        operations.keep(call=obj, changed=form.changed_data, by=request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until it is published or somebody has begun."""
        free = obj is None or (obj.published_at is None and _is_free(obj))
        return super().has_delete_permission(request, obj) and free


@admin.register(Rules)
class RulesAdmin(OneRowAdmin):
    """The one row of rules."""

    fields = ("meeting_days", "expiry_days", "draft_days", "most_authors", "most_files")


def _is_free(call: Call | None) -> bool:
    """Whether nobody has begun a proposal."""
    return call is None or call.pk is None or not queries.has_proposals(call)
