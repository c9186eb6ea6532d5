"""What the institute says, in the back office: a page for each step, and the filings to find."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import steps
from accreditation.filing_days import FilingDays
from accreditation.forms import filings as forms
from accreditation.models import Call, Filing, Proposal
from accreditation.operations import filings as operations
from centar.audit.operation_pages import OperationPage
from centar.events import moments

Text = str | Promise
Run = Callable[[Proposal, Any, dict[str, Any]], Any]


def desk(proposal: Proposal) -> str:
    """Where the staff go on after a step."""
    return reverse("accreditation:desk_proposal", args=[proposal.pk])


def page(step: steps.Step, run: Run, done: Text, **facts: Any) -> OperationPage:
    """The page of a step; its operation gets the key of the proposal, the user and the fields."""

    def carried_out(proposal: Proposal, by: Any, fields: dict[str, Any]) -> Proposal:
        run(proposal, by, fields)
        return proposal

    return OperationPage(
        name=step.name,
        label=step.label,
        run=carried_out,
        done=done,
        offered=step.is_possible,
        **{"then": desk, **facts},
    )


def _calls(operation: Callable[..., Any]) -> Run:
    return lambda proposal, by, fields: operation(proposal_id=proposal.pk, by=by, **fields)


def _accredit(proposal: Proposal, by: Any, fields: dict[str, Any]) -> Filing:
    decision = operations.Accreditation(**fields)
    return operations.accredit(proposal_id=proposal.pk, decision=decision, by=by)


def _correct(proposal: Proposal, by: Any, fields: dict[str, Any]) -> Filing:
    return operations.correct(
        proposal_id=proposal.pk, changed=forms.changed(fields), reason=fields["reason"], by=by
    )


def _told(proposal: Proposal) -> Sequence[Text]:
    return (_("All authors get a letter."),)


def _to_file(proposal: Proposal) -> Sequence[Text]:
    """With the last day for a meeting."""
    if proposal.call.kind != Call.Kind.MEETING or proposal.wished_on is None:
        return _told(proposal)
    days = FilingDays.of(proposal.wished_on, timezone.localdate())
    last = {"day": moments.day(days.last)}
    return (_("The last day to file this meeting: %(day)s.") % last, *_told(proposal))


PAGES = (
    page(
        steps.FILE,
        _calls(operations.file),
        gettext_lazy("It is noted that the proposal is with the institute."),
        form=forms.FileForm,
        effects=_to_file,
    ),
    page(
        steps.RETURN,
        _calls(operations.give_back),
        gettext_lazy("It is noted what is missing; the authors get a letter."),
        form=forms.ReturnForm,
        effects=_told,
    ),
    page(
        steps.COMPLETE,
        _calls(operations.complete),
        gettext_lazy("It is noted that the proposal is completed."),
        form=forms.CompleteForm,
        effects=_told,
    ),
    page(
        steps.ACCREDIT,
        _accredit,
        gettext_lazy("Accredited. It can be entered into the catalogue now."),
        form=forms.AccreditForm,
        form_arguments=lambda proposal: {"proposal": proposal},
        effects=_told,
    ),
    page(
        steps.REFUSE,
        _calls(operations.refuse),
        gettext_lazy("It is noted that the institute has refused it."),
        form=forms.RefuseForm,
        effects=_told,
        dangerous=True,
    ),
    page(
        steps.APPEAL,
        _calls(operations.appeal),
        gettext_lazy("The appeal is noted."),
        form=forms.AppealForm,
        effects=lambda proposal: (
            _("The proposal stays refused; when the appeal is won, note that it is accredited."),
        ),
    ),
    page(
        steps.CORRECT,
        _correct,
        gettext_lazy("It is corrected."),
        form=forms.CorrectForm,
        form_arguments=lambda proposal: {"instance": proposal.filing},
        effects=lambda proposal: (_("The state stays, and nobody gets a letter."),),
    ),
)


@admin.register(Filing)
class FilingAdmin(admin.ModelAdmin[Filing]):
    """The filings, to find and to read; what changes them are the steps of their proposals."""

    list_display = (
        "proposal", "state", "filed_on", "complete_by", "catalogue_number", "decision_number",
        "valid_until", "appeal_until",
    )  # fmt: skip
    list_filter = ("proposal__state", "proposal__call")
    list_select_related = ("proposal",)
    search_fields = (
        "proposal__folded", "=proposal__code", "filing_number", "decision_number",
        "catalogue_number",
    )  # fmt: skip
    date_hierarchy = "valid_until"
    show_full_result_count = False
    fields = (
        "way", "version", "filed_on", "filing_number", "returned_on", "complete_by",
        "what_is_missing", "completed_on", "decided_on", "decision_number", "catalogue_number",
        "points", "valid_from", "valid_until", "refused_because", "appeal_until", "appealed_on",
        "renewal_settled_at", "renewed_by",
    )  # fmt: skip
    readonly_fields = fields

    @admin.display(description=gettext_lazy("state"), ordering="proposal__state")
    def state(self, filing: Filing) -> str:
        """Of the proposal."""
        return filing.proposal.get_state_display()

    @admin.display(description=gettext_lazy("proposal"))
    def way(self, filing: Filing) -> SafeString:
        """The way to where the steps are taken."""
        return format_html('<a href="{}">{}</a>', desk(filing.proposal), filing.proposal)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A filing is made by its step."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was noted is put right by its step, which asks why."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was filed stays."""
        return False
