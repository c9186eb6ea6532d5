"""Reads about reviews of proposals: for their assessors, and for those who lead them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, Max, OuterRef, Q, QuerySet

from accreditation.models import Author, Call, Phase, Proposal, Review, Version
from accreditation.queries import blinding, proposals
from centar.assessment.models import Assignment, Item, Panel, Seat
from centar.assessment.queries import conflicts, results, standings, work
from centar.assessment.queries.results import Results
from centar.assessment.queries.standings import Standing
from centar.people.models import Person, User

State = Proposal.State


def with_all(reviews: QuerySet[Review]) -> QuerySet[Review]:
    """With what every page of a review needs."""
    return reviews.select_related(
        "item__panel", "phase__panel", "phase__call", "version__proposal__call"
    )


def of_assessor(user: User) -> QuerySet[Assignment]:
    """The user's assignments about proposals; others are not found."""
    rows = work.visible_to(user).filter(item__review__isnull=False)
    return rows.select_related(
        "item__panel", "item__review__phase__call", "item__review__version__proposal__call"
    )


def waiting_for(person: Person) -> QuerySet[Assignment]:
    """Proposals that wait for the person's assessment, the most urgent first."""
    return work.waiting_for(person).filter(item__review__isnull=False)


def seats_of(person: Person) -> QuerySet[Seat]:
    """The person's seats in panels of calls."""
    return Seat.objects.filter(person=person, left_at=None, panel__phase__isnull=False)


def titles_for(assignments: Iterable[Assignment]) -> dict[int, str]:
    """The titles that the assessor reads, by the key of the version."""
    hidden: list[Version] = []
    shown: list[Version] = []
    for one in assignments:
        versions = hidden if one.item.panel.hides_authors else shown
        versions.append(one.item.review.version)
    # What is blind in one panel is not told by another.
    return blinding.titles_of(shown, is_blind=False) | blinding.titles_of(hidden, is_blind=True)


def panels_of(user: User) -> QuerySet[Panel]:
    """The panels of calls that the user leads, the latest first."""
    return work.panels_led_by(user).filter(phase__isnull=False).select_related("phase__call")


def phases_of(call: Call) -> QuerySet[Phase]:
    """The phases of a call in their order, with their panels."""
    return Phase.objects.filter(call=call).select_related("panel")


def last_review(proposal: Proposal) -> Review | None:
    """The review that began last, of whichever version."""
    return with_all(Review.objects.filter(version__proposal=proposal)).last()


def review_of_last(proposal: Proposal, phase: Phase | None = None) -> Review | None:
    """The review of what was submitted last, in this phase or in any."""
    version = proposals.last_version(proposal)
    reviews = Review.objects.filter(version=version) if version else Review.objects.none()
    return with_all(reviews.filter(phase=phase) if phase else reviews).last()


def follower_of(review: Review) -> Review | None:
    """The review of the version that was made of this one, in the same panel."""
    return Review.objects.filter(item__follows=review.item_id).first()


def has_conflict(proposal: Proposal, user: User) -> bool:
    """Whether the user is not impartial: near to an author, or by what was declared in any review
    of the proposal.
    """
    if Author.objects.filter(near(user), proposal=proposal).exists():
        return True
    items = Item.objects.filter(review__version__proposal=proposal)
    return items.filter(conflicts.of_user(user)).exists()


def near(user: User) -> Q:
    """For querysets of authors, invited and gone ones too: the user, or of the user's school."""
    person = Q(person__user=user) | Q(email__iexact=user.email)
    school = Q(school__people__user=user) | Q(person__school__people__user=user)
    return person | school


def leads_in(call: Call, user: User) -> bool:
    """Whether the user leads a panel of the call."""
    seats = Seat.objects.filter(
        panel__phase__call=call, person__user=user, role=Seat.Role.CHAIR, left_at=None
    )
    return user.is_active and seats.exists()


def chairs_of(call: Call) -> list[Person]:
    """Who leads the panels of the call, each once."""
    people = Person.objects.filter(
        seats__panel__phase__call=call, seats__role=Seat.Role.CHAIR, seats__left_at=None
    )
    return list(people.distinct())


def to_begin(phase: Phase) -> list[Version]:
    """What was submitted last to the call and is not reviewed in the phase yet, in its order."""
    waiting = Proposal.objects.filter(call=phase.call_id, state=State.SUBMITTED)
    newest = waiting.annotate(last=Max("versions__number")).values("pk", "last")
    numbers = {row["pk"]: row["last"] for row in newest}
    begun = Review.objects.filter(phase=phase, version=OuterRef("pk"))
    rows = Version.objects.filter(~Exists(begun), proposal__in=numbers).order_by("made_at", "pk")
    return [
        version
        for version in rows.select_related("proposal__area")
        if version.number == numbers[version.proposal_id]
    ]


@dataclass(frozen=True)
class Row:
    """A proposal in the table of those who lead its review."""

    review: Review
    standing: Standing
    title: str
    late: int | None


def table(panel: Panel, user: User, *, is_blind: bool, today: date) -> list[Row]:
    """The reviews of the panel as the user may see them, without those that a revised version has
    followed; a constant number of statements.
    """
    reviews = {
        review.item_id: review
        for review in Review.objects.filter(item__panel=panel, item__followed_by=None)
        .select_related("version__proposal__decision", "item")
        .order_by("began_at", "pk")
    }
    shown = [one for one in standings.for_chair(user, panel) if one.item.pk in reviews]
    titles = blinding.titles_of([reviews[one.item.pk].version for one in shown], is_blind=is_blind)
    return [
        Row(review, one, titles[review.version_id], one.late(today))
        for one in shown
        for review in [reviews[one.item.pk]]
    ]


def comments_for_authors(version: Version) -> list[Results]:
    """What was sent about the version, as its authors may read it, phase by phase."""
    reviews = Review.objects.filter(version=version).select_related("item__panel")
    return [
        found
        for review in reviews
        for found in [results.results(review.item, in_full=False)]
        if found.assessments
    ]
