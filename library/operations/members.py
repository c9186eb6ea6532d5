"""Who borrows: joining, the card, being blocked, and the history of loans."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.people import operations as people
from centar.people.models import Person, User
from centar.people.operations import Newcomer
from centar.schools.models import School
from centar.script.folding import fold
from library import locks
from library.models import Loan, Member, MemberKind, Reservation
from library.permissions import lending as permissions


@dataclass(frozen=True, kw_only=True)
class Application:
    """What the desk writes about somebody who joins."""

    first_name: str
    last_name: str
    email: str = ""
    kind: str = MemberKind.TEACHER
    school: School | None = None
    card: str = ""
    teacher_email: str = ""
    guardian_name: str = ""
    guardian_email: str = ""
    has_consent: bool = False


@transaction.atomic
def join(*, about: Application, by: User) -> Member:
    """Make somebody a member, with a card number of their own.

    Somebody known by this address, or a grown-up of this name in this school, is the same person.
    Refuses a second membership, an address of somebody of another name, a card that is taken, a
    teacher whom nobody knows by that address, and consent without somebody whose it is.
    """
    demand(permissions.may_work_at_the_desk(by))
    is_pupil = about.kind == MemberKind.PUPIL
    person = people.meet(
        newcomer=Newcomer(
            first_name=about.first_name,
            last_name=about.last_name,
            email=about.email,
            school=about.school,
            is_pupil=is_pupil,
        ),
        by=by,
    )
    if Member.objects.filter(person=person).exists():
        raise Refusal(_("%(person)s is a member already.") % {"person": person}, field="email")
    card = "".join(about.card.split()) or _new_card()
    if Member.objects.filter(card__iexact=card).exists():
        raise Refusal(_("This card is somebody else's."), field="card")
    teacher = _teacher(about.teacher_email) if is_pupil and about.teacher_email else None
    consents = is_pupil and about.has_consent
    if consents and teacher is None and not (about.guardian_name and about.guardian_email):
        raise Refusal(
            _(
                "Say whose consent it is: the responsible teacher's or the parent's, "
                "with an e-mail address."
            ),
            field="guardian_name",
        )
    member = Member.objects.create(
        person=person,
        kind=about.kind,
        card=card,
        teacher=teacher,
        guardian_name=about.guardian_name if is_pupil else "",
        guardian_email=about.guardian_email if is_pupil else "",
        consent_on=timezone.localdate() if consents else None,
    )
    trail.record("library.join", member, by=by, kind=member.kind, consent=consents)
    return member


@transaction.atomic
def connect(*, member_id: int, email: str, by: User) -> Member:
    """Give the membership to the account with this address, so that its owner sees the loans.

    For whoever joined before they opened it. Refuses an address without an account, one of
    somebody of another name or who is a member, and a member who has an account.
    """
    demand(permissions.may_work_at_the_desk(by))
    member = locks.lock_member(member_id)
    if member.person.user_id is not None:
        raise Refusal(_("This member has an account already."))
    person = Person.objects.filter(user__email__iexact=email).first()
    if person is None:
        raise Refusal(_("There is no account with this address."), field="email")
    if fold(str(person)) != fold(str(member.person)):
        raise Refusal(_("This account is of somebody of another name."), field="email")
    if Member.objects.filter(person=person).exists():
        raise Refusal(_("%(person)s is a member already.") % {"person": person}, field="email")
    member.person = person
    member.save(update_fields=["person"])
    trail.record("library.connect", member, by=by)
    return member


@transaction.atomic
def leave(*, member_id: int, by: User) -> None:
    """End a membership: the card, the consent and what was remembered of loans are deleted.

    Refuses while the member has something of ours, has to make something good, or waits.
    """
    demand(permissions.may_work_at_the_desk(by))
    member = locks.lock_member(member_id)
    if Loan.objects.filter(member=member).exclude(ending=Loan.Ending.RETURNED).exists():
        raise Refusal(_("The member still has things of ours, or lost some that are not settled."))
    if Reservation.objects.live().filter(member=member).exists():
        raise Refusal(_("The member still has reservations. Cancel them first."))
    _forget(member)
    trail.record("library.leave", member, by=by)
    member.delete()


@transaction.atomic
def block(*, member_id: int, reason: str, until: date | None, by: User) -> Member:
    """Lend nothing to the member, until a day or until further notice; the reason is shown."""
    demand(permissions.may_work_at_the_desk(by))
    if not reason.strip():
        raise Refusal(_("Write the reason; the member reads it."), field="reason")
    member = locks.lock_member(member_id)
    member.blocked_reason, member.blocked_until = reason.strip(), until
    member.save(update_fields=["blocked_reason", "blocked_until"])
    trail.record("library.block", member, by=by, reason=reason)
    return member


@transaction.atomic
def unblock(*, member_id: int, by: User) -> Member:
    """Lend to the member again."""
    demand(permissions.may_work_at_the_desk(by))
    member = locks.lock_member(member_id)
    member.blocked_reason, member.blocked_until = "", None
    member.save(update_fields=["blocked_reason", "blocked_until"])
    trail.record("library.unblock", member, by=by)
    return member


@transaction.atomic
def keep_history(*, member_id: int, keeps: bool, by: User) -> Member:
    """Keep the member's loans from now on, or no more: then what was kept is forgotten too.

    Only the members themselves decide.
    """
    member = _own(member_id, by)
    member.keeps_history = keeps
    member.save(update_fields=["keeps_history"])
    if not keeps:
        _forget(member)
    trail.record("library.keep_history", member, by=by, keeps=keeps)
    return member


@transaction.atomic
def erase_history(*, member_id: int, by: User) -> int:
    """Cut the member off from all loans that are over; gives how many. Statistics stay."""
    member = _own(member_id, by)
    erased = _forget(member)
    trail.record("library.erase_history", member, by=by, loans=erased)
    return erased


def _own(member_id: int, by: User) -> Member:
    member = locks.lock_member(member_id)
    if member.person.user_id != by.pk:
        raise Refusal(_("This is not yours."))
    return member


def _forget(member: Member) -> int:
    # What is lost and not made good yet is no history.
    ended = Loan.objects.filter(member=member, ending=Loan.Ending.RETURNED)
    Reservation.objects.filter(member=member, ended_at__isnull=False).update(member=None)
    return ended.update(member=None)


def _teacher(email: str) -> Person:
    known = Person.objects.filter(
        Q(user__email__iexact=email) | Q(user=None, contact_email__iexact=email)
    )
    found = known.order_by("user", "pk").first()
    if found is None:
        raise Refusal(_("Nobody is known by this address."), field="teacher_email")
    return found


def _new_card() -> str:
    """Eight digits that no card has; digits come out the same in every keyboard layout."""
    while True:
        card = str(90_000_000 + secrets.randbelow(10_000_000))
        if not Member.objects.filter(card=card).exists():
            return card
