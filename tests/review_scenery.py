"""Reviews on the prepared portal: the teacher assesses, leads a panel, and is an author."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone

from accreditation.models import (
    Call,
    Decision,
    Phase,
    Proposal,
    Review,
    RevisionPoint,
    RevisionRequest,
    Version,
)
from centar.assessment.models import Assignment, Item
from centar.people.models import Person
from tests.factories.accreditation import CallFactory, ProposalFactory, VersionFactory
from tests.factories.assessment import AssignmentFactory, ItemFactory, SeatFactory
from tests.factories.people import PersonFactory
from tests.factories.reviews import ReviewFactory, phase_with, review_of

ASSESSED, LED, ASKED, DECIDED = "Оцењује се", "Води се", "Мења се", "Одлучено је"


def furnish(teacher: Person) -> None:
    """One proposal to assess and one sent, both revised; one to lead; two of her own."""
    call = CallFactory(title="Позив са рецензијом")
    phase = phase_with(call=call)
    SeatFactory(panel=phase.panel, person=teacher)
    author = PersonFactory(first_name="Џенана", last_name="Љубић")
    for state in ("asked", "sent"):
        version = _revised(_proposal(call, author, ASSESSED))
        new = ReviewFactory(phase=phase, version=version, item=_item(phase, version))
        AssignmentFactory(item=new.item, person=teacher, state=state, points=[3, 4])
        AssignmentFactory(item=new.item, state="sent", points=[4, 5], for_author="Занимљиво.")
    led = phase_with(call=call, chair=teacher)
    SeatFactory.create_batch(2, panel=led.panel)
    begun = review_of(_proposal(call, author, LED), led)
    AssignmentFactory(item=begun.item, state="sent", points=[4, 4], for_chair="Добро је.")
    _proposal(call, author, "Чека")
    again = _revised(_proposal(call, author, LED))
    ReviewFactory(phase=led, version=again, item=_item(led, again))
    late = _proposal(call, author, "Касни", state="revision")
    review_of(late, led)
    RevisionRequest.objects.create(
        version=late.versions.get(), due_on=timezone.localdate() - timedelta(days=1)
    )
    _own(teacher)


def _proposal(call: Call, lead: Person, title: str, state: str = "submitted") -> Proposal:
    """A proposal whose code is digits alone, since Latin letters are looked for on its pages."""
    code = str(222222 + Proposal.objects.count())
    made: Proposal = ProposalFactory(call=call, lead=lead, title=title, state=state, code=code)
    return made


def _item(phase: Phase, version: Version) -> Item:
    item: Item = ItemFactory(panel=phase.panel, code=f"{version.proposal.code}-2")
    return item


def _revised(proposal: Proposal) -> Version:
    """A second version, which answers what was asked."""
    request = RevisionRequest.objects.create(
        version=proposal.versions.get(), due_on=timezone.localdate()
    )
    RevisionPoint.objects.create(request=request, text="Наведите узраст.", answer="Десет година.")
    proposal.hours = 16
    proposal.save()
    version: Version = VersionFactory(proposal=proposal)
    request.answered_by = version
    request.save()
    return version


def _own(teacher: Person) -> None:
    """A proposal of the teacher's that she is asked to change, and one that is decided about."""
    call = CallFactory(title="Позив за моје предлоге")
    asked = _proposal(call, teacher, ASKED, state="revision")
    request = RevisionRequest.objects.create(
        version=asked.versions.get(), due_on=timezone.localdate() + timedelta(days=9)
    )
    RevisionPoint.objects.create(request=request, text="Допуните литературу.")
    decided = _proposal(call, teacher, DECIDED)
    version = _revised(decided)
    decided.state = Proposal.State.ACCEPTED
    decided.save()
    Decision.objects.create(
        proposal=decided, version=version, outcome="accepted", reasons="Јасни циљеви."
    )


def own_pages(teacher: Person) -> dict[str, list[str]]:
    """The pages of the teacher who assesses, leads and writes, by the names of their addresses."""
    mine = Assignment.objects.filter(person=teacher).order_by("pk")
    waiting, sent = mine.get(state="asked").pk, mine.get(state="sent").pk
    led = Review.objects.filter(
        item__panel__seats__person=teacher, item__panel__seats__role="chair"
    )
    first, revised, late = led.order_by("pk")
    assessed = first.item.assignments.get(state="sent")
    asked, decided = (Proposal.objects.get(title=title).pk for title in (ASKED, DECIDED))
    request = RevisionRequest.objects.get(version=late.version)
    return {
        "accreditation:reviews": [_page("reviews")],
        "accreditation:review": [_page("review", waiting), _page("review", sent)],
        "accreditation:review_scores": [_page("review_scores", waiting)],
        "accreditation:review_refusal": [_page("review_refusal", waiting)],
        "accreditation:review_difference": [_page("review_difference", waiting)],
        "accreditation:panel": [_page("panel", first.item.panel_id)],
        "accreditation:panel_plan": [_page("panel_plan", first.item.panel_id)],
        "accreditation:led_review": [_page("led_review", one.pk) for one in (first, revised, late)],
        "accreditation:led_give_back": [_page("led_give_back", first.pk, assessed.pk)],
        "accreditation:led_difference": [_page("led_difference", revised.pk)],
        "accreditation:ask_changes": [_page("ask_changes", first.version_id)],
        "accreditation:decide": [_page("decide", one.version_id) for one in (first, late)],
        "accreditation:extend_request": [_page("extend_request", request.pk)],
        "accreditation:sheet": [_page("sheet", first.phase.call_id)],
        "accreditation:revision": [_page("revision", asked)],
        "accreditation:difference": [_page("difference", decided, 2)],
        "accreditation:decision": [_page("decision", decided)],
        "accreditation:proposal": [_page("proposal", asked), _page("proposal", decided)],
    }


def _page(name: str, *args: object) -> str:
    return reverse(f"accreditation:{name}", args=args)
