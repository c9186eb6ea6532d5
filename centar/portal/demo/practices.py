"""Examples of good practice: public with their files, presented at events, confirmed by a paper.

One is accepted and waits to be published.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from django.core.files.base import ContentFile

from accreditation.models import Call, Practice, Proposal
from accreditation.operations import papers, practices
from centar import data_files
from centar.events.models import Event
from centar.portal.demo import people, writing
from centar.portal.demo.papers import paper
from centar.portal.demo.seminars import Cast
from centar.portal.demo.writing import Written
from centar.schools.models import Subject

FILE = Path(__file__).parent / "data" / "practices.csv"
SUBMITTED, DECIDED = timedelta(days=18), timedelta(days=12)
PRESENTED = {"radio": "Стрип као лектира", "yard": "Клима и ми: разговори засновани на подацима"}
"""At which seminar, by its title: one that was held, and one that comes."""
NOT_PUBLISHED = "diary"
CONFIRMED = "radio"


def make(call: Call, cast: Cast) -> None:
    """Make them from proposals to the open call."""
    for number, row in enumerate(data_files.read(FILE)):
        proposal = _accepted(call, row, cast)
        if row["key"] == NOT_PUBLISHED:
            continue
        files = proposal.attachments.values_list("pk", flat=True)
        page = practices.prepare(proposal_id=proposal.pk, attachments=files, by=cast.staff)
        if row["key"] in PRESENTED:
            event = Event.objects.get(title=PRESENTED[row["key"]])
            practices.present(practice_id=page.pk, event=event, by=cast.staff)
        practices.publish(practice_id=page.pk, by=cast.staff)
        # One a day: what is published now has not been read by anybody yet.
        published = page.proposal.decision.decided_at + timedelta(days=1 + number)
        Practice.objects.filter(pk=page.pk).update(published_at=published)
        if row["key"] == CONFIRMED:
            papers.give(practice_id=page.pk, by=cast.staff)


def _accepted(call: Call, row: Mapping[str, str], cast: Cast) -> Proposal:
    subject = Subject.objects.get(name=row["subject"])
    written = Written(
        title=row["title"],
        authors=[people.named(row["author"])],
        biographies=[row["biography"]],
        said={code: row[code] for code in ("summary", "level", "text", "advice")}
        | {"subject": str(subject.pk)},
        files=_files(row),
    )
    return writing.accepted(
        call,
        written,
        submitted=cast.today - SUBMITTED,
        decided=cast.today - DECIDED,
        by=cast.staff,
    )


def _files(row: Mapping[str, str]) -> list[ContentFile[bytes]]:
    if not row["file"]:
        return []
    title = row["file"].removesuffix(".pdf")
    return [paper(row["file"], title, ("Пример", row["title"]), ("Аутор", row["author"]))]
