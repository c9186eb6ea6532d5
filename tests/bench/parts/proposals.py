"""A call with 1,000 submitted proposals, and 200 examples of good practice."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from django.utils import timezone

from accreditation import versions
from accreditation.models import Author, Call, Filing, Practice, Proposal, Version
from centar.people.models import Person, User
from centar.questionnaires.models import Question, Questionnaire, Section
from centar.schools.models import School, Subject
from tests.bench import accounts, pages
from tests.bench.figures import Figure
from tests.bench.pages import Page
from tests.bench.parts.trainings import TITLES
from tests.bench.site import Site
from trainings.models import Area

PROPOSALS, PRACTICES, AUTHORS = 1000, 200, 300
STAFF = "predlozi@example.org"
WORDS = "Полазници планирају час, изводе оглед и вреднују шта су ученици из њега научили. " * 6
STATES = ("submitted", "accepted", "filed", "accredited", "refused")


def furnish() -> None:
    """Rows as they stand: what may be submitted is not what is measured here."""
    account = accounts.open_account(STAFF).user
    User.objects.filter(pk=account.pk).update(is_staff=True, is_superuser=True)
    people = Person.objects.bulk_create(
        Person(first_name="Јелена", last_name=f"Ђурић {number}") for number in range(AUTHORS)
    )
    programmes = _proposals(_call(Call.Kind.PROGRAMME), PROPOSALS, STATES, people)
    _file(programmes)
    _publish(_proposals(_call(Call.Kind.PRACTICE), PRACTICES, ("accepted",), people))


def measure(site: Site) -> list[Figure]:
    """The staff's list, searched too, and the page of one; the public list, made anew and kept."""
    staff = accounts.sign_in(STAFF)
    found = Proposal.objects.filter(state="accredited").earliest("pk")
    practices = Page("proposals.practices", "/primeri-dobre-prakse/")
    desk = "/predlozi/centar/"
    figures = []
    for page in (
        Page("proposals.list", desk, cookies=staff),
        Page("proposals.list_search", f"{desk}?q={quote('физике ђурић')}", cookies=staff),
        Page("proposals.detail", f"{desk}{found.pk}/", cookies=staff),
        practices,
        Page("proposals.practices_search", f"{practices.path}?q={quote('физика')}"),
        Page("proposals.practice", Practice.objects.earliest("pk").get_absolute_url()),
    ):
        figures += pages.measure(site, page)
    return figures + pages.measure_kept(site, practices)


def _call(kind: str) -> Call:
    form = Questionnaire.objects.create(title=f"Образац: {kind}")
    today = timezone.localdate()
    for number in range(4):
        section = Section.objects.create(questionnaire=form, order=number, title=f"Део {number}")
        Question.objects.bulk_create(
            Question(
                questionnaire=form,
                section=section,
                order=number * 4 + order,
                code=f"p{number}_{order}",
                kind=Question.Kind.LONG,
                text=f"Питање {order} дела {number}",
            )
            for order in range(4)
        )
    return Call.objects.create(
        kind=kind,
        title=f"Проба брзине: {kind}",
        form=form,
        opens_on=today - timedelta(days=30),
        closes_on=today + timedelta(days=30),
        published_at=timezone.now(),
    )


def _proposals(
    call: Call, number: int, states: tuple[str, ...], people: list[Person]
) -> list[Proposal]:
    """Each with two authors and a version in which every question is answered."""
    now = timezone.now()
    areas = list(Area.objects.order_by("pk"))
    made = Proposal.objects.bulk_create(
        Proposal(
            call=call,
            title=TITLES[turn],
            area=areas[turn % len(areas)],
            hours=8,
            state=states[turn % len(states)],
            submitted_at=now - timedelta(minutes=turn),
        )
        for turn in range(number)
    )
    Author.objects.bulk_create(
        Author(
            proposal=proposal,
            order=order,
            leads=order == 0,
            name=str(person),
            email=f"autor{person.pk}@example.org",
            person=person,
            biography=WORDS,
            accepted_at=now,
        )
        for turn, proposal in enumerate(made)
        for order, person in enumerate(people[turn * 2 % AUTHORS :][:2])
    )
    contents = [(proposal, _content(proposal, call)) for proposal in made]
    Version.objects.bulk_create(
        Version(proposal=proposal, number=1, content=content, sha256=versions.fingerprint(content))
        for proposal, content in contents
    )
    return made


def _content(proposal: Proposal, call: Call) -> versions.Json:
    """What `versions.content` makes of a proposal with all its answers."""
    content = versions.content(proposal)
    for section in content["sections"]:
        for one in section["questions"]:
            one["text"] = WORDS
    content["schedule"] = [
        {"topic": f"Тема {number}", "way": "радионица", "hours": "1", "leader": "Јелена Ђурић"}
        for number in range(8)
    ]
    return content


def _file(proposals: list[Proposal]) -> None:
    today = timezone.localdate()
    numbers = {version.proposal_id: version for version in Version.objects.all()}
    Filing.objects.bulk_create(
        Filing(
            proposal=proposal,
            version=numbers[proposal.pk],
            filed_on=today - timedelta(days=40),
            filing_number=str(turn),
            decided_on=today - timedelta(days=9),
            decision_number=f"{turn}/2026",
            catalogue_number=str(turn),
            valid_from=today,
            valid_until=today + timedelta(days=900),
            appeal_until=today + timedelta(days=5),
        )
        for turn, proposal in enumerate(proposals)
        if proposal.state in ("filed", "accredited", "refused")
    )


def _publish(proposals: list[Proposal]) -> None:
    now = timezone.now()
    subjects = list(Subject.objects.order_by("pk")[:12])
    schools = list(School.objects.order_by("pk")[:60])
    numbers = {version.proposal_id: version for version in Version.objects.all()}
    made = Practice.objects.bulk_create(
        Practice(
            proposal=proposal,
            version=numbers[proposal.pk],
            title=proposal.title,
            summary=WORDS[:160],
            text=WORDS * 4,
            authors="Јелена Ђурић, Ђорђе Њагић",
            subject=subjects[turn % len(subjects)],
            level=Practice.Level.values[turn % len(Practice.Level.values)],
            published_at=now - timedelta(minutes=turn),
        )
        for turn, proposal in enumerate(proposals)
    )
    through = Practice.schools.through
    through.objects.bulk_create(
        through(practice=practice, school=schools[turn % len(schools)])
        for turn, practice in enumerate(made)
    )
