"""Proposals at the institute, numbers and programmes, by several people at the very same moment."""

from __future__ import annotations

from functools import partial

import pytest
from django.db import IntegrityError

from accreditation.models import Filing, MadeProgramme, Proposal
from accreditation.operations import filings, papers, programmes
from accreditation.permissions import programmes as permissions
from accreditation.queries import practices as practice_queries
from centar.access import YES, Refusal
from tests.factories import institute
from tests.factories.certificates import IssuingSettingsFactory
from tests.races import crowds
from trainings.models import Programme
from trainings.operations import programmes as catalogue

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def staff(transactional_db):
    return institute.follower()


def kinds(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


def test_a_programme_made_many_times_at_once_is_made_once(staff):
    proposal = institute.accredited(staff)

    outcomes = crowds.at_once([partial(programmes.make, proposal_id=proposal.pk, by=staff)] * 5)

    assert kinds(outcomes) == ["MadeProgramme"] + ["Refusal"] * 4
    assert Programme.objects.count() == 1


def test_without_the_lock_the_database_says_no_in_no_words(staff, monkeypatch):
    """The control: both read that there is no programme yet, and the second belt breaks one."""
    proposal = institute.accredited(staff)
    monkeypatch.setattr(
        programmes,
        "lock_proposal",
        lambda pk: Proposal.objects.select_related("call__cycle", "filing").get(pk=pk),
    )
    monkeypatch.setattr(catalogue, "lock_cycle", lambda pk: None)
    monkeypatch.setattr(permissions, "may_become_programme", crowds.met(2, lambda proposal: YES))

    outcomes = crowds.at_once([partial(programmes.make, proposal_id=proposal.pk, by=staff)] * 2)

    assert [type(one) for one in outcomes if isinstance(one, Exception)] == [IntegrityError]
    assert MadeProgramme.objects.count() == 1


def test_two_proposals_with_one_number_are_not_both_accredited(staff):
    pair = [institute.filed(staff), institute.filed(staff)]
    deeds = [
        partial(filings.accredit, proposal_id=one.pk, decision=institute.decision(), by=staff)
        for one in pair
    ]

    outcomes = crowds.at_once(deeds)

    assert kinds(outcomes) == ["Filing", "Refusal"]
    [refusal] = [one for one in outcomes if isinstance(one, Refusal)]
    assert refusal.field == "catalogue_number"


def test_without_the_lock_of_the_cycle_both_get_the_number(staff, monkeypatch):
    """The control."""
    pair = [institute.filed(staff), institute.filed(staff)]
    monkeypatch.setattr(catalogue, "lock_cycle", lambda pk: None)
    monkeypatch.setattr(
        filings.programmes, "number_is_taken", crowds.met(2, catalogue.number_is_taken)
    )
    monkeypatch.setattr(filings, "_end", crowds.met(2, filings._end))
    deeds = [
        partial(filings.accredit, proposal_id=one.pk, decision=institute.decision(), by=staff)
        for one in pair
    ]

    crowds.at_once(deeds)

    assert Filing.objects.filter(catalogue_number="345").count() == 2


def test_a_step_taken_twice_at_once_is_taken_once(staff):
    proposal = institute.accepted()
    file = partial(
        filings.file,
        proposal_id=proposal.pk,
        filed_on=institute.days(0),
        filing_number="",
        by=staff,
    )

    assert kinds(crowds.at_once([file] * 4)) == ["Filing"] + ["Refusal"] * 3


def test_papers_given_twice_at_once_are_given_once(staff, monkeypatch):
    IssuingSettingsFactory()
    practice = institute.published(staff)
    give = partial(papers.give, practice_id=practice.pk, by=staff)

    assert kinds(crowds.at_once([give] * 3)) == ["Refusal", "Refusal", "list"]
    assert practice_queries.authors_without_paper(practice) == []
