"""Codes of questions whose answers a programme or a page of good practice is made from.

A form may have any other questions beside them; without one of these its part stays empty.
Title, area, duration and wished day are facts of the proposal, asked for on its first page.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

AUDIENCE = "audience"
AIMS = "aims"
TOPICS = "topics"
COMPETENCES = "competences"
PRIORITIES = "priorities"
LITERATURE = "literature"
FEE = "fee"
GROUP_SMALLEST = "group_smallest"
GROUP_LARGEST = "group_largest"
SUMMARY = "summary"
TEXT = "text"
SUBJECT = "subject"
LEVEL = "level"

PARTS = {
    AUDIENCE: _("whom it is for"),
    AIMS: _("aims"),
    TOPICS: _("topics"),
    COMPETENCES: _("competences"),
    PRIORITIES: _("priority areas"),
    FEE: _("fee"),
    GROUP_SMALLEST: _("smallest group"),
    GROUP_LARGEST: _("largest group"),
    SUMMARY: _("summary"),
    TEXT: _("text"),
    SUBJECT: _("subject"),
    LEVEL: _("level"),
}
"""What is made of the answers, as the staff call it."""

_OF_ALL_ENTRIES = (AUDIENCE, AIMS, TOPICS, FEE, GROUP_LARGEST)
OF_KIND = {
    "programme": (*_OF_ALL_ENTRIES, GROUP_SMALLEST, COMPETENCES, PRIORITIES),
    "meeting": (*_OF_ALL_ENTRIES, COMPETENCES, PRIORITIES),
    "workshop": _OF_ALL_ENTRIES,
    "practice": (SUMMARY, TEXT, SUBJECT, LEVEL),
}
"""The codes that a form should have, by the kind of the call."""
