"""Invitations on paper: what a school cuts up and lets its teachers draw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from centar.documents import pdf, qr
from centar.events import moments
from centar.script import faces
from needs_survey import teacher_links
from needs_survey.anonymous import codes
from needs_survey.models import Round, TeacherInvitation


def paper(round: Round, slips: Iterable[TeacherInvitation]) -> bytes:
    """The slips as a PDF, eight a page, in Cyrillic as all papers are."""
    with translation.override(faces.CYRILLIC.language):
        return pdf.render("slips", _content(round, slips))


def _content(round: Round, slips: Iterable[TeacherInvitation]) -> dict[str, Any]:
    site = settings.SITE_URL.partition("://")[2]
    return {
        "title": round.title,
        "centre": _("Centre for Education Kragujevac"),
        "lead": _("An anonymous survey of teachers, until %(day)s")
        % {"day": moments.day(round.closes_on)},
        "how": _("Point the camera at the code, or open %(address)s and type:")
        % {"address": f"{site}/anketa/nastavnik/"},
        "promise": _(
            "Draw any slip; nobody notes which one you got. The portal keeps only that it was "
            "used, and nothing leads from it to your answers."
        ),
        "qr_alt": _("The address of this slip as a QR code"),
        "slips": [_slip(one) for one in slips],
    }


def _slip(invitation: TeacherInvitation) -> dict[str, str]:
    path = faces.address(teacher_links.path(invitation), faces.CYRILLIC)
    return {
        "code": codes.printed(codes.link_code(invitation.pk, invitation.door)),
        "qr": qr.svg(settings.SITE_URL + path),
    }
