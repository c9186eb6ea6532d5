"""The locks of the survey: whoever changes a round or writes for a school waits here."""

from __future__ import annotations

from django.utils.translation import gettext as _

from centar.access import Refusal
from needs_survey.models import Invitation, Round


def lock_round(round_id: int) -> Round:
    """The round with its questionnaire, read after the lock."""
    rows = Round.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("questionnaire").get(pk=round_id)


def lock_invitation(invitation_id: int) -> Invitation:
    """The invitation, locked so that all who write for one school come one after the other.

    Refuses when it was taken back meanwhile.
    """
    rows = Invitation.objects.select_for_update(no_key=True, of=("self",))
    invitation = rows.select_related("round", "school").filter(pk=invitation_id).first()
    if invitation is None:
        raise Refusal(_("The school is not asked in this survey any more."))
    return invitation
