"""Co-authors: inviting, removing, the lead, and the page that an invitation's link opens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accreditation.forms.authors import InviteForm
from accreditation.models import Author
from accreditation.operations import authors as operations
from accreditation.operations import invitations
from accreditation.permissions import proposals as permissions
from accreditation.queries import authors as queries
from accreditation.queries import proposals as proposal_queries
from accreditation.views.visitors import own_proposal, user_of
from centar import access
from centar.people.models import User


@dataclass(frozen=True)
class Action:
    """What whoever leads does with a co-author: its address, the operation, what is said then."""

    path: str
    run: Callable[..., Any]
    done: str | Promise


ACTIONS = {
    "renew_invitation": Action(
        "novo-pismo",
        invitations.renew,
        gettext_lazy("%(name)s gets a new letter; the earlier link is ended."),
    ),
    "take_back_invitation": Action(
        "povlacenje",
        invitations.take_back,
        gettext_lazy("The invitation of %(name)s is taken back."),
    ),
    "remove_author": Action(
        "uklanjanje", operations.remove, gettext_lazy("%(name)s is no longer an author.")
    ),
    "hand_over": Action(
        "vodjenje", operations.hand_over, gettext_lazy("%(name)s leads the proposal now.")
    ),
}
"""By the names of their addresses."""


@access.signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def authors(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who writes the proposal, and a form to invite somebody."""
    proposal, user = own_proposal(request, pk), user_of(request)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            author = invitations.invite(proposal_id=pk, by=user, **form.cleaned_data)
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            sentence = _("%(name)s gets a letter with a link.")
            messages.success(request, sentence % {"name": author})
            return redirect("accreditation:authors", pk)
    context = {
        "proposal": proposal,
        "authors": proposal_queries.authors_of(proposal),
        "own": proposal_queries.author_of(proposal, user),
        "form": form,
        "is_open": permissions.authors_are_open(proposal, timezone.localdate()),
        "verdict": permissions.may_change_authors(proposal, user, timezone.localdate()),
    }
    status = 422 if form.errors else 200
    return render(request, "accreditation/proposal_authors.html", context, status=status)


@access.signed_in
@require_POST
def change(request: HttpRequest, pk: int, action: Action) -> HttpResponseBase:
    """Renew or take back an invitation, remove a co-author, or give them the lead."""
    user = user_of(request)
    author = get_object_or_404(queries.led_by(user), pk=pk)
    try:
        action.run(author_id=pk, by=user)
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(action.done) % {"name": author.name})
    came_from = "check" if request.POST.get("back") == "check" else "authors"
    return redirect(f"accreditation:{came_from}", author.proposal_id)


@access.signed_in
@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Leave a proposal as its co-author."""
    proposal, user = own_proposal(request, pk), user_of(request)
    author = proposal_queries.author_of(proposal, user)
    assert author is not None  # own_proposal finds those of authors only
    try:
        operations.leave(author_id=author.pk, by=user)
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("accreditation:authors", pk)
    messages.success(
        request, _("You are no longer an author of “%(title)s”.") % {"title": proposal}
    )
    return redirect("accreditation:proposals")


@access.by_link
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponseBase:
    """What an invitation is about; accepting needs an account, declining does not."""
    author = queries.invited_by(token)
    if author is None:
        return render(request, "accreditation/author_unknown.html", status=404)
    user = request.user if isinstance(request.user, User) else None
    if request.method == "POST":
        return _answer(request, token, author, user)
    return _invitation(request, author, user)


def _answer(
    request: HttpRequest, token: str, author: Author, user: User | None
) -> HttpResponseBase:
    try:
        if request.POST.get("answer") == "decline":
            invitations.decline(token=token, by=user)
            return render(request, "accreditation/author_declined.html", {"author": author})
        if user is None:
            raise access.Refusal(_("Sign in first, or create an account."))
        joined = invitations.accept(token=token, by=user)
    except access.Refusal as refusal:
        return _invitation(request, author, user, str(refusal))
    messages.success(request, _("You are an author now. Write your biography next."))
    return redirect(joined.proposal)


def _invitation(
    request: HttpRequest, author: Author, user: User | None, refused: str = ""
) -> HttpResponse:
    today = timezone.localdate()
    proposal = author.proposal
    context = {
        "author": author,
        "proposal": proposal,
        "lead": next((one for one in proposal_queries.authors_of(proposal) if one.leads), None),
        "verdict": permissions.may_join(author, user, today) if user else None,
        "is_open": permissions.authors_are_open(proposal, today),
        "needs_profile": user is not None and not hasattr(user, "person"),
        "refused": refused,
    }
    status = 409 if refused else 200
    return render(request, "accreditation/author_invitation.html", context, status=status)
