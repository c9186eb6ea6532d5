"""A version as blind reviewers read it, for the staff, who hide what gives the authors away."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from accreditation.forms.blinding import CopyForm, MaskingForm
from accreditation.models import Masking, Version
from accreditation.operations import blinding as operations
from accreditation.permissions import reviews as permissions
from accreditation.preparing import files_of
from accreditation.queries import blinding as queries
from accreditation.views.visitors import user_of
from centar import access


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def blinding(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The version without its authors; sending masks further words."""
    version = _version(request, pk)
    form = MaskingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            operations.mask(version_id=pk, by=user_of(request), **form.cleaned_data)
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("It is masked."))
            return redirect("accreditation:blinding", pk)
    return _page(request, version, form, CopyForm())


@access.signed_in
@never_cache
@require_POST
def unmask(request: HttpRequest, pk: int, masking: int) -> HttpResponseBase:
    """Show words again."""
    version = _version(request, pk)
    found = get_object_or_404(Masking, pk=masking, version=version)
    operations.unmask(masking_id=found.pk, by=user_of(request))
    messages.success(request, _("It is shown again."))
    return redirect("accreditation:blinding", pk)


@access.signed_in
@never_cache
@require_POST
def copy(request: HttpRequest, pk: int, attachment: int) -> HttpResponseBase:
    """Take in a copy of a file without names."""
    version = _version(request, pk)
    form = CopyForm(request.POST, request.FILES)
    if form.is_valid():
        try:
            operations.copy(
                version_id=pk,
                attachment_id=attachment,
                upload=form.cleaned_data["file"],
                by=user_of(request),
            )
        except access.Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, _("Blind reviewers get this copy."))
            return redirect("accreditation:blinding", pk)
    return _page(request, version, MaskingForm(), form, attachment)


def _page(
    request: HttpRequest,
    version: Version,
    form: MaskingForm,
    copy_form: CopyForm,
    attachment: int | None = None,
) -> HttpResponse:
    is_wrong = bool(form.errors or copy_form.errors)
    context = {
        "version": version,
        "content": queries.content_of(version, is_blind=True),
        "form": form,
        "copy_form": copy_form,
        "wrong_attachment": attachment,
        "maskings": version.maskings.order_by("pk"),
        "files": files_of(version),
    }
    return render(
        request, "accreditation/review_blinding.html", context, status=422 if is_wrong else 200
    )


def _version(request: HttpRequest, pk: int) -> Version:
    """A version that the user may prepare: staff without a conflict."""
    access.require(permissions.may_change_all(request.user))
    version = get_object_or_404(Version.objects.select_related("proposal__call"), pk=pk)
    access.require(permissions.may_prepare(version.proposal, request.user))
    return version
