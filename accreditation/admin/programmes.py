"""What follows an accreditation: an entry of the catalogue, a seminar, and its end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation import steps
from accreditation.admin.filings import page
from accreditation.forms.programmes import RenewForm, SeminarForm
from accreditation.models import Proposal
from accreditation.operations import expiry
from accreditation.operations import programmes as operations
from centar.audit.forms import ReasonForm
from centar.audit.operation_pages import OperationPage
from trainings.models import Seminar

Text = str | Promise


def _make(proposal: Proposal, by: Any, fields: dict[str, Any]) -> None:
    operations.make(proposal_id=proposal.pk, by=by)


def _plan(proposal: Proposal, by: Any, fields: dict[str, Any]) -> Seminar:
    return operations.plan(proposal_id=proposal.pk, by=by, **fields).event.seminar


def _renew(proposal: Proposal, by: Any, fields: dict[str, Any]) -> None:
    expiry.renew(proposal_id=proposal.pk, by=by, **fields)


def _let_go(proposal: Proposal, by: Any, fields: dict[str, Any]) -> None:
    expiry.let_go(proposal_id=proposal.pk, by=by, **fields)


def _copied(proposal: Proposal) -> Sequence[Text]:
    return (
        _("Title, area, competences, priority areas, audience, aims, topics, hours, points, fee "
          "and sizes of the group are copied from what was accredited."),
        _("The authors and whoever else leads an hour become its trainers."),
        _("Everybody sees it in the catalogue at once."),
    )  # fmt: skip


def _planned(seminar: Seminar) -> str:
    """The draft, where its days and places are written."""
    return reverse("admin:trainings_seminarevent_change", args=[seminar.pk])


PAGES = (
    page(
        steps.MAKE,
        _make,
        gettext_lazy("It is in the catalogue. A seminar can be planned from it."),
        effects=_copied,
    ),
    OperationPage(
        name=steps.PLAN.name,
        label=steps.PLAN.label,
        run=_plan,
        done=gettext_lazy("This is the draft. Look at its days and publish it."),
        offered=steps.PLAN.is_possible,
        form=SeminarForm,
        form_arguments=lambda proposal: {"proposal": proposal},
        effects=lambda proposal: (
            _("A draft is made, which only the staff see until you publish it."),
        ),
        then=_planned,
    ),
    page(
        steps.RENEW,
        _renew,
        gettext_lazy("The new proposal is begun; the authors get a letter."),
        form=RenewForm,
        form_arguments=lambda proposal: {"proposal": proposal},
        effects=lambda proposal: (
            _("A new draft is made with all that stood in this proposal, for the same authors."),
            _("Nobody is warned of the end of this accreditation any more."),
        ),
    ),
    page(
        steps.LET_GO,
        _let_go,
        gettext_lazy("Nobody is warned of the end of this accreditation any more."),
        form=ReasonForm,
        effects=lambda proposal: (_("The accreditation ends on its day, and nothing follows."),),
        dangerous=True,
    ),
)
