"""What the ground floor needs to know of seminars."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from centar.events import kinds
from centar.events.models import Event

if TYPE_CHECKING:
    from centar.people.models import User

KIND = "seminar"


def register(
    *,
    leads: Callable[[Event, User], bool],
    leaders: Callable[[Event], Sequence[str]],
    handouts: Callable[[Event, User], Sequence[kinds.Handout]],
    has_fee: Callable[[Event], bool],
    change_payer: kinds.ChangePayer,
) -> None:
    """Make the kind known; called once, when the app is ready.

    What asks the models comes as arguments, since the models know the kind by this module.
    """
    kinds.register(
        kinds.EventKind(
            code=KIND,
            slug="seminari",
            label=_("seminar"),
            label_plural=_("Seminars"),
            page=page,
            leads=leads,
            leaders=leaders,
            handouts=handouts,
            has_fee=has_fee,
            change_payer=change_payer,
        )
    )


def page(event: Event) -> str:
    """The public page of the seminar that holds this event."""
    return reverse("trainings:seminar", args=[event.pk])
