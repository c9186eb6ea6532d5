"""Examples of good practice in the back office: the page, its files, its event, its papers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import steps
from accreditation.admin.filings import desk, page
from accreditation.forms.practices import PracticeForm, PrepareForm, PresentForm
from accreditation.models import Practice, PracticePaper, Proposal
from accreditation.operations import papers
from accreditation.operations import practices as operations
from accreditation.permissions import practices as permissions
from accreditation.queries import practices as queries
from centar.audit.admin import RevisedAdmin
from centar.audit.forms import ReasonForm
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.people.models import User


def _prepare(proposal: Proposal, by: Any, fields: dict[str, Any]) -> None:
    chosen = [file.pk for file in fields["attachments"]]
    operations.prepare(proposal_id=proposal.pk, attachments=chosen, by=by)


def _publish(practice: Practice, by: Any, fields: dict[str, Any]) -> Practice:
    return operations.publish(practice_id=practice.pk, by=by)


def _take_down(practice: Practice, by: Any, fields: dict[str, Any]) -> Practice:
    return operations.take_down(practice_id=practice.pk, by=by, **fields)


def _present(practice: Practice, by: Any, fields: dict[str, Any]) -> Practice:
    return operations.present(practice_id=practice.pk, by=by, **fields)


def _give(practice: Practice, by: Any, fields: dict[str, Any]) -> Practice:
    papers.give(practice_id=practice.pk, by=by)
    return practice


PROPOSAL_PAGES = (
    page(
        steps.PREPARE,
        _prepare,
        gettext_lazy("The page is prepared. Read it through and publish it."),
        form=PrepareForm,
        form_arguments=lambda proposal: {"proposal": proposal},
        effects=lambda proposal: (
            _("A page is made of the accepted version; nobody sees it until you publish it."),
        ),
        then=lambda proposal: reverse(
            "admin:accreditation_practice_change", args=[proposal.practice.pk]
        ),
    ),
)
PAGES = (
    OperationPage(
        "objava",
        gettext_lazy("Publish"),
        run=_publish,
        done=gettext_lazy("Everybody reads it now."),
        offered=lambda practice: bool(permissions.may_be_published(practice)),
        effects=lambda practice: (
            _("Everybody reads the page and its files: %(files)s.")
            % {"files": ", ".join(map(str, practice.files.select_related("file"))) or "–"},
            _("All authors get a letter, the first time."),
        ),
    ),
    OperationPage(
        "skidanje",
        gettext_lazy("Take down"),
        run=_take_down,
        done=gettext_lazy("Nobody reads it or its files any more."),
        offered=lambda practice: bool(permissions.may_be_taken_down(practice)),
        effects=lambda practice: (
            _("The page and its files are hidden from everybody; papers that were given stay."),
        ),
        form=ReasonForm,
        dangerous=True,
    ),
    OperationPage(
        "predstavljanje",
        gettext_lazy("Present at an event"),
        run=_present,
        done=gettext_lazy("It is noted where the example is presented."),
        offered=lambda practice: True,
        form=PresentForm,
        form_arguments=lambda practice: {"initial": {"event": practice.presented_at_id}},
    ),
    OperationPage(
        "potvrde",
        gettext_lazy("Give papers to the authors"),
        run=_give,
        done=gettext_lazy("The papers are given; each author gets a letter."),
        offered=lambda practice: practice.published_at is not None,
        effects=lambda practice: (
            _("Papers are given to: %(names)s.")
            % {"names": ", ".join(map(str, queries.authors_without_paper(practice))) or "–"},
        ),
    ),
)


class PaperInline(admin.TabularInline[PracticePaper, Practice]):
    """The papers that were given; they are revoked in the register."""

    model = PracticePaper
    fields = ("author", "paper", "validity")
    readonly_fields = fields
    extra = 0

    @admin.display(description=gettext_lazy("paper"))
    def paper(self, row: PracticePaper) -> SafeString:
        """The way to the register, where it can be revoked."""
        address = reverse("admin:documents_document_change", args=[row.document_id])
        return format_html('<a href="{}">{}</a>', address, row.document)

    @admin.display(description=gettext_lazy("validity"))
    def validity(self, row: PracticePaper) -> str:
        """Whether it counts."""
        return _("valid") if row.document.is_valid else _("revoked")

    def get_queryset(self, request: HttpRequest) -> Any:
        """With what each row says."""
        return super().get_queryset(request).select_related("author", "document")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Papers are given by an operation."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A paper stays."""
        return False


@admin.register(Practice)
class PracticeAdmin(RevisedAdmin, OperationsAdmin):
    """The pages, the newest first."""

    form = PracticeForm
    list_display = ("title", "authors", "subject", "level", "published_at", "hidden_at")
    list_filter = (
        ("published_at", admin.EmptyFieldListFilter),
        ("hidden_at", admin.EmptyFieldListFilter),
        "level",
        ("subject", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("subject",)
    search_fields = ("folded",)
    autocomplete_fields = ("schools", "subject")
    filter_horizontal = ("files",)
    readonly_fields = ("way", "published_at", "hidden_at", "presented_at")
    fields = (
        "title", "authors", "schools", ("subject", "level"), "summary", "text", "files", "way",
        "presented_at", ("published_at", "hidden_at"),
    )  # fmt: skip
    inlines = (PaperInline,)
    operation_pages = PAGES

    @admin.display(description=gettext_lazy("proposal"))
    def way(self, practice: Practice) -> SafeString:
        """The way to the proposal that it was made of."""
        return format_html('<a href="{}">{}</a>', desk(practice.proposal), practice.proposal)

    def get_queryset(self, request: HttpRequest) -> Any:
        """Without what only searching needs."""
        return super().get_queryset(request).defer("search", "folded")

    def save_model(self, request: HttpRequest, obj: Practice, form: Any, change: bool) -> None:
        """By the operation, which asks again."""
        assert isinstance(request.user, User)
        changed = [name for name in form.changed_data if name != "seen_revision"]
        operations.keep(practice=obj, changed=changed, by=request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A page is prepared from an accepted proposal."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A page is taken down, never deleted."""
        return False
