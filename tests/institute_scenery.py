"""What follows the Centre's decision on the prepared portal: at the institute, good practice."""

from __future__ import annotations

from django.urls import reverse

from accreditation.models import Call, Practice, Proposal
from accreditation.operations import filings, practices
from centar.people.models import Person
from centar.schools.models import School, Subject
from tests.factories import files, institute
from tests.factories.accreditation import AttachmentFactory, CallFactory, ProposalFactory
from tests.factories.events import EventFactory
from tests.factories.institute import days

RETURNED, REFUSED, ACCREDITED = "Враћен предлог", "Одбијен предлог", "Акредитован предлог"
EXAMPLE, PLAIN = "Убрзање на тобогану", "Драма на часу историје"


def furnish(teacher: Person) -> None:
    """The teacher's proposals at the institute, and two public examples of others."""
    staff = institute.follower()
    returned = institute.filed(staff, title=RETURNED, lead=teacher)
    filings.give_back(
        proposal_id=returned.pk,
        returned_on=days(-3),
        complete_by=days(10),
        what_is_missing="Биографија сарадника.",
        by=staff,
    )
    institute.refused(staff, title=REFUSED, lead=teacher)
    institute.accredited(staff, title=ACCREDITED, lead=teacher)
    rich = ProposalFactory(title=EXAMPLE, call=CallFactory(kind=Call.Kind.PRACTICE))
    AttachmentFactory(proposal=rich, file=files.stored("Припрема.pdf"))
    practice = institute.published(staff, proposal=institute.accepted_now(rich))
    practice.subject, practice.summary = Subject.objects.first(), "Мерење убрзања у дворишту."
    practice.level = Practice.Level.UPPER
    practice.save()
    practice.schools.add(School.objects.earliest("pk"))
    event = EventFactory(title="Дани физике")
    practices.present(practice_id=practice.pk, event=event, by=staff)
    institute.published(staff, title=PLAIN)


def public_pages() -> dict[str, list[str]]:
    """The list as it is, searched and empty, and both examples."""
    path = reverse("accreditation:practices")
    return {
        "accreditation:practices": [
            path,
            f"{path}?q=tobogan",
            f"{path}?q=toboggn",
            f"{path}?level=upper",
            f"{path}?q=nemanicega",
        ],
        "accreditation:practice": [
            one.get_absolute_url() for one in Practice.objects.order_by("pk")
        ],
    }


def with_own_pages(pages: dict[str, list[str]]) -> dict[str, list[str]]:
    """The pages of an author, with those of the proposals that are with the institute."""
    titles = (RETURNED, REFUSED, ACCREDITED)
    own = [one.get_absolute_url() for one in Proposal.objects.filter(title__in=titles)]
    name = "accreditation:proposal"
    return {**pages, name: [*pages[name], *own]}
