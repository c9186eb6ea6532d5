"""Pages with a form that is saved while it is typed: facts, schedule, biography.

Without JavaScript the button saves. Two who save at once are shown both versions: the page of the
later one says what stands there now, and saving once more puts the own one in its place.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accreditation.models import Proposal
from accreditation.permissions import proposals as permissions
from centar import access
from centar.people.models import User
from centar.questionnaires import views as questionnaires
from centar.questionnaires.drafts import ChangedMeanwhile, Seen
from centar.questionnaires.views import KEPT, fresh, is_automatic, seen_by


@dataclass(frozen=True)
class Sheet(ABC):
    """A page of a proposal that several write."""

    proposal: Proposal
    user: User
    template: str
    saved: str

    @abstractmethod
    def row(self) -> Any:
        """What is kept so far; None for nothing."""

    @abstractmethod
    def form(self, request: HttpRequest) -> Any:
        """The form, with what was sent or what is kept; it has `errors`."""

    @abstractmethod
    def keep(self, form: Any, seen: Seen) -> Any:
        """Save what is right in the form; gives the row. Refuses with a sentence."""

    @abstractmethod
    def theirs(self, row: Any) -> dict[str, Any]:
        """What the other version is shown by."""


def answer(request: HttpRequest, sheet: Sheet) -> HttpResponseBase:
    """Show the page, or save what was typed into it."""
    form = sheet.form(request)
    row = sheet.row()
    if request.method != "POST":
        return page(request, sheet, form, fresh(row.revision if row else 0))
    seen = seen_by(request.POST)
    if form.errors:
        if is_automatic(request):
            return _not_kept(request, seen)
        return page(request, sheet, form, seen, status=422)
    try:
        row = sheet.keep(form, seen)
    except ChangedMeanwhile as meanwhile:
        theirs = meanwhile.draft
        if is_automatic(request):
            return questionnaires.told(request, theirs, seen)
        seen = Seen(theirs.revision, seen.page)
        more = {"theirs_row": theirs, **sheet.theirs(theirs)}
        return page(request, sheet, form, seen, status=409, **more)
    except access.Refusal as refusal:
        # Out of time: what was typed is shown, so that nothing is lost.
        return page(request, sheet, form, seen, status=409, refused=str(refusal), is_lost=True)
    if is_automatic(request):
        return questionnaires.told(request, row, Seen(row.revision, seen.page), is_kept=True)
    messages.success(request, sheet.saved)
    return redirect(sheet.proposal)


def page(
    request: HttpRequest, sheet: Sheet, form: Any, seen: Seen, *, status: int = 200, **more: Any
) -> HttpResponse:
    """The page with this form."""
    row = sheet.row()
    verdict = permissions.may_write(sheet.proposal, sheet.user, timezone.localdate())
    context = {
        "proposal": sheet.proposal,
        "form": form,
        "seen": seen,
        "draft": row if row is not None and row.saved_by_id else None,
        "kept": KEPT,
        "refused": verdict.reason,
        "is_lost": False,
        **more,
    }
    return render(request, sheet.template, context, status=status)


def _not_kept(request: HttpRequest, seen: Seen) -> HttpResponse:
    refused = _("something above has to be corrected. The button says what.")
    return questionnaires.told(request, None, seen, refused=refused)
