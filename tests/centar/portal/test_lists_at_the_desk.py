"""Lists and forms of the whole back office: none grows a query, or a list to choose from."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteMixin, ForeignKeyRawIdWidget
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType

from centar.audit.models import Entry
from centar.events.models import Booking, Event
from centar.pages.models import Centre
from centar.people.models import Person, User
from centar.schools.models import District, School, Settlement
from science_club.models import Club
from tests import office
from tests.factories.events import EventFactory
from tests.factories.people import AdministratorFactory, UserFactory
from tests.factories.schools import MunicipalityFactory, SchoolFactory, SubjectFactory
from trainings.models import Programme, Trainer

pytestmark = pytest.mark.django_db

LISTS = {
    "account/emailaddress": (
        lambda n: EmailAddress.objects.create(user=UserFactory(), email=f"a{n}@example.org"),
        5,
    ),
    "audit/entry": (
        lambda n: Entry.objects.create(action="events.enrol", object_type="event", object_id=n),
        8,
    ),
    "auth/group": (lambda n: Group.objects.create(name=f"Група {n}"), 5),
    "events/event": (lambda n: EventFactory(), 5),
    "pages/centre": (lambda n: Centre.objects.create(name=f"Центар {n}", town="Чачак"), 5),
    "schools/district": (lambda n: District.objects.create(name=f"Округ {n}"), 5),
    "schools/municipality": (lambda n: MunicipalityFactory(), 5),
    "schools/school": (lambda n: SchoolFactory(), 6),
    "schools/settlement": (
        lambda n: Settlement.objects.create(name=f"Село {n}", municipality=MunicipalityFactory()),
        6,
    ),
    "schools/subject": (lambda n: SubjectFactory(), 5),
    "science_club/club": (lambda n: Club.objects.create(town=f"Место {n}"), 5),
}


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_the_same_queries_however_many_rows(django_assert_num_queries, name, rows):
    make, queries = LISTS[name]
    for number in range(rows):
        make(number)
    desk = office.desk_of(AdministratorFactory())
    ContentType.objects.get_for_models(*admin.site._registry)

    with django_assert_num_queries(queries):
        answer = desk.get(f"/admin/{name}/")

    assert answer.context["cl"].result_count == rows


SEARCHED = (AutocompleteMixin, ForeignKeyRawIdWidget)
# So many rows that nobody scrolls through them, and no page should carry them.
LARGE = {Booking, Event, Person, Programme, School, Settlement, Trainer, User}


def forms_of(desk, request):
    """The form of each page, and of each table in it."""
    yield desk.get_form(request)
    for inline in desk.get_inline_instances(request):
        yield inline.get_formset(request).form


def test_what_there_is_much_of_is_searched_for_instead_of_listed(rf):
    request = rf.get("/admin/")
    request.user = AdministratorFactory()

    listed = [
        f"{model.__name__}.{name}"
        for model, desk in admin.site._registry.items()
        if not model.__module__.startswith("django_q") and desk.has_change_permission(request)
        for form in forms_of(desk, request)
        for name, field in form.base_fields.items()
        if getattr(field, "queryset", None) is not None
        and field.queryset.model in LARGE
        and not isinstance(getattr(field.widget, "widget", field.widget), SEARCHED)
    ]

    assert listed == []
