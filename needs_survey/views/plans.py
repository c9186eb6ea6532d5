"""What was asked for, the plan that follows, and what was held: pages for the staff."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from centar import access
from centar.script import faces
from needs_survey import workbooks
from needs_survey.forms.demand import DemandFilter, SchoolFilter
from needs_survey.models import Plan, Round
from needs_survey.operations import drafts
from needs_survey.permissions import plans as permissions
from needs_survey.queries import demand as demands
from needs_survey.queries import held as helds
from needs_survey.queries import plans as queries
from needs_survey.queries import reasons
from trainings.reports.workbooks import MIME_TYPE


@access.signed_in
@require_GET
def demand(request: HttpRequest, pk: int) -> HttpResponse:
    """What the schools of a round asked for, by programme and by competence."""
    round, form, programmes, competences = _demand(request, pk)
    context = {
        "round": round,
        "form": form,
        "programmes": form.sift(programmes),
        "competences": competences,
        "plans": round.plans.all(),
        "may_change": permissions.may_change_plans(request.user),
    }
    return render(request, "needs_survey/plan_demand.html", context)


@access.signed_in
@require_GET
def demand_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a workbook, as it is narrowed and sorted."""
    round, form, programmes, competences = _demand(request, pk)
    content = workbooks.of_demand(round, form.sift(programmes), competences, faces.of(request))
    return _file(content, f"traznja-{pk}.xlsx")


Demand = tuple[Round, DemandFilter, list[demands.ProgrammeDemand], list[demands.CompetenceDemand]]


def _demand(request: HttpRequest, pk: int) -> Demand:
    round = _round(request, pk)
    form = DemandFilter(request.GET)
    programmes = demands.of_programmes(round, form.filters)
    competences = demands.of_competences(round, programmes, form.filters)
    return round, form, programmes, competences


@access.signed_in
@require_GET
def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan: its rows with the parts of their scores, and who is in no group."""
    found = _plan(request, pk)
    rows = list(queries.rows_of(found))
    context = {
        "plan": found,
        "rows": [(row, reasons.of(row)) for row in rows],
        "totals": queries.totals(rows),
        "left_out": queries.left_out(found),
        "not_made": drafts.not_made(rows),
        "may_change": permissions.may_change_plans(request.user),
    }
    return render(request, "needs_survey/plan_page.html", context)


@access.signed_in
@require_GET
def plan_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a workbook."""
    found = _plan(request, pk)
    content = workbooks.of_plan(found, list(queries.rows_of(found)), faces.of(request))
    return _file(content, f"plan-{pk}.xlsx")


@access.signed_in
@require_GET
def held(request: HttpRequest, pk: int) -> HttpResponse:
    """What was asked for against what was held, by programme and by school."""
    round, form, programmes = _held(request, pk)
    context = {
        "round": round,
        "form": form,
        "programmes": programmes,
        "schools": helds.by_school(programmes),
    }
    return render(request, "needs_survey/plan_held.html", context)


@access.signed_in
@require_GET
def held_workbook(request: HttpRequest, pk: int) -> HttpResponse:
    """The same as a workbook."""
    round, _form, programmes = _held(request, pk)
    return _file(workbooks.of_held(round, programmes, faces.of(request)), f"odrzano-{pk}.xlsx")


def _held(request: HttpRequest, pk: int) -> tuple[Round, SchoolFilter, list[helds.ProgrammeHeld]]:
    round = _round(request, pk)
    form = SchoolFilter(request.GET)
    return round, form, helds.of_round(round, form.filters)


def _round(request: HttpRequest, pk: int) -> Round:
    access.require(permissions.may_read_plans(request.user))
    return get_object_or_404(Round, pk=pk, kind=Round.Kind.SCHOOLS)


def _plan(request: HttpRequest, pk: int) -> Plan:
    access.require(permissions.may_read_plans(request.user))
    return get_object_or_404(Plan.objects.select_related("round"), pk=pk)


def _file(content: bytes, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=MIME_TYPE)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
