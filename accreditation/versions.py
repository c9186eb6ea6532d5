"""A proposal frozen: how the content of a version is made, and how it is read.

The content is one JSON object that is read without any other row:

    title, kind (of the call), hours (a number or null), wished_on (an ISO day or null)
    area          {pk, name} or null
    sections      [{title, questions: [{code, label, kind, text, values}]}] in the order of the form
    schedule      [{topic, way, hours, leader}], all as text
    authors       [{name, email, school, school_pk, biography, leads, person}], who have accepted
    attachments   [{pk, name, document, size, sha256, names_nobody}]

`text` is the answer as people read it, with a line for each thing that was chosen. `values` are
what the portal reads: keys of things chosen from a list, codes of chosen options in their order,
or a number as text.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils import translation

from accreditation.models import Attachment, Author, Proposal, SectionDraft, Version
from accreditation.queries import proposals as queries
from centar.questionnaires import lines
from centar.questionnaires.forms import AnswerForm, bound
from centar.questionnaires.models import Answer, Question, Questionnaire

Json = dict[str, Any]


def content(proposal: Proposal) -> Json:
    """What would be frozen if the proposal were submitted now; its shape is told above."""
    return content_of(
        proposal,
        queries.form_of(proposal.call),
        queries.drafts_of(proposal),
        queries.authors_of(proposal),
        queries.attachments_of(proposal),
    )


def content_of(
    proposal: Proposal,
    form: Questionnaire,
    drafts: Mapping[int, SectionDraft],
    authors: Iterable[Author],
    attachments: Iterable[Attachment],
) -> Json:
    """The same of what was read already.

    The same proposal gives the same content, by whomever and in whichever language it is asked
    for: numbers are read and written in the Serbian way.
    """
    schedule = getattr(proposal, "schedule", None)
    with translation.override(settings.LANGUAGE_CODE):
        sections = _sections(form, answer_form(form, drafts).answers())
    return {
        "title": proposal.title,
        "kind": str(proposal.call.kind),
        "area": _named(proposal.area),
        "hours": proposal.hours,
        "wished_on": proposal.wished_on.isoformat() if proposal.wished_on else None,
        "sections": sections,
        "schedule": [dict(row) for row in schedule.rows] if schedule else [],
        "authors": [_author(author) for author in authors if author.accepted_at is not None],
        "attachments": [_attached(one) for one in attachments],
    }


def _author(author: Author) -> Json:
    return {
        "name": author.name,
        "email": author.email,
        "school": author.school.name if author.school else "",
        "school_pk": author.school_id,
        "biography": author.biography,
        "leads": author.leads,
        "person": author.person_id,
    }


def _attached(one: Attachment) -> Json:
    return {
        "pk": one.pk,
        "name": one.file.name,
        "document": one.document.title if one.document else "",
        "size": one.file.size,
        "sha256": one.file.sha256,
        "names_nobody": one.document is not None and one.document.names_nobody,
    }


def fingerprint(content: Json) -> str:
    """The SHA-256 of a content."""
    written = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(written.encode()).hexdigest()


def answer_form(form: Questionnaire, drafts: Mapping[int, SectionDraft]) -> AnswerForm:
    """All that is written into the sections, checked as for submitting."""
    values: dict[str, list[str]] = {}
    for draft in drafts.values():
        values |= draft.values
    return AnswerForm(bound(values), questionnaire=form)


def _named(row: Any) -> Json | None:
    return {"pk": row.pk, "name": str(row)} if row is not None else None


def _sections(form: Questionnaire, answers: list[Answer]) -> list[Json]:
    by_question: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_question[answer.question_id].append(answer)
    return [
        {
            "title": section.title,
            "questions": [
                _answered(question, by_question[question.pk])
                for question in form.questions.all()
                if question.section_id == section.pk
            ],
        }
        for section in form.sections.all()
    ]


def _answered(question: Question, answers: list[Answer]) -> Json:
    read = lines.of_question(question, answers)
    codes = {option.pk: option.code for option in question.options.all()}
    values: list[Any] = []
    match question.kind:
        case Question.Kind.LISTED:
            values = [answer.item for answer in answers]
            if not question.counts_people:
                read = [lines.Line("", line.label) for line in read]
        case Question.Kind.SINGLE | Question.Kind.MULTIPLE:
            values = [codes[answer.option_id] for answer in answers if answer.option_id]
        case Question.Kind.RANKING:
            ranked = sorted(answers, key=lambda one: one.number or Decimal(0))
            values = [codes[answer.option_id] for answer in ranked if answer.option_id]
        case Question.Kind.NUMBER | Question.Kind.SCALE:
            values = [str(answer.number) for answer in answers]
    return {
        "code": question.code,
        "label": question.text,
        "kind": str(question.kind),
        "text": "\n".join(": ".join(filter(None, (line.label, line.value))) for line in read),
        "values": values,
    }


@dataclass(frozen=True)
class Answered:
    """A question with what was answered to it."""

    code: str
    label: str
    kind: str
    text: str
    values: tuple[Any, ...]


@dataclass(frozen=True)
class Part:
    """A section with its questions."""

    title: str
    questions: tuple[Answered, ...]


@dataclass(frozen=True)
class Hours:
    """A row of the schedule."""

    topic: str
    way: str
    hours: str
    leader: str


@dataclass(frozen=True)
class Writer:
    """An author as the version names them; `person` and `school_pk` are keys."""

    name: str
    email: str
    school: str
    school_pk: int | None
    biography: str
    leads: bool
    person: int | None


@dataclass(frozen=True)
class Enclosed:
    """A file of the version; `document` is the document that was asked for, or nothing."""

    pk: int
    name: str
    document: str
    size: int
    sha256: str
    names_nobody: bool


@dataclass(frozen=True)
class Content:
    """The content of a version as pages and papers read it."""

    title: str
    kind: str
    area: str
    area_pk: int | None
    hours: int | None
    wished_on: date | None
    sections: tuple[Part, ...]
    schedule: tuple[Hours, ...]
    authors: tuple[Writer, ...]
    attachments: tuple[Enclosed, ...]

    @classmethod
    def of(cls, version: Version) -> Content:
        """What was frozen in the version."""
        return cls.read(version.content)

    @classmethod
    def read(cls, content: Json) -> Content:
        """A content as `versions.content` makes it."""
        area = content["area"] or {"pk": None, "name": ""}
        wished_on = content["wished_on"]
        return cls(
            title=content["title"],
            kind=content["kind"],
            area=area["name"],
            area_pk=area["pk"],
            hours=content["hours"],
            wished_on=date.fromisoformat(wished_on) if wished_on else None,
            sections=tuple(
                Part(
                    section["title"],
                    tuple(
                        Answered(**{**one, "values": tuple(one["values"])})
                        for one in section["questions"]
                    ),
                )
                for section in content["sections"]
            ),
            schedule=tuple(Hours(**row) for row in content["schedule"]),
            authors=tuple(Writer(**author) for author in content["authors"]),
            attachments=tuple(Enclosed(**file) for file in content["attachments"]),
        )

    @cached_property
    def _by_code(self) -> Mapping[str, Answered]:
        return {one.code: one for one in self.questions()}

    def questions(self) -> Iterator[Answered]:
        """All questions in the order of the form."""
        for section in self.sections:
            yield from section.questions

    def answer(self, code: str) -> str:
        """The answer to the question with this code as people read it; nothing for none."""
        found = self._by_code.get(code)
        return found.text if found else ""

    def keys(self, code: str) -> list[int]:
        """Keys of the things that were chosen from a list."""
        return [value for value in self._values(code) if isinstance(value, int)]

    def codes(self, code: str) -> list[str]:
        """Codes of the options that were chosen."""
        return [value for value in self._values(code) if isinstance(value, str)]

    def number(self, code: str) -> Decimal | None:
        """The number that was written; None where none was."""
        found = self._by_code.get(code)
        if found is None or found.kind not in (Question.Kind.NUMBER, Question.Kind.SCALE):
            return None
        return Decimal(found.values[0]) if found.values else None

    def _values(self, code: str) -> tuple[Any, ...]:
        found = self._by_code.get(code)
        return found.values if found else ()
