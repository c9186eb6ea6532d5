"""What waits for a school's coordinator."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from centar import access
from centar.people import permissions as people
from centar.people.models import User
from trainings.forms.ledger import ReturnForm
from trainings.models import LedgerEntry
from trainings.operations import confirmations
from trainings.queries import ledger as queries

ENTRIES_A_PAGE = 25


def _coordinator(request: HttpRequest) -> User:
    """The reader, who coordinates some school; for others the page is not there."""
    user = request.user
    assert isinstance(user, User)
    if not people.coordinates_any(user):
        raise Http404
    return user


@access.signed_in
@never_cache
@require_safe
def waiting(request: HttpRequest) -> HttpResponseBase:
    """The entries of colleagues that wait, oldest first."""
    return _page(request, _coordinator(request))


@access.signed_in
@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Confirm an entry, or return it with a reason."""
    user = _coordinator(request)
    entry = get_object_or_404(LedgerEntry.objects.confirmable_by(user), pk=pk)
    form = ReturnForm(request.POST, auto_id=f"%s-{pk}")
    wanted = request.POST.get("answer")
    if not form.is_valid() or wanted not in ("confirm", "return"):
        messages.error(request, _("Choose whether you confirm or return the entry."))
        return redirect("trainings:confirmations")
    revision = form.cleaned_data["revision"]
    try:
        if wanted == "confirm":
            confirmations.confirm(entry_id=entry.pk, revision=revision, by=user)
            done = _("Confirmed: %(title)s, %(person)s.")
        else:
            reason = form.cleaned_data["reason"]
            confirmations.send_back(entry_id=entry.pk, revision=revision, by=user, reason=reason)
            done = _("Returned: %(title)s, %(person)s.")
    except access.Refusal as refusal:
        if refusal.field:
            form.add_error(refusal.field, str(refusal))
            return _page(request, user, refused=(entry.pk, form))
        messages.error(request, str(refusal))
    else:
        messages.success(request, done % {"title": entry.title, "person": entry.person})
    return redirect("trainings:confirmations")


def _page(
    request: HttpRequest, user: User, refused: tuple[int, ReturnForm] | None = None
) -> HttpResponse:
    rows = Paginator(queries.to_confirm(user), ENTRIES_A_PAGE)
    page = rows.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "refused_pk": refused[0] if refused else None,
        "form": refused[1] if refused else None,
    }
    status = 422 if refused else 200
    return render(request, "trainings/confirmations.html", context, status=status)
