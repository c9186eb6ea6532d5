"""Questionnaires in the back office: written freely until the first response, mended after it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import BooleanField, Count, ExpressionWrapper, F, QuerySet
from django.forms import BaseInlineFormSet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import URLPattern, path, reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from centar.audit.admin import OneRowAdmin, RevisedAdmin, RevisionForm
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.people.models import User
from centar.questionnaires import in_use, operations, permissions, queries
from centar.questionnaires.admin.freedom import FreeInline, is_free
from centar.questionnaires.admin.questions import address_of, address_of_new
from centar.questionnaires.forms import AnswerForm, WordingForm, stepped
from centar.questionnaires.models import Question, Questionnaire, Rules, Section
from centar.script.fields import MendedTextField


def _copy(questionnaire: Questionnaire, by: Any, fields: dict[str, Any]) -> Questionnaire:
    return operations.copy_questionnaire(questionnaire_id=questionnaire.pk, by=by)


def _mend(questionnaire: Questionnaire, by: Any, fields: dict[str, Any]) -> Questionnaire:
    part, _dash, key = fields["part"].partition("-")
    operations.mend_wording(
        questionnaire_id=questionnaire.pk, part=part, key=int(key), text=fields["text"], by=by
    )
    return questionnaire


class SectionInline(FreeInline):
    """The sections, in the order of their numbers."""

    model = Section
    extra = 1
    fields = ("order", "title", "help")
    formfield_overrides: ClassVar[dict[Any, Any]] = {
        MendedTextField: {"widget": forms.Textarea(attrs={"rows": 2, "cols": 50})}
    }


class QuestionRows(BaseInlineFormSet[Question, Questionnaire, Any]):
    """The rows of questions, which are offered the same sections."""

    def get_form_kwargs(self, index: int | None) -> dict[str, Any]:
        """The sections, read once."""
        return {**super().get_form_kwargs(index), "sections": self._sections}

    @cached_property
    def _sections(self) -> list[tuple[Any, str]]:
        sections = self.instance.sections.all() if self.instance.pk else ()
        return [("", "–"), *((section.pk, section.title) for section in sections)]


class QuestionRow(forms.ModelForm[Question]):
    """Where a question stands."""

    class Meta:
        model = Question
        fields = ("order", "section")

    def __init__(self, *args: Any, sections: list[tuple[Any, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "section" in self.fields:
            section: Any = self.fields["section"]
            section.queryset = section.queryset.filter(questionnaire=self.instance.questionnaire_id)
            section.choices = sections


class QuestionInline(FreeInline):
    """The questions in their order; each is written on a page of its own."""

    model = Question
    form = QuestionRow
    formset = QuestionRows
    extra = 0
    can_delete = False
    fields = ("order", "section", "words", "code", "kind", "required")
    readonly_fields = ("words", "code", "kind", "required")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """On a page of its own."""
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """As the respondent meets them."""
        by_section = F("section__order").asc(nulls_first=True)
        return super().get_queryset(request).order_by(by_section, "section_id", "order", "pk")

    @admin.display(description=_("question"))
    def words(self, question: Question) -> SafeString:
        """The question, which leads to its page."""
        address = reverse("admin:questionnaires_question_change", args=[question.pk])
        return format_html('<a href="{}">{}</a>', address, question.text)


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
    inlines = (SectionInline, QuestionInline)
    list_display = ("title", "question_count", "answered")
    search_fields = ("title",)
    fields = ("title", "intro", "preview", "new_question")
    readonly_fields = ("preview", "new_question")
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
        answered = ExpressionWrapper(in_use.is_answered(), output_field=BooleanField())
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

    @admin.display(description=_("new question"))
    def new_question(self, questionnaire: Questionnaire) -> SafeString | str:
        """The way to the page on which a question is added."""
        if questionnaire.pk is None:
            return _("Save the title first; then write sections and questions.")
        if not is_free(questionnaire):
            return "–"
        return format_html(
            '<a href="{}">{}</a>', address_of_new(questionnaire.pk), _("Add a question")
        )

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: str | None = None
    ) -> HttpResponse:
        """On to the page of the new questionnaire, where its questions are written."""
        usual = super().response_add(request, obj, post_url_continue)
        if "_addanother" in request.POST:
            return usual
        address = address_of(obj.pk)
        return HttpResponseRedirect(address)

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
        context = {} if is_free(obj) else dict.fromkeys(buttons, False)
        return super().change_view(
            request, object_id, form_url, {**(extra_context or {}), **context}
        )

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses, and the preview."""
        view = self.admin_site.admin_view(self.preview_view)
        name = "questionnaires_questionnaire_preview"
        return [path("<int:pk>/pregled/", view, name=name), *super().get_urls()]

    def preview_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The questionnaire as a respondent sees it and tries it; nothing is kept."""
        rows = queries.with_questions(Questionnaire.objects.all())
        questionnaire = get_object_or_404(rows, pk=pk)
        step = stepped(request.POST, questionnaire)
        tried = step or request.POST or None
        form = AnswerForm(tried, questionnaire=questionnaire, is_draft=step is not None)
        context = {
            "questionnaire": questionnaire,
            "form": form,
            "back": address_of(pk),
        }
        return render(request, "questionnaires/preview.html", context)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the operations will ask again."""
        user = request.user
        return isinstance(user, User) and bool(permissions.may_write(user))

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Everything, once somebody has answered."""
        if is_free(obj):
            return self.readonly_fields
        return ("title", "intro", *self.readonly_fields)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until the first response."""
        return super().has_delete_permission(request, obj) and is_free(obj)


@admin.register(Rules)
class RulesAdmin(OneRowAdmin):
    """The one row of rules."""

    fields = ("smallest_group",)
