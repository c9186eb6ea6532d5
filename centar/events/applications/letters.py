"""Letters about applications: to the people applied for, and few to their coordinator.

The coordinator gets one letter when an application is sent, then one for all that changed within
DIGEST_AFTER, written from the facts at the moment of sending. After whoever applied has stopped,
the school's other coordinators get them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.events import letters, links, moments
from centar.events.models import Booking, BookingGroup
from centar.outbox import kinds, operations
from centar.outbox.models import Letter
from centar.people import permissions as people_permissions
from centar.people import signals
from centar.people.models import Coordination, CoordinationRequest, User

State = Booking.State

DIGEST_AFTER = timedelta(minutes=15)
# A letter about to be sent may be written before this transaction ends, and miss its news.
_NEARLY_DUE = timedelta(minutes=1)


def queue_summary(group: BookingGroup, now: datetime) -> None:
    """Queue the one letter that tells the coordinator how the whole application stands."""
    operations.queue_many(_to_coordinators("applications.summary", [group], letters.stamp(now)))


def queue_digest(bookings: Sequence[Booking], now: datetime, *, by: User | None) -> None:
    """Tell the coordinators of these bookings, soon and once, that something has changed.

    Coordinators are not told of what they have done themselves.
    """
    keys = {one.group.pk for one in bookings if one.group is not None and one.group.school_id}
    if not keys:
        return
    on_their_way = Letter.objects.filter(
        kind="applications.changed",
        state=Letter.State.QUEUED,
        next_attempt_at__gt=now + _NEARLY_DUE,
        object_id__in=keys,
    )
    told = set(on_their_way.values_list("object_id", flat=True))
    untold = BookingGroup.objects.filter(pk__in=keys - told)
    digests = _to_coordinators("applications.changed", untold, letters.stamp(now), but=by)
    operations.queue_many(_later(letter, now + DIGEST_AFTER) for letter in digests)


def queue_objection(booking: Booking, now: datetime) -> None:
    """Tell the coordinator at once that somebody does not agree."""
    group = booking.group
    assert group is not None  # only those of a group can object
    operations.queue_many(
        _letter("applications.objected", booking.pk, reader, letters.stamp(now))
        for reader in _readers([group])[group.pk]
    )


def queue_substituted(left: Booking, now: datetime) -> None:
    """Tell somebody that a colleague comes instead; the booking is the one that ended."""
    person = left.person
    letter = Letter(
        kind="applications.substituted",
        object_id=left.pk,
        recipient=person.email,
        version=letters.stamp(now),
        face=person.face,
    )
    operations.queue_many([letter])


def _to_coordinators(
    kind: str, groups: Iterable[BookingGroup], version: str, *, but: User | None = None
) -> list[Letter]:
    return [
        _letter(kind, group, reader, version)
        for group, readers in _readers(groups).items()
        for reader in readers
        if reader != but
    ]


def _readers(groups: Iterable[BookingGroup]) -> dict[int, list[User]]:
    """Who reads about each application, by its key: whoever applied, while they coordinate the
    school, else all who do.
    """
    groups = list(groups)
    live = Coordination.objects.filter(
        school__in={group.school_id for group in groups},
        ended_at=None,
        person__user__is_active=True,
    )
    users: dict[int, list[User]] = defaultdict(list)
    for one in live.select_related("person__user").order_by("pk"):
        assert one.person.user is not None  # asked for by the filter
        users[one.school_id].append(one.person.user)
    readers = {}
    for group in groups:
        coordinators = users[group.school_id] if group.school_id is not None else []
        makers = [user for user in coordinators if user.pk == group.created_by_id]
        readers[group.pk] = makers or coordinators
    return readers


def _letter(kind: str, object_id: int, user: User, version: str) -> Letter:
    return Letter(
        kind=kind, object_id=object_id, recipient=user.email, version=version, face=user.face
    )


def _later(letter: Letter, moment: datetime) -> Letter:
    letter.next_attempt_at = moment
    return letter


def register() -> None:
    """Make the kinds known to the outbox, and hear of answered requests; called once."""
    for kind in (
        kinds.Kind("applications.applied", gettext_lazy("your school applied for you"), _applied),
        kinds.Kind(
            "applications.substituted", gettext_lazy("a colleague comes instead"), _substituted
        ),
        kinds.Kind(
            "applications.summary", gettext_lazy("the application of a school"), _application
        ),
        kinds.Kind("applications.changed", gettext_lazy("an application has changed"), _changed),
        kinds.Kind("applications.objected", gettext_lazy("somebody does not agree"), _objected),
        kinds.Kind(
            "applications.coordination",
            gettext_lazy("answer to a request to coordinate"),
            _coordination,
        ),
    ):
        kinds.register(kind)
    signals.coordination_answered.connect(_queue_answer, dispatch_uid="applications.coordination")


def _queue_answer(sender: Any, request: CoordinationRequest, **kwargs: Any) -> None:
    user = request.person.user
    if user is not None:
        letter = _letter("applications.coordination", request.pk, user, request.state)
        operations.queue_many([letter])


def _applied(letter: Letter) -> kinds.Message:
    booking = letters.booking_while(letter, lambda b: b.is_live)
    group = booking.group
    assert group is not None  # only groups are applied for
    link = letters.address(letter, links.objection_path(booking))
    has_place = booking.state == State.PLACED
    message = letters.message_about(
        letter,
        booking,
        _("Your school has applied for you: %(title)s"),
        "applied",
        calendar=has_place,
        ticket=has_place,
        coordinator=_name_of(group.created_by),
        school=group.school,
        objection_link=link,
    )
    return kinds.Message(message.subject, message.text, message.attachments, private_link=link)


def _substituted(letter: Letter) -> kinds.Message:
    booking = letters.booking_while(letter, lambda b: b.state == State.WITHDRAWN)
    return letters.message_about(
        letter, booking, _("A colleague comes instead of you: %(title)s"), "substituted"
    )


def _objected(letter: Letter) -> kinds.Message:
    booking = letters.booking_while(letter, lambda b: not b.is_live)
    assert booking.group is not None
    return _group_message(
        letter,
        booking.group,
        _("%(person)s does not agree: %(title)s"),
        "objected",
        person=str(booking.person),
    )


def _application(letter: Letter) -> kinds.Message:
    return _group_message(letter, _group(letter), _("Your application: %(title)s"), "application")


def _changed(letter: Letter) -> kinds.Message:
    subject = _("Your application has changed: %(title)s")
    return _group_message(letter, _group(letter), subject, "application_changed")


def _group(letter: Letter) -> BookingGroup:
    rows = BookingGroup.objects.select_related("event", "school", "created_by__person")
    group = rows.filter(pk=letter.object_id).first()
    if group is None:
        raise kinds.NoLongerTrue(_("The booking has changed in the meantime."))
    return group


def _group_message(
    letter: Letter, group: BookingGroup, subject: str, template: str, **facts: str
) -> kinds.Message:
    reader = User.objects.filter(email=letter.recipient).select_related("person").first()
    if not people_permissions.coordinates(group.school_id, reader):
        raise kinds.NoLongerTrue(_("The reader does not coordinate this school any more."))
    members = list(
        group.bookings.select_related("person__user").order_by("person__sort_azbuka", "pk")
    )
    context = {
        "group": group,
        "event": group.event,
        "name": _name_of(reader, first_only=True),
        "members": [(str(one.person), _state_of(one)) for one in members],
        "unreachable": [str(one.person) for one in members if one.is_live and not one.person.email],
        "link": letters.address(letter, links.application_path(group)),
        **facts,
    }
    text = render_to_string(f"events/letters/{template}.txt", context)
    said = {"title": group.event.title, **facts}
    return kinds.Message(subject % said, letters.squeezed(text))


def _state_of(booking: Booking) -> str:
    state = booking.get_state_display()
    if booking.state == State.OFFERED and booking.offered_until is not None:
        until = moments.written(booking.offered_until)
        return _("%(state)s, to be answered by %(until)s") % {"state": state, "until": until}
    return state


def _name_of(user: User | None, *, first_only: bool = False) -> str:
    person = getattr(user, "person", None)
    if person is None:
        return user.email if user is not None else ""
    return person.first_name if first_only else str(person)


def _coordination(letter: Letter) -> kinds.Message:
    rows = CoordinationRequest.objects.select_related("person", "school")
    request = rows.filter(pk=letter.object_id).first()
    if request is None or request.state != letter.version.split("+")[0]:
        raise kinds.NoLongerTrue(_("The booking has changed in the meantime."))
    confirmed = request.state == CoordinationRequest.State.CONFIRMED
    context = {
        "name": request.person.first_name,
        "request": request,
        "confirmed": confirmed,
        "link": letters.address(letter, links.school_path(request.school_id)),
    }
    subject = _("You now coordinate: %(school)s") if confirmed else _("Your request: %(school)s")
    text = render_to_string("events/letters/coordination.txt", context)
    return kinds.Message(subject % {"school": request.school}, letters.squeezed(text))
