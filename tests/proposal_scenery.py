"""Calls and proposals on the prepared portal: open and ended, begun, submitted, invited to."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accreditation import loading
from accreditation.models import Call, Proposal
from centar.outbox import secret_links
from centar.people.models import Person
from centar.questionnaires.models import Question, Questionnaire
from tests.factories.accreditation import (
    AskedDocumentFactory,
    AttachmentFactory,
    AuthorFactory,
    CallFactory,
    ProposalFactory,
    ScheduleFactory,
    write,
)

BEGUN, SUBMITTED, LATE = "Огледи на часу", "Предат предлог", "Нацрт после рока"
TOKEN = "poziv-za-primer"
UNKNOWN = "/predlozi/poziv/nema/"
"""Answered by 404."""


def furnish(teacher: Person) -> None:
    """The teacher leads a draft with a co-author and one invited, and has submitted another."""
    loading.load()
    title = loading.titles()["programme"]
    form = Questionnaire.objects.get(title=title)
    call = CallFactory(title="Позив за програме", form=form, about="Пријаве за нови каталог.")
    meeting = loading.titles()["meeting"]
    CallFactory(
        title="Позив за скупове",
        kind=Call.Kind.MEETING,
        form=Questionnaire.objects.get(title=meeting),
    )
    late = CallFactory(title="Прошли позив", form=form, closed=True)
    AskedDocumentFactory(call=call, title="План рада", required=True, help="До две стране.")
    draft = ProposalFactory(call=call, title=BEGUN, lead=teacher, hours=16)
    AuthorFactory(proposal=draft, name="Џенана Љубић")
    invited = AuthorFactory(proposal=draft, invited=True, name="Нова Ауторка")
    invited.digest = secret_links.digest_of(TOKEN)
    invited.save()
    write(draft, (Question.objects.get(questionnaire=form, code="aims"), "Учење огледом."))
    ScheduleFactory(proposal=draft)
    AttachmentFactory(proposal=draft)
    ProposalFactory(call=call, title=SUBMITTED, lead=teacher, submitted=True)
    ProposalFactory(call=late, title=LATE, lead=teacher)


def public_pages() -> dict[str, list[str]]:
    """Calls for everybody, and what an invitation's link opens."""
    day = timezone.localdate() + timedelta(days=90)
    calls = [reverse("accreditation:call", args=[one.pk]) for one in Call.objects.order_by("pk")]
    meeting = Call.objects.get(kind=Call.Kind.MEETING)
    counted = reverse("accreditation:call", args=[meeting.pk]) + f"?dan={day:%d.%m.%Y.}"
    return {
        "accreditation:calls": [reverse("accreditation:calls")],
        "accreditation:call": [*calls, counted],
        "accreditation:invitation": [
            reverse("accreditation:invitation", args=[TOKEN]),
            UNKNOWN,
        ],
    }


def own_pages() -> dict[str, list[str]]:
    """The pages of the teacher as an author, by the names of their addresses."""
    draft, submitted, late = (
        Proposal.objects.get(title=title).pk for title in (BEGUN, SUBMITTED, LATE)
    )
    every = [draft, submitted, late]
    sections = [
        reverse("accreditation:section", args=[draft, section.pk])
        for section in Proposal.objects.get(pk=draft).call.form.sections.all()
    ]
    return {
        "accreditation:proposals": [reverse("accreditation:proposals")],
        "accreditation:section": [*sections, f"{sections[0]}?provera=1"],
        **{
            f"accreditation:{name}": [reverse(f"accreditation:{name}", args=[key]) for key in every]
            for name in (
                "proposal",
                "facts",
                "schedule",
                "biography",
                "attachments",
                "authors",
                "check",
                "withdraw",
            )
        },
        "accreditation:version": [reverse("accreditation:version", args=[submitted, 1])],
        "accreditation:call": [
            reverse("accreditation:call", args=[Proposal.objects.get(pk=draft).call_id])
        ],
        "accreditation:invitation": [reverse("accreditation:invitation", args=[TOKEN])],
    }
