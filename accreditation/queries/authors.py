"""Reads about the people around proposals: invitations, and what waits for an author."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce

from accreditation.models import Author, Proposal
from centar.outbox import secret_links
from centar.people.models import Person, User


def invited_by(token: str) -> Author | None:
    """Whom the link invites; None when it is unknown, ended or used."""
    rows = Author.objects.select_related("proposal__call")
    return rows.filter(
        digest=secret_links.digest_of(token), accepted_at=None, removed_at=None
    ).first()


def led_by(user: User) -> QuerySet[Author]:
    """The authors, and those invited, of the proposals that the user leads."""
    led = Proposal.objects.filter(
        authors__person__user=user, authors__leads=True, authors__removed_at=None
    )
    return Author.objects.filter(proposal__in=led, removed_at=None)


def with_authors(rows: QuerySet[Proposal]) -> QuerySet[Proposal]:
    """The proposals with their authors, live ones and invited, as `listed_authors`."""
    live = Author.objects.filter(removed_at=None).select_related("person")
    return rows.prefetch_related(Prefetch("authors", live, to_attr="listed_authors"))


def to_write(person: Person, today: date) -> list[Proposal]:
    """Proposals of the person that can be written: drafts whose call takes proposals today, the
    soonest end first, and those of which changes are asked for.
    """
    states = Proposal.State
    is_draft = Q(
        state=states.DRAFT,
        call__published_at__isnull=False,
        call__opens_on__lte=today,
        call__closes_on__gte=today,
    )
    rows = Proposal.objects.filter(
        is_draft | Q(state=states.REVISION),
        authors__in=Author.objects.filter(
            person=person, accepted_at__isnull=False, removed_at=None
        ),
    )
    return list(rows.select_related("call").order_by("call__closes_on", "pk"))


def with_the_institute(person: Person, today: date) -> list[Proposal]:
    """Proposals of the person about which the institute waits for an answer, the soonest last day
    first: returned ones, and refused ones that can still be appealed.
    """
    states = Proposal.State
    can_be_appealed = Q(
        state=states.REFUSED, filing__appealed_on=None, filing__appeal_until__gte=today
    )
    mine = Author.objects.filter(person=person, accepted_at__isnull=False, removed_at=None)
    rows = Proposal.objects.filter(Q(state=states.RETURNED) | can_be_appealed, authors__in=mine)
    last_day = Coalesce("filing__appeal_until", "filing__complete_by")
    return list(rows.select_related("filing").order_by(last_day, "pk"))


def invitations_to(user: User) -> list[Author]:
    """Invitations to the user's address that wait, and can still be accepted by their letters."""
    rows = Author.objects.filter(email__iexact=user.email, accepted_at=None, removed_at=None)
    return list(rows.select_related("proposal__call").order_by("invited_at", "pk"))
