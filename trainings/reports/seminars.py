"""The list of participants and the report for the institute, of one seminar."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from centar.documents import pdf
from centar.events import moments
from centar.script import faces
from trainings.models import Seminar
from trainings.queries import evaluation
from trainings.queries import participants as queries
from trainings.reports import figures, workbooks


def participants_workbook(seminar: Seminar, face: faces.Face) -> bytes:
    """Everybody with a place, as a workbook for the staff."""
    people = queries.participants(seminar, face.order)
    sheet = workbooks.Sheet(
        name=_("Participants"),
        title=seminar.event.title,
        facts=_facts(seminar),
        columns=(
            (_("No."), 6),
            (_("First and last name"), 28),
            (_("Employer"), 42),
            (_("Post"), 28),
            (_("E-mail"), 30),
            (_("Telephone"), 18),
            (_("Hours attended"), 12),
        ),
        rows=[
            (number, one.name, one.employer, one.post, one.email, one.phone, one.hours)
            for number, one in enumerate(people, start=1)
        ],
    )
    return workbooks.written([sheet], face)


def participants_paper(seminar: Seminar, face: faces.Face) -> bytes:
    """Everybody with a place, as a list to print."""
    people = queries.participants(seminar, face.order)
    data: dict[str, Any] = {
        "centre": _("Centre for Education Kragujevac"),
        "title": _("List of participants"),
        "subtitle": seminar.event.title,
        "facts": [[name, str(value)] for name, value in _facts(seminar)],
        "head": [_("No."), _("First and last name"), _("Employer"), _("Post"), _("Hours attended")],
        "rows": [
            [f"{number}.", one.name, one.employer, one.post, figures.hours(one.hours)]
            for number, one in enumerate(people, start=1)
        ],
    }
    return pdf.render("participants", data, face=face)


def institute_workbook(seminar: Seminar, face: faces.Face) -> bytes:
    """The report for the national institute: the seminar, and those who were there."""
    people = [one for one in queries.participants(seminar, face.order) if one.hours]
    grade = evaluation.grades(Seminar.objects.filter(pk=seminar.pk)).get(seminar.pk)
    sheet = workbooks.Sheet(
        name=_("Report"),
        title=_("Report on a seminar"),
        facts=[
            (_("Title"), seminar.event.title),
            *_facts(seminar),
            (_("Participants"), len(people)),
            (_("Mean grade"), figures.rounded(grade.mean) if grade else _("too few answers")),
        ],
        columns=(
            (_("No."), 22),
            (_("First and last name"), 28),
            (_("Employer"), 42),
            (_("Post"), 28),
            (_("Hours attended"), 12),
            (_("Certificate number"), 20),
        ),
        rows=[
            (number, one.name, one.employer, one.post, one.hours, one.certificate)
            for number, one in enumerate(people, start=1)
        ],
    )
    return workbooks.written([sheet], face)


def _facts(seminar: Seminar) -> list[tuple[str, workbooks.Cell]]:
    """What a list says of its seminar."""
    event, programme = seminar.event, seminar.programme
    days = "; ".join(moments.span(day.starts_at, day.ends_at) for day in event.days)
    return [
        (_("Catalogue number"), programme.number or programme.ministry_number or "–"),
        (_("Dates"), days),
        (_("Place"), event.whole_address or _("online")),
        (_("Trainers"), "; ".join(trainer.name for trainer in seminar.trainers.all()) or "–"),
        (_("Hours of training"), programme.hours),
    ]
