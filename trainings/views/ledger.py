"""A teacher's own points: what counts, what is missing, and entering one's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from centar import access
from centar.events.views.bookings import account_of
from centar.files import downloads
from centar.people.models import User
from trainings import progress
from trainings.forms.ledger import InHouseForm, OwnEntryForm, ProofForm
from trainings.models import LedgerEntry
from trainings.operations import own_entries
from trainings.permissions import ledger as permissions
from trainings.queries import ledger as queries
from trainings.queries import targets

ENTRIES_A_PAGE = 20
FIRST_YEAR, LAST_YEAR = 1980, 2100
Kind = LedgerEntry.Kind


def asked_year(request: HttpRequest, present: int) -> int:
    """The school year that the address asks for; the present one when it names none."""
    typed = request.GET.get("godina", "")
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else present
    return year if FIRST_YEAR <= year <= LAST_YEAR else present


@access.signed_in
@never_cache
@require_safe
def ledger(request: HttpRequest) -> HttpResponseBase:
    """What one has earned in a school year, all years in sums, and each target that holds."""
    assert isinstance(request.user, User)
    found = queries.keeper(request.user)
    if found is None:
        raise Http404
    person, calendar = found
    today = timezone.localdate()
    present = calendar.of(today)
    year = asked_year(request, present)
    kind = request.GET.get("vrsta", "")
    kind = kind if kind in Kind.values else ""
    sums = queries.sums([person])
    totals = queries.totals(sums)
    holding = targets.holding_on(today, [person])
    entries = Paginator(queries.entry_rows(person, year, kind), ENTRIES_A_PAGE)
    context = {
        "targets": progress.towards(person, holding, sums, today, calendar),
        "totals": tuple(totals.values()),
        "total": totals.get(year, queries.YearTotal(year)),
        "competences": queries.competences(person, year),
        "page": entries.get_page(request.GET.get("page")),
        "year": year,
        "kind": kind,
        "years": tuple(sorted({present, year, *totals}, reverse=True)),
    }
    return render(request, "trainings/ledger.html", context)


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def enter_in_house(request: HttpRequest) -> HttpResponseBase:
    """Enter an activity in one's own institution."""
    return _enter(request, InHouseForm(_sent(request)))


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def enter_proof(request: HttpRequest) -> HttpResponseBase:
    """Enter something earned elsewhere, with its proof."""
    form = ProofForm(_sent(request), _sent_files(request))
    return _enter(request, form)


def _sent(request: HttpRequest) -> QueryDict | None:
    """What was sent: an empty form is a form too."""
    return request.POST if request.method == "POST" else None


def _sent_files(request: HttpRequest) -> MultiValueDict[str, UploadedFile[bytes]] | None:
    return request.FILES if request.method == "POST" else None


def _enter(request: HttpRequest, form: InHouseForm | ProofForm) -> HttpResponseBase:
    user, person = account_of(request)
    if request.method == "POST" and form.is_valid():
        try:
            own_entries.enter(
                person=person,
                proposal=form.proposal(),
                by=user,
                upload=form.cleaned_data.get("file"),
            )
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("It is entered and waits for confirmation."))
            return redirect("trainings:ledger")
    confirmers = queries.coordinators_of(person).count() if person.school_id else 0
    return _entry_page(request, form, {"confirmers": confirmers})


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def entry(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Mend one's own entry that nobody has confirmed yet."""
    user, own = _own_entry(request, pk)
    access.require(permissions.may_change_entry(own, user))
    form = _form_of(own, request)
    if request.method == "POST" and form.is_valid():
        try:
            own_entries.revise(
                entry_id=own.pk,
                proposal=form.proposal(),
                by=user,
                upload=form.cleaned_data.get("file"),
            )
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("It is changed and waits for confirmation."))
            return redirect("trainings:ledger")
    return _entry_page(request, form, {"entry": own})


def _form_of(own: LedgerEntry, request: HttpRequest) -> InHouseForm | ProofForm:
    fields = (*OwnEntryForm.base_fields, "activity", "part")
    if own.kind == Kind.IN_HOUSE:
        said = {name: getattr(own, name) for name in fields}
        return InHouseForm(_sent(request), initial=said)
    names = [name for name in ProofForm.base_fields if name != "file"]
    said = {name: getattr(own, name) for name in names}
    has_file = own.proof_id is not None
    return ProofForm(_sent(request), _sent_files(request), initial=said, has_file=has_file)


def _entry_page(
    request: HttpRequest, form: InHouseForm | ProofForm, context: dict[str, Any]
) -> HttpResponse:
    context |= {"form": form, "is_in_house": isinstance(form, InHouseForm)}
    status = 422 if form.errors else 200
    return render(request, "trainings/ledger_entry.html", context, status=status)


@access.signed_in
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take back one's own entry that nobody has confirmed yet."""
    user, own = _own_entry(request, pk)
    try:
        own_entries.withdraw(entry_id=own.pk, by=user)
    except access.Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The entry is withdrawn."))
    return redirect("trainings:ledger")


def _own_entry(request: HttpRequest, pk: int) -> tuple[User, LedgerEntry]:
    """The reader and an entry of theirs; anybody else's is not found."""
    user, _person = account_of(request)
    own = LedgerEntry.objects.of(user).select_related("person", "proof")
    return user, get_object_or_404(own, pk=pk)


@access.signed_in
@require_safe
def proof(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of an entry, for its owner and those who confirm it; to others it is not there."""
    assert isinstance(request.user, User)
    rows = LedgerEntry.objects.visible_to(request.user).exclude(proof=None)
    shown = get_object_or_404(rows.select_related("person", "proof"), pk=pk)
    access.require(permissions.may_read_proof(shown, request.user))
    assert shown.proof is not None
    return downloads.answer(shown.proof)
