"""Whoever opens the link of a teacher's invitation: nobody in particular, with a draft perhaps."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from centar import access
from centar.documents import limits
from centar.script import faces
from needs_survey.anonymous import codes
from needs_survey.models import Round, TeacherInvitation
from needs_survey.permissions import teachers as permissions
from needs_survey.queries import teachers as queries

GUESSES = "teacher"
"""What wrong codes are counted as, those of invitations and of drafts together."""
PAGE_STEP = 64 * 1024
"""Bytes that the length of a page is rounded up to: the log of a server keeps it, and the length
of what somebody has written would find it again.
"""

P = ParamSpec("P")


@dataclass(frozen=True)
class Visit:
    """One opening of the link; `code` is the one in it, `key` the draft's where it is known."""

    invitation: TeacherInvitation
    code: str
    key: str
    values: queries.Values

    @property
    def round(self) -> Round:
        """What is answered."""
        return self.invitation.round

    @property
    def verdict(self) -> access.Verdict:
        """Whether the round is answered now."""
        return permissions.may_answer(self.round, timezone.localdate())

    @property
    def is_unfinished(self) -> bool:
        """Whether sending this draft broke off after the invitation had been used for it."""
        return bool(self.key) and self.invitation.is_claimed_by(codes.claims(self.key))

    @property
    def printed_key(self) -> str:
        """The draft's code as it is written down."""
        return codes.printed(self.key)

    @property
    def going_on(self) -> str:
        """The link that goes on elsewhere: what stands behind # is sent to no server, and so
        written into no log.
        """
        return f"{settings.SITE_URL}{self.path}#{self.printed_key}"

    @property
    def path(self) -> str:
        """The first page."""
        return reverse("needs_survey:teacher", args=[self.code])

    @property
    def whole_path(self) -> str:
        """The whole questionnaire on one page."""
        return reverse("needs_survey:teacher_whole", args=[self.code])

    @property
    def send_path(self) -> str:
        """The last page."""
        return reverse("needs_survey:teacher_send", args=[self.code])

    def step_path(self, number: int) -> str:
        """The page of the part with this number, counted from one."""
        return reverse("needs_survey:teacher_step", args=[self.code, number])

    def keep_key(self, response: HttpResponseBase, request: HttpRequest, key: str) -> None:
        """Let this browser go on by itself until the round ends, on pages of this link only."""
        left = self.round.closes_on - timezone.localdate()
        for face in faces.ALL:
            response.set_cookie(
                _cookie(face),
                key,
                max_age=(left.days + 1) * 24 * 60 * 60,
                path=faces.address(self.path, face),
                secure=request.is_secure(),
                httponly=True,
                samesite="Lax",
            )

    def forget_key(self, response: HttpResponseBase) -> None:
        """Let this browser know nothing of a draft."""
        for face in faces.ALL:
            path = faces.address(self.path, face)
            response.delete_cookie(_cookie(face), path=path, samesite="Lax")


def nameless(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Answer without knowing who asks, and leave no trace in browsers, caches or other pages."""

    @never_cache
    @sensitive_post_parameters()
    @functools.wraps(view)
    def quiet(request: HttpRequest, /, *args: Any, **kwargs: Any) -> HttpResponse:
        # Whoever is signed in is nobody here.
        request.user = AnonymousUser()
        if limits.is_guessing(request, GUESSES):
            response = _too_many(request)
        else:
            response = view(request, *args, **kwargs)
        # Not "no-referrer": browsers then send forms without saying from where, and the check
        # against forged forms refuses them.
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex"
        if response.content:
            steps = -(-len(response.content) // PAGE_STEP)
            response.content = response.content.ljust(steps * PAGE_STEP)
        return response

    return quiet


def by_code(
    view: Callable[Concatenate[HttpRequest, Visit, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let in whoever has the link of an invitation; guesses are counted and limited."""

    @access.by_link
    @nameless
    @functools.wraps(view)
    def guarded(request: HttpRequest, code: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        invitation = queries.invitation_behind(code)
        if invitation is None:
            limits.note_guess(request, GUESSES)
            return render(request, "needs_survey/teacher_unknown.html", status=404)
        return view(request, _visit(request, invitation, code), *args, **kwargs)

    return guarded


def _too_many(request: HttpRequest) -> HttpResponse:
    response = render(request, "needs_survey/teacher_too_many.html", status=429)
    response["Retry-After"] = "60"
    return response


def _visit(request: HttpRequest, invitation: TeacherInvitation, code: str) -> Visit:
    key = codes.read_key(request.COOKIES.get(_cookie(faces.of(request)), ""))
    values = queries.draft_values(invitation.round_id, key) if key else None
    if key is None or values is None:
        return Visit(invitation, code, "", {})
    return Visit(invitation, code, key, values)


def _cookie(face: faces.Face) -> str:
    # One path a face, and a response holds one cookie of a name.
    return f"nacrt-{face.code}"
