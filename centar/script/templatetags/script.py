"""Filters for texts that no middleware sees: letters, PDF, feeds."""

from __future__ import annotations

from django import template
from django.template.defaultfilters import stringfilter

from centar.script import faces
from centar.script import latin as conversion

register = template.Library()


@register.filter(is_safe=True)
@stringfilter
def latin(value: str) -> str:
    """The text in Serbian Latin: `{{ school.name|latin }}`."""
    return conversion.to_latin(value)


@register.filter(is_safe=True)
@stringfilter
def in_face(value: str, face: faces.Face) -> str:
    """The text as the face's reader reads it: `{{ school.name|in_face:recipient.face }}`."""
    return conversion.to_latin(value) if face.is_latin else value
