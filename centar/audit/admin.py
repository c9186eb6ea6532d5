"""The back office's version check, and the audit to read."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from centar.audit import trail
from centar.audit.models import Entry, Revised


class RevisionForm(forms.ModelForm[Any]):
    """A form that refuses to save over a change it has not seen.

    The revision that the form was opened with travels in a hidden field. It is compared under
    a lock that lasts until the admin's transaction ends, so nobody can slip in between.
    """

    seen_revision = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if isinstance(self.instance, Revised) and not self.instance._state.adding:
            self.initial["seen_revision"] = self.instance.revision

    def clean(self) -> dict[str, Any] | None:
        """Refuse when the row has moved on; what was typed stays in the form."""
        cleaned = super().clean()
        if not self.instance._state.adding:
            model: type[models.Model] = type(self.instance)
            row = model._base_manager.select_for_update(no_key=True).filter(pk=self.instance.pk)
            current = row.values_list("revision", flat=True).get()
            if current != self.cleaned_data.get("seen_revision"):
                raise ValidationError(self._who_was_faster(), code="changed_meanwhile")
        return cleaned

    def _who_was_faster(self) -> str:
        last = (
            LogEntry.objects.filter(
                content_type=ContentType.objects.get_for_model(
                    self.instance, for_concrete_model=False
                ),
                object_id=str(self.instance.pk),
            )
            .select_related("user")
            .first()
        )
        if last is None:
            return _(
                "This was changed while you were editing. Nothing of yours is saved; "
                "open the page in a new tab, compare, and enter your change again."
            )
        return _(
            "%(who)s changed this at %(when)s while you were editing. Nothing of yours is saved; "
            "open the page in a new tab, compare, and enter your change again."
        ) % {"who": last.user, "when": f"{localtime(last.action_time):%H:%M}"}


class RevisedAdmin(admin.ModelAdmin[Any]):
    """Base of the back office's forms over models that count their revisions."""

    form = RevisionForm
    # An address of the web typed without its beginning is meant to be a safe one.
    formfield_overrides: ClassVar[dict[Any, Any]] = {models.URLField: {"assume_scheme": "https"}}

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """The fieldsets, with the hidden revision in the first one."""
        fieldsets = super().get_fieldsets(request, obj)
        first, *rest = fieldsets
        fields = [field for field in first[1]["fields"] if field != "seen_revision"]
        return [(first[0], {**first[1], "fields": [*fields, "seen_revision"]}), *rest]


class OneRowAdmin(RevisedAdmin):
    """Base of the back office's forms over models of one row, such as rules."""

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The row is made once; then whoever wants to add it changes it."""
        row = self.model._default_manager.first()
        if row is None:
            return super().add_view(request, form_url, extra_context)
        name = f"{self.opts.app_label}_{self.opts.model_name}_change"
        return redirect(f"{self.admin_site.name}:{name}", row.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Rules are changed, never taken away."""
        return False


@admin.register(Entry)
class EntryAdmin(admin.ModelAdmin[Entry]):
    """The audit, to read only."""

    list_display = ("at", "actor_id", "action", "object_type", "object_id", "reason")
    list_filter = ("action",)
    search_fields = ("reason", "=object_id", "=actor_id")
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Entry]:
        """Without what is withheld from the user, such as who assesses what is their own."""
        return trail.withheld.shown_to(request.user, super().get_queryset(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody writes the audit by hand."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        """Nobody changes it."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Entry | None = None) -> bool:
        """Nobody deletes it."""
        return False
