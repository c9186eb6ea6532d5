"""Letters to authors about the institute and good practice: worth reading, and true when sent."""

from __future__ import annotations

import pytest
from django.core import mail

from accreditation.letters.filings import NEWS
from accreditation.models import Practice, Proposal
from accreditation.operations import expiry, filings, papers, practices
from centar.outbox import operations as outbox
from centar.outbox.models import Letter
from tests.factories import institute
from tests.factories.accreditation import CallFactory
from tests.factories.certificates import IssuingSettingsFactory
from tests.factories.institute import days

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    return institute.follower()


def post() -> list[tuple[str, str]]:
    """What is delivered now: subjects and texts."""
    mail.outbox.clear()
    outbox.deliver_due()
    assert not Letter.objects.filter(state=Letter.State.QUEUED).exists(), [
        letter.error for letter in Letter.objects.filter(state=Letter.State.QUEUED)
    ]
    return [(sent.subject, str(sent.body)) for sent in mail.outbox]


def test_every_step_has_its_letter_with_its_facts(staff):
    proposal = institute.accepted(title="Огледи")

    def sent(**facts):
        [(subject, text)] = post()
        for words in facts.values():
            assert words in text
        assert "None" not in text
        assert "\n\n\n" not in text
        return subject

    steps = {"proposal_id": proposal.pk, "by": staff}
    filings.file(filed_on=days(-20), filing_number="650-1", **steps)
    assert sent(number="650-1") == "Предато Заводу: Огледи"
    filings.give_back(
        returned_on=days(-9), complete_by=days(3), what_is_missing="Биографије.", **steps
    )
    assert sent(missing="Биографије.") == "Треба допунити: Огледи"
    filings.complete(completed_on=days(-8), **steps)
    assert sent() == "Допуњено и поново у Заводу: Огледи"
    filings.refuse(
        decided_on=days(-7),
        decision_number="5",
        refused_because="Кратко је.",
        appeal_until=days(4),
        **steps,
    )
    assert sent(why="Кратко је.") == "Завод је одбио: Огледи"
    filings.appeal(appealed_on=days(-6), **steps)
    assert post() == []
    filings.accredit(decision=institute.decision(), **steps)
    assert sent(won="Жалба је уважена.", number="345") == "Акредитовано: Огледи"
    new = expiry.renew(call=CallFactory(), **steps)
    subject = sent(page=f"/predlozi/{new.pk}/")
    assert subject == "Предложено поново, молимо прегледајте: Огледи"


def test_a_letter_that_is_no_longer_true_is_not_sent(staff):
    proposal = institute.filed(staff)
    post()
    filings.give_back(
        proposal_id=proposal.pk,
        returned_on=days(-9),
        complete_by=days(3),
        what_is_missing="Биографије.",
        by=staff,
    )
    filings.complete(proposal_id=proposal.pk, completed_on=days(-8), by=staff)

    assert [subject.partition(":")[0] for subject, _text in post()] == [
        "Допуњено и поново у Заводу"
    ]


@pytest.mark.parametrize("state", Proposal.State.values)
@pytest.mark.parametrize("action", NEWS)
def test_a_letter_is_written_in_its_states_only(staff, action, state):
    """Whatever the state, a letter is written or dropped; none breaks on a fact that is not."""
    proposal = institute.accredited(staff)
    Letter.objects.all().delete()
    filings.letters.queue(action, proposal.filing)
    facts = {"withdrawn_at": proposal.created_at} if state == "withdrawn" else {}
    Proposal.objects.update(state=state, **facts)

    post()

    [letter] = Letter.objects.all()
    known = {("complete", "filed"), ("complete", "accredited"), ("complete", "refused"),
             ("return", "returned"), ("refuse", "refused")}  # fmt: skip
    if (action, state) in known:
        return  # true in this state by the table; its facts come with it, which this row lacks
    is_sent = letter.state == Letter.State.SENT
    assert is_sent == (state in NEWS[action].states)


def test_letters_about_good_practice(staff):
    IssuingSettingsFactory()
    practice = institute.published(staff, title="Тобоган")
    [(subject, text)] = post()
    assert subject == "Ваш пример је јаван: Тобоган"
    assert practice.get_absolute_url() in text

    [paper] = papers.give(practice_id=practice.pk, by=staff)
    [(subject, text)] = post()
    assert subject == "Ваша потврда: Тобоган"
    assert paper.document.register_number in text
    assert paper.document.verification_path in text

    papers.revoke(paper_id=paper.pk, by=staff, reason="Погрешно име.")
    [(subject, text)] = post()
    assert subject == "Потврда је опозвана: Тобоган"
    assert "Погрешно име." in text


def test_what_was_taken_down_is_not_announced(staff):
    practice = institute.published(staff)
    practices.take_down(practice_id=practice.pk, reason="Грешка.", by=staff)

    assert post() == []
    assert Practice.objects.get().hidden_at is not None
