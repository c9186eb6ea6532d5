"""Who is asking, and which proposals are theirs."""

from __future__ import annotations

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from accreditation.models import Proposal
from accreditation.queries import proposals as queries
from centar.people.models import User


def user_of(request: HttpRequest) -> User:
    """The account that is signed in."""
    assert isinstance(request.user, User)
    return request.user


def own_proposal(request: HttpRequest, pk: int) -> Proposal:
    """A proposal of the user; those of others are not found."""
    return get_object_or_404(queries.own(user_of(request)), pk=pk)
