"""A school with its coordinator before a questionnaire of two sections."""

from __future__ import annotations

from dataclasses import dataclass

from django.test import Client

from centar.people.models import User
from centar.questionnaires.drafts import Seen
from centar.questionnaires.models import Question, Section
from needs_survey.models import Invitation, SectionDraft
from needs_survey.operations import answers
from needs_survey.permissions.answers import Writer
from tests.factories.needs_survey import InvitationFactory, RoundFactory, SectionFactory
from tests.factories.people import CoordinationFactory
from tests.factories.questionnaires import QuestionFactory
from tests.office import desk_of

Kind = Question.Kind


@dataclass
class Scene:
    """How many teachers, by post (which adds up); and, in another section, a free text."""

    invitation: Invitation
    user: User
    staff: Section
    words: Section
    total: Question
    posts: Question
    text: Question

    @property
    def client(self) -> Client:
        return desk_of(self.user)

    @property
    def path(self) -> str:
        return f"/anketa/skola/{self.invitation.pk}/"

    def section_path(self, section: Section) -> str:
        return f"{self.path}deo/{section.pk}/"

    def numbers(self, total: str, *posts: str) -> dict[str, str]:
        """What is typed into the first section."""
        names = [f"q{self.posts.pk}_{one.pk}" for one in self.posts.options.all()]
        return {f"q{self.total.pk}": total, **dict(zip(names, posts, strict=False))}

    def said(self, words: str) -> dict[str, str]:
        """What is typed into the second section."""
        return {f"q{self.text.pk}": words}

    def fill(self, numbers: tuple[str, ...] = ("8", "5", "3"), words: str = "Желимо.") -> None:
        """Fill in both sections."""
        self.keep(self.staff, self.numbers(*numbers))
        self.keep(self.words, self.said(words))

    def keep(self, section: Section, typed: dict[str, str], name: str = "Зоран") -> SectionDraft:
        """Save a section as the coordinator does."""
        found = SectionDraft.objects.filter(answer__invitation=self.invitation, section=section)
        draft = found.first()
        return answers.keep_section(
            invitation_id=self.invitation.pk,
            section_id=section.pk,
            values={field: [value] for field, value in typed.items()},
            is_done=True,
            seen=Seen(draft.revision if draft else 0, "strana"),
            writer=Writer(name=name, user=self.user),
        )

    def send(self, **changes) -> bool:
        """Sign and send as the coordinator does."""
        facts = {
            "invitation_id": self.invitation.pk,
            "signed_as": "Зоран Стевановић, педагог",
            "confirmed": [],
            "seen": 0,
            "by": self.user,
        }
        return answers.send(**{**facts, **changes})


def furnish(**facts) -> Scene:
    """A school that is asked in an open round; `facts` are the round's."""
    survey = RoundFactory(**facts)
    questionnaire = survey.questionnaire
    staff = SectionFactory(questionnaire=questionnaire, title="Запослени")
    words = SectionFactory(questionnaire=questionnaire, title="Речима")
    total = QuestionFactory(
        questionnaire=questionnaire,
        section=staff,
        code="zaposleni",
        kind=Kind.NUMBER,
        text="Колико вас је?",
        required=True,
    )
    posts = QuestionFactory(
        questionnaire=questionnaire,
        section=staff,
        code="mesta",
        kind=Kind.NUMBERS,
        text="По пословима?",
        offers=["Учитељи", "Наставници"],
        adds_up_to=total,
    )
    text = QuestionFactory(
        questionnaire=questionnaire,
        section=words,
        code="zelje",
        kind=Kind.LONG,
        text="Шта желите?",
        required=True,
    )
    coordination = CoordinationFactory(
        person__first_name="Зоран", person__user__confirmed=True, school__name="ОШ „Нова“"
    )
    return Scene(
        invitation=InvitationFactory(round=survey, school=coordination.school),
        user=coordination.person.user,
        staff=staff,
        words=words,
        total=total,
        posts=posts,
        text=text,
    )
