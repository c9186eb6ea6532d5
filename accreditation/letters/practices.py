"""Letters about good practice: that it is public, that a paper is ready, that one has ended."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.models import Author, Practice, PracticePaper
from accreditation.queries import proposals as queries
from centar.outbox import kinds, operations, texts
from centar.outbox.models import Letter
from centar.script import faces

PUBLISHED = "accreditation.practice_published"
READY = "accreditation.paper_ready"
REVOKED = "accreditation.paper_revoked"


def register() -> None:
    """Make the kinds known to the outbox; called once, when the app is ready."""
    for kind in (
        kinds.Kind(PUBLISHED, gettext_lazy("an example of good practice is public"), _published),
        kinds.Kind(READY, gettext_lazy("the paper about good practice is ready"), _ready),
        kinds.Kind(REVOKED, gettext_lazy("a paper about good practice is revoked"), _revoked),
    ):
        kinds.register(kind)


def queue_published(practice: Practice) -> None:
    """Tell all authors where everybody reads it."""
    operations.queue_many(
        _letter(PUBLISHED, practice.pk, author, "1")
        for author in queries.authors_of(practice.proposal)
        if author.accepted_at is not None
    )


def queue_ready(papers: Sequence[PracticePaper]) -> None:
    """Tell each author of the paper; once for each document."""
    operations.queue_many(
        _letter(READY, paper.pk, paper.author, str(paper.document_id)) for paper in papers
    )


def queue_revoked(paper: PracticePaper) -> None:
    """Tell the author that the paper has ended, and why."""
    letter = _letter(REVOKED, paper.document_id, paper.author, "1")
    operations.queue_many([letter])


def _letter(kind: str, object_id: int, author: Author, version: str) -> Letter:
    person = author.person
    return Letter(
        kind=kind,
        object_id=object_id,
        recipient=person.email if person else author.email,
        version=version,
        face=person.face if person else faces.CYRILLIC.code,
        context={"name": person.first_name if person else author.name},
    )


def _published(letter: Letter) -> kinds.Message:
    practice = Practice.objects.get(pk=letter.object_id)
    if not practice.is_public:
        raise kinds.NoLongerTrue(_("The example was taken down in the meantime."))
    context = {
        "name": letter.context["name"],
        "practice": practice,
        "page": _whole(practice.get_absolute_url(), letter),
    }
    subject = _("Your example is public: %(title)s") % {"title": practice.title}
    template = "accreditation/letters/practice_published.txt"
    return kinds.Message(subject, texts.written(template, context))


def _ready(letter: Letter) -> kinds.Message:
    rows = PracticePaper.objects.select_related("document", "practice")
    paper = rows.get(pk=letter.object_id)
    if not paper.document.is_valid or str(paper.document_id) != letter.version.split("+")[0]:
        raise kinds.NoLongerTrue(_("The paper has ended in the meantime."))
    return _about_paper(letter, paper, _("Your confirmation: %(title)s"), "paper_ready")


def _revoked(letter: Letter) -> kinds.Message:
    # After a new one was given, the row points to that one; the letter is about the old one.
    rows = PracticePaper.objects.select_related("document", "practice")
    paper = rows.filter(document=letter.object_id).first()
    if paper is None:
        raise kinds.NoLongerTrue(_("The author has a new paper since."))
    return _about_paper(letter, paper, _("Confirmation revoked: %(title)s"), "paper_revoked")


def _about_paper(
    letter: Letter, paper: PracticePaper, subject: str, template: str
) -> kinds.Message:
    context = {
        "name": letter.context["name"],
        "document": paper.document,
        "title": paper.document.content["title"],
        "pdf": _whole(paper.document.pdf_path, letter),
        "verification": _whole(paper.document.verification_path, letter),
    }
    text = texts.written(f"accreditation/letters/{template}.txt", context)
    return kinds.Message(subject % {"title": context["title"]}, text)


def _whole(path: str, letter: Letter) -> str:
    return settings.SITE_URL + faces.address(path, faces.by_code(letter.face))
