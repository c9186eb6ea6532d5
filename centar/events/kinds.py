"""The kinds of events. Each domain app registers its own, with the address of its page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol

from django.utils.functional import Promise

if TYPE_CHECKING:
    from centar.events.models import Booking, Event
    from centar.people.models import User


class Handout(NamedTuple):
    """A file for those who take part, with the path where they read it."""

    name: str
    address: str


class ChangePayer(Protocol):
    """Lets the other side pay for a booking; refuses with a sentence."""

    def __call__(self, *, booking_id: int, by: User, reason: str) -> Booking:
        """Change it in one transaction; gives the booking."""
        ...


def _nobody_leads(event: Event, user: User) -> bool:
    return False


def _no_leaders(event: Event) -> Sequence[str]:
    return ()


def _no_handouts(event: Event, user: User) -> Sequence[Handout]:
    return ()


def _costs_nothing(event: Event) -> bool:
    return False


@dataclass(frozen=True)
class EventKind:
    """What the ground floor needs to know of a domain's event.

    `slug` stands in public addresses; `page` gives the path of the event's own page. `leads`
    says whether a login is of somebody who leads the event and so takes attendance at it;
    `leaders` are the names for its papers, and `handouts` the files that somebody with a
    place may read. `has_fee` says whether somebody has to pay for taking part; `change_payer` is
    the app's operation, for the staff, that lets the other side pay.
    """

    code: str
    slug: str
    label: str | Promise
    label_plural: str | Promise
    page: Callable[[Event], str]
    leads: Callable[[Event, User], bool] = _nobody_leads
    leaders: Callable[[Event], Sequence[str]] = _no_leaders
    handouts: Callable[[Event, User], Sequence[Handout]] = _no_handouts
    has_fee: Callable[[Event], bool] = _costs_nothing
    change_payer: ChangePayer | None = None


_kinds: dict[str, EventKind] = {}


def register(kind: EventKind) -> None:
    """Make a kind of event known; each code once."""
    if kind.code in _kinds:
        raise ValueError(f"The event kind {kind.code} is registered already.")
    _kinds[kind.code] = kind


def get(code: str) -> EventKind:
    """The kind with this code."""
    return _kinds[code]


def by_slug(slug: str) -> EventKind | None:
    """The kind with this word in its addresses, if there is one."""
    return next((kind for kind in _kinds.values() if kind.slug == slug), None)


def every() -> list[EventKind]:
    """All kinds, in the order of registration."""
    return list(_kinds.values())
