"""A double-blind review with names planted wherever one may look, and somebody who looks there.

Every name has a root that stands nowhere else, so that it is found in every spelling and case.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from itertools import product
from typing import Any
from urllib.parse import urlsplit

import docx
import pymupdf
from django.core import mail
from django.db import connection
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from accreditation.models import (
    Author,
    BlindCopy,
    Call,
    Phase,
    Proposal,
    Review,
    RevisionRequest,
    Version,
)
from accreditation.operations import decisions, reviews, revisions
from centar.assessment.models import Assignment, Panel
from centar.assessment.operations import assigning, scoring
from centar.assessment.operations.scoring import Given, Seen, Written
from centar.outbox import operations as outbox
from centar.people.models import Person, User
from centar.script import faces
from centar.script.folding import fold
from tests.architecture import addresses
from tests.factories import files
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
from tests.factories.assessment import SeatFactory
from tests.factories.people import PersonFactory, UserFactory
from tests.factories.reviews import phase_with, staff
from tests.factories.schools import MunicipalityFactory, SchoolFactory

AUTHORS = ("cirkovic", "njezic", "mavrencer", "desanka", "cerovcan")
"""Roots of the authors' names, of their school and of its village, folded."""
ASSESSORS = ("osljan", "dzudic", "pjescar", "vrnjkov")
"""Roots of the assessors' names and of the chair's, folded."""
ADDRESS = re.compile(r"""(?:href|src|action|hx-post|hx-get)=["']([^"'#]+)""")
ADDRESS_OF_REVIEW = re.compile("/(recenzije|predlozi|pozivi)")
AWAY = ("/static/", "/nalog/", "/admin/", "/lat/", "/en/")
MOST_PAGES = 2000
NUMBERED = (Review, Version, Proposal, Assignment, RevisionRequest, Author, Panel, Call)
"""Kinds of things that the addresses of review name by a number."""


@dataclass
class World:
    """Three proposals: being assessed, revised and assessed again, decided about."""

    phase: Phase
    lead: Person
    second: Person
    gone: Person
    assessors: list[Person]
    chair: User
    proposals: list[Proposal] = field(default_factory=list)


def world(blindness: str = Panel.Blindness.DOUBLE) -> World:
    """Everything done by the operations that people use, with all letters sent."""
    _number_alike()
    village = MunicipalityFactory(name="Рача")
    school = SchoolFactory(
        name="Основна школа „Десанка Максимовић“", place="Церовчани", municipality=village
    )
    made = World(
        phase=_phase(blindness),
        lead=_person("Зорана", "Ћирковић", school=school),
        second=_person("Ђорђе", "Њежић", school=school),
        gone=_person("Вукосава", "Мавренцер"),
        assessors=[
            _person("Рајна", "Ошљан"),
            _person("Теофан", "Пјешчар"),
            _person("Ладислав", "Врњков"),
        ],
        chair=_person("Хранислав", "Џудић").user,
    )
    panel = made.phase.panel
    SeatFactory(panel=panel, person=made.chair.person, role="chair")
    for assessor in made.assessors:
        SeatFactory(panel=panel, person=assessor)
    made.proposals = [_proposal(made, number) for number in range(3)]
    begun = reviews.begin(
        phase_id=made.phase.pk, proposal_ids=[one.pk for one in made.proposals], by=made.chair
    )
    _assess(made, begun)
    _revise(made, made.proposals[1])
    _decide(made, made.proposals[2])
    return made


def _deliver() -> None:
    """Each letter is written from the facts of the moment, so it goes out at its moment."""
    outbox.deliver_due(timezone.now() + timedelta(days=1))


def _person(first: str, last: str, **facts: Any) -> Person:
    """Somebody whose address is made of the name."""
    email = f"{fold(first)}.{fold(last)}@example.org"
    person: Person = PersonFactory(
        first_name=first, last_name=last, user=UserFactory(email=email, confirmed=True), **facts
    )
    return person


def _phase(blindness: str) -> Phase:
    phase = phase_with(blindness=blindness)
    call = phase.call
    question(call, "aims", text="Циљеви")
    AskedDocumentFactory(call=call, title="Сажетак", names_nobody=True)
    AskedDocumentFactory(call=call, title="Биографија")
    # The panel of the factory has a chair whom nobody knows.
    phase.panel.seats.all().delete()
    return phase


def _proposal(made: World, number: int) -> Proposal:
    """Names in every text, in the names of files, in their metadata and in what is left behind."""
    call = made.phase.call
    proposal = ProposalFactory(
        call=call, lead=made.lead, title=f"Ћирковићева метода {number}, по Zorani Ćirković"
    )
    AuthorFactory(proposal=proposal, person=made.second, biography="Њежић Ђорђе, zorana@x.rs")
    AuthorFactory(
        proposal=proposal, person=made.gone, removed_at=timezone.now(), name="др Вукосава Мавренцер"
    )
    aims = call.form.questions.get(code="aims")
    write(proposal, (aims, _told()))
    ScheduleFactory(
        proposal=proposal,
        rows=[
            {
                "topic": "Увод Њежића",
                "way": "по Cirkovic Z.",
                "hours": "4",
                "leader": "Z. Ćirković",
            },
            {"topic": "Рад", "way": "рад", "hours": "4", "leader": "Мавренцер"},
        ],
    )
    summary, biography = call.asked_documents.order_by("order", "pk")
    for document, name, content in (
        (summary, "Cirkovic-sazetak.docx", word("Сажетак програма")),
        (summary, "njezic plan.pdf", paper("Plan")),
        (summary, "potpisano.pdf", paper("Plan", names_inside=True)),
        (biography, "CV Zorana Cirkovic.docx", word("Ћирковић")),
    ):
        AttachmentFactory(proposal=proposal, document=document, file=files.stored(name, content))
    hidden = AttachmentFactory(
        proposal=proposal, document=biography, file=files.stored("Njezic.pdf", paper("Њежић"))
    )
    BlindCopy.objects.create(
        attachment=hidden, file=files.stored("Njezic bez imena.docx", word("Без имена"))
    )
    proposal.state, proposal.submitted_at = "submitted", timezone.now()
    proposal.save()
    VersionFactory(proposal=proposal)
    return proposal


def _told() -> str:
    return (
        "Програм води Зорана Ћирковић (zorana.cirkovic@example.org) са Ђорђем Њежићем.\n"
        "Djordje Njezic, NJEŽIĆ, Ž. Ćirković и З. Ћ. раде у ОШ „Десанка Максимовић“ у Церовчанима;"
        " u školi Desanke Maksimović u Cerovčanima. Вукосави Мавренцер хвала, mavrencer@gmail.com."
    )


def word(text: str) -> bytes:
    """A Word file by the authors, with a comment of one and a change of another."""
    document = docx.Document()
    paragraph = document.add_paragraph(text)
    document.add_comment(paragraph.runs, text="Проверити", author="Њежић", initials="ЂЊ")
    properties = document.core_properties
    properties.author, properties.last_modified_by = "Зорана Ћирковић", "zorana.cirkovic"
    properties.title, properties.keywords = "Метода Z. Ćirković", "mavrencer"
    written = io.BytesIO()
    document.save(written)
    return written.getvalue()


def paper(text: str, *, names_inside: bool = False) -> bytes:
    """A PDF by the authors; `names_inside` puts a link with a name into it."""
    made = pymupdf.open()
    page = made.new_page()
    page.insert_text((72, 72), text)
    note = page.add_text_annot((100, 100), "Proveriti")
    note.set_info(title="Djordje Njezic")
    note.update()
    if names_inside:
        link = {"kind": pymupdf.LINK_URI, "from": pymupdf.Rect(0, 0, 50, 50)}
        page.insert_link({**link, "uri": "https://example.org/zorana-cirkovic"})
    made.set_metadata({"author": "Зорана Ћирковић", "title": "Метода Ћирковић"})
    made.set_xml_metadata("<x:xmpmeta xmlns:x='adobe:ns:meta/'>Zorana Cirkovic</x:xmpmeta>")
    return bytes(made.tobytes())


def _assess(made: World, begun: list[Review]) -> None:
    """All are asked about all; the first has sent about the first, all about the others."""
    for number, review in enumerate(begun):
        for place, person in enumerate(made.assessors):
            assigned = assigning.assign(item_id=review.item_id, person_id=person.pk, by=made.chair)
            _deliver()
            if number or not place:
                _send(assigned)
    _give_back(made, Assignment.objects.get(item=begun[2].item_id, person=made.assessors[1]))


def _give_back(made: World, sent: Assignment) -> None:
    """Given back to its assessor by the chair, and sent again."""
    scoring.give_back(
        assignment_id=sent.pk,
        reason="Оцена није за овај предлог.",
        due_on=timezone.localdate(),
        by=made.chair,
    )
    _deliver()
    _send(sent)


def _number_alike() -> None:
    """Let the keys of all kinds of things begin with the same number.

    So the few numbers that there are address something of every kind, and nothing else: a walk
    over all of them is short, whatever ran before.
    """
    with connection.cursor() as cursor:
        sequences = [f"{model._meta.db_table}_id_seq" for model in NUMBERED]
        cursor.execute(
            "SELECT max(last_value) FROM pg_sequences WHERE sequencename = ANY(%s)", [sequences]
        )
        (last,) = cursor.fetchone()
        for sequence in sequences:
            # Unlike setval, this is taken back with the transaction.
            cursor.execute(f"ALTER SEQUENCE {sequence} RESTART WITH {(last or 0) + 1}")


def _send(assignment: Assignment) -> None:
    criteria = assignment.item.panel.criteria.all()
    scoring.send(
        assignment_id=assignment.pk,
        written=Written(
            scores={one.pk: Given(3, "Довољно") for one in criteria},
            recommendation="revise",
            for_author="Разрадити примере.",
            for_chair="Само за вас.",
        ),
        seen=Seen(0, "p"),
        by=assignment.person.user,
    )
    _deliver()


def _revise(made: World, proposal: Proposal) -> None:
    """Asked for changes, answered by name, submitted again, and assessed again by one."""
    version = proposal.versions.get()
    request = revisions.ask(
        version_id=version.pk,
        points=["Објаснити методу Зоране Ћирковић."],
        note="Поздрав за Њежића.",
        due_on=timezone.localdate() + timedelta(days=9),
        by=made.chair,
    )
    point = request.points.get()
    revisions.answer(
        request_id=request.pk,
        answers={point.pk: "Објаснила Ћирковић Зорана."},
        seen={point.pk: point.revision},
        by=made.lead.user,
    )
    _deliver()
    proposal.refresh_from_db()
    proposal.title = "Нова метода, по Ђорђу Њежићу и Зорани"
    proposal.state = Proposal.State.SUBMITTED
    proposal.save()
    reviews.continue_with(VersionFactory(proposal=proposal), by=made.lead.user)
    _deliver()
    _send(Assignment.objects.get(item__follows__isnull=False, person=made.assessors[0]))


def _decide(made: World, proposal: Proposal) -> None:
    decisions.decide(
        version_id=proposal.versions.get().pk,
        outcome="accepted",
        reasons="Јасно и добро.",
        by=made.chair,
    )
    _deliver()


# --- the one who looks ---------------------------------------------------------------------------


@dataclass
class Found:
    """A name where it should not be."""

    root: str
    where: str
    around: str


@dataclass
class Walk:
    """Everything that somebody reaches: from every address of the portal, those of reviews with
    every key that there is, and from there by all links; with `in_all_faces` pages of reviews in
    Latin and in English too.

    `by_links` tries no keys: enough to show that a name would be found, in a third of the time.
    """

    user: User | None
    keys: dict[str, list[Any]]
    only_reviews: bool = False
    by_links: bool = False
    in_all_faces: bool = False
    seen: dict[str, bytes] = field(default_factory=dict)
    heads: dict[str, str] = field(default_factory=dict)

    def go(self) -> Walk:
        """Walk until nothing new is reached."""
        client = Client()
        if self.user is not None:
            client.force_login(self.user)
        waiting = list(self._begin())
        while waiting:
            path = waiting.pop()
            if path in self.seen:
                continue
            assert len(self.seen) < MOST_PAGES, "The walk does not end."
            response = client.get(path)
            content = (
                b"".join(response.streaming_content) if response.streaming else response.content
            )
            self.seen[path] = content
            self.heads[path] = str(dict(response.headers))
            if "text/html" in response.get("Content-Type", ""):
                waiting += self._links(content.decode())
                is_of_review = response.status_code == 200 and ADDRESS_OF_REVIEW.match(path)
                if self.in_all_faces and is_of_review:
                    waiting += [faces.address(path, face) for face in faces.ALL]
        return self

    def _begin(self) -> Iterator[str]:
        for address in addresses.every():
            if address.is_admin or not address.is_own:
                continue
            names = re.findall(r"<(?:\w+:)?(\w+)>", address.route)
            is_of_review = address.name.startswith("accreditation:")
            if (names and (self.by_links or not is_of_review)) or (
                self.only_reviews and not is_of_review
            ):
                continue
            for values in product(*(self.keys.get(name, ["nema"]) for name in names)):
                try:
                    path = reverse(address.name, kwargs=dict(zip(names, values, strict=True)))
                except NoReverseMatch:
                    continue
                yield path

    def _links(self, page: str) -> Iterator[str]:
        for link in ADDRESS.findall(page):
            parts = urlsplit(link.replace("&amp;", "&"))
            is_here = not parts.scheme and not parts.netloc and parts.path.startswith("/")
            # Ways to narrow a list lead to what is on it anyhow, and there is no end of them.
            if is_here and not parts.path.startswith(AWAY):
                yield parts.path

    def names(self, roots: tuple[str, ...]) -> list[Found]:
        """Where these are read; what one has typed into the address oneself does not count."""
        return [
            found
            for path, content in self.seen.items()
            for text in (self.heads[path], *texts(content))
            for found in _found(roots, text, path)
        ]


def letters_to(user: User, roots: tuple[str, ...]) -> list[Found]:
    """Where these are read in the letters that somebody got: heads, texts and enclosures."""
    own = [letter for letter in mail.outbox if user.email in letter.to]
    assert own, "Nobody has written to them."
    found = []
    for letter in own:
        message = letter.message()
        # To whom it goes is no secret to its reader.
        heads = " ".join(str(value) for name, value in message.items() if name != "To")
        bodies = [part.get_payload(decode=True) or b"" for part in message.walk()]
        for text in (heads, str(letter.subject), *(one for body in bodies for one in texts(body))):
            found += _found(roots, text, letter.subject)
    return found


def _found(roots: tuple[str, ...], text: str, where: str) -> Iterator[Found]:
    key = _key(text)
    for root in roots:
        place = key.find(root)
        if place >= 0:
            yield Found(root, where, key[max(0, place - 60) : place + 40])


@lru_cache(maxsize=4096)
def _key(text: str) -> str:
    """Much is the same on many pages and in many walks, every "not found" for one."""
    return fold(text).replace("-", "")


def texts(content: bytes) -> Iterator[str]:
    """Everything that can be read in a page or a file: as it is, and unpacked."""
    yield content.decode("utf-8", "replace")
    if content.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.infolist():
                yield part.filename
                raw = archive.read(part).decode("utf-8", "replace")
                yield raw
                yield re.sub(r"<[^>]*>", "", raw)
    if content.startswith(b"%PDF"):
        with pymupdf.open(stream=content) as made:
            yield str(made.metadata) + made.get_xml_metadata()
            for page in made:
                yield page.get_text()
                yield str([note.info for note in page.annots()])
                yield str(page.get_links())
            for number in range(1, made.xref_length()):
                yield made.xref_object(number)


def keys_of(made: World) -> dict[str, list[Any]]:
    """Every number that a page of review may be asked for by."""
    numbers = {key for model in NUMBERED for key in model.objects.values_list("pk", flat=True)}
    return {
        "pk": sorted(numbers),
        # Of one proposal; those of others are reached by links, or they are not.
        "attachment": sorted(made.proposals[0].attachments.values_list("pk", flat=True)),
        "number": [1, 2],
        "section": sorted(made.phase.call.form.sections.values_list("pk", flat=True)),
    }


def onlooker_in_conflict(made: World) -> User:
    """A member of the staff who works at the school of the authors."""
    user = staff()
    PersonFactory(first_name="Неда", last_name="Блиска", user=user, school=made.lead.school)
    return user
