"""Sharing sections with colleagues, and the pages that their private links open."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from centar import access, kept_forms
from centar.questionnaires import views as section_page
from needs_survey import links
from needs_survey.forms.answers import ShareForm
from needs_survey.models import Contributor, Invitation
from needs_survey.operations import contributors as operations
from needs_survey.overview import Overview
from needs_survey.permissions import answers as permissions
from needs_survey.permissions.answers import Writer
from needs_survey.queries import answers as queries
from needs_survey.views import sections
from needs_survey.views.answers import own_invitation, user_of


@access.signed_in
@never_cache
@require_http_methods(["GET", "POST"])
def share(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Who helps with what, and a form for another colleague."""
    invitation = own_invitation(request, pk)
    offered = list(invitation.round.questionnaire.sections.all())
    form = ShareForm(kept_forms.sent(request), sections=offered)
    if request.method == "POST" and form.is_valid():
        try:
            contributor = operations.share(
                invitation_id=pk, by=user_of(request), **form.cleaned_data
            )
        except access.Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            sentence = _("%(name)s gets a letter with a private link.")
            messages.success(request, sentence % {"name": contributor})
            return redirect("needs_survey:share", pk)
    context = {
        "invitation": invitation,
        "contributors": queries.contributors_of(invitation),
        "form": form,
        "verdict": permissions.may_share(invitation, user_of(request), timezone.localdate()),
    }
    status = 422 if form.errors else 200
    return render(request, "needs_survey/school_share.html", context, status=status)


@access.signed_in
@require_POST
def end_share(request: HttpRequest, pk: int) -> HttpResponseBase:
    """End a colleague's link."""
    mine = Contributor.objects.filter(
        answer__invitation__in=queries.invitations_of(user_of(request))
    )
    contributor = get_object_or_404(mine.select_related("answer"), pk=pk)
    operations.end(contributor_id=contributor.pk, by=user_of(request))
    sentence = _("The link of %(name)s is ended; what was filled in stays.")
    messages.success(request, sentence % {"name": contributor})
    return redirect("needs_survey:share", contributor.answer.invitation_id)


@access.by_link
@never_cache
@require_safe
def contribution(request: HttpRequest, token: str) -> HttpResponseBase:
    """The sections of a colleague with a link; opening it changes nothing."""
    contributor = links.contributor_of(token)
    if contributor is None:
        return _unknown(request)
    invitation = contributor.answer.invitation
    own = set(contributor.sections.values_list("pk", flat=True))
    standings = Overview.of(invitation).sections
    context = {
        "contributor": contributor,
        "invitation": invitation,
        "token": token,
        "standings": [one for one in standings if one.section.pk in own],
        "verdict": permissions.may_be_written(invitation, timezone.localdate()),
    }
    return render(request, "needs_survey/school_contribution.html", context)


@access.by_link
@never_cache
@require_http_methods(["GET", "POST"])
def contributed_section(request: HttpRequest, token: str, section: int) -> HttpResponseBase:
    """One of these sections to fill in."""
    contributor = links.contributor_of(token)
    if contributor is None:
        return _unknown(request)
    own = contributor.sections.filter(pk=section).first()
    if own is None:
        raise Http404
    invitation: Invitation = contributor.answer.invitation
    desk = sections.Desk(
        invitation=invitation,
        questionnaire=queries.questionnaire_of(invitation.round),
        section=own,
        drafts=queries.drafts_of(invitation),
        writer=Writer(name=contributor.name, contributor=contributor),
        back=reverse("needs_survey:contribution", args=[token]),
    )
    return section_page.answer(request, desk)


def _unknown(request: HttpRequest) -> HttpResponseBase:
    return render(request, "needs_survey/school_contribution_unknown.html", status=404)
