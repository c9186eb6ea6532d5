"""Who leads, who assesses, who reads what was said, and the sentence of a "no"."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.access import YES, Verdict, no
from centar.assessment.models import Assignment, Item, Panel, Seat
from centar.assessment.queries import conflicts
from centar.people import permissions as people
from centar.people.models import Person, User

VIEW = "assessment.view_panel"
CHANGE = "assessment.change_panel"
State = Assignment.State

NOT_LEADING = gettext_lazy("Only whoever leads the panel and the Centre's staff may do this.")
IN_CONFLICT = gettext_lazy("You have a conflict of interest here.")
CLOSED = gettext_lazy("The assessment of this is closed; nothing of it changes any more.")


def may_write_panels(by: object) -> Verdict:
    """Whether this user makes panels, with their criteria and seats."""
    return people.works_on(by, CHANGE)


def is_chair(panel_id: int, by: User) -> bool:
    """Whether the user leads the panel now."""
    seats = Seat.objects.filter(panel=panel_id, role=Seat.Role.CHAIR, left_at=None)
    return by.is_active and seats.filter(person__user=by).exists()


def may_chair(panel: Panel, by: object) -> Verdict:
    """Whether the user assigns and steers in the panel: its chair, and the staff."""
    if may_write_panels(by) or (isinstance(by, User) and is_chair(panel.pk, by)):
        return YES
    return no(NOT_LEADING)


def may_read(panel: Panel, by: object) -> Verdict:
    """Whether the user sees how far the panel is: its chair, and the staff.

    Items in which the user has a conflict are hidden by `queries.standings.for_chair`.
    """
    if people.works_on(by, VIEW) or may_chair(panel, by):
        return YES
    return no(NOT_LEADING)


def may_read_assessments(item: Item, by: object) -> Verdict:
    """Whether the user reads who assesses the item and what was sent: whoever leads the panel,
    without a conflict, and with nothing of their own about it still to send.
    """
    verdict = may_read(item.panel, by)
    if not verdict or not isinstance(by, User):
        return verdict
    if conflicts.has_conflict(item.pk, by):
        return no(IN_CONFLICT)
    own = item.assignments.filter(person__user=by, state=State.ASKED)
    if item.closed_at is None and own.exists():
        return no(gettext_lazy("You see what the others say once you have sent your own."))
    return YES


def may_steer(item: Item, by: object) -> Verdict:
    """Whether the user assigns assessors of the item and takes them away: whoever leads the
    panel and has no conflict, until the item is closed.
    """
    verdict = may_chair(item.panel, by)
    if not verdict or not isinstance(by, User):
        return verdict
    if conflicts.has_conflict(item.pk, by):
        return no(IN_CONFLICT)
    return is_open(item)


def is_open(item: Item) -> Verdict:
    """Whether anything about the item can still change."""
    if item.closed_at is not None:
        return no(CLOSED)
    if item.panel.ended_at is not None:
        return no(gettext_lazy("The work of this panel is over."))
    return YES


def may_give_back(assignment: Assignment, by: object) -> Verdict:
    """Whether the user gives a sent assessment back to its assessor: whoever assigns assessors,
    but nobody their own, since they may have read the others.
    """
    verdict = may_steer(assignment.item, by)
    if not verdict:
        return verdict
    person = assignment.person
    if assignment.state != State.SENT:
        return no(gettext_lazy("Only what is sent can be given back."))
    if isinstance(by, User) and person.user_id == by.pk:
        return no(gettext_lazy("Your own assessment can be given back only by somebody else."))
    seats = Seat.objects.filter(panel=assignment.item.panel_id, person=person, left_at=None)
    if not seats.exists():
        return no(_("%(name)s has no seat in this panel.") % {"name": person})
    if conflicts.conflicts([assignment.item_id], [person.pk]):
        return no(_("%(name)s has a conflict of interest.") % {"name": person})
    return YES


def may_be_assigned(item: Item, person: Person) -> Verdict:
    """Whether the person can be asked to assess the item; the no is for whoever assigns."""
    seat = Seat.objects.filter(panel=item.panel_id, person=person, left_at=None)
    if not seat.exists():
        return no(_("%(name)s has no seat in this panel.") % {"name": person})
    if conflicts.conflicts([item.pk], [person.pk]):
        return no(_("%(name)s has a conflict of interest.") % {"name": person})
    before = item.assignments.filter(person=person).exclude(state=State.ENDED).first()
    if before is not None and before.state == State.DECLINED:
        return no(_("%(name)s has declined this already.") % {"name": person})
    if before is not None:
        return no(_("%(name)s assesses this already.") % {"name": person})
    most = item.panel.most_each
    live = Assignment.objects.filter(
        item__panel=item.panel_id, person=person, state__in=Assignment.LIVE
    )
    if most is not None and live.count() >= most:
        return no(_("%(name)s has as much to assess as the panel allows.") % {"name": person})
    return YES


def may_assess(assignment: Assignment, by: object) -> Verdict:
    """Whether the user writes and sends this assessment now. Being late is no reason for a no."""
    verdict = _is_own(assignment, by)
    if not verdict:
        return verdict
    if assignment.state == State.SENT:
        return no(gettext_lazy("Your assessment is sent and cannot be changed any more."))
    if assignment.state != State.ASKED:
        return no(gettext_lazy("You are not asked to assess this any more."))
    return is_open(assignment.item)


def may_decline(assignment: Assignment, by: object) -> Verdict:
    """Whether the user still can refuse to assess: until it is sent or closed."""
    return may_assess(assignment, by)


def may_see_others(assignment: Assignment, by: object) -> Verdict:
    """Whether an assessor reads what the others sent: once the own assessment is sent."""
    verdict = _is_own(assignment, by)
    if verdict and assignment.state != State.SENT:
        return no(gettext_lazy("You see what the others say once you have sent your own."))
    return verdict


def may_declare(item: Item, person: Person, by: object) -> Verdict:
    """Whether the user says that the person is not impartial about the item: oneself with a seat
    in the panel, or whoever leads it.
    """
    if not isinstance(by, User):
        return no(NOT_LEADING)
    verdict = is_open(item)
    if not verdict:
        return verdict
    is_own = person.user_id == by.pk
    if is_own and Seat.objects.filter(panel=item.panel_id, person=person, left_at=None).exists():
        return YES
    return may_steer(item, by)


def _is_own(assignment: Assignment, by: object) -> Verdict:
    """Whether it is the user's own and without a conflict."""
    if not isinstance(by, User) or not by.is_active or assignment.person.user_id != by.pk:
        return no(gettext_lazy("Only whoever was asked to assess this may do it."))
    if conflicts.has_conflict(assignment.item_id, by):
        return no(IN_CONFLICT)
    return YES
