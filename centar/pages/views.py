from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from centar import access
from centar.pages.models import Centre


@access.shared
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """The centres of the network, by town."""
    return render(request, "pages/network.html", {"centres": Centre.objects.all()})
