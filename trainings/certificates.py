"""What certificates say, on paper and to whoever verifies them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.documents import kinds, papers, pdf
from centar.documents.models import Document
from centar.events import moments
from centar.events.models import Meeting
from centar.people.models import Person, User
from centar.script import faces
from trainings.models import IssuingSettings, Programme, Seminar
from trainings.templatetags import amounts

KIND = "certificate"


def register() -> None:
    """Make the kind known; called once, when the app is ready."""
    kinds.register(
        kinds.DocumentKind(
            code=KIND,
            label=gettext_lazy("certificate"),
            prefix="У",
            template="certificate",
            public=public,
            paper=lambda document: sheets([document]),
            standards=("a-2a",),
            revoke=_revoke,
        )
    )


def _revoke(document: Document, by: User, reason: str) -> None:
    # Operations import this module for what they write on the paper.
    from trainings.operations import certificates

    certificates.revoke(certificate_id=document.certificate.pk, by=by, reason=reason)


def about_person(person: Person) -> dict[str, Any]:
    """The part of the content that is the participant's."""
    assert person.birth_date is not None
    school = person.school
    return {
        "name": str(person),
        "birth_date": person.birth_date.isoformat(),
        "birth_place": person.birth_place,
        "employer": f"{school.name}, {school.place}" if school else person.employer,
    }


def about_seminar(
    seminar: Seminar, days: Sequence[Meeting], issuing: IssuingSettings
) -> dict[str, Any]:
    """The part of the content that is the same for all participants of a seminar."""
    programme, event = seminar.programme, seminar.event
    return {
        "form": programme.form,
        "title": programme.title,
        "number": programme.number,
        "ministry_number": programme.ministry_number,
        "area": programme.area.name if programme.area else "",
        "competences": [[one.code, one.name] for one in programme.competences.all()],
        "priority_areas": [str(one) for one in programme.priority_areas.all()],
        "trainers": [str(one) for one in seminar.trainers.all()],
        "hours": programme.hours,
        "points": str(programme.points),
        "days": sorted({timezone.localdate(day.starts_at).isoformat() for day in days}),
        "place": event.whole_address,
        "organiser": programme.organiser or issuing.organiser,
        "issuer": issuing.organiser,
        "seat": issuing.seat,
        "authorised_person": issuing.authorised_person,
        "authorised_title": issuing.authorised_title,
    }


def public(document: Document) -> list[kinds.Line]:
    """Everything on the certificate but the birth date and place."""
    content = document.content
    employer = content["employer"] or _("not employed")
    authorised = f"{content['authorised_person']}, {content['authorised_title']}"
    return [
        (_("Name and surname"), content["name"]),
        (_("Employer"), employer),
        *_about_programme(content),
        (_("Issued by"), content["issuer"]),
        (_("Authorised person"), authorised),
    ]


def _about_programme(content: dict[str, Any]) -> list[kinds.Line]:
    is_meeting = content["form"] == Programme.Form.MEETING
    number = _("Number of the approval decision") if is_meeting else _("Catalogue number")
    lines = [
        (str(Programme.Form(content["form"]).label).capitalize(), content["title"]),
        (_("Organiser"), content["organiser"]),
        (number, content["number"]),
        (_("Ministry number"), content["ministry_number"]),
        (_("Area"), content["area"]),
        (_("Competences"), _competences(content)),
        (_("Priority areas"), "; ".join(content["priority_areas"])),
        (_("Trainers"), "; ".join(content["trainers"])),
        (_("Duration"), amounts.hours_long(content["hours"])),
        (_("Points"), amounts.points(Decimal(content["points"]))),
        (_("Held on"), _days(content["days"])),
        (_("Place"), content["place"] or _("online")),
    ]
    return [(label, value) for label, value in lines if value]


def _competences(content: dict[str, Any]) -> str:
    return "; ".join(f"{code} {name}" for code, name in content["competences"])


def _days(days: Sequence[str]) -> str:
    return "; ".join(moments.day(date.fromisoformat(day)) for day in days)


def sheets(documents: Iterable[Document], *, is_print: bool = False) -> dict[str, Any]:
    """The data of `templates/pdf/certificate.typ`: one sheet for each document."""
    return {
        "title": _("Certificate"),
        "centre": _("Centre for Education Kragujevac"),
        "papers": [_sheet(document, is_print) for document in documents],
    }


def _sheet(document: Document, is_print: bool) -> dict[str, Any]:
    content = document.content
    born = moments.day(date.fromisoformat(content["birth_date"]))
    birth = _("date and place of birth: %(day)s, %(place)s") % {
        "day": born,
        "place": content["birth_place"],
    }
    form = Programme.Form(content["form"]).label
    issued = _("%(seat)s, %(day)s") % {
        "seat": content["seat"],
        "day": moments.day(document.issued_at),
    }
    return {
        "heading": _("Certificate"),
        "issuer": content["issuer"],
        "number_line": _("Register number: %(number)s") % {"number": document.register_number},
        "awarded": _("awarded to"),
        "name": content["name"],
        "birth": birth,
        "employer": content["employer"] or _("not employed"),
        "deed": _("for taking part: %(form)s") % {"form": form},
        "title": content["title"],
        "lines": _about_programme(content)[1:],
        "issued": issued,
        "authorised_title": content["authorised_title"],
        "authorised_person": content["authorised_person"],
        "seal": _("place of the seal"),
        "verify": _("Verify this certificate"),
        "code_label": _("Code"),
        "qr_alt": _("QR code with the address of the verification page"),
        **papers.proofs(document, is_print=is_print),
    }


def print_all(documents: Iterable[Document]) -> bytes:
    """All certificates in one PDF, a sheet each, in the order given; for printing on paper."""
    with translation.override(faces.CYRILLIC.language):
        return pdf.render("certificate", sheets(documents, is_print=True), is_long=True)
