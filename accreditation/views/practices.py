"""Examples of good practice for everybody: the list, the page of one, its files."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation.forms.practices import PracticeFilter
from accreditation.models import Practice
from accreditation.queries import practices as queries
from centar import access, long_lists
from centar.files import downloads
from centar.script import faces, linked_data

A_PAGE = 20


@access.shared
@require_safe
def practices(request: HttpRequest) -> HttpResponse:
    """Published examples, searched and narrowed; the address of a list can be shared."""
    form = PracticeFilter(request.GET)
    found = queries.find(form.filters)
    context = {
        "form": form,
        "page": long_lists.page_of(request, found.keys, A_PAGE, queries.entries),
        "approximate": found.approximate,
    }
    fragment = "accreditation/_practices.html"
    return long_lists.answer(request, "accreditation/practices.html", fragment, context)


@access.everyone
@require_safe
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """One example; one that was taken down is not there."""
    found = queries.page_of(pk)
    if found is None:
        raise Http404
    described = linked_data.element(_described(request, found), faces.of(request))
    context = {"practice": found, "linked_data": described}
    return render(request, "accreditation/practice.html", context)


@access.everyone
@require_safe
def practice_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A file of a published example; any other file of a proposal is not there."""
    found = get_object_or_404(Practice.objects.published(), pk=pk)
    attachment = get_object_or_404(found.files.select_related("file"), pk=file)
    return downloads.answer(attachment.file)


def _described(request: HttpRequest, practice: queries.Page) -> dict[str, Any]:
    """The example in the words of schema.org, for search engines."""
    described = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": practice.title,
        "description": practice.summary,
        "author": [{"@type": "Person", "name": name} for name in practice.authors.split(", ")],
        "sourceOrganization": [
            {"@type": "EducationalOrganization", "name": school} for school in practice.schools
        ],
        "about": practice.subject or "",
        "educationalLevel": practice.level_label,
        "datePublished": timezone.localdate(practice.published_at).isoformat(),
        "publisher": {"@type": "Organization", "name": _("Centre for Education Kragujevac")},
        "inLanguage": "sr",
        "isAccessibleForFree": True,
        "url": request.build_absolute_uri(),
    }
    return {name: value for name, value in described.items() if value}
