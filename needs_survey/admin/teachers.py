"""Asking teachers in the back office: by letter, or with slips for a school."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centar import access
from centar.people.models import User
from centar.script.folding import fold
from needs_survey import slips
from needs_survey.forms.teachers import ChooseTeachersForm, SlipsForm
from needs_survey.models import Round, TeacherInvitation
from needs_survey.operations import teachers as operations
from needs_survey.permissions import rounds
from needs_survey.permissions import teachers as permissions
from needs_survey.queries import teachers as queries

LIST = "admin:needs_survey_teacherinvitation_changelist"


@admin.register(TeacherInvitation)
class TeacherInvitationAdmin(admin.ModelAdmin[TeacherInvitation]):
    """Who was asked and whose invitation is used, in an order that tells nothing."""

    change_list_template = "admin/needs_survey/teacherinvitation/change_list.html"
    list_display = ("to", "school", "municipality", "is_used", "reminders")
    list_filter = ("is_used", "round", "school__municipality", "school__kind")
    list_select_related = ("school__municipality",)
    search_fields = ("email", "school__folded")
    ordering = ("school__sort_azbuka", "email", "door")
    show_full_result_count = False
    actions = None
    fields = ("round", "school", "to", "is_used", "reminders", "reminded_on")
    readonly_fields = fields

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses, and those of inviting, of slips and of their paper."""
        wrap = self.admin_site.admin_view
        name = "needs_survey_teacherinvitation"
        return [
            path("<int:round_id>/pozivanje/", wrap(self.invite_view), name=f"{name}_invite"),
            path("<int:round_id>/listici/", wrap(self.slips_view), name=f"{name}_slips"),
            path(
                "<int:round_id>/listici/<int:school_id>.pdf",
                wrap(self.paper_view),
                name=f"{name}_paper",
            ),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """With the ways to ask in the rounds in which teachers can be asked."""
        asked = Round.objects.open_on(timezone.localdate()).filter(kind=Round.Kind.TEACHERS)
        may = rounds.may_change_rounds(request.user)
        context = {**(extra_context or {}), "rounds_to_ask": asked if may else ()}
        return super().changelist_view(request, context)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Schools are found in either script."""
        return super().get_search_results(request, queryset, fold(search_term))

    @admin.display(description=gettext_lazy("to"), ordering="email")
    def to(self, invitation: TeacherInvitation) -> str:
        """The address, or that it is a slip."""
        return invitation.email or _("a slip")

    @admin.display(description=gettext_lazy("municipality"))
    def municipality(self, invitation: TeacherInvitation) -> str:
        """Where the school is."""
        return str(invitation.school.municipality) if invitation.school else ""

    def invite_view(self, request: HttpRequest, round_id: int) -> HttpResponse:
        """Choose, see how many are meant, and invite."""
        round, user = self._round(request, round_id)
        form = ChooseTeachersForm(request.GET)
        if request.method == "POST" and form.is_valid():
            try:
                number = operations.invite(round_id=round.pk, by=user, **form.choice())
            except access.Refusal as refusal:
                form.add_error(None, str(refusal))
            else:
                words = ngettext(
                    "%(number)d teacher is invited.", "%(number)d teachers are invited.", number
                )
                messages.success(request, words % {"number": number})
                return HttpResponseRedirect(reverse(LIST))
        found = queries.addresses_to_invite(round, **form.choice()) if form.is_valid() else {}
        context = {"form": form, "found": len(found), "schools": len(set(found.values()))}
        return self._page(request, "invite", round, _("Invite teachers"), context)

    def slips_view(self, request: HttpRequest, round_id: int) -> HttpResponse:
        """Make slips for a school, and print those that are not used."""
        round, user = self._round(request, round_id)
        form = SlipsForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and form.is_valid():
            school, number = form.cleaned_data["school"], form.cleaned_data["number"]
            try:
                operations.add_slips(round_id=round.pk, school_id=school.pk, number=number, by=user)
            except access.Refusal as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                messages.success(request, _("The slips are made. Print them below."))
                return HttpResponseRedirect(request.path)
        context = {"form": form, "made": queries.schools_with_slips(round.pk)}
        return self._page(request, "slips", round, _("Slips for a school"), context)

    def paper_view(self, request: HttpRequest, round_id: int, school_id: int) -> HttpResponse:
        """The slips of a school that are not used, to be cut up."""
        round, _user = self._round(request, round_id)
        unused = list(queries.slips(round.pk, school_id))
        if not unused:
            raise Http404
        response = HttpResponse(slips.paper(round, unused), content_type="application/pdf")
        response["Content-Disposition"] = f'inline; filename="listici-{school_id}.pdf"'
        return response

    def _round(self, request: HttpRequest, round_id: int) -> tuple[Round, User]:
        access.require(rounds.may_change_rounds(request.user))
        assert isinstance(request.user, User)
        return get_object_or_404(Round, pk=round_id, kind=Round.Kind.TEACHERS), request.user

    def _page(
        self, request: HttpRequest, name: str, round: Round, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        whole = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": round,
            "title": title,
            "back": reverse(LIST),
            "verdict": permissions.may_be_asked(round, timezone.localdate()),
            **context,
        }
        template = f"admin/needs_survey/teacherinvitation/{name}.html"
        return TemplateResponse(request, template, whole)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Teachers are invited on the page for it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing to change."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """They stay: a used one is the record that somebody has answered."""
        return False
