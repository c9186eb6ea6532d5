"""Whether teachers can be asked in a round, and whether one may answer now."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.access import YES, Verdict, no
from centar.events import moments
from needs_survey.models import Round


def may_be_asked(round: Round, today: date) -> Verdict:
    """Whether teachers can be invited to the round: it is theirs, opened, and not over."""
    if round.kind != Round.Kind.TEACHERS:
        return no(gettext_lazy("In this round schools are asked, not single teachers."))
    if round.opened_at is None:
        return no(gettext_lazy("Open the round first; then teachers can be invited."))
    if round.closes_on < today:
        return no(gettext_lazy("The last day is over. Move the days first."))
    return YES


def may_answer(round: Round, today: date) -> Verdict:
    """Whether the round is answered on the day."""
    if round.is_open_on(today):
        return YES
    if round.closes_on < today:
        sentence = _("The last day was %(day)s. Nothing more can be sent.")
        return no(sentence % {"day": moments.day(round.closes_on)})
    if round.opened_at is None:
        return no(_("The round is not open yet. Your link stays good."))
    sentence = _("The round opens on %(day)s. Your link stays good.")
    return no(sentence % {"day": moments.day(round.opens_on)})
