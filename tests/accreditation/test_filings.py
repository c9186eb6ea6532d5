"""The institute's steps: states, facts, order of days, numbers, letters, who may."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from accreditation import states
from accreditation.models import Call, Filing, Proposal
from accreditation.operations import filings
from centar.access import Refusal
from centar.audit.models import Entry
from centar.outbox.models import Letter
from tests.factories import institute
from tests.factories.accreditation import AuthorFactory, CallFactory
from tests.factories.institute import days
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.trainings import ProgrammeFactory

pytestmark = pytest.mark.django_db
State = Proposal.State


@pytest.fixture
def staff():
    return institute.follower()


def refusal(deed, **facts) -> tuple[str, str | None]:
    with pytest.raises(Refusal) as refused:
        deed(**facts)
    return str(refused.value), refused.value.field


def returned(staff, **facts):
    proposal = institute.filed(staff, **facts)
    filings.give_back(
        proposal_id=proposal.pk,
        returned_on=days(-5),
        complete_by=days(10),
        what_is_missing="Биографије реализатора.",
        by=staff,
    )
    return institute.fresh(proposal)


def test_what_was_decided_about_is_filed(staff):
    proposal = institute.accepted()
    version = proposal.decision.version

    filing = filings.file(
        proposal_id=proposal.pk, filed_on=days(-1), filing_number="650-1/2026", by=staff
    )

    assert (filing.version, filing.filed_on, filing.filing_number) == (
        version,
        days(-1),
        "650-1/2026",
    )
    assert institute.fresh(proposal).state == State.FILED
    [entry] = Entry.objects.filter(action="accreditation.file")
    assert (entry.object_id, entry.actor_id) == (proposal.pk, staff.pk)


def test_from_filing_to_a_completion_to_the_accreditation(staff):
    proposal = returned(staff)
    assert (proposal.state, proposal.filing.what_is_missing) == (
        State.RETURNED,
        "Биографије реализатора.",
    )

    filings.complete(proposal_id=proposal.pk, completed_on=days(-3), by=staff)
    assert institute.fresh(proposal).state == State.FILED
    filings.accredit(proposal_id=proposal.pk, decision=institute.decision(), by=staff)

    proposal = institute.fresh(proposal)
    assert proposal.state == State.ACCREDITED
    assert (proposal.filing.catalogue_number, proposal.filing.valid_until) == ("345", days(1000))
    assert proposal.filing.completed_on == days(-3)


def test_a_second_return_forgets_the_first_completion(staff):
    proposal = returned(staff)
    filings.complete(proposal_id=proposal.pk, completed_on=days(-4), by=staff)

    filings.give_back(
        proposal_id=proposal.pk,
        returned_on=days(-1),
        complete_by=days(5),
        what_is_missing="Сагласност.",
        by=staff,
    )

    filing = institute.filing_of(proposal)
    assert (filing.completed_on, filing.what_is_missing) == (None, "Сагласност.")


def test_an_appeal_that_is_won_ends_in_an_accreditation(staff):
    proposal = institute.refused(staff)

    filings.appeal(proposal_id=proposal.pk, appealed_on=days(-1), by=staff)
    assert institute.fresh(proposal).state == State.REFUSED
    late = institute.decision(decided_on=days(0))
    filings.accredit(proposal_id=proposal.pk, decision=late, by=staff)

    proposal = institute.fresh(proposal)
    filing = proposal.filing
    assert (proposal.state, filing.appealed_on, filing.appeal_until) == (
        State.ACCREDITED,
        days(-1),
        None,
    )
    assert filing.refused_because == "Циљеви нису мерљиви."


@pytest.mark.parametrize("appealed_on", [-3, 11])
def test_an_appeal_comes_after_the_decision_and_in_time(staff, appealed_on):
    proposal = institute.refused(staff)
    Filing.objects.update(decided_on=days(-2), appeal_until=days(-1))

    sentence, field = refusal(
        filings.appeal, proposal_id=proposal.pk, appealed_on=days(min(appealed_on, 0)), by=staff
    )

    assert field == "appealed_on"
    assert sentence in (
        "It was decided later than this.",
        "The last day to appeal was before this.",
    )


def test_an_appeal_is_noted_once(staff):
    proposal = institute.refused(staff)
    filings.appeal(proposal_id=proposal.pk, appealed_on=days(0), by=staff)

    sentence, _field = refusal(
        filings.appeal, proposal_id=proposal.pk, appealed_on=days(0), by=staff
    )

    assert sentence == "The appeal is noted already."


def _file(proposal, by):
    filings.file(proposal_id=proposal.pk, filed_on=days(0), filing_number="", by=by)


def _return(proposal, by):
    filings.give_back(
        proposal_id=proposal.pk,
        returned_on=days(0),
        complete_by=days(1),
        what_is_missing="Све.",
        by=by,
    )


def _complete(proposal, by):
    filings.complete(proposal_id=proposal.pk, completed_on=days(0), by=by)


def _accredit(proposal, by):
    filings.accredit(proposal_id=proposal.pk, decision=institute.decision(), by=by)


def _refuse(proposal, by):
    filings.refuse(
        proposal_id=proposal.pk,
        decided_on=days(0),
        decision_number="1",
        refused_because="Не.",
        appeal_until=days(3),
        by=by,
    )


STEPS = {
    "file": _file,
    "return": _return,
    "complete": _complete,
    "accredit": _accredit,
    "refuse": _refuse,
}


@pytest.mark.parametrize("action", STEPS)
@pytest.mark.parametrize("state", [state for state in State if state not in ("draft", "withdrawn")])
def test_a_step_is_taken_only_where_the_table_knows_it(staff, action, state):
    proposal = institute.accepted() if action == "file" else institute.filed(staff)
    Proposal.objects.filter(pk=proposal.pk).update(state=state)
    row = states.transition(action)

    if state in row.before:
        STEPS[action](proposal, staff)
        assert institute.fresh(proposal).state == row.after
        entries = Entry.objects.filter(action=f"accreditation.{action}", object_id=proposal.pk)
        assert entries.count() == 1
    else:
        with pytest.raises(Refusal):
            STEPS[action](proposal, staff)
        assert institute.fresh(proposal).state == state


@pytest.mark.parametrize("kind", [Call.Kind.PRACTICE, Call.Kind.WORKSHOP])
def test_what_the_institute_does_not_decide_about_is_not_filed(staff, kind):
    proposal = institute.accepted(kind)

    with pytest.raises(Refusal, match="does not decide about proposals of this kind"):
        _file(proposal, staff)


@pytest.mark.parametrize("action", [*STEPS, "appeal", "correct"])
@pytest.mark.parametrize("who", ["author", "onlooker", "with the right and not of the staff"])
def test_only_the_staff_who_follow_proposals_note_anything(staff, action, who):
    proposal = institute.accepted() if action == "file" else institute.filed(staff)
    if action in ("complete", "appeal"):
        state = State.RETURNED if action == "complete" else State.REFUSED
        Proposal.objects.filter(pk=proposal.pk).update(state=state)
    by = {
        "author": proposal.authors.get(leads=True).person.user,
        "onlooker": StaffFactory(permissions=["accreditation.view_filing"]),
    }.get(who) or institute.follower(is_staff=False)
    deeds = {
        **STEPS,
        "appeal": lambda proposal, by: filings.appeal(
            proposal_id=proposal.pk, appealed_on=days(0), by=by
        ),
        "correct": lambda proposal, by: filings.correct(
            proposal_id=proposal.pk, changed={"filing_number": "2"}, reason="Грешка.", by=by
        ),
    }

    with pytest.raises(Refusal, match="Only the Centre's staff may do this"):
        deeds[action](proposal, by)


def test_days_in_the_wrong_order_are_refused_beside_their_field(staff):
    proposal = institute.filed(staff)  # twenty days ago
    common = {"proposal_id": proposal.pk, "by": staff}
    missing = {**common, "what_is_missing": "Све."}

    assert refusal(filings.give_back, **missing, returned_on=days(-21), complete_by=days(3)) == (
        "It was filed later than this.",
        "returned_on",
    )
    assert refusal(filings.give_back, **missing, returned_on=days(-1), complete_by=days(-2)) == (
        "It was returned later than this.",
        "complete_by",
    )
    assert refusal(filings.give_back, **missing, returned_on=days(1), complete_by=days(2)) == (
        "This day is still to come.",
        "returned_on",
    )
    backwards = institute.decision(valid_from=days(5), valid_until=days(4))
    assert refusal(filings.accredit, **common, decision=backwards) == (
        "The last day is before the first.",
        "valid_until",
    )
    early = institute.decision(decided_on=days(-21))
    assert refusal(filings.accredit, **common, decision=early) == (
        "It was filed later than this.",
        "decided_on",
    )
    words = {"decision_number": "1", "refused_because": "Не."}
    assert refusal(
        filings.refuse, **common, **words, decided_on=days(-1), appeal_until=days(-2)
    ) == ("It was decided later than this.", "appeal_until")
    assert institute.fresh(proposal).state == State.FILED


def test_the_database_keeps_the_order_too(staff):
    institute.accredited(staff)

    for field, day in (("valid_until", date(2000, 1, 1)), ("decided_on", date(2000, 1, 1))):
        with pytest.raises(IntegrityError), transaction.atomic():
            Filing.objects.update(**{field: day})


def test_a_filing_of_tomorrow_is_refused(staff):
    proposal = institute.accepted()

    assert refusal(
        filings.file, proposal_id=proposal.pk, filed_on=days(1), filing_number="", by=staff
    ) == ("This day is still to come.", "filed_on")


def test_a_number_that_the_cycle_has_is_refused(staff):
    taken = ("The cycle already has a programme with this number.", "catalogue_number")
    institute.accredited(staff)
    again, of_programme = institute.filed(staff), institute.filed(staff)
    ProgrammeFactory(cycle=of_programme.call.cycle, number="77")

    accredit = filings.accredit
    assert refusal(accredit, proposal_id=again.pk, decision=institute.decision(), by=staff) == taken
    other = institute.decision(catalogue_number="77")
    assert refusal(accredit, proposal_id=of_programme.pk, decision=other, by=staff) == taken


def test_a_meeting_bears_the_number_of_the_decision_only(staff):
    proposal = institute.accredited(staff, Call.Kind.MEETING)

    assert (proposal.filing.catalogue_number, proposal.filing.decision_number) == ("", "120/2026")


def test_what_was_noted_wrongly_is_put_right_with_a_reason(staff):
    proposal = institute.accredited(staff)

    filings.correct(
        proposal_id=proposal.pk, changed={"catalogue_number": "346"}, reason="Омашка.", by=staff
    )

    assert institute.filing_of(proposal).catalogue_number == "346"
    [entry] = Entry.objects.filter(action="accreditation.correct_filing")
    assert (entry.reason, entry.detail) == ("Омашка.", {"catalogue_number": "345"})
    assert refusal(
        filings.correct,
        proposal_id=proposal.pk,
        changed={"catalogue_number": "347"},
        reason=" ",
        by=staff,
    ) == ("Write the reason; it stays in the audit.", "reason")


def test_every_author_who_accepted_gets_a_letter(staff):
    proposal = institute.accepted()
    second = AuthorFactory(proposal=proposal, person=PersonFactory())
    AuthorFactory(proposal=proposal, invited=True)
    gone = AuthorFactory(proposal=proposal, person=PersonFactory())
    gone.removed_at = second.invited_at
    gone.save()

    _file(proposal, staff)

    leader = proposal.authors.get(leads=True)
    assert sorted(Letter.objects.values_list("kind", "recipient")) == sorted(
        ("accreditation.file", author.person.email) for author in (leader, second)
    )


def test_nothing_is_left_when_the_letter_cannot_be_queued(staff, monkeypatch):
    proposal = institute.accepted()

    def broken(*_args):
        raise RuntimeError

    monkeypatch.setattr(filings.letters, "queue", broken)
    with pytest.raises(RuntimeError):
        _file(proposal, staff)

    assert institute.fresh(proposal).state == State.ACCEPTED
    assert not Filing.objects.exists()
    assert not Entry.objects.filter(action="accreditation.file").exists()


def test_a_call_of_no_cycle_takes_any_number(staff):
    one, other = (institute.filed(staff, call=CallFactory(cycle=None)) for _ in range(2))

    for proposal in (one, other):
        _accredit(proposal, staff)

    assert {institute.fresh(one).state, institute.fresh(other).state} == {State.ACCREDITED}
