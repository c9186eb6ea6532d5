"""Plans in the back office: computed, changed row by row, made into seminars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import localize
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from centar.audit.admin import OneRowAdmin, RevisedAdmin
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.people.models import User
from needs_survey.forms.plans import AddRowForm, RowForm, WeightsForm, weights_in
from needs_survey.models import Plan, PlannedSeminar, PlanRules, Round, SchoolBreak
from needs_survey.operations import computing, drafts, plans
from needs_survey.permissions import plans as permissions
from needs_survey.queries import plans as queries
from needs_survey.queries import reasons

Text = str | Promise


def _compute(plan: Plan, by: Any, fields: dict[str, Any]) -> Plan:
    return computing.compute(
        plan_id=plan.pk, weights=weights_in(fields), most_seminars=fields["most_seminars"], by=by
    )


def _undo(plan: Plan, by: Any, fields: dict[str, Any]) -> Plan:
    return computing.undo(plan_id=plan.pk, by=by)


def _add(plan: Plan, by: Any, fields: dict[str, Any]) -> Plan:
    return plans.add_row(plan_id=plan.pk, by=by, **fields).plan


def _create(plan: Plan, by: Any, fields: dict[str, Any]) -> Plan:
    drafts.create_seminars(plan_id=plan.pk, by=by)
    return plan


def _to_create(plan: Plan) -> Sequence[Text]:
    """How many drafts will be made, and which rows will not, and why."""
    waiting = list(queries.to_make(plan))
    left = drafts.not_made(waiting)
    number = len(waiting) - len(left)
    made = ngettext(
        "%(number)d draft of a seminar is made; it is published when you publish it.",
        "%(number)d drafts of seminars are made; each is published when you publish it.",
        number,
    ) % {"number": number}
    return (made, *(_("Not made: %(row)s") % {"row": sentence} for sentence in left))


def _created(plan: Plan) -> str:
    """How many rows are drafts now, and why others are not."""
    number = plan.seminars.exclude(seminar=None).count()
    done = ngettext(
        "%(number)d row of the plan is a seminar now.",
        "%(number)d rows of the plan are seminars now.",
        number,
    ) % {"number": number}
    left = [
        _("Not made: %(row)s") % {"row": sentence}
        for sentence in drafts.not_made(queries.to_make(plan))
    ]
    return " ".join([done, *left])


PAGES = (
    OperationPage(
        "racunanje",
        gettext_lazy("Compute the proposal"),
        run=_compute,
        done=gettext_lazy("The proposal is computed. What was changed by hand is as it was."),
        offered=lambda plan: True,
        effects=lambda plan: (
            _("Groups, places and days are proposed from the answers as they are now."),
            _("What was changed by hand stays, and so do rows of which there is a seminar."),
            _("It can be undone until something is changed by hand."),
        ),
        form=WeightsForm,
        form_arguments=lambda plan: {"plan": plan},
    ),
    OperationPage(
        "vracanje",
        gettext_lazy("Undo the computation"),
        run=_undo,
        done=gettext_lazy("The plan is as it was before the last computation."),
        offered=lambda plan: bool(permissions.may_undo(plan)),
        effects=lambda plan: (
            _("The rows and the weights become what they were before the last computation."),
        ),
    ),
    OperationPage(
        "dodavanje",
        gettext_lazy("Add a seminar"),
        run=_add,
        done=gettext_lazy("The row is in the plan. Give it a day and a place."),
        offered=lambda plan: True,
        form=AddRowForm,
    ),
    OperationPage(
        "seminari",
        gettext_lazy("Create the seminars"),
        run=_create,
        done=_created,
        offered=lambda plan: queries.to_make(plan).exists(),
        effects=_to_create,
    ),
)


@admin.register(PlanRules)
class PlanRulesAdmin(OneRowAdmin):
    """The one row of rules."""

    fields = ("begins_at", "afternoon_begins_at", "centre", "head_start_days")


@admin.register(SchoolBreak)
class SchoolBreakAdmin(RevisedAdmin):
    """School and public holidays, which every plan minds."""

    list_display = ("name", "starts_on", "ends_on", "has_seminars")
    fields = ("name", ("starts_on", "ends_on"), "has_seminars")


@admin.register(Plan)
class PlanAdmin(RevisedAdmin, OperationsAdmin):
    """Plans, the newest term first."""

    list_display = ("title", "round", "starts_on", "ends_on", "computed_at")
    list_select_related = ("round",)
    search_fields = ("title",)
    fields = ("title", "round", ("starts_on", "ends_on"), "computed_at", "pages")
    operation_pages = PAGES

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """The round too, once something is planned from it."""
        settled = ("round",) if obj is not None and obj.seminars.exists() else ()
        return ("computed_at", "pages", *settled)

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Only rounds of schools can be planned from."""
        if db_field.name == "round":
            kwargs["queryset"] = Round.objects.filter(kind=Round.Kind.SCHOOLS)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    @admin.display(description=gettext_lazy("pages"))
    def pages(self, plan: Plan) -> SafeString | str:
        """The ways to the plan as it is read, its rows, and what it was made from."""
        if plan.pk is None:
            return "–"
        rows = reverse("admin:needs_survey_plannedseminar_changelist")
        ways = (
            (reverse("needs_survey:plan", args=[plan.pk]), _("The plan to read and print")),
            (f"{rows}?plan__id__exact={plan.pk}", _("Its rows, to change by hand")),
            (reverse("needs_survey:demand", args=[plan.round_id]), _("What was asked for")),
            (reverse("needs_survey:held", args=[plan.round_id]), _("Asked for and held")),
        )
        return format_html_join(" · ", '<a href="{}">{}</a>', ways)

    def save_model(self, request: HttpRequest, obj: Plan, form: Any, change: bool) -> None:
        """By the operation, which asks again."""
        plans.keep(plan=obj, changed=_changed(form), by=_user(request))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A plan stays, with all that was made of it."""
        return False


@admin.register(PlannedSeminar)
class PlannedSeminarAdmin(RevisedAdmin):
    """The rows of plans, to change by hand; they are made by computing and by adding."""

    form = RowForm
    list_display = (
        "programme", "number", "is_chosen", "score", "municipality", "on", "people", "seminar",
    )  # fmt: skip
    list_filter = ("plan", "is_chosen", ("seminar", admin.EmptyFieldListFilter), "municipality")
    list_select_related = ("programme", "municipality", "seminar__event", "plan")
    search_fields = ("programme__folded", "=programme__number")
    actions = ("to_be_held", "not_to_be_held")
    fields = (
        "plan", "programme", "scores", "is_chosen", ("municipality", "is_online"),
        ("on", "begins_at"), "people", "note", "changed_by_hand", "made_of_it",
    )  # fmt: skip
    readonly_fields = ("plan", "programme", "scores", "changed_by_hand", "made_of_it")

    @admin.display(description=gettext_lazy("scores"))
    def scores(self, planned: PlannedSeminar) -> SafeString | str:
        """Why this programme, place and time, in words."""
        lines = [
            (
                why.title,
                f" {localize(why.points)}" if why.most else "",
                "; ".join(part.sentence for part in why.parts),
            )
            for why in reasons.of(planned)
        ]
        return format_html_join(mark_safe("<br>"), "{}{}: {}.", lines) or "–"

    @admin.display(description=gettext_lazy("changed by hand"))
    def changed_by_hand(self, planned: PlannedSeminar) -> str:
        """The fields that a new computation leaves alone."""
        fields = [PlannedSeminar._meta.get_field(name) for name in planned.by_hand]
        return ", ".join(str(getattr(field, "verbose_name", "")) for field in fields) or "–"

    @admin.display(description=gettext_lazy("seminar"))
    def made_of_it(self, planned: PlannedSeminar) -> SafeString | str:
        """The way to the draft."""
        if planned.seminar is None:
            return "–"
        address = reverse("admin:trainings_seminarevent_change", args=[planned.seminar.pk])
        return format_html('<a href="{}">{}</a>', address, planned.seminar)

    @admin.action(description=gettext_lazy("To be held"), permissions=["change"])
    def to_be_held(self, request: HttpRequest, queryset: QuerySet[PlannedSeminar]) -> None:
        """Choose the rows."""
        self._choose(request, queryset, is_chosen=True)

    @admin.action(description=gettext_lazy("Not to be held"), permissions=["change"])
    def not_to_be_held(self, request: HttpRequest, queryset: QuerySet[PlannedSeminar]) -> None:
        """Leave the rows out."""
        self._choose(request, queryset, is_chosen=False)

    def _choose(
        self, request: HttpRequest, rows: QuerySet[PlannedSeminar], *, is_chosen: bool
    ) -> None:
        keys: dict[int, list[int]] = {}
        for plan, key in rows.order_by("plan", "pk").values_list("plan", "pk"):
            keys.setdefault(plan, []).append(key)
        changed = sum(
            plans.choose(plan_id=plan, rows=those, is_chosen=is_chosen, by=_user(request))
            for plan, those in keys.items()
        )
        told = ngettext("%(number)d row is changed.", "%(number)d rows are changed.", changed)
        messages.success(request, told % {"number": changed})

    def save_model(
        self, request: HttpRequest, obj: PlannedSeminar, form: Any, change: bool
    ) -> None:
        """By the operation, which remembers what was changed by hand."""
        plans.keep_row(planned=obj, changed=_changed(form), by=_user(request))

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows come into a plan by an operation on it."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Until there is a seminar, by the right to change plans."""
        is_open = obj is None or bool(permissions.may_be_changed(obj))
        return is_open and bool(permissions.may_change_plans(request.user))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """By the right to read plans."""
        return bool(permissions.may_read_plans(request.user))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A row is left out, not deleted."""
        return False


def _changed(form: Any) -> list[str]:
    """The fields of the model that were typed anew."""
    return [name for name in form.changed_data if name != "seen_revision"]


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
