"""The link by which a teacher answers without saying who it is."""

from __future__ import annotations

from django.urls import reverse

from needs_survey.anonymous import codes
from needs_survey.models import TeacherInvitation


def path(invitation: TeacherInvitation) -> str:
    """The page that the invitation opens, for whoever has the link."""
    return reverse("needs_survey:teacher", args=[codes.link_code(invitation.pk, invitation.door)])
