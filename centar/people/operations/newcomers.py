"""People who are met at a door or a desk, known to the portal or not."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from centar.access import Refusal
from centar.audit import trail
from centar.people.models import Person, User
from centar.schools.models import School
from centar.script.folding import fold


@dataclass(frozen=True, kw_only=True)
class Newcomer:
    """Somebody who is met, as they say who they are; empty text means "not said"."""

    first_name: str
    last_name: str
    email: str = ""
    school: School | None = None
    employer: str = ""
    is_pupil: bool = False


@transaction.atomic
def meet(*, newcomer: Newcomer, by: User) -> Person:
    """The person who is meant, entered when the portal does not know them.

    Known is who has the same e-mail and name, or the same name and school, unless it is a pupil,
    who may well be the namesake of a teacher. Refuses an e-mail of somebody of another name.
    Whether `by` may meet people is asked by whoever calls.
    """
    return _known(newcomer) or _entered(newcomer, by)


def _known(newcomer: Newcomer) -> Person | None:
    """The one person who is surely meant; None when nobody or several could be."""
    same_name = Person.objects.filter(folded=fold(f"{newcomer.first_name} {newcomer.last_name}"))
    if newcomer.email:
        address = Q(user__email__iexact=newcomer.email) | Q(contact_email__iexact=newcomer.email)
        if known := same_name.filter(address).order_by("user", "pk").first():
            return known
        if Person.objects.filter(address).exists():
            raise Refusal(
                _("This e-mail belongs to somebody of another name. Check it, or leave it empty."),
                field="email",
            )
    if newcomer.school is None or newcomer.is_pupil:
        return None
    colleagues = list(same_name.filter(school=newcomer.school)[:2])
    return colleagues[0] if len(colleagues) == 1 else None


def _entered(newcomer: Newcomer, by: User) -> Person:
    person = Person.objects.create(
        first_name=newcomer.first_name,
        last_name=newcomer.last_name,
        contact_email=newcomer.email,
        school=newcomer.school,
        employer=newcomer.employer,
    )
    trail.record("people.enter_at_the_door", person, by=by)
    return person
