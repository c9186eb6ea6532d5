from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accreditation.models.proposals import Proposal
from accreditation.models.versions import Version
from centar.audit.models import Revised
from centar.script.fields import MendedCharField, MendedTextField
from trainings.models import Programme


def _in_order(first: str, then: str, sentence: Any) -> models.CheckConstraint:
    """That one day, where both are known, is not before another."""
    return models.CheckConstraint(
        condition=Q(**{first: None}) | Q(**{then: None}) | Q(**{f"{then}__gte": F(first)}),
        name=f"accreditation_{then}_after_{first}",
        violation_error_message=sentence,
    )


class Filing(Revised):
    """A proposal at the national institute: what was filed when, and what came of it.

    Each state has its facts; the state itself is the proposal's.
    """

    proposal = models.OneToOneField(
        Proposal, models.PROTECT, related_name="filing", verbose_name=_("proposal")
    )
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="filings", verbose_name=_("version")
    )
    filed_on = models.DateField(_("filed on"))
    filing_number = MendedCharField(_("number of the filing"), max_length=60, blank=True)
    returned_on = models.DateField(_("returned on"), null=True, blank=True)
    complete_by = models.DateField(_("to be completed by"), null=True, blank=True)
    what_is_missing = MendedTextField(_("what is missing"), blank=True)
    completed_on = models.DateField(_("completed on"), null=True, blank=True)
    decided_on = models.DateField(_("decided on"), null=True, blank=True)
    decision_number = MendedCharField(_("number of the decision"), max_length=60, blank=True)
    catalogue_number = models.CharField(_("catalogue number"), max_length=40, blank=True)
    points = models.DecimalField(_("points"), max_digits=5, decimal_places=1, null=True, blank=True)
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)
    appeal_until = models.DateField(_("appeal until"), null=True, blank=True)
    refused_because = MendedTextField(_("refused because"), blank=True)
    appealed_on = models.DateField(_("appealed on"), null=True, blank=True)
    renewal_settled_at = models.DateTimeField(
        _("end dealt with at"),
        null=True,
        editable=False,
        help_text=_("Whether it is renewed or let go; then nobody is warned of its end any more."),
    )
    renewed_by = models.OneToOneField(
        Proposal,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="renews",
        verbose_name=_("renewed by"),
    )

    class Meta:
        verbose_name = _("filing with the institute")
        verbose_name_plural = _("filings with the institute")
        constraints = (
            _in_order("valid_from", "valid_until", _("The last day is before the first.")),
            _in_order("filed_on", "returned_on", _("It is returned before it was filed.")),
            _in_order("returned_on", "complete_by", _("The last day is before the return.")),
            _in_order("filed_on", "decided_on", _("It is decided before it was filed.")),
            _in_order("decided_on", "appeal_until", _("The last day is before the decision.")),
        )

    def __str__(self) -> str:
        return str(self.proposal)


class MadeProgramme(models.Model):
    """The programme of the catalogue that was made from an accredited proposal."""

    proposal = models.OneToOneField(
        Proposal, models.PROTECT, related_name="made", verbose_name=_("proposal")
    )
    programme = models.OneToOneField(
        Programme, models.PROTECT, related_name="made_from", verbose_name=_("programme")
    )
    made_at = models.DateTimeField(_("made at"), auto_now_add=True)

    class Meta:
        verbose_name = _("programme made from a proposal")
        verbose_name_plural = _("programmes made from proposals")

    def __str__(self) -> str:
        return str(self.programme)
