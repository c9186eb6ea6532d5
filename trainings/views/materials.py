"""What a seminar's trainers hand out, for participants only."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from centar import access
from centar.files import downloads
from centar.people.models import User
from trainings.forms.materials import MaterialForm
from trainings.models import Material, SeminarEvent
from trainings.operations import materials as operations
from trainings.permissions import materials as permissions
from trainings.queries import materials as queries


@access.signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def materials(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The materials as whoever hands them out sees them, with the form for one more."""
    user = request.user
    assert isinstance(user, User)
    event = get_object_or_404(
        SeminarEvent.objects.get_queryset().published().select_related("seminar"), pk=pk
    )
    if not permissions.may_hand_out(event, user):
        raise Http404
    sent = (request.POST, request.FILES) if request.method == "POST" else ()
    form = MaterialForm(*sent)
    if sent and form.is_valid():
        try:
            operations.add(seminar=event.seminar, upload=form.cleaned_data["file"], by=user)
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The participants can read it now."))
            return redirect("trainings:materials", pk=pk)
    context = {"event": event, "materials": queries.materials_of(event), "form": form}
    status = 422 if form.errors else 200
    return render(request, "trainings/materials.html", context, status=status)


@access.signed_in
@require_safe
def material(request: HttpRequest, pk: int) -> HttpResponseBase:
    """One file, to those with a place; to others it is not there."""
    found = _found(pk)
    user = request.user
    assert isinstance(user, User)
    if not permissions.may_read(found.seminar.event, user, timezone.now()):
        raise Http404
    return downloads.answer(found.file)


@access.signed_in
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a file back."""
    found = _found(pk)
    user = request.user
    assert isinstance(user, User)
    if not permissions.may_hand_out(found.seminar.event, user):
        raise Http404
    operations.remove(material_id=found.pk, by=user)
    messages.success(request, _("The file is removed."))
    return redirect("trainings:materials", pk=found.seminar_id)


def _found(pk: int) -> Material:
    return get_object_or_404(Material.objects.select_related("file", "seminar__event"), pk=pk)
