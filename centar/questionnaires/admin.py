"""Questionnaires in the back office: written freely until the first response, mended after it."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from centar.audit.admin import OneRowAdmin, RevisedAdmin, RevisionForm
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.people.models import User
from centar.questionnaires import operations, permissions, queries
from centar.questionnaires.forms import AnswerForm, QuestionForm, WordingForm
from centar.questionnaires.models import Question, Questionnaire, Response, Rules


def _copy(questionnaire: Questionnaire, by: Any, fields: dict[str, Any]) -> Questionnaire:
    return operations.copy_questionnaire(questionnaire_id=questionnaire.pk, by=by)


def _mend(questionnaire: Questionnaire, by: Any, fields: dict[str, Any]) -> Questionnaire:
    part, _dash, key = fields["part"].partition("-")
    operations.mend_wording(
        questionnaire_id=questionnaire.pk, part=part, key=int(key), text=fields["text"], by=by
    )
    return questionnaire


class QuestionInline(admin.StackedInline[Question, Questionnaire]):
    """The questions, in the order of their numbers."""

    model = Question
    form = QuestionForm
    extra = 1
    fields = (
        ("order", "code", "kind", "required", "is_grade"),
        "text",
        "help",
        ("low_label", "high_label"),
        "offered",
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        """The questions with what they offer."""
        return super().get_queryset(request).prefetch_related("options")

    def get_fields(self, request: HttpRequest, obj: Questionnaire | None = None) -> Any:
        """Who only reads sees the fields of the model; what is offered is on the preview."""
        if self.has_change_permission(request, obj):
            return super().get_fields(request, obj)
        return self.fields[:-1]

    def has_add_permission(self, request: HttpRequest, obj: Questionnaire | None = None) -> bool:
        """Until the first response."""
        return super().has_add_permission(request, obj) and _is_free(obj)

    def has_change_permission(self, request: HttpRequest, obj: Questionnaire | None = None) -> bool:
        """Until the first response."""
        return super().has_change_permission(request, obj) and _is_free(obj)

    def has_delete_permission(self, request: HttpRequest, obj: Questionnaire | None = None) -> bool:
        """Until the first response."""
        return super().has_delete_permission(request, obj) and _is_free(obj)


class QuestionnaireForm(RevisionForm):
    """Title and introduction; refused when somebody has answered meanwhile."""

    def clean(self) -> dict[str, Any] | None:
        """Look again under the lock that lasts until everything is saved."""
        cleaned = super().clean()
        if self.instance.pk and self.instance.is_answered:
            raise ValidationError(permissions.ANSWERED)
        return cleaned


@admin.register(Questionnaire)
class QuestionnaireAdmin(RevisedAdmin, OperationsAdmin):
    """The questionnaires of all apps."""

    form = QuestionnaireForm
    inlines = (QuestionInline,)
    list_display = ("title", "question_count", "answered")
    search_fields = ("title",)
    fields = ("title", "intro", "preview")
    readonly_fields = ("preview",)
    operation_pages = (
        OperationPage(
            "kopija",
            _("Copy"),
            run=_copy,
            done=_("This is the copy; change it as you like."),
            offered=lambda questionnaire: True,
            effects=lambda questionnaire: (_("A questionnaire with the same questions is made."),),
        ),
        OperationPage(
            "tekst",
            _("Mend the wording"),
            run=_mend,
            done=_("The new words are in place; the old ones are kept in the audit."),
            offered=lambda questionnaire: questionnaire.is_answered,
            form=WordingForm,
            form_arguments=lambda questionnaire: {"questionnaire": questionnaire},
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Questionnaires with the number of their questions, and whether somebody answered."""
        rows: QuerySet[Any] = super().get_queryset(request)
        answered = Exists(Response.objects.filter(questionnaire=OuterRef("pk")))
        counted: QuerySet[Any] = rows.annotate(
            question_count=Count("questions"), has_answers=answered
        )
        return counted

    @admin.display(description=_("questions"), ordering="question_count")
    def question_count(self, questionnaire: Any) -> int:
        """How many questions it has."""
        count: int = questionnaire.question_count
        return count

    @admin.display(description=_("answered"), boolean=True, ordering="has_answers")
    def answered(self, questionnaire: Any) -> bool:
        """Whether only the wording may be mended."""
        has_answers: bool = questionnaire.has_answers
        return has_answers

    @admin.display(description=_("preview"))
    def preview(self, questionnaire: Questionnaire) -> SafeString | str:
        """The way to the page as a respondent sees it."""
        if questionnaire.pk is None:
            return "–"
        address = reverse("admin:questionnaires_questionnaire_preview", args=[questionnaire.pk])
        return format_html('<a href="{}">{}</a>', address, _("As the respondent sees it"))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """The form; once somebody has answered there is nothing in it to save."""
        obj = self.get_object(request, object_id)
        buttons = ("show_save", "show_save_and_continue", "show_save_and_add_another")
        context = {} if _is_free(obj) else dict.fromkeys(buttons, False)
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), **context}
        )

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses, and the preview."""
        view = self.admin_site.admin_view(self.preview_view)
        name = "questionnaires_questionnaire_preview"
        return [path("<int:pk>/pregled/", view, name=name), *super().get_urls()]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The questionnaire as a respondent sees it; nothing can be sent."""
        rows = queries.with_questions(Questionnaire.objects.all())
        questionnaire = get_object_or_404(rows, pk=pk)
        context = {
            "questionnaire": questionnaire,
            "form": AnswerForm(questionnaire=questionnaire),
            "back": reverse("admin:questionnaires_questionnaire_change", args=[pk]),
        }
        return render(request, "questionnaires/preview.html", context)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Save the questions, then what each offers."""
        super().save_formset(request, form, formset, change)
        for question in formset.forms:
            if question.instance.pk and question not in formset.deleted_forms:
                question.save_offered()

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the operations will ask again."""
        user = request.user
        return isinstance(user, User) and bool(permissions.may_write(user))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Everything, once somebody has answered."""
        if _is_free(obj):
            return self.readonly_fields
        return ("title", "intro", *self.readonly_fields)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until the first response."""
        return super().has_delete_permission(request, obj) and _is_free(obj)


@admin.register(Rules)
class RulesAdmin(OneRowAdmin):
    """The one row of rules."""

    fields = ("smallest_group",)


def _is_free(questionnaire: Questionnaire | None) -> bool:
    """Whether nobody has answered yet."""
    return questionnaire is None or questionnaire.pk is None or not questionnaire.is_answered
