"""The decision sheet of a call: every proposal that was submitted, and how it stands."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from accreditation.models import Author, Call, Decision, Proposal, Review, Version
from accreditation.queries import blinding
from accreditation.queries import reviews as queries
from accreditation.versions import Writer
from centar.assessment.models import Item
from centar.assessment.queries import conflicts, standings
from centar.assessment.queries.standings import Standing
from centar.people.models import User


@dataclass(frozen=True)
class SheetRow:
    """A proposal as it stands. Of one in which the reader has a conflict nothing of its review is
    known; `authors` are empty for a blind reader.
    """

    proposal: Proposal
    version: Version
    title: str
    authors: tuple[Writer, ...]
    review: Review | None
    standing: Standing | None
    decision: Decision | None
    is_hidden: bool

    @property
    def writers(self) -> str:
        """The authors with their schools."""
        return ", ".join(
            f"{one.name} ({one.school})" if one.school else one.name for one in self.authors
        )

    @property
    def area(self) -> str:
        """The area as it was submitted."""
        area = self.version.content["area"]
        return str(area["name"]) if area else ""

    @property
    def sent(self) -> int | None:
        """How many assessments were sent."""
        return self.standing.sent if self.standing else None

    @property
    def live(self) -> int | None:
        """How many were asked for."""
        return self.standing.live if self.standing else None

    @property
    def mean(self) -> Decimal | None:
        """The mean of the totals."""
        return self.standing.mean if self.standing else None

    @property
    def share(self) -> Decimal | None:
        """The mean as a share of the most that was possible, in percent."""
        if self.mean is None or self.review is None:
            return None
        most = standings.most_of(list(self.review.phase.panel.criteria.all()))
        return self.mean * 100 / most if most else None


@dataclass(frozen=True)
class Sheet:
    """All rows of a call, those decided about first by their outcome."""

    call: Call
    rows: tuple[SheetRow, ...]

    @cached_property
    def decided(self) -> list[SheetRow]:
        """Those about which something is decided."""
        return [row for row in self.rows if row.decision is not None]

    @cached_property
    def open(self) -> list[SheetRow]:
        """Those that still wait for a decision."""
        return [
            row
            for row in self.rows
            if row.decision is None and row.proposal.state != Proposal.State.WITHDRAWN
        ]

    def number(self, outcome: str) -> int:
        """How many were decided so."""
        return sum(row.decision.outcome == outcome for row in self.decided if row.decision)


def of_call(call: Call, user: User, *, is_blind: bool) -> Sheet:
    """The sheet as the user may read it; a constant number of statements."""
    proposals = list(
        Proposal.objects.filter(call=call, versions__isnull=False)
        .distinct()
        .select_related("decision__version", "decision__decided_by")
    )
    versions = {
        version.proposal_id: version
        for version in Version.objects.filter(proposal__in=proposals).order_by("number")
    }
    titles = blinding.titles_of(list(versions.values()), is_blind=is_blind)
    reviews = _last_reviews(list(versions.values()))
    hidden = _in_conflict(proposals, user)
    assessed = standings.assessed_of(
        [review.item for key, review in reviews.items() if key not in hidden]
    )
    rows = []
    for proposal in proposals:
        version, review = versions[proposal.pk], reviews.get(proposal.pk)
        is_hidden = proposal.pk in hidden
        rows.append(
            SheetRow(
                proposal=proposal,
                version=version,
                title=titles[version.pk],
                authors=() if is_blind else _writers(version),
                review=review,
                standing=Standing(review.item, is_hidden, tuple(assessed[review.item_id]))
                if review
                else None,
                decision=getattr(proposal, "decision", None),
                is_hidden=is_hidden,
            )
        )
    return Sheet(call, tuple(sorted(rows, key=_order)))


def _order(row: SheetRow) -> tuple[int, Decimal, str]:
    """Accepted, declined, then what waits; within each by the mean, the highest first."""
    outcome = str(row.decision.outcome) if row.decision else ""
    order = ["accepted", "declined", ""].index(outcome)
    return order, -(row.share or Decimal()), row.proposal.code


def _writers(version: Version) -> tuple[Writer, ...]:
    return tuple(Writer(**author) for author in version.content["authors"])


def _last_reviews(versions: list[Version]) -> dict[int, Review]:
    """The last review of each version, by the key of its proposal."""
    rows = queries.with_all(Review.objects.filter(version__in=versions)).order_by("pk")
    return {
        review.version.proposal_id: review
        for review in rows.prefetch_related("phase__panel__criteria")
    }


def _in_conflict(proposals: list[Proposal], user: User) -> set[int]:
    """The proposals in which the user is not impartial; two statements."""
    keys = [proposal.pk for proposal in proposals]
    items = Item.objects.filter(conflicts.of_user(user), review__version__proposal__in=keys)
    own = Author.objects.filter(queries.near(user), proposal__in=keys)
    return {
        *items.values_list("review__version__proposal", flat=True),
        *own.values_list("proposal", flat=True),
    }
