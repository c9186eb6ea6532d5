"""Reviews of proposals: begun in a phase, and begun anew for what was revised."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from accreditation.locks import lock_proposal
from accreditation.models import Phase, Review, Version
from accreditation.permissions import reviews as permissions
from accreditation.queries import proposals as queries
from accreditation.versions import Content
from centar.access import Refusal, demand
from centar.assessment.models import DeclaredConflict, Item, Party
from centar.assessment.operations import assigning, items
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
    """Begin the reviews of a revised version in the phases of the version before it, with the
    same assessors, and note that it answers what was asked. Called inside the operation that
    made the version.
    """
    request = queries.open_request(version.proposal)
    if request is not None:
        request.answered_by = version
        request.save(update_fields=["answered_by"])
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
    item = items.add(
        panel_id=phase.panel_id,
        # A code is taken once in a panel; the later versions of a proposal are numbered.
        code=code if version.number == 1 else f"{code}-{version.number}",
        topic=str(content.area_pk or ""),
        parties=_parties(content, follows),
        follows_id=follows.pk if follows else None,
        by=by,
    )
    review = Review.objects.create(phase=phase, version=version, item=item)
    if follows is not None:
        _keep_conflicts(follows, item)
        assigning.follow(item_id=item.pk, by=by)
    trail.record("accreditation.begin_review", review, by=by, version=version.number)
    return review


def _parties(content: Content, follows: Item | None) -> list[items.Whose]:
    """The authors of the version, and whoever was one when the proposal came before."""
    parties = [items.Whose(one.person, one.email, one.school_pk) for one in content.authors]
    known = {one.person_id for one in parties}
    before = Party.objects.filter(item=follows).exclude(person__in=known) if follows else ()
    return [*parties, *(items.Whose(one.person_id, one.email, one.school_id) for one in before)]


def _keep_conflicts(before: Item, item: Item) -> None:
    """Who was not impartial about a version is not impartial about the next."""
    DeclaredConflict.objects.bulk_create(
        DeclaredConflict(item=item, person_id=one.person_id, reason=one.reason)
        for one in before.declared_conflicts.all()
    )
