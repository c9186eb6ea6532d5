"""Who may enter a view, and how a "no" carries its sentence."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Concatenate, Literal, ParamSpec, TypeVar, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.functional import Promise

from centar import kept_forms

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]
AnyView = TypeVar("AnyView", bound=Callable[..., HttpResponseBase])

Entrance = Literal["everyone", "shared", "signed_in", "link"]


@dataclass(frozen=True)
class Verdict:
    """The answer to "may they?": a truth value, with its sentence when the answer is no."""

    allowed: bool
    reason: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed


YES = Verdict(True)


def no(reason: str | Promise) -> Verdict:
    """A refusal with the sentence that the person will read."""
    return Verdict(False, reason)


class Refusal(Exception):
    """Raised by an operation that will not be done; `str()` is the sentence for the person.

    `field` names the form field that the sentence belongs to, where there is one.
    """

    def __init__(self, sentence: str | Promise, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.field = field


def demand(verdict: Verdict) -> None:
    """Refuse the operation when the verdict is no."""
    if not verdict:
        raise Refusal(verdict.reason)


def require(verdict: Verdict) -> None:
    """Answer 403 with the reason when the verdict is no; for views."""
    if not verdict:
        raise PermissionDenied(str(verdict.reason))


def everyone(view: AnyView) -> AnyView:
    """Mark a view that anyone may enter."""
    return _marked(view, "everyone")


def shared(view: AnyView) -> AnyView:
    """Mark a view that anyone may enter and that is the same for all who are not signed in.

    Such a page may be kept and given to the next visitor while nothing in it has changed.
    """
    return _marked(view, "shared")


def by_link(view: AnyView) -> AnyView:
    """Mark a view whose address holds a secret: whoever has the link may enter."""
    return _marked(view, "link")


def signed_in(view: View[P]) -> View[P]:
    """Let in only people with an account; others are sent to sign in and come back.

    A form that they sent meanwhile is kept for them, if it says who typed it.
    """
    entered = login_required(view)

    @functools.wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        if request.method == "POST" and not request.user.is_authenticated:
            kept_forms.keep(request)
        return entered(request, *args, **kwargs)

    return _marked(guarded, "signed_in")


def _marked(view: AnyView, entrance: Entrance) -> AnyView:
    # A test walks all addresses and finds the views that nobody decided on.
    cast("Any", view).entrance = entrance
    return view
