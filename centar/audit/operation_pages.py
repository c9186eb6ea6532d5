"""Pages of the back office that carry out one operation on one object.

State is never edited in a form: the change page shows a button for each operation that is
possible now, its page says what will happen and asks what it must, and a refusal of the
operation stands beside its field with everything typed still there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.functional import Promise

from centar.access import Refusal

Text = str | Promise
SAVE_BUTTONS = ("show_save", "show_save_and_continue", "show_save_and_add_another")


class ConfirmForm(forms.Form):
    """An operation that asks nothing."""


@dataclass(frozen=True)
class OperationPage:
    """One operation as the back office offers it.

    `run` gets the object, the user and the cleaned fields, and gives the object to show next.
    `offered` says whether the operation makes sense for the object now; the operation itself
    asks again. `effects` are sentences about what will happen, `done` says what has happened,
    where need be from the object that `run` gave; `then` is the address to go on to, where it is
    not the object's own page.
    """

    name: str
    label: Text
    run: Callable[[Any, Any, dict[str, Any]], models.Model]
    done: Text | Callable[[Any], Text]
    offered: Callable[[Any], bool]
    effects: Callable[[Any], Sequence[Text]] = lambda obj: ()
    form: Callable[..., forms.Form] = ConfirmForm
    form_arguments: Callable[[Any], dict[str, Any]] = lambda obj: {}
    dangerous: bool = False
    template: str = "admin/operation.html"
    then: Callable[[Any], str] | None = None


class OperationsAdmin(admin.ModelAdmin[Any]):
    """A ModelAdmin whose change page offers operations."""

    change_form_template = "admin/change_form_with_operations.html"
    operation_pages: ClassVar[tuple[OperationPage, ...]] = ()

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses, and one for the operations."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_operation"
        view = self.admin_site.admin_view(self.operation_view)
        return [
            path("<int:object_id>/radnja/<slug:name>/", view, name=name),
            *super().get_urls(),
        ]

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The change page with the operations that are possible now."""
        obj = self.get_object(request, object_id)
        offered = []
        if obj is not None and self.has_change_permission(request, obj):
            offered = [
                (page, self._address("operation", obj.pk, page.name))
                for page in self.pages_for(request, obj)
                if page.offered(obj)
            ]
        context = {**(extra_context or {}), "operations": offered}
        if obj is not None and self._is_only_read(request, obj):
            context |= dict.fromkeys(SAVE_BUTTONS, False)
        return super().change_view(request, object_id, form_url, context)

    def pages_for(self, request: HttpRequest, obj: Any) -> tuple[OperationPage, ...]:
        """The operations that the user may know of; all of them, unless a back office says less."""
        return self.operation_pages

    def _is_only_read(self, request: HttpRequest, obj: Any) -> bool:
        """Whether the page has nothing to type into, and so nothing to save."""
        shown = flatten_fieldsets(self.get_fieldsets(request, obj))
        read = self.get_readonly_fields(request, obj)
        return set(shown) <= set(read) and not self.get_inlines(request, obj)

    def operation_view(self, request: HttpRequest, object_id: int, name: str) -> HttpResponse:
        """Explain the operation, ask what it needs, carry it out."""
        obj = self.get_object(request, str(object_id))
        if obj is None:
            raise Http404
        pages = self.pages_for(request, obj)
        page = next((page for page in pages if page.name == name), None)
        if page is None:
            raise Http404
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        # What asks nothing is confirmed by an empty form.
        sent = request.POST if request.method == "POST" else None
        form = page.form(sent, **page.form_arguments(obj))
        if request.method == "POST" and form.is_valid():
            try:
                result = page.run(obj, request.user, form.cleaned_data)
            except Refusal as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                self.log_change(request, result, str(page.label))
                done = page.done(result) if callable(page.done) else page.done
                messages.success(request, str(done))
                then = page.then(result) if page.then else self._address("change", result.pk)
                return HttpResponseRedirect(then)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": obj,
            "page": page,
            "effects": page.effects(obj),
            "form": form,
            "title": page.label,
            "back": self._address("change", obj.pk),
        }
        return TemplateResponse(request, page.template, context)

    def _address(self, what: str, *args: object) -> str:
        return reverse(
            f"{self.admin_site.name}:{self.opts.app_label}_{self.opts.model_name}_{what}",
            args=args,
        )
