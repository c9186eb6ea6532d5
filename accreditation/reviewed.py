"""Proposals as the things that panels assess, made known to assessment."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from accreditation.models import Phase
from centar.assessment import kinds
from centar.assessment.models import Assignment, Panel
from trainings.models import Area


def register() -> None:
    """Make panels of calls known; called once, when the app is ready."""
    kinds.register(
        kinds.Subject(
            code="accreditation",
            owns=lambda panel: Phase.objects.filter(panel=panel.pk).exists(),
            about=_about,
            assignment_path=_assignment_path,
            panel_path=_panel_path,
            topics=_topics,
        )
    )


def _about(panel: Panel) -> str:
    """The call and its kind, which both sides of a blind review know."""
    call = Phase.objects.select_related("call").get(panel=panel.pk).call
    facts = {"call": call.title, "kind": call.get_kind_display()}
    return _("proposals for the call “%(call)s” (%(kind)s)") % facts


def _assignment_path(assignment: Assignment) -> str:
    return reverse("accreditation:review", args=[assignment.pk])


def _panel_path(panel: Panel) -> str:
    return reverse("accreditation:panel", args=[panel.pk])


def _topics() -> Sequence[tuple[str, str]]:
    """The areas of programmes, by the keys that items bear."""
    return [(str(key), name) for key, name in Area.objects.values_list("pk", "name")]
