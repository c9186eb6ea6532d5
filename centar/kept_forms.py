"""What somebody typed while their sign-in ended, given back once they have signed in again.

A form that takes long to fill in names whoever fills it in (`components/typed_by.html`). Sent too
late, it is kept in the new session on the server while its sender signs in, and stands on the same
page again. Only the same person gets it, within PATIENCE, and nothing is carried out by itself:
the button is pressed once more.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

PATIENCE = timedelta(hours=1)
LONGEST = 200_000
"""Characters of a form as it is sent; twice the longest paste, each letter written as six."""

_KEY, _OWNER = "kept_form", "typed_by"


def keep(request: HttpRequest) -> bool:
    """Keep the form that was sent, if it says who typed it; gives whether it did."""
    typed = request.POST.urlencode()
    if not request.POST.get(_OWNER) or len(typed) > LONGEST:
        return False
    request.session[_KEY] = {
        "path": request.path_info,
        "typed": typed,
        "at": timezone.now().isoformat(),
    }
    if not request.user.is_authenticated:
        # Other people's data lie in it: without a new sign-in the session ends soon.
        request.session.set_expiry(PATIENCE)
        if not request.headers.get("HX-Request"):
            messages.info(request, _("Please sign in again. What you have typed is kept."))
    return True


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form is filled in with: what is sent now, else what was kept for its sender.

    What was kept stays until the form is sent, so that a reload does not lose it.
    """
    if request.method == "POST":
        request.session.pop(_KEY, None)
        return request.POST
    kept = request.session.get(_KEY)
    if kept is None or kept["path"] != request.path_info:
        return None
    typed = QueryDict(kept["typed"])
    is_late = timezone.now() - datetime.fromisoformat(kept["at"]) > PATIENCE
    if is_late or typed.get(_OWNER) != str(request.user.pk):
        del request.session[_KEY]
        return None
    messages.info(request, _("What you had typed is here again. It has not been sent yet."))
    return typed


def stay_signed_in(sender: Any, request: HttpRequest, **kwargs: Any) -> None:
    """After signing in a session lasts as always; a receiver of Django's signal."""
    if _KEY in request.session:
        request.session.set_expiry(None)
