"""The back office of accounts, people and coordinators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy

from centar.audit.admin import RevisedAdmin
from centar.audit.operation_pages import OperationPage, OperationsAdmin
from centar.audit.withheld import is_own_field
from centar.people import operations, permissions
from centar.people.forms import RefusalForm
from centar.people.models import Coordination, CoordinationRequest, Person, User
from centar.script.folding import fold


class NewAccountForm(forms.ModelForm[User]):
    """An account opened by staff; its owner chooses the password by „forgotten password“."""

    class Meta:
        model = User
        fields = ("email", "face")

    def save(self, commit: bool = True) -> User:
        """Nobody can sign in with it until the owner has chosen a password."""
        self.instance.set_unusable_password()
        user: User = super().save(commit)
        return user


@admin.register(User)
class UserAdmin(DjangoUserAdmin[User]):
    """Logins. Who may do what is given by administrators only."""

    ordering = ("email",)
    list_display = ("email", "person", "is_staff", "is_active", "date_joined", "last_login")
    list_filter = ("is_staff", "is_active", "groups")
    list_select_related = ("person",)
    search_fields = ("email", "person__folded")
    filter_horizontal = ("groups", "user_permissions")
    readonly_fields = ("last_login", "date_joined")
    fieldsets = (
        (None, {"fields": ("email", "face", "is_active")}),
        (
            gettext_lazy("Permissions"),
            {"fields": ("is_staff", "is_superuser", "groups", "user_permissions")},
        ),
        (gettext_lazy("Dates"), {"fields": ("last_login", "date_joined")}),
    )
    add_form = NewAccountForm
    add_fieldsets = (
        (
            None,
            {
                "fields": ("email", "face"),
                "description": gettext_lazy(
                    "The owner chooses the password: “Forgotten password” on the sign-in page."
                ),
            },
        ),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[User], search_term: str
    ) -> tuple[QuerySet[User], bool]:
        """Names are found in either script."""
        return super().get_search_results(request, queryset, fold(search_term))

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> Any:
        """Whoever changes an address or a permission could take over an account."""
        readonly = super().get_readonly_fields(request, obj)
        if _is_administrator(request):
            return readonly
        guarded = ("is_staff", "is_superuser", "groups", "user_permissions")
        return (*readonly, *guarded, *(("email",) if obj else ()))

    def user_change_password(self, request: HttpRequest, id: str, form_url: str = "") -> Any:
        """Whoever chose another's password could sign in as that person: administrators only."""
        if not _is_administrator(request):
            raise PermissionDenied
        return super().user_change_password(request, id, form_url)

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Administrators' accounts are changed by administrators only."""
        if obj is not None and obj.is_superuser and not _is_administrator(request):
            return False
        return super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """Like changing."""
        if obj is not None and obj.is_superuser and not _is_administrator(request):
            return False
        return super().has_delete_permission(request, obj)


def _is_administrator(request: HttpRequest) -> bool:
    return isinstance(request.user, User) and request.user.is_superuser


@admin.register(Person)
class PersonAdmin(RevisedAdmin):
    """Participants, with and without a login."""

    list_display = ("__str__", "school", "post", "subject", "email")
    list_filter = (("school__municipality", admin.RelatedOnlyFieldListFilter), "post")
    list_select_related = ("user", "school", "subject")
    list_per_page = 50
    search_fields = ("folded", "user__email", "contact_email", "school__folded")
    autocomplete_fields = ("user", "school", "subject")
    fieldsets = (
        (None, {"fields": ("first_name", "last_name", "user", "contact_email", "phone")}),
        (gettext_lazy("Work"), {"fields": ("school", "employer", "post", "subject")}),
        (gettext_lazy("For certificates"), {"fields": ("birth_date", "birth_place")}),
    )

    def get_fieldsets(self, request: HttpRequest, obj: Person | None = None) -> Any:
        """The date and place of birth only for those who make certificates."""
        fieldsets = super().get_fieldsets(request, obj)
        assert isinstance(request.user, User)
        if permissions.may_see_birth(request.user):
            return fieldsets
        return [part for part in fieldsets if "birth_date" not in part[1]["fields"]]

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """Nor may a list filtered by hand tell who was born when and where, or who assesses."""
        assert isinstance(request.user, User)
        if not is_own_field(Person, lookup):
            return False
        if lookup.startswith("birth_") and not permissions.may_see_birth(request.user):
            return False
        return super().lookup_allowed(lookup, value, request)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Person], search_term: str
    ) -> tuple[QuerySet[Person], bool]:
        """Names and schools are found in either script."""
        return super().get_search_results(request, queryset, fold(search_term))

    @admin.display(description=gettext_lazy("e-mail"))
    def email(self, person: Person) -> str:
        """Where letters go."""
        return person.email


class CoordinationForm(forms.ModelForm[Coordination]):
    """A new confirmation; says at once when there is one already."""

    def clean(self) -> dict[str, Any] | None:
        """Refuse a second confirmation of the same person and school."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        person, school = cleaned.get("person"), cleaned.get("school")
        if person and school:
            verdict = permissions.may_become_coordinator(person, school)
            if not verdict:
                raise ValidationError(str(verdict.reason))
        return cleaned


def _end(coordination: Coordination, by: User, cleaned: dict[str, Any]) -> Coordination:
    return operations.end_coordination(coordination_id=coordination.pk, by=by)


@admin.register(Coordination)
class CoordinationAdmin(OperationsAdmin):
    """Who applies for the people of a school: confirmed and ended, never edited or deleted."""

    form = CoordinationForm
    fields = ("person", "school")
    list_display = ("person", "school", "confirmed_at", "confirmed_by", "ended_at")
    list_filter = (
        ("ended_at", admin.EmptyFieldListFilter),
        ("school__municipality", admin.RelatedOnlyFieldListFilter),
    )
    list_select_related = ("person", "school", "confirmed_by")
    search_fields = ("person__folded", "school__folded")
    autocomplete_fields = ("person", "school")
    operation_pages = (
        OperationPage(
            name="kraj",
            label=gettext_lazy("End the coordination"),
            run=_end,
            done=gettext_lazy("From now on this person no longer applies for the school."),
            offered=lambda coordination: coordination.ended_at is None,
            effects=lambda coordination: (
                gettext_lazy("What this person has applied for until now stays as it is."),
            ),
            dangerous=True,
        ),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Coordination], search_term: str
    ) -> tuple[QuerySet[Coordination], bool]:
        """Names and schools are found in either script."""
        return super().get_search_results(request, queryset, fold(search_term))

    def get_fields(self, request: HttpRequest, obj: Coordination | None = None) -> Any:
        """What is asked for, and later what is known."""
        known = ("confirmed_at", "confirmed_by", "ended_at") if obj else ()
        return (*self.fields, *known)

    def get_readonly_fields(self, request: HttpRequest, obj: Coordination | None = None) -> Any:
        """A confirmation is only to be read."""
        return self.get_fields(request, obj) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Coordination | None = None) -> bool:
        """Ended, not deleted."""
        return False

    def save_model(self, request: HttpRequest, obj: Coordination, form: Any, change: bool) -> None:
        """Confirm through the operation, which writes the audit."""
        if change:
            return
        assert isinstance(request.user, User)
        done = operations.confirm_coordination(
            person=obj.person, school=obj.school, by=request.user
        )
        obj.pk = done.pk


def _accept(request: CoordinationRequest, by: User, cleaned: dict[str, Any]) -> CoordinationRequest:
    return operations.accept_request(request_id=request.pk, by=by)


def _refuse(request: CoordinationRequest, by: User, cleaned: dict[str, Any]) -> CoordinationRequest:
    return operations.refuse_request(request_id=request.pk, by=by, reason=cleaned["reason"])


def _waits(request: CoordinationRequest) -> bool:
    return request.state == CoordinationRequest.State.WAITING


@admin.register(CoordinationRequest)
class CoordinationRequestAdmin(OperationsAdmin):
    """Who asks to coordinate a school: confirmed or refused, never edited."""

    list_display = ("person", "school", "state", "asked_at", "decided_at")
    list_filter = ("state",)
    list_select_related = ("person", "school")
    search_fields = ("person__folded", "school__folded")
    fields = ("person", "school", "sentence", "state", "asked_at", "decided_at", "decided_by")
    readonly_fields = (*fields, "reason")
    operation_pages = (
        OperationPage(
            name="potvrda",
            label=gettext_lazy("Confirm the coordinator"),
            run=_accept,
            done=gettext_lazy("From now on this person applies for the school and was told."),
            offered=_waits,
            effects=lambda request: (
                gettext_lazy("The person sees and applies for all people of the school."),
            ),
        ),
        OperationPage(
            name="odbijanje",
            label=gettext_lazy("Refuse"),
            run=_refuse,
            done=gettext_lazy("The person was told, with the reason."),
            offered=_waits,
            form=RefusalForm,
            dangerous=True,
        ),
    )

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        """Names and schools are found in either script."""
        return super().get_search_results(request, queryset, fold(search_term))

    def get_fields(self, request: HttpRequest, obj: CoordinationRequest | None = None) -> Any:
        """The reason too, once there is one."""
        return (*self.fields, "reason") if obj is not None and obj.reason else self.fields

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People ask for themselves."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: CoordinationRequest | None = None
    ) -> bool:
        """Answered, not deleted."""
        return False
