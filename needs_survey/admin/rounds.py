"""Rounds in the back office: prepare, invite, open, move the last day, close, copy."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centar import access
from centar.audit.admin import RevisedAdmin
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.people.models import User
from needs_survey.forms.rounds import (
    ChooseSchoolsForm,
    CopyForm,
    InviteForm,
    LastDayForm,
    RoundForm,
)
from needs_survey.models import Reminder, Round
from needs_survey.operations import invitations, rounds
from needs_survey.permissions import rounds as permissions
from needs_survey.queries import rounds as queries


def _open(round: Round, by: Any, fields: dict[str, Any]) -> Round:
    return rounds.open_round(round_id=round.pk, by=by)


def _move(round: Round, by: Any, fields: dict[str, Any]) -> Round:
    return rounds.move_last_day(round_id=round.pk, by=by, **fields)


def _close(round: Round, by: Any, fields: dict[str, Any]) -> Round:
    return rounds.close(round_id=round.pk, by=by)


def _copy(round: Round, by: Any, fields: dict[str, Any]) -> Round:
    return rounds.copy_round(round_id=round.pk, by=by, **fields)


def _is_open(round: Round) -> bool:
    return round.is_open_on(timezone.localdate())


PAGES = (
    OperationPage(
        "otvaranje",
        gettext_lazy("Open the round"),
        run=_open,
        done=gettext_lazy("The round is open, and the letters are on their way."),
        offered=lambda round: round.opened_at is None,
        effects=lambda round: (
            _("The coordinators of the invited schools get a letter on the first day."),
            _("Who answers, and what, can no longer be changed."),
        ),
    ),
    OperationPage(
        "poslednji-dan",
        gettext_lazy("Move the last day"),
        run=_move,
        done=gettext_lazy("The last day is moved."),
        offered=lambda round: round.opened_at is not None,
        form=LastDayForm,
        form_arguments=lambda round: {"initial": {"closes_on": round.closes_on}},
    ),
    OperationPage(
        "zatvaranje",
        gettext_lazy("Close the round"),
        run=_close,
        done=gettext_lazy("The round is closed; nobody can answer any more."),
        offered=_is_open,
        effects=lambda round: (
            _("Nobody can answer any more; what is begun stays and can be read."),
            _("Nobody is reminded any more."),
        ),
        dangerous=True,
    ),
    OperationPage(
        "kopija",
        gettext_lazy("Copy for the next year"),
        run=_copy,
        done=gettext_lazy("This is the copy. Look at its questions and days, then invite."),
        offered=lambda round: True,
        effects=lambda round: (
            _("The questions keep their codes, so that both rounds can be compared."),
        ),
        form=CopyForm,
        form_arguments=lambda round: {"round": round},
    ),
)


class ReminderInline(admin.TabularInline[Reminder, Round]):
    """The days on which those who have not answered are reminded."""

    model = Reminder
    extra = 1
    fields = ("on", "sent_at")
    readonly_fields = ("sent_at",)


@admin.register(Round)
class RoundAdmin(RevisedAdmin, OperationsAdmin):
    """Rounds, the newest first."""

    form = RoundForm
    inlines = (ReminderInline,)
    list_display = ("title", "kind", "opens_on", "closes_on", "opened_at")
    list_filter = ("kind",)
    search_fields = ("title",)
    autocomplete_fields = ("questionnaire", "compared_with")
    show_full_result_count = False
    fields = (
        "title",
        "kind",
        "questionnaire",
        ("opens_on", "closes_on"),
        "opened_at",
        "schools",
        "pages",
        "may_be_changed",
        "message",
        "most_reminders",
        "compared_with",
    )
    operation_pages = PAGES

    def get_urls(self) -> list[URLPattern]:
        """The admin's addresses, and those of inviting and of reminding."""
        wrap, name = self.admin_site.admin_view, "needs_survey_round"
        return [
            path("<int:object_id>/skole/", wrap(self.invite_view), name=f"{name}_invite"),
            path("<int:object_id>/podsecanje/", wrap(self.remind_view), name=f"{name}_remind"),
            *super().get_urls(),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """What must stay: who answers and what, once somebody is invited; the days, once open."""
        always = ("opened_at", "schools", "pages")
        if obj is None:
            return always
        settled = rounds.SETTLED if queries.somebody_is_invited(obj) else ()
        days = ("opens_on", "closes_on") if obj.opened_at is not None else ()
        return (*always, *settled, *days)

    @admin.display(description=gettext_lazy("schools"))
    def schools(self, round: Round) -> SafeString | str:
        """How far the schools are, with the ways to each of them, to inviting and to reminding."""
        if round.pk is None or round.kind != Round.Kind.SCHOOLS:
            return "–"
        now = queries.standing(round)
        words = _("invited %(invited)d, begun %(begun)d, sent %(sent)d") % {
            "invited": now.invited,
            "begun": now.begun,
            "sent": now.sent,
        }
        listed = reverse("admin:needs_survey_invitation_changelist")
        links = [
            (f"{listed}?round__id__exact={round.pk}", words),
            (reverse("admin:needs_survey_round_invite", args=[round.pk]), _("Invite schools")),
        ]
        if permissions.may_remind(round, timezone.localdate()):
            remind = reverse("admin:needs_survey_round_remind", args=[round.pk])
            links.append((remind, _("Remind now")))
        return _joined(links)

    @admin.display(description=gettext_lazy("see also"))
    def pages(self, round: Round) -> SafeString | str:
        """The ways to what was answered and, where teachers answer, to those who are asked."""
        if round.pk is None:
            return "–"
        links = [(reverse("needs_survey:results", args=[round.pk]), _("Results"))]
        if round.kind == Round.Kind.SCHOOLS:
            links.append((reverse("needs_survey:demand", args=[round.pk]), _("Demand")))
        else:
            listed = reverse("admin:needs_survey_teacherinvitation_changelist")
            links.append((f"{listed}?round__id__exact={round.pk}", _("Invitations of teachers")))
        return _joined(links)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Through the operation."""
        assert isinstance(request.user, User)
        rounds.keep(round=obj, changed=form.changed_data, by=request.user)

    def invite_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Choose, look at who is meant, and invite."""
        round, user = self._round(request, object_id)
        form = InviteForm(request.GET)
        if request.method == "POST" and form.is_valid():
            try:
                number = invitations.invite_schools(round_id=round.pk, by=user, **form.choice())
            except access.Refusal as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                words = ngettext(
                    "%(number)d school is invited.", "%(number)d schools are invited.", number
                )
                messages.success(request, words % {"number": number})
                return HttpResponseRedirect(_address_of(round))
        found = list(queries.schools_to_invite(round, **form.choice())) if form.is_valid() else []
        context = {
            "form": form,
            "found": found,
            "verdict": permissions.may_invite_schools(round, timezone.localdate()),
            "silent": sum(not vars(school)["has_coordinator"] for school in found),
        }
        return self._page(request, round, "invite", _("Invite schools"), context)

    def remind_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Look at who has not answered, choose, and remind."""
        round, user = self._round(request, object_id)
        form = ChooseSchoolsForm(request.GET)
        today = timezone.localdate()
        found = list(queries.unanswered(round, **form.choice())) if form.is_valid() else []
        typed = request.POST.getlist("school")
        if request.method == "POST" and form.is_valid():
            chosen = [one.pk for one in found if str(one.pk) in typed]
            try:
                number = invitations.remind_now(round_id=round.pk, chosen=chosen, by=user)
            except access.Refusal as refusal:
                form.add_error(refusal.field, str(refusal))
            else:
                words = ngettext(
                    "%(number)d school is reminded.", "%(number)d schools are reminded.", number
                )
                messages.success(request, words % {"number": number})
                return HttpResponseRedirect(_address_of(round))
        asked = [(one, permissions.may_be_reminded(one, round, today)) for one in found]
        context = {
            "form": form,
            "able": [one for one, verdict in asked if verdict],
            "spared": [(one, verdict.reason) for one, verdict in asked if not verdict],
            "is_over": round.closes_on < today,
            "verdict": permissions.may_remind(round, today),
        }
        return self._page(request, round, "remind", _("Remind now"), context)

    def _round(self, request: HttpRequest, object_id: int) -> tuple[Round, User]:
        """The round, for somebody who may change it."""
        round = self.get_object(request, str(object_id))
        if round is None:
            raise Http404
        access.require(permissions.may_change_rounds(request.user))
        assert isinstance(request.user, User)
        return round, request.user

    def _page(
        self, request: HttpRequest, round: Round, name: str, title: str, context: dict[str, Any]
    ) -> HttpResponse:
        whole = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "original": round,
            "title": title,
            "back": _address_of(round),
            **context,
        }
        return TemplateResponse(request, f"admin/needs_survey/round/{name}.html", whole)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until somebody is invited."""
        free = obj is None or not (obj.opened_at or queries.somebody_is_invited(obj))
        return super().has_delete_permission(request, obj) and free


def _address_of(round: Round) -> str:
    return reverse("admin:needs_survey_round_change", args=[round.pk])


def _joined(links: Sequence[tuple[str, str]]) -> SafeString:
    return format_html_join(" · ", '<a href="{}">{}</a>', links)
