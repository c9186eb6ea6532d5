"""What the ground floor needs to know of seminars."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from centar.events import kinds
from centar.events.models import Event

KIND = "seminar"


def register() -> None:
    """Make the kind known; called once, when the app is ready."""
    # The models, which know the kind, are there only by then.
    from trainings.handouts import handouts
    from trainings.queries import trainers

    kinds.register(
        kinds.EventKind(
            code=KIND,
            slug="seminari",
            label=_("seminar"),
            label_plural=_("Seminars"),
            page=page,
            leads=trainers.leads,
            leaders=trainers.names,
            handouts=handouts,
        )
    )


def page(event: Event) -> str:
    """The public page of the seminar that holds this event."""
    return reverse("trainings:seminar", args=[event.pk])
