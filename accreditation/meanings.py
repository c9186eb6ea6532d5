"""Codes of questions whose answers a programme or a page of good practice is made from.

A form may have any other questions beside them; without one of these its part stays empty.
Title, area, duration and wished day are facts of the proposal, asked for on its first page.
"""

from __future__ import annotations

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
