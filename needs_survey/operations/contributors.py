"""A coordinator shares sections with colleagues who have no account, and ends it."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from centar.access import Refusal, demand
from centar.audit import trail
from centar.outbox import secret_links
from centar.people.models import User
from centar.questionnaires.models import Section
from needs_survey.letters import contributors as letters
from needs_survey.models import Contributor, SchoolAnswer
from needs_survey.operations import locks
from needs_survey.permissions import answers as permissions


@transaction.atomic
def share(
    *, invitation_id: int, name: str, email: str, sections: Collection[Section], by: User
) -> Contributor:
    """Send a colleague a private link to these sections; a link sent before is ended.

    Only the digest of the link is kept, and the letter forgets it when it is sent. Refuses
    whoever does not coordinate the school, and out of time.
    """
    invitation = locks.lock_invitation(invitation_id)
    demand(permissions.may_share(invitation, by, timezone.localdate()))
    own = [one for one in sections if one.questionnaire_id == invitation.round.questionnaire_id]
    if not own:
        raise Refusal(_("Choose at least one section."), field="sections")
    answer, _made = SchoolAnswer.objects.get_or_create(invitation=invitation)
    answer.contributors.filter(email__iexact=email, ended_at=None).update(ended_at=timezone.now())
    token = secret_links.new_token()
    contributor = Contributor.objects.create(
        answer=answer, name=name, email=email.lower(), digest=secret_links.digest_of(token)
    )
    contributor.sections.set(own)
    letters.queue(contributor, token, by)
    trail.record("needs_survey.share", contributor, by=by, sections=len(own))
    return contributor


@transaction.atomic
def end(*, contributor_id: int, by: User) -> None:
    """End a colleague's link; what was filled in stays. Ending it twice changes nothing."""
    contributor = (
        Contributor.objects.select_for_update(no_key=True, of=("self",))
        .select_related("answer__invitation__round")
        .get(pk=contributor_id)
    )
    demand(permissions.may_end(contributor, by))
    if contributor.ended_at is None:
        contributor.ended_at = timezone.now()
        contributor.save(update_fields=["ended_at"])
        trail.record("needs_survey.end_share", contributor, by=by)
