"""Reviews of proposals: begun in a phase, and begun anew for what was revised."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from accreditation.models import Phase, Review, Version
from accreditation.operations.locks import lock_proposal
from accreditation.permissions import reviews as permissions
from accreditation.queries import reviews as queries
from accreditation.versions import Content
from centar.access import Refusal, demand
from centar.assessment.models import Item, Party
from centar.assessment.operations import assignments as assessment
from centar.audit import trail
from centar.people.models import User


@transaction.atomic
def begin(*, phase_id: int, proposal_ids: Iterable[int], by: User) -> list[Review]:
    """Begin the review of what was submitted last of these proposals; gives the reviews.

    All or none: refuses, with its title, one that is not submitted or is reviewed already.
    """
    phase = Phase.objects.select_related("panel").get(pk=phase_id)
    demand(permissions.may_lead(phase, by))
    reviews = []
    # In one order, so that two who begin the same ones do not wait for each other.
    for proposal_id in sorted(set(proposal_ids)):
        proposal = lock_proposal(proposal_id)
        verdict = permissions.may_begin(phase, proposal)
        if not verdict:
            raise Refusal(f"{proposal.code}: {verdict.reason}")
        version = queries.last_version(proposal)
        assert version is not None  # only what was submitted has passed
        reviews.append(_begin(phase, version, None, by))
    return reviews


def continue_with(version: Version, *, by: User | None) -> list[Review]:
    """Begin the reviews of a revised version, in each phase that the version before it was in,
    with the same assessors. Called inside the operation that made the version.
    """
    before = Review.objects.filter(
        version__proposal=version.proposal_id, version__number=version.number - 1
    )
    return [
        _begin(one.phase, version, one.item, by)
        for one in before.select_related("phase__panel", "item__panel")
        if one.phase.panel.ended_at is None
    ]


def _begin(phase: Phase, version: Version, follows: Item | None, by: User | None) -> Review:
    content = Content.of(version)
    code = version.proposal.code
    item = Item.objects.create(
        panel=phase.panel,
        # A code is taken once in a panel; the later versions of a proposal are numbered.
        code=code if version.number == 1 else f"{code}-{version.number}",
        topic=str(content.area_pk or ""),
        follows=follows,
    )
    Party.objects.bulk_create(
        Party(item=item, person_id=one.person, email=one.email, school_id=one.school_pk)
        for one in content.authors
    )
    review = Review.objects.create(phase=phase, version=version, item=item)
    if follows is not None:
        assessment.follow(item=item, by=by)
    trail.record("accreditation.begin_review", review, by=by, version=version.number)
    return review
