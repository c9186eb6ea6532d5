"""From when one's own period of a target of several years is counted."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from centar import access
from centar.events.views.bookings import account_of
from trainings.forms.ledger import PeriodForm
from trainings.models import OwnPeriod, SchoolYear, Target
from trainings.operations import periods


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def period(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Say when the present period began; targets of one year have nothing to ask."""
    user, person = account_of(request)
    today = timezone.localdate()
    holding = Target.objects.holding_on(today).filter(years__gt=1)
    target = get_object_or_404(holding, pk=pk)
    own = OwnPeriod.objects.filter(person=person, target=target).first()
    form = PeriodForm(
        request.POST if request.method == "POST" else None,
        present=SchoolYear.current().of(today),
        years=target.years,
        said=own.first_year if own is not None else None,
    )
    if request.method == "POST" and form.is_valid():
        first_year = form.cleaned_data["first_year"]
        periods.begin(person=person, target=target, first_year=first_year, by=user)
        messages.success(request, _("The period is counted so from now on."))
        return redirect("trainings:ledger")
    context = {"form": form, "target": target}
    return render(request, "trainings/period.html", context, status=422 if form.errors else 200)
