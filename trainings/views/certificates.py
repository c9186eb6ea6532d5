"""A person's own certificates."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from centar import access
from centar.documents import queries as documents
from centar.people.models import User
from trainings.queries import certificates as queries


@access.signed_in
@never_cache
@require_safe
def my_certificates(request: HttpRequest) -> HttpResponseBase:
    """All certificates of the reader, and papers of other kinds, to fetch and to show to others."""
    assert isinstance(request.user, User)
    context = {
        "certificates": queries.own(request.user),
        "papers": documents.kept_by(request.user),
    }
    return render(request, "trainings/my_certificates.html", context)
