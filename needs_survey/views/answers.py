"""The answer of a school for its coordinators. Other schools' answers are not found."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from centar import access, kept_forms
from centar.people.models import User
from centar.people.queries import person_of
from centar.questionnaires import views as section_page
from centar.questionnaires.forms.answers import CONFIRM
from centar.script import faces
from needs_survey import receipts
from needs_survey.forms.answers import SignForm
from needs_survey.models import Invitation, SchoolAnswer
from needs_survey.operations import answers as operations
from needs_survey.overview import Overview
from needs_survey.permissions import answers as permissions
from needs_survey.permissions.answers import Writer
from needs_survey.queries import answers as queries
from needs_survey.views import sections


def user_of(request: HttpRequest) -> User:
    """The account that is signed in."""
    assert isinstance(request.user, User)
    return request.user


def own_invitation(request: HttpRequest, pk: int) -> Invitation:
    """The invitation of a school that the user coordinates; others are not found."""
    return get_object_or_404(queries.invitations_of(user_of(request)), pk=pk)


@access.signed_in
@never_cache
@require_safe
def school_rounds(request: HttpRequest) -> HttpResponseBase:
    """The surveys of the schools that one coordinates, open and past."""
    asked = queries.invitations_of(user_of(request)).order_by("-round__closes_on", "-pk")
    context = {"invitations": list(asked), "today": timezone.localdate()}
    return render(request, "needs_survey/school_rounds.html", context)


@access.signed_in
@never_cache
@require_safe
def school_answer(request: HttpRequest, pk: int) -> HttpResponseBase:
    """All sections: by whom and when they were filled in, and what is missing."""
    invitation = own_invitation(request, pk)
    overview = Overview.of(invitation)
    context = {
        "invitation": invitation,
        "answer": _answer(invitation),
        "overview": overview,
        "contributors": queries.contributors_of(invitation),
        "verdict": permissions.may_be_written(invitation, timezone.localdate()),
    }
    return render(request, "needs_survey/school_answer.html", context)


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def school_section(request: HttpRequest, pk: int, section: int) -> HttpResponseBase:
    """One section to fill in."""
    invitation = own_invitation(request, pk)
    questionnaire = queries.questionnaire_of(invitation.round)
    own = next((one for one in questionnaire.sections.all() if one.pk == section), None)
    if own is None:
        raise Http404
    user = user_of(request)
    person = person_of(user)
    desk = sections.Desk(
        invitation=invitation,
        questionnaire=questionnaire,
        section=own,
        drafts=queries.drafts_of(invitation),
        writer=Writer(name=str(person or user), user=user),
        back=reverse("needs_survey:school_answer", args=[pk]),
    )
    return section_page.answer(request, desk)


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Everything that is missing or does not add up; then the signature, and sending."""
    invitation = own_invitation(request, pk)
    answer = _answer(invitation)
    typed = kept_forms.sent(request)
    overview = Overview.of(invitation, None if typed is None else typed.getlist(CONFIRM))
    form = SignForm(typed, initial=_signature(request, answer))
    if request.method == "POST" and form.is_valid():
        try:
            is_new = operations.send(
                invitation_id=pk,
                signed_as=form.signed_as,
                confirmed=request.POST.getlist(CONFIRM),
                seen=form.cleaned_data["seen"] or 0,
                by=user_of(request),
            )
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            if is_new:
                messages.success(request, _("Thank you! The answer of your school is sent."))
            else:
                messages.info(request, _("The answer was sent already; here it is."))
            return redirect("needs_survey:sent", pk)
    context = {
        "invitation": invitation,
        "answer": answer,
        "overview": overview,
        "confirmed": overview.form.confirmed(),
        "form": form,
        "verdict": permissions.may_send(invitation, user_of(request), timezone.localdate()),
    }
    status = 422 if form.errors else 200
    return render(request, "needs_survey/school_check.html", context, status=status)


@access.signed_in
@never_cache
@require_safe
def sent(request: HttpRequest, pk: int) -> HttpResponseBase:
    """What the school sent, to read."""
    answer = _sent(request, pk)
    context = {
        "answer": answer,
        "invitation": answer.invitation,
        "sections": receipts.sections_of(answer),
        "is_own": queries.invitations_of(user_of(request)).filter(pk=pk).exists(),
        "verdict": permissions.may_be_written(answer.invitation, timezone.localdate()),
    }
    return render(request, "needs_survey/school_sent.html", context)


@access.signed_in
@never_cache
@require_safe
def receipt(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The same to print and to keep."""
    paper = receipts.paper(_sent(request, pk), faces.of(request))
    response = HttpResponse(paper, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="potvrda-{pk}.pdf"'
    return response


def _sent(request: HttpRequest, pk: int) -> SchoolAnswer:
    """An answer that was sent, of a school that the user may read; others are not found."""
    rows = SchoolAnswer.objects.filter(invitation=pk, sent_at__isnull=False)
    answer = get_object_or_404(
        rows.select_related("invitation__round", "invitation__school__municipality")
    )
    if not permissions.may_read_sent(answer, user_of(request)):
        raise Http404
    return answer


def _answer(invitation: Invitation) -> SchoolAnswer | None:
    """The school's answer, once it is begun."""
    return getattr(invitation, "answer", None)


def _signature(request: HttpRequest, answer: SchoolAnswer | None) -> dict[str, object]:
    """What the signature begins with, and which revision of the answer is seen."""
    person = person_of(user_of(request))
    return {
        "name": str(person or ""),
        "post": person.get_post_display() if person else "",
        "seen": answer.revision if answer else 0,
    }
