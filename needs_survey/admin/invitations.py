"""Who is asked in a round and how far each school is, in the back office."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from centar.people.models import Coordination, User
from centar.script.folding import fold
from needs_survey.models import Invitation
from needs_survey.operations import invitations as operations
from needs_survey.permissions import rounds as permissions


class StandingFilter(admin.SimpleListFilter):
    """How far the school is."""

    title = gettext_lazy("how far")
    parameter_name = "standing"
    SENT = Q(answer__sent_at__isnull=False)

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """The ways to stand."""
        return [
            ("missing", gettext_lazy("nothing sent")),
            ("begun", gettext_lazy("begun, not sent")),
            ("sent", gettext_lazy("sent")),
            ("unreachable", gettext_lazy("without a coordinator")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        """Those of the chosen standing."""
        match self.value():
            case "missing":
                return queryset.exclude(self.SENT)
            case "begun":
                return queryset.filter(answer__isnull=False, answer__sent_at=None)
            case "sent":
                return queryset.filter(self.SENT)
            case "unreachable":
                return queryset.filter(has_coordinator=False)
        return queryset


@admin.register(Invitation)
class InvitationAdmin(admin.ModelAdmin[Invitation]):
    """The schools of all rounds; a round's page leads to its own."""

    list_display = ("school", "municipality", "standing", "sent_at", "reachable", "reminders")
    list_filter = (StandingFilter, "round", "school__municipality", "school__kind")
    list_select_related = ("school__municipality", "answer")
    search_fields = ("school__folded",)
    ordering = ("school__municipality__sort_azbuka", "school__sort_azbuka")
    show_full_result_count = False
    actions = None
    fields = (
        "round",
        "school",
        "standing",
        "sent_at",
        "reachable",
        "invited_at",
        "reminders",
        "reminded_on",
    )
    readonly_fields = fields

    def get_queryset(self, request: HttpRequest) -> QuerySet[Invitation]:
        """Each says whether a letter would reach somebody."""
        live = Coordination.objects.filter(school=OuterRef("school"), ended_at=None)
        rows = super().get_queryset(request)
        return rows.annotate(has_coordinator=Exists(live), answered_at=F("answer__sent_at"))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Schools are found in either script."""
        return super().get_search_results(request, queryset, fold(search_term))

    @admin.display(description=gettext_lazy("municipality"))
    def municipality(self, invitation: Invitation) -> str:
        """Where the school is."""
        return str(invitation.school.municipality)

    @admin.display(description=gettext_lazy("how far"))
    def standing(self, invitation: Invitation) -> str:
        """Nothing yet, begun or sent."""
        answer = getattr(invitation, "answer", None)
        if answer is None:
            return _("nothing yet")
        return _("begun") if answer.sent_at is None else _("sent")

    @admin.display(description=gettext_lazy("sent at"), ordering="answered_at")
    def sent_at(self, invitation: Invitation) -> Any:
        """When the answer was sent last."""
        answer = getattr(invitation, "answer", None)
        return answer and answer.sent_at

    @admin.display(description=gettext_lazy("has a coordinator"), boolean=True)
    def reachable(self, invitation: Any) -> bool:
        """Whether a letter would reach somebody."""
        return bool(invitation.has_coordinator)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Schools are invited on the page of the round."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nothing to change."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """As the operation will ask again: until the school has begun its answer."""
        may = bool(permissions.may_change_rounds(request.user))
        return may and (obj is None or not hasattr(obj, "answer"))

    def delete_model(self, request: HttpRequest, obj: Invitation) -> None:
        """Through the operation."""
        assert isinstance(request.user, User)
        operations.take_back(invitation_id=obj.pk, by=request.user)
