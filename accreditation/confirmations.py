"""What the paper about an example of good practice says, printed and to whoever verifies it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accreditation.models import Author, Practice
from accreditation.queries.practices import UNNAMED
from centar.documents import kinds, papers
from centar.documents.models import Document
from centar.events import moments
from centar.people.models import User
from trainings.models import IssuingSettings

KIND = "practice"


def register() -> None:
    """Make the kind known; called once, when the app is ready."""
    kinds.register(
        kinds.DocumentKind(
            code=KIND,
            label=gettext_lazy("confirmation of good practice"),
            prefix="ПДП",
            template="certificate",
            public=public,
            paper=sheet,
            standards=("a-2a",),
            revoke=_revoke,
            is_kept=True,
        )
    )


def _revoke(document: Document, by: User, reason: str) -> None:
    # Operations import this module for what they write on the paper.
    from accreditation.operations import papers as operations

    operations.revoke(paper_id=document.practice_paper.pk, by=by, reason=reason)


def about(practice: Practice, author: Author, issuing: IssuingSettings) -> dict[str, Any]:
    """All that is printed; the event, where the example was presented, with its day.

    An event that is still to come, or was cancelled, is not spoken of.
    """
    event = practice.presented_at if _was_presented(practice) else None
    return {
        "name": author.name,
        "school": str(author.school) if author.school else "",
        "title": practice.title,
        "authors": practice.authors,
        "event": event.title if event else "",
        "held_on": _day_of(event.starts_at) if event else "",
        "place": event.whole_address if event else "",
        "issuer": issuing.organiser,
        "seat": issuing.seat,
        "authorised_person": issuing.authorised_person,
        "authorised_title": issuing.authorised_title,
    }


def _was_presented(practice: Practice) -> bool:
    event = practice.presented_at
    if event is None or event.starts_at is None or event.state in UNNAMED:
        return False
    return event.starts_at <= timezone.now()


def _day_of(moment: Any) -> str:
    return timezone.localdate(moment).isoformat()


def public(document: Document) -> list[kinds.Line]:
    """Everything that is printed."""
    content = document.content
    return [
        (_("Name and surname"), content["name"]),
        *([(_("School"), content["school"])] if content["school"] else []),
        (_("Example of good practice"), content["title"]),
        *_lines(content),
        (_("Issued by"), content["issuer"]),
        (
            _("Authorised person"),
            f"{content['authorised_person']}, {content['authorised_title']}",
        ),
    ]


def _lines(content: dict[str, Any]) -> list[kinds.Line]:
    held_on = content["held_on"]
    lines = [
        (_("Authors"), content["authors"]),
        (_("Presented at"), content["event"]),
        (_("Held on"), moments.day(date.fromisoformat(held_on)) if held_on else ""),
        (_("Place"), content["place"] if content["event"] else ""),
    ]
    return [(label, value) for label, value in lines if value]


def sheet(document: Document) -> dict[str, Any]:
    """The data of `templates/pdf/certificate.typ`, one sheet."""
    content = document.content
    issued = {"seat": content["seat"], "day": moments.day(document.issued_at)}
    number = {"number": document.register_number}
    one = {
        "heading": _("Confirmation"),
        "issuer": content["issuer"],
        "number_line": _("Register number: %(number)s") % number,
        "awarded": _("awarded to"),
        "name": content["name"],
        "birth": "",
        "employer": content["school"],
        "deed": _("who made an example of good practice")
        if not content["event"]
        else _("who made and presented an example of good practice"),
        "title": content["title"],
        "lines": _lines(content),
        "issued": _("%(seat)s, %(day)s") % issued,
        "authorised_title": content["authorised_title"],
        "authorised_person": content["authorised_person"],
        "seal": _("place of the seal"),
        "verify": _("Verify this paper"),
        "code_label": _("Code"),
        "qr_alt": _("QR code with the address of the verification page"),
        **papers.proofs(document),
    }
    return {
        "title": _("Confirmation"),
        "centre": _("Centre for Education Kragujevac"),
        "papers": [one],
    }
