"""Results, rates, the map and exports of a round, for the staff."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from centar import access
from centar.schools.models import Municipality
from centar.script import faces
from needs_survey.forms.results import MapForm
from needs_survey.models import Round
from needs_survey.permissions import results as permissions
from needs_survey.queries import export
from needs_survey.queries import rates as rate_queries
from needs_survey.queries import results as queries
from needs_survey.queries import teachers as teacher_queries
from needs_survey.queries.export import Extract
from needs_survey.reports import drawn, files, maps, pages

FILTERS = ("opstina", "vrsta", "predmet")
SHOWN_AT_ONCE = 15
"""Missing schools that are listed without being asked for."""
FORMATS: dict[str, tuple[str, Callable[[Extract, str], bytes]]] = {
    "xlsx": (files.XLSX_TYPE, lambda found, name: files.as_xlsx(found)),
    "csv": (files.CSV_TYPE, lambda found, name: files.as_csv(found)),
    "sps": (files.SPS_TYPE, lambda found, name: files.as_sps(found, f"{name}.csv")),
}


@access.signed_in
@require_GET
def rounds(request: HttpRequest) -> HttpResponse:
    """All rounds, to choose one."""
    access.require(permissions.may_read_results(request.user))
    found = Round.objects.filter(opened_at__isnull=False).order_by("-opens_on", "-pk")
    return render(request, "needs_survey/results_rounds.html", {"rounds": found})


@access.signed_in
@require_GET
def results(request: HttpRequest, pk: int) -> HttpResponse:
    """What was answered, narrowed by the filters; drawn once until an answer changes it."""
    access.require(permissions.may_read_results(request.user))
    stamp = queries.stamp(pk)
    if stamp is None:
        raise Http404
    face = faces.of(request)
    chosen = {name: request.GET[name] for name in FILTERS if request.GET.get(name)}

    def draw() -> drawn.Drawing:
        return pages.results_page(_rounds().get(pk=pk), chosen, face)

    drawing = drawn.RESULTS.get((pk, face, *chosen.items()), stamp, draw)
    context = {"drawing": drawing, "waiting": teacher_queries.waiting(pk, timezone.localdate())}
    return render(request, "needs_survey/results.html", context)


@access.signed_in
@require_GET
def rates(request: HttpRequest, pk: int) -> HttpResponse:
    """Who has answered and who is missing, as it stands now."""
    round = _round(request, pk)
    found = rate_queries.rates(round, faces.of(request).order)
    context = {
        "round": round,
        "rates": found,
        "of_teachers": round.kind == Round.Kind.TEACHERS,
        "few_are_missing": len(found.missing) <= SHOWN_AT_ONCE,
        "waiting": teacher_queries.waiting(pk, timezone.localdate()),
        "map": maps.of_rates(found.municipalities),
        "may_change": permissions.may_publish(request.user),
    }
    return render(request, "needs_survey/results_rates.html", context)


@access.signed_in
@require_GET
def region(request: HttpRequest, pk: int) -> HttpResponse:
    """The municipalities coloured by a question, or by their response rates."""
    round = _round(request, pk)
    questions = queries.questions_of(round)
    form = MapForm(request.GET, questions=questions)
    code, option = form.chosen()
    question = next((one for one in questions if one.code == code), None)
    if question is None:
        drawing = maps.of_rates(rate_queries.rates(round).municipalities)
    else:
        found = queries.by_municipality(round, question)
        places = list(Municipality.objects.order_by("sort_azbuka"))
        drawing = maps.of_question(question, option, found, places)
    context = {"round": round, "form": form, "map": drawing}
    return render(request, "needs_survey/results_map.html", context)


@access.signed_in
@require_GET
def export_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """All answers to take along."""
    round = _round(request, pk)
    mime_type, write = FORMATS[form]
    name = f"potrebe-{pk}"
    answer = HttpResponse(write(export.extract(round), name), content_type=mime_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _round(request: HttpRequest, pk: int) -> Round:
    access.require(permissions.may_read_results(request.user))
    return get_object_or_404(_rounds(), pk=pk)


def _rounds() -> QuerySet[Round]:
    return Round.objects.select_related("compared_with")
