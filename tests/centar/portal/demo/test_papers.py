"""Every kind of paper, printed from the demonstration: set in the Centre's own type only."""

from __future__ import annotations

import pymupdf
import pytest
from django.test import Client
from django.urls import reverse

from accreditation.models import Version
from centar.documents import pdf
from centar.events.models import Booking
from centar.people.models import Coordination, User
from centar.portal.demo import accounts
from needs_survey.models import Round, SchoolAnswer, TeacherInvitation
from trainings.models import Certificate, CertificateBatch, Seminar
from trainings.operations import proformas

pytestmark = pytest.mark.usefixtures("demo")

OURS = ("SourceSans3-", "SourceSerif4-")
PARTS = {"page", "bars"}
"""Files that papers are made of, no papers themselves."""


def fonts(content: bytes) -> set[str]:
    with pymupdf.open(stream=content) as paper:
        found = [font for page in paper for font in page.get_fonts()]
    return {name.partition("+")[2] for _number, _ending, _kind, name, *_rest in found}


def papers(face: str) -> dict[str, bytes]:
    """The papers as the people of the demonstration fetch them."""
    pravopis, sky, bajke = (
        Seminar.objects.select_related("event").get(event__title__startswith=words)
        for words in ("Правопис", "Ноћно небо", "Бајка")
    )
    school = Coordination.objects.get(person__user__email=accounts.COORDINATOR).school_id
    teacher = User.objects.get(email=accounts.TEACHER)
    certificate = Certificate.objects.filter(booking__person__user=teacher).latest("pk")
    booking = Booking.objects.get(event=bajke.pk, person__user=teacher)
    sent = SchoolAnswer.objects.filter(sent_at__isnull=False).latest("sent_at")
    asked = Round.objects.get(kind=Round.Kind.TEACHERS)
    slips = TeacherInvitation.objects.filter(round=asked, email="", is_used=False)
    summary = Round.objects.with_summary().get()
    version = Version.objects.earliest("pk")
    invoice = proformas.issue_for_booking(booking_id=booking.pk, by=teacher)
    fetched = {
        accounts.STAFF: [
            reverse("trainings:participants_paper", args=[pravopis.pk]),
            reverse("trainings:results_paper", args=[pravopis.pk]),
            reverse("trainings:results_paper", args=[sky.pk]),
            reverse("trainings:year_paper"),
            reverse("needs_survey:receipt", args=[sent.invitation_id]),
            reverse("needs_survey:summary_paper", args=[summary.pk]),
            reverse(
                "admin:needs_survey_teacherinvitation_paper",
                args=[asked.pk, slips.latest("school").school_id],
            ),
            reverse("accreditation:sheet_minutes", args=[version.proposal.call_id]),
            reverse("accreditation:version_pdf", args=[version.proposal_id, version.number]),
        ],
        accounts.TRAINER: [
            f"{reverse('events:sign_in_sheet', args=[pravopis.pk])}?dan={pravopis.event.days[0].pk}"
        ],
        accounts.COORDINATOR: [
            reverse("events:school_list", args=[school]),
            reverse("trainings:school_points_pdf", args=[school]),
        ],
        accounts.TEACHER: [
            reverse("trainings:report_pdf"),
            reverse("trainings:plan_pdf"),
            reverse("trainings:proforma_pdf", args=[invoice.pk]),
            certificate.document.pdf_path,
        ],
    }
    found = {}
    for address, paths in fetched.items():
        desk = Client()
        desk.force_login(User.objects.get(email=address))
        found |= {path: desk.get(f"{face}{path}", follow=True).content for path in paths}
    batch = CertificateBatch.objects.filter(seminar=pravopis).get()
    return found | {"print": bytes(batch.print)}


@pytest.mark.parametrize("face", ["", "/lat"])
def test_no_paper_holds_another_font(face, monkeypatch):
    printed = set()
    render = pdf.render

    def noted(template, data, **options):
        printed.add(template)
        return render(template, data, **options)

    monkeypatch.setattr(pdf, "render", noted)
    found = {path: fonts(content) for path, content in papers(face).items()}

    assert all(found.values())
    assert {
        name for names in found.values() for name in names if not name.startswith(OURS)
    } == set()
    assert printed == {file.stem for file in pdf.TEMPLATES.glob("*.typ")} - PARTS
