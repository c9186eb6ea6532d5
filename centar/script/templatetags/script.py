"""The switch between faces, and filters for texts that no middleware sees: letters, PDF, feeds."""

from __future__ import annotations

from django import template
from django.http import HttpRequest
from django.template.defaultfilters import stringfilter
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

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


@register.simple_tag
def alternates(request: HttpRequest) -> SafeString:
    """Links for search engines to the same page in every face, by whole addresses."""
    path, site = request.get_full_path(), f"{request.scheme}://{request.get_host()}"
    return format_html_join(
        "\n",
        '<link rel="alternate" hreflang="{}" href="{}{}">',
        ((face.html_lang, site, faces.address(path, face)) for face in faces.ALL),
    )


@register.simple_tag
def face_switch(request: HttpRequest) -> SafeString:
    """The same page in every face, as the items of a list; the present face is marked."""
    path, current = request.get_full_path(), faces.of(request)
    return format_html_join(
        "\n",
        '<li><a href="{}" lang="{}" hreflang="{}" translate="no"{}>{}</a></li>',
        (
            (
                faces.address(path, face),
                face.html_lang,
                face.html_lang,
                SafeString(' aria-current="true"' if face is current else ""),
                face.label,
            )
            for face in faces.ALL
        ),
    )
