"""What a version holds of a proposal, and how it is read again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from accreditation import versions
from accreditation.models import Proposal
from accreditation.versions import Content
from centar.questionnaires.models import Question
from tests.factories.accreditation import (
    AskedDocumentFactory,
    AttachmentFactory,
    AuthorFactory,
    ProposalFactory,
    ScheduleFactory,
    VersionFactory,
    question,
    write,
)
from tests.factories.schools import SubjectFactory

Kind = Question.Kind
pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal() -> Proposal:
    return ProposalFactory(title="Огледи из физике", wished_on=date(2027, 3, 1))


def read(proposal: Proposal) -> Content:
    return Content.read(versions.content(proposal))


def test_facts_of_the_proposal(proposal: Proposal) -> None:
    found = read(proposal)

    assert (found.title, found.kind, found.hours) == ("Огледи из физике", "programme", 8)
    assert (found.area, found.area_pk) == (proposal.area.name, proposal.area_id)
    assert found.wished_on == date(2027, 3, 1)


def test_words_numbers_options_and_things_of_a_list(proposal: Proposal) -> None:
    aims = question(proposal.call, "aims")
    fee = question(proposal.call, "fee", Kind.NUMBER)
    level = question(proposal.call, "level", Kind.SINGLE, offers=["Основна", "Средња"])
    subjects = question(proposal.call, "subject", Kind.LISTED, counts_people=False)
    physics = SubjectFactory(name="Физика")
    write(
        proposal,
        (aims, "Деца уче\nогледом."),
        (fee, "2500,50"),
        (level, "Средња"),
        (subjects, physics.pk),
    )

    found = read(proposal)

    assert found.answer("aims") == "Деца уче\nогледом."
    assert found.number("fee") == Decimal("2500.50")
    assert (found.answer("level"), found.codes("level")) == ("Средња", ["1"])
    assert (found.answer("subject"), found.keys("subject")) == ("Физика", [physics.pk])


def test_a_question_without_an_answer_stands_empty(proposal: Proposal) -> None:
    question(proposal.call, "aims")

    found = read(proposal)

    assert [one.code for one in found.questions()] == ["aims"]
    assert (found.answer("aims"), found.keys("aims"), found.number("aims")) == ("", [], None)
    assert found.answer("nothing_like_it") == ""


def test_only_authors_who_accepted_and_have_not_left(proposal: Proposal) -> None:
    AuthorFactory(proposal=proposal, invited=True)
    gone = AuthorFactory(proposal=proposal)
    gone.removed_at = gone.accepted_at
    gone.save()
    second = AuthorFactory(proposal=proposal, biography="Библиотекарка.")

    found = read(proposal)

    assert [(one.leads, one.biography) for one in found.authors] == [
        (True, "Ради у школи."),
        (False, "Библиотекарка."),
    ]
    assert found.authors[1].person == second.person_id


def test_files_and_schedule(proposal: Proposal) -> None:
    document = AskedDocumentFactory(call=proposal.call, title="План", names_nobody=True)
    kept = AttachmentFactory(proposal=proposal, document=document)
    ScheduleFactory(proposal=proposal)

    found = read(proposal)

    assert [(one.pk, one.document, one.names_nobody) for one in found.attachments] == [
        (kept.pk, "План", True)
    ]
    assert [row.hours for row in found.schedule] == ["2", "6"]


def test_the_same_proposal_gives_the_same_fingerprint_and_a_change_another(
    proposal: Proposal,
) -> None:
    before = versions.fingerprint(versions.content(proposal))

    assert versions.fingerprint(versions.content(Proposal.objects.get(pk=proposal.pk))) == before
    proposal.title = "Огледи из хемије"
    assert versions.fingerprint(versions.content(proposal)) != before


def test_a_version_is_read_without_the_proposal_as_it_is_now(proposal: Proposal) -> None:
    version = VersionFactory(proposal=proposal)
    proposal.title = "Други наслов"
    proposal.save()
    version.refresh_from_db()

    assert Content.of(version).title == "Огледи из физике"


def test_content_costs_the_same_with_one_and_three_authors(
    proposal: Proposal, django_assert_num_queries: Any
) -> None:
    question(proposal.call, "aims")
    proposal = Proposal.objects.select_related("call", "area", "schedule").get(pk=proposal.pk)
    with django_assert_num_queries(7):
        versions.content(proposal)
    for _more in range(2):
        AuthorFactory(proposal=proposal)
        AttachmentFactory(proposal=proposal)
    with django_assert_num_queries(7):
        versions.content(proposal)
