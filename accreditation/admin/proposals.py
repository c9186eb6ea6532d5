"""Proposals in the back office: to read, to search, and what the staff do with one."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import states
from accreditation.admin import filings, practices, programmes
from accreditation.models import Author, Proposal
from accreditation.operations import submitting
from accreditation.queries import proposals as queries
from centar.audit.forms import ReasonForm
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.script.folding import fold


def _withdraw(proposal: Proposal, by: Any, fields: dict[str, Any]) -> Proposal:
    return submitting.withdraw(proposal_id=proposal.pk, by=by, **fields)


PAGES = (
    OperationPage(
        "povlacenje",
        gettext_lazy("Withdraw for the authors"),
        run=_withdraw,
        done=gettext_lazy("The proposal is withdrawn; all authors get a letter."),
        offered=lambda proposal: proposal.state in states.transition("withdraw").before,
        effects=lambda proposal: (_("All authors are told by letter. This cannot be undone."),),
        form=ReasonForm,
        dangerous=True,
    ),
)


class AuthorInline(admin.TabularInline[Author, Proposal]):
    """Who writes it, and who was invited."""

    model = Author
    extra = 0
    can_delete = False
    fields = ("name", "email", "school", "leads", "invited_at", "accepted_at", "removed_at")
    readonly_fields = fields

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever leads invites."""
        return False


@admin.register(Proposal)
class ProposalAdmin(OperationsAdmin):
    """Proposals of all calls, the newest first. What is written is read in its versions."""

    inlines = (AuthorInline,)
    list_display = ("title", "code", "call", "area", "hours", "state", "submitted_at")
    list_filter = ("state", "call", "area")
    list_select_related = ("call", "area")
    search_fields = ("folded", "=code")
    date_hierarchy = "submitted_at"
    show_full_result_count = False
    fields = (
        "title",
        "code",
        "call",
        "state",
        "area",
        "hours",
        "wished_on",
        "created_at",
        "submitted_at",
        "withdrawn_at",
        "versions_read",
        "desk",
    )
    readonly_fields = fields
    # The Centre's own, then the steps that follow its decision.
    operation_pages = (
        *PAGES,
        *filings.PAGES,
        *programmes.PAGES,
        *practices.PROPOSAL_PAGES,
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """By the title in either script, or by the code."""
        code = search_term.strip().upper()
        if len(code) == 6 and queryset.filter(code=code).exists():
            return queryset.filter(code=code), False
        return super().get_search_results(request, queryset, fold(search_term))

    @admin.display(description=gettext_lazy("submitted versions"))
    def versions_read(self, proposal: Proposal) -> SafeString | str:
        """The ways to what was submitted."""
        links = [
            (
                reverse("accreditation:version", args=[proposal.pk, one.number]),
                _("Version %(number)d") % {"number": one.number},
            )
            for one in queries.versions_of(proposal)
        ]
        return format_html_join(" · ", '<a href="{}">{}</a>', links) or "–"

    @admin.display(description=gettext_lazy("after the submission"))
    def desk(self, proposal: Proposal) -> SafeString | str:
        """The way to where it stands with the institute, and to what came of it."""
        if proposal.submitted_at is None:
            return "–"
        return format_html('<a href="{}">{}</a>', filings.desk(proposal), _("Where it stands"))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Authors begin proposals."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A proposal is withdrawn, never deleted."""
        return False
