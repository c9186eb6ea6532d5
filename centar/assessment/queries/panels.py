"""What has become of a panel, and so stays as it is."""

from __future__ import annotations

from centar.assessment.models import Assignment, Panel, Score


def somebody_is_assigned(panel: Panel) -> bool:
    """Whether somebody was asked to assess something, whatever became of it."""
    return Assignment.objects.filter(item__panel=panel).exists()


def something_is_scored(panel: Panel) -> bool:
    """Whether there are points or words by its criteria, drafts included."""
    return Score.objects.filter(criterion__panel=panel).exists()
