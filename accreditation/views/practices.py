"""Examples of good practice for everybody: the list, the page of one, its files."""

from __future__ import annotations

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accreditation.forms.practices import PracticeFilter
from accreditation.models import Attachment, Practice
from accreditation.queries import practices as queries
from centar import access, long_lists
from centar.events import kinds
from centar.events.models import Event
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


@access.shared
@require_safe
def practice(request: HttpRequest, pk: int) -> HttpResponse:
    """One example; one that was taken down is not there."""
    rows = Practice.objects.published().select_related("subject", "presented_at")
    files = Prefetch("files", Attachment.objects.select_related("file"))
    found = get_object_or_404(rows.prefetch_related("schools", files), pk=pk)
    event = found.presented_at
    is_announced = event is not None and event.state != Event.State.DRAFT
    context = {
        "practice": found,
        "event": event if is_announced else None,
        "event_page": kinds.get(event.kind).page(event) if event and is_announced else "",
        "linked_data": linked_data.element(_described(request, found), faces.of(request)),
    }
    return render(request, "accreditation/practice.html", context)


@access.everyone
@require_safe
def practice_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    """A file of a published example; any other file of a proposal is not there."""
    found = get_object_or_404(Practice.objects.published(), pk=pk)
    attachment = get_object_or_404(found.files.select_related("file"), pk=file)
    return downloads.answer(attachment.file)


def _described(request: HttpRequest, practice: Practice) -> dict[str, Any]:
    """The example in the words of schema.org, for search engines."""
    assert practice.published_at is not None
    described = {
        "@context": "https://schema.org",
        "@type": "LearningResource",
        "name": practice.title,
        "description": practice.summary,
        "author": [{"@type": "Person", "name": name} for name in practice.authors.split(", ")],
        "sourceOrganization": [
            {"@type": "EducationalOrganization", "name": str(school)}
            for school in practice.schools.all()
        ],
        "about": practice.subject.name if practice.subject else "",
        "educationalLevel": practice.get_level_display(),
        "datePublished": timezone.localdate(practice.published_at).isoformat(),
        "publisher": {"@type": "Organization", "name": _("Centre for Education Kragujevac")},
        "inLanguage": "sr",
        "isAccessibleForFree": True,
        "url": request.build_absolute_uri(),
    }
    return {name: value for name, value in described.items() if value}
