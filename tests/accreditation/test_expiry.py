"""What follows the end of an accreditation."""

from __future__ import annotations

import pytest

from accreditation import meanings
from accreditation.models import Author, Call, Filing, Proposal, SectionDraft, Version
from accreditation.operations import expiry
from accreditation.queries import proposals as queries
from accreditation.versions import content
from centar.access import Refusal
from centar.outbox.models import Letter
from centar.questionnaires.models import Question
from tests.factories import institute
from tests.factories.accreditation import CallFactory, question
from tests.factories.people import StaffFactory
from tests.factories.questionnaires import OFFERS, SectionFactory
from tests.factories.schools import SchoolFactory
from tests.factories.trainings import CompetenceFactory, CycleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return institute.follower()


@pytest.fixture
def old(staff):
    """An accredited proposal in which everything is written."""
    from accreditation.operations import filings

    proposal = institute.written()
    filings.file(proposal_id=proposal.pk, filed_on=institute.days(-9), filing_number="", by=staff)
    filings.accredit(proposal_id=proposal.pk, decision=institute.decision(), by=staff)
    return institute.fresh(proposal)


def test_a_new_draft_has_everything_of_the_old_proposal(staff, old):
    call = CallFactory(form=old.call.form)

    new = expiry.renew(proposal_id=old.pk, call=call, by=staff)

    assert (new.state, new.call, new.title, new.area, new.hours) == (
        Proposal.State.DRAFT,
        call,
        old.title,
        old.area,
        old.hours,
    )
    assert new.code != old.code
    new = queries.with_call(Proposal.objects.all()).get(pk=new.pk)
    written = content(new)
    frozen = Version.objects.get(proposal=old).content
    assert written["sections"] == frozen["sections"]
    assert written["schedule"] == frozen["schedule"]
    assert written["authors"] == frozen["authors"]
    assert written["attachments"] == []


def test_answers_go_to_the_questions_of_the_same_codes(staff, old):
    call = CallFactory()
    audience = question(call, meanings.AUDIENCE)
    question(call, "new_question")
    question(call, meanings.FEE, Question.Kind.LONG)  # asked in another way now

    new = expiry.renew(proposal_id=old.pk, call=call, by=staff)

    [draft] = SectionDraft.objects.filter(proposal=new)
    assert draft.values == {f"q{audience.pk}": ["наставници физике"]}


def test_offered_answers_and_things_of_the_cycle_get_their_new_keys(staff):
    kind = Question.Kind
    first = CallFactory(cycle=CycleFactory(name="Први"))
    second = CallFactory(cycle=CycleFactory(name="Други"))
    calls = (first, second)
    level = [question(one, "level", kind.SINGLE, offers=OFFERS[kind.SINGLE]) for one in calls]
    numbers = [question(one, "n", kind.NUMBERS, offers=OFFERS[kind.NUMBERS]) for one in calls]
    asked = [
        question(call, meanings.COMPETENCES, kind.LISTED, source="competences")
        for call in (first, second)
    ]
    here, there = (CompetenceFactory(cycle=call.cycle, code="К2") for call in (first, second))
    gone = CompetenceFactory(cycle=first.cycle, code="К9")
    proposal = institute.accredited(staff, call=first)
    yes, teachers = level[0].options.get(text="Да"), numbers[0].options.get(text="Наставници")
    SectionDraft.objects.create(
        proposal=proposal,
        section=level[0].section,
        values={
            f"q{level[0].pk}": [str(yes.pk)],
            f"q{numbers[0].pk}_{teachers.pk}": [str(yes.pk)],
            f"q{asked[0].pk}": [str(here.pk), str(gone.pk)],
            f"q{asked[0].pk}_{here.pk}": ["3"],
        },
    )

    new = expiry.renew(proposal_id=proposal.pk, call=second, by=staff)

    same = {
        option.text: option.pk for one in (level[1], numbers[1]) for option in one.options.all()
    }
    assert SectionDraft.objects.get(proposal=new).values == {
        f"q{level[1].pk}": [str(same["Да"])],
        f"q{numbers[1].pk}_{same['Наставници']}": [str(yes.pk)],
        f"q{asked[1].pk}": [str(there.pk)],
        f"q{asked[1].pk}_{there.pk}": ["3"],
    }


def test_authors_are_asked_again_from_where_they_work_now(staff, old):
    leader = old.authors.get(leads=True)
    moved = SchoolFactory()
    leader.person.school = moved
    leader.person.save()

    new = expiry.renew(proposal_id=old.pk, call=CallFactory(form=old.call.form), by=staff)

    again = Author.objects.get(proposal=new, leads=True)
    assert (again.person, again.school, again.signed_at, again.digest) == (
        leader.person,
        moved,
        None,
        "",
    )
    letters = Letter.objects.filter(kind="accreditation.renew")
    assert set(letters.values_list("recipient", flat=True)) == {
        author.person.email for author in Author.objects.filter(proposal=new)
    }


def test_it_is_settled_once(staff, old):
    call = CallFactory(form=old.call.form)
    new = expiry.renew(proposal_id=old.pk, call=call, by=staff)

    filing = institute.filing_of(old)
    assert (filing.renewed_by, filing.renewal_settled_at is not None) == (new, True)
    for deed in (
        lambda: expiry.renew(proposal_id=old.pk, call=call, by=staff),
        lambda: expiry.let_go(proposal_id=old.pk, reason="Доста је.", by=staff),
    ):
        with pytest.raises(Refusal, match="It is settled already what follows"):
            deed()
    assert Proposal.objects.count() == 2


def test_letting_go_asks_why(staff, old):
    with pytest.raises(Refusal) as refused:
        expiry.let_go(proposal_id=old.pk, reason=" ", by=staff)
    assert refused.value.field == "reason"

    expiry.let_go(proposal_id=old.pk, reason="Програм је застарео.", by=staff)

    filing = institute.filing_of(old)
    assert (filing.renewed_by, filing.renewal_settled_at is not None) == (None, True)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"kind": Call.Kind.MEETING}, "This call is for proposals of another kind."),
        ({"closed": True}, "This call is not open."),
        ({"published_at": None}, "This call is not open."),
    ],
)
def test_it_is_proposed_anew_in_an_open_call_of_its_kind(staff, old, facts, sentence):
    with pytest.raises(Refusal) as refused:
        expiry.renew(proposal_id=old.pk, call=CallFactory(**facts), by=staff)

    assert (str(refused.value), refused.value.field) == (sentence, "call")
    assert Proposal.objects.count() == 1


def test_only_an_accreditation_ends(staff):
    proposal = institute.filed(staff)

    with pytest.raises(Refusal, match="Only an accreditation that ends one day"):
        expiry.let_go(proposal_id=proposal.pk, reason="Доста је.", by=staff)


def test_only_those_who_follow_proposals_settle_it(old):
    by = StaffFactory(permissions=["accreditation.view_filing"])

    for deed in (
        lambda: expiry.renew(proposal_id=old.pk, call=CallFactory(), by=by),
        lambda: expiry.let_go(proposal_id=old.pk, reason="Доста је.", by=by),
    ):
        with pytest.raises(Refusal, match="Only the Centre's staff may do this"):
            deed()
    assert Filing.objects.get().renewal_settled_at is None


def test_a_section_of_nothing_is_not_made(staff, old):
    call = CallFactory()
    SectionFactory(questionnaire=call.form)

    new = expiry.renew(proposal_id=old.pk, call=call, by=staff)

    assert not new.drafts.exists()
