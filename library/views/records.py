"""A record's page and its files."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from centar import access
from centar.files import downloads
from centar.script import faces, latin, linked_data
from library import citations, isbd, languages, schema_org, udc
from library.models import Record
from library.queries import availability, lists, readers
from library.queries import records as queries


@access.everyone
@require_safe
def record(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is known of a publication, and where its copies are."""
    found = queries.of_page(pk)
    if found is None:
        raise Http404
    face = faces.of(request)
    picture = request.build_absolute_uri(reverse("library:cover", args=[pk]))
    facts = schema_org.facts(found, request.build_absolute_uri(), picture)
    context = {
        "record": found,
        "isbd": isbd.line(found),
        "language": languages.named(found.language) if found.language else "",
        "udc_name": udc.CLASSES.get(found.udc_class, ""),
        "subjects": found.subjects.splitlines(),
        # Readers of Latin are told how it is printed, since that stands on the shelf.
        "is_converted": face.is_latin and bool(latin.CYRILLIC.search(found.title)),
        "pieces": queries.pieces(found),
        "availability": availability.of_records([found.pk])[found.pk],
        "own": readers.own_state(request.user, found) if request.user.is_authenticated else None,
        "lists": lists.with_record(found),
        "linked_data": linked_data.element(facts, face),
    }
    return render(request, "library/record.html", context)


@access.everyone
@require_safe
def bibtex(request: HttpRequest, pk: int) -> HttpResponse:
    """A reference to the record for BibTeX."""
    return _reference(citations.bibtex(_cited(pk)), "application/x-bibtex", f"zapis-{pk}.bib")


@access.everyone
@require_safe
def ris(request: HttpRequest, pk: int) -> HttpResponse:
    """A reference to the record for Zotero, EndNote and others."""
    kind = "application/x-research-info-systems"
    return _reference(citations.ris(_cited(pk)), kind, f"zapis-{pk}.ris")


@access.signed_in
@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file of an electronic publication, for whoever is signed in: a library lends to its
    readers, and does not publish what others wrote.
    """
    found = get_object_or_404(Record.objects.published().select_related("file"), pk=pk)
    if found.file is None:
        raise Http404
    return downloads.answer(found.file)


@access.everyone
@require_safe
def cover(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The picture of a publication's cover."""
    found = get_object_or_404(Record.objects.published().select_related("cover"), pk=pk)
    if found.cover is None:
        raise Http404
    return downloads.picture(found.cover)


def _cited(pk: int) -> Record:
    found = queries.of_citation(pk)
    if found is None:
        raise Http404
    return found


def _reference(text: str, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type=f"{kind}; charset=utf-8", headers=headers)
