from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from centar import access
from science_club.models import Club


@access.shared
@require_safe
def network(request: HttpRequest) -> HttpResponse:
    """The clubs of the network, by town."""
    return render(request, "science_club/network.html", {"clubs": Club.objects.all()})
