"""Calls, proposals with their authors, and submitted versions, all invented."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accreditation import versions
from accreditation.models import (
    AskedDocument,
    Attachment,
    Author,
    Call,
    Phase,
    Proposal,
    Schedule,
    SectionDraft,
    Version,
)
from centar.assessment.models import Panel
from centar.questionnaires.models import Question
from tests.factories import files
from tests.factories.people import PersonFactory
from tests.factories.questionnaires import QuestionFactory, QuestionnaireFactory, SectionFactory
from tests.factories.trainings import AreaFactory, CycleFactory

STAFF_MAY = (
    "accreditation.view_call",
    "accreditation.add_call",
    "accreditation.change_call",
    "accreditation.view_proposal",
    "accreditation.change_proposal",
)
"""What a member of the staff needs for calls and proposals."""


class CallFactory(DjangoModelFactory[Call]):
    """A call for programmes that is published and open today; its form has no questions.

    `published_at=None` makes one in preparation, `closed=True` makes its last day yesterday.
    """

    kind = Call.Kind.PROGRAMME
    title = factory.Sequence(lambda n: f"Позив {n}")
    cycle = factory.SubFactory(CycleFactory)
    form = factory.SubFactory(QuestionnaireFactory)
    opens_on = factory.LazyFunction(lambda: timezone.localdate() - timedelta(days=10))
    closes_on = factory.LazyAttribute(
        lambda call: timezone.localdate() + timedelta(days=-1 if call.closed else 10)
    )
    published_at = factory.LazyFunction(lambda: timezone.now() - timedelta(days=10))

    class Meta:
        model = Call

    class Params:
        closed = False


class AskedDocumentFactory(DjangoModelFactory[AskedDocument]):
    """A document that need not be attached."""

    call = factory.SubFactory(CallFactory)
    order = factory.Sequence(lambda n: n)
    title = factory.Sequence(lambda n: f"Прилог {n}")

    class Meta:
        model = AskedDocument


class PanelFactory(DjangoModelFactory[Panel]):
    """A panel in which neither side knows the other, for a fortnight."""

    title = factory.Sequence(lambda n: f"Комисија {n}")
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))

    class Meta:
        model = Panel


class PhaseFactory(DjangoModelFactory[Phase]):
    """A phase of review with a panel of its own."""

    call = factory.SubFactory(CallFactory)
    order = factory.Sequence(lambda n: n)
    panel = factory.SubFactory(PanelFactory)

    class Meta:
        model = Phase


class ProposalFactory(DjangoModelFactory[Proposal]):
    """A draft with a leading author who has an account.

    `lead=person` says who leads. With `submitted=True`, or a `state` that follows, it has a
    version.
    """

    call = factory.SubFactory(CallFactory)
    title = factory.Sequence(lambda n: f"Предлог {n}")
    area = factory.SubFactory(AreaFactory, name="Природне науке")
    hours = 8
    state = factory.LazyAttribute(lambda one: "submitted" if one.submitted else "draft")
    submitted_at = factory.LazyAttribute(
        lambda one: None if one.state in ("draft", "withdrawn") else timezone.now()
    )
    withdrawn_at = factory.LazyAttribute(
        lambda one: timezone.now() if one.state == "withdrawn" else None
    )

    class Meta:
        model = Proposal
        skip_postgeneration_save = True

    class Params:
        submitted = False

    @factory.post_generation
    def lead(self: Any, create: bool, extracted: Any, **given: Any) -> None:
        AuthorFactory(proposal=self, person=extracted or PersonFactory(), leads=True)
        if self.state != Proposal.State.DRAFT and self.submitted_at is not None:
            VersionFactory(proposal=self)


class AuthorFactory(DjangoModelFactory[Author]):
    """A co-author who has accepted; `invited=True` makes one who has not answered yet."""

    proposal = factory.SubFactory(ProposalFactory)
    order = factory.Sequence(lambda n: n)
    person = factory.Maybe("invited", None, factory.SubFactory(PersonFactory))
    name = factory.LazyAttributeSequence(
        lambda author, n: str(author.person) if author.person else f"Позвана {n}"
    )
    email = factory.LazyAttributeSequence(
        lambda author, n: author.person.email if author.person else f"pozvana{n}@example.org"
    )
    school = factory.LazyAttribute(lambda author: author.person.school if author.person else None)
    biography = factory.LazyAttribute(lambda one: "" if one.invited else "Ради у школи.")
    accepted_at = factory.LazyAttribute(lambda one: None if one.invited else timezone.now())

    class Meta:
        model = Author

    class Params:
        invited = False


class SectionDraftFactory(DjangoModelFactory[SectionDraft]):
    """A section of a proposal with nothing in it."""

    proposal = factory.SubFactory(ProposalFactory)
    section = factory.LazyAttribute(
        lambda draft: SectionFactory(questionnaire=draft.proposal.call.form)
    )

    class Meta:
        model = SectionDraft


class ScheduleFactory(DjangoModelFactory[Schedule]):
    """Eight hours in two rows."""

    proposal = factory.SubFactory(ProposalFactory)
    rows = factory.LazyFunction(
        lambda: [
            {"topic": "Увод", "way": "предавање", "hours": "2", "leader": "Милица Петровић"},
            {"topic": "Огледи", "way": "радионица", "hours": "6", "leader": "Милица Петровић"},
        ]
    )

    class Meta:
        model = Schedule


class AttachmentFactory(DjangoModelFactory[Attachment]):
    """A PDF of a proposal; `file=files.stored("plan.pdf")` says which."""

    proposal = factory.SubFactory(ProposalFactory)
    file = factory.LazyFunction(files.stored)

    class Meta:
        model = Attachment


class VersionFactory(DjangoModelFactory[Version]):
    """What was submitted: the proposal as it stands now, in the order of its versions."""

    proposal = factory.SubFactory(ProposalFactory)
    number = factory.LazyAttribute(lambda one: one.proposal.versions.count() + 1)
    content = factory.LazyAttribute(lambda one: versions.content(one.proposal))
    sha256 = factory.LazyAttribute(lambda one: versions.fingerprint(one.content))

    class Meta:
        model = Version
        skip_postgeneration_save = True

    @factory.post_generation
    def attachments(self: Any, create: bool, extracted: Any, **given: Any) -> None:
        self.attachments.set(self.proposal.attachments.filter(removed_at=None))


def question(call: Call, code: str, kind: str = Question.Kind.LONG, **facts: Any) -> Question:
    """A question of the call's form, in its only section."""
    section = call.form.sections.first() or SectionFactory(questionnaire=call.form)
    return QuestionFactory(
        questionnaire=call.form, section=section, code=code, kind=kind, is_grade=False, **facts
    )


def write(proposal: Proposal, *answers: tuple[Question, Any]) -> SectionDraft:
    """Write words, a number, a key or the text of an option into the section of the questions."""
    values: dict[str, list[str]] = {}
    for asked, value in answers:
        several = value if isinstance(value, list) else [value]
        if asked.kind in (Question.Kind.SINGLE, Question.Kind.MULTIPLE):
            several = [asked.options.get(text=one).pk for one in several]
        values[f"q{asked.pk}"] = [str(one) for one in several]
    section = answers[0][0].section
    draft, _made = SectionDraft.objects.get_or_create(proposal=proposal, section=section)
    draft.values = draft.values | values
    draft.save()
    return draft
