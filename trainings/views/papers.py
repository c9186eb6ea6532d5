"""The yearly report and the personal plan, to read, to write and to take away."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from centar import access
from centar.events.views.bookings import account_of
from centar.files import kinds
from centar.files.kinds import FileKind
from centar.people.models import User
from centar.script import faces
from trainings.forms.ledger import PlanForm
from trainings.models import PlannedActivity, SchoolYear
from trainings.operations import plans
from trainings.papers import content, excel, printed, word
from trainings.papers.content import Paper
from trainings.queries import ledger as queries
from trainings.queries import schools
from trainings.views.ledger import asked_year

YEARS_SHOWN = 5
FORMATS: dict[str, tuple[FileKind, Callable[[Paper, faces.Face], bytes]]] = {
    "pdf": (kinds.PDF, printed.render),
    "docx": (kinds.DOCX, word.render),
    "xlsx": (kinds.XLSX, excel.render),
}


def _present_year() -> int:
    return SchoolYear.current().of(timezone.localdate())


def _answer(request: HttpRequest, paper: Paper, form: str) -> HttpResponse:
    kind, render_as = FORMATS[form]
    answer = HttpResponse(render_as(paper, faces.of(request)), content_type=kind.mime_type)
    answer["Content-Disposition"] = f'attachment; filename="{paper.name}.{form}"'
    return answer


@access.signed_in
@never_cache
@require_safe
def yearly_report(request: HttpRequest, form: str) -> HttpResponseBase:
    """The report on one's own school year as a file."""
    _user, person = account_of(request)
    year = asked_year(request, _present_year())
    entries = queries.entries(person, year).counted().order_by("earned_on", "pk")
    return _answer(request, content.yearly_report(person, year, entries), form)


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def plan(request: HttpRequest) -> HttpResponseBase:
    """One's own plan of a school year, and a form for a further row."""
    user, person = account_of(request)
    present = _present_year()
    year = asked_year(request, present)
    form = PlanForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            plans.plan(person=person, school_year=year, by=user, **form.cleaned_data)
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("It is in the plan."))
            return redirect(f"{reverse('trainings:plan')}?godina={year}")
    activities = list(PlannedActivity.objects.filter(person=person, school_year=year))
    context = {
        "form": form,
        "activities": activities,
        "hours": sum(one.hours for one in activities),
        "year": year,
        "years": sorted({present, present + 1, year}),
    }
    return render(request, "trainings/plan.html", context, status=422 if form.errors else 200)


@access.signed_in
@require_POST
def strike(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Take a row out of one's own plan."""
    user, person = account_of(request)
    activity = get_object_or_404(PlannedActivity.objects.filter(person=person), pk=pk)
    year = activity.school_year
    plans.strike(activity=activity, by=user)
    messages.success(request, _("It is no longer in the plan."))
    return redirect(f"{reverse('trainings:plan')}?godina={year}")


@access.signed_in
@never_cache
@require_safe
def plan_file(request: HttpRequest, form: str) -> HttpResponseBase:
    """One's own plan as a file."""
    _user, person = account_of(request)
    year = asked_year(request, _present_year())
    activities = list(PlannedActivity.objects.filter(person=person, school_year=year))
    return _answer(request, content.personal_plan(person, year, activities), form)


@access.signed_in
@never_cache
@require_safe
def school(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Hours and points of everybody in a school; to those who do not see it, it is not there."""
    calendar = SchoolYear.current()
    present = calendar.of(timezone.localdate())
    context = {
        "overview": _overview(request, pk, calendar),
        "years": range(present, present - YEARS_SHOWN, -1),
    }
    return render(request, "trainings/school_points.html", context)


@access.signed_in
@never_cache
@require_safe
def school_file(request: HttpRequest, pk: int, form: str) -> HttpResponseBase:
    """The same as a file."""
    overview = _overview(request, pk, SchoolYear.current())
    return _answer(request, content.school_overview(overview), form)


def _overview(request: HttpRequest, pk: int, calendar: SchoolYear) -> schools.SchoolPoints:
    assert isinstance(request.user, User)
    seen = get_object_or_404(schools.schools_seen_by(request.user), pk=pk)
    today = timezone.localdate()
    year = asked_year(request, calendar.of(today))
    order = faces.of(request).order
    return schools.points_of(seen, year, today=today, calendar=calendar, order=order)
