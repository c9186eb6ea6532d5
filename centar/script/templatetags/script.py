"""The switch between faces, and filters for texts that no middleware sees: letters, PDF, feeds."""

from __future__ import annotations

from html import escape

from django import template
from django.http import HttpRequest
from django.template.defaultfilters import stringfilter
from django.utils.safestring import SafeString

from centar.script import faces
from centar.script import latin as conversion

PRESENT = ' aria-current="true"'

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


@register.simple_tag
def alternates(request: HttpRequest) -> SafeString:
    """Links for search engines to the same page in every face, by whole addresses."""
    path, site = request.get_full_path(), escape(f"{request.scheme}://{request.get_host()}")
    return SafeString(
        "\n".join(
            f'<link rel="alternate" hreflang="{face.html_lang}" href="{site}{_href(path, face)}">'
            for face in faces.ALL
        )
    )


@register.simple_tag
def face_switch(request: HttpRequest) -> SafeString:
    """The same page in every face, as the items of a list; the present face is marked."""
    path, current = request.get_full_path(), faces.of(request)
    return SafeString(
        "\n".join(
            f'<li><a href="{_href(path, face)}" lang="{face.html_lang}"'
            f' hreflang="{face.html_lang}" translate="no"'
            f"{PRESENT if face is current else ''}>{face.label}</a></li>"
            for face in faces.ALL
        )
    )


def _href(path: str, face: faces.Face) -> str:
    """The address in the face, escaped by hand: every page has six of them."""
    return escape(faces.address(path, face))
