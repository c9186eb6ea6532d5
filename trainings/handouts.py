"""A seminar's materials as the page of a booking shows them."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils import timezone

from centar.events.kinds import Handout
from centar.events.models import Event
from centar.people.models import User
from trainings.permissions import materials as permissions
from trainings.queries import materials as queries


def handouts(event: Event, user: User) -> Sequence[Handout]:
    """The materials as links; none for whoever may not read them."""
    materials = list(queries.materials_of(event))
    # Most seminars have none, and then nobody needs to be asked.
    if not materials or not permissions.may_read(event, user, timezone.now()):
        return ()
    return [
        Handout(material.file.name, reverse("trainings:material", args=[material.pk]))
        for material in materials
    ]
