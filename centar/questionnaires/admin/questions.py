"""A question on a page of its own, with what it offers and on what it depends."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from centar.audit.admin import RevisedAdmin
from centar.people.models import User
from centar.questionnaires import permissions
from centar.questionnaires.admin.freedom import is_free
from centar.questionnaires.forms.question import QuestionForm
from centar.questionnaires.models import Question


@admin.register(Question)
class QuestionAdmin(RevisedAdmin):
    """Questions; the way to them leads through their questionnaire."""

    form = QuestionForm
    list_display = ("text", "questionnaire", "kind")
    list_select_related = ("questionnaire",)
    search_fields = ("text", "code")
    fieldsets = (
        (
            None,
            {
                "fields": (
                    "whole",
                    ("questionnaire", "section", "order"),
                    "code",
                    "kind",
                    "text",
                    "help",
                )
            },
        ),
        (_("What is offered"), {"fields": ("offered", ("low_label", "high_label"))}),
        (_("A list of the portal"), {"fields": (("source", "counts_people"),)}),
        (
            _("Rules"),
            {"fields": (("required", "most", "longest"), "is_grade", "shown_when", "adds_up_to")},
        ),
    )

    readonly_fields = ("whole",)

    @admin.display(description=_("questionnaire"))
    def whole(self, question: Question) -> SafeString | str:
        """The way back to the questionnaire."""
        if question.questionnaire_id is None:
            return "–"
        address = address_of(question.questionnaire_id)
        return format_html('<a href="{}">{}</a>', address, question.questionnaire)

    def formfield_for_dbfield(self, *args: Any, **kwargs: Any) -> Any:
        """Relations are chosen and not changed from here."""
        field = super().formfield_for_dbfield(*args, **kwargs)
        if field is not None and isinstance(field.widget, RelatedFieldWidgetWrapper):
            field.widget = field.widget.widget
        return field

    def has_module_permission(self, request: HttpRequest) -> bool:
        """They stand in no menu."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until the first response, as the form will ask again."""
        user = request.user
        return isinstance(user, User) and bool(permissions.may_write(user)) and is_free(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until the first response."""
        return super().has_delete_permission(request, obj) and is_free(obj)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who only reads sees the model's own fields; what is offered is on the preview."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or self.has_change_permission(request, obj):
            return fieldsets
        hidden = ("offered", "seen_revision")
        return [
            (name, {"fields": [one for one in facts["fields"] if one not in hidden]})
            for name, facts in fieldsets
        ]

    def save_model(self, request: HttpRequest, obj: Question, form: Any, change: bool) -> None:
        """Save the question, then what it offers."""
        super().save_model(request, obj, form, change)
        form.save_offered()

    def response_add(
        self, request: HttpRequest, obj: Question, post_url_continue: str | None = None
    ) -> HttpResponse:
        """Back to the questionnaire, or on to its next question."""
        return self._onward(request, obj, super().response_add(request, obj, post_url_continue))

    def response_change(self, request: HttpRequest, obj: Question) -> HttpResponse:
        """Back to the questionnaire, or on to its next question."""
        return self._onward(request, obj, super().response_change(request, obj))

    def response_delete(self, request: HttpRequest, obj_display: str, obj_id: int) -> HttpResponse:
        """Back to the questionnaires."""
        super().response_delete(request, obj_display, obj_id)
        return HttpResponseRedirect(reverse("admin:questionnaires_questionnaire_changelist"))

    def _onward(
        self, request: HttpRequest, question: Question, usual: HttpResponse
    ) -> HttpResponse:
        if "_continue" in request.POST:
            return usual
        if "_addanother" in request.POST:
            return HttpResponseRedirect(address_of_new(question.questionnaire_id))
        return HttpResponseRedirect(address_of(question.questionnaire_id))


def address_of(questionnaire: int) -> str:
    """The page of a questionnaire."""
    return reverse("admin:questionnaires_questionnaire_change", args=[questionnaire])


def address_of_new(questionnaire: int) -> str:
    """Where a question is added to a questionnaire."""
    return f"{reverse('admin:questionnaires_question_add')}?questionnaire={questionnaire}"
