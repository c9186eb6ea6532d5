"""Who must not assess what: the one view, and all that reads it."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection
from django.db.models import EmailField

from centar.assessment.models import Assignment, Conflict, Item
from centar.assessment.queries import conflicts
from centar.people.models import Person, User
from centar.schools.models import School
from tests.factories.assessment import (
    AssignmentFactory,
    DeclaredConflictFactory,
    ItemFactory,
    PartyFactory,
)
from tests.factories.people import PersonFactory, StaffFactory
from tests.factories.schools import SchoolFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def item():
    return ItemFactory()


def found(item, *people):
    return conflicts.conflicts([item.pk], [person.pk for person in people])


def is_apart(item, person):
    stranger = PersonFactory(school=SchoolFactory())
    return found(item, person, stranger) == {(item.pk, person.pk)}


def test_what_is_ones_own(item):
    assert is_apart(item, PartyFactory(item=item).person)


def test_an_author_without_an_account_is_found_by_the_address_in_any_letter_case(item):
    PartyFactory(item=item, person=None, email="Ana.Ilic@Example.org")

    person = PersonFactory(user__email="ana.ilic@example.org")

    assert is_apart(item, person)


def test_an_author_without_a_login_is_found_by_the_address_given_for_them(item):
    PartyFactory(item=item, person=None, email="ana.ilic@example.org")

    person = PersonFactory(user=None, contact_email="Ana.Ilic@example.org")

    assert is_apart(item, person)


def test_people_without_an_address_have_none_in_common(item):
    PartyFactory(item=item, person=PersonFactory(user=None), email="")

    assert found(item, PersonFactory(user=None)) == set()


def test_the_school_where_the_author_worked_then(item):
    school = SchoolFactory()
    PartyFactory(item=item, person=PersonFactory(school=SchoolFactory()), school=school)

    assert is_apart(item, PersonFactory(school=school))


def test_the_school_of_an_author_of_whom_only_the_address_is_known(item):
    school = SchoolFactory()
    PartyFactory(item=item, person=None, email="ana.ilic@example.org", school=school)

    assert is_apart(item, PersonFactory(school=school))


def test_the_school_where_the_author_works_now(item):
    school = SchoolFactory()
    PartyFactory(item=item, person=PersonFactory(school=school), school=SchoolFactory())

    assert is_apart(item, PersonFactory(school=school))


def test_whoever_has_left_the_school_is_free_of_it(item):
    person = PersonFactory(school=SchoolFactory())
    PartyFactory(item=item, school=person.school)
    person.school = SchoolFactory()
    person.save()

    assert found(item, person) == set()


@pytest.mark.parametrize("author_is_in_the_main_school", [True, False])
def test_outlying_units_are_one_school_with_their_main_school(item, author_is_in_the_main_school):
    main = SchoolFactory()
    unit, another = SchoolFactory(parent=main), SchoolFactory(parent=main)
    PartyFactory(item=item, school=main if author_is_in_the_main_school else another)

    assert is_apart(item, PersonFactory(school=unit))


def test_a_declared_one(item):
    assert is_apart(item, DeclaredConflictFactory(item=item).person)


def test_a_conflict_is_about_one_thing():
    author = PartyFactory().person

    assert found(ItemFactory(), author) == set()


def test_no_school_is_no_school_in_common(item):
    PartyFactory(item=item, person=PersonFactory(school=None))

    assert found(item, PersonFactory(school=None)) == set()


def test_all_pairs_are_found_by_one_statement(item, django_assert_num_queries):
    other = ItemFactory()
    first, second = PartyFactory(item=item).person, PartyFactory(item=other).person
    people = [first.pk, second.pk, *(PersonFactory().pk for _ in range(3))]

    with django_assert_num_queries(1):
        pairs = conflicts.conflicts([item.pk, other.pk], people)

    assert pairs == {(item.pk, first.pk), (other.pk, second.pk)}


def test_several_reasons_are_one_conflict(item):
    school = SchoolFactory()
    author = PersonFactory(school=school)
    PartyFactory(item=item, person=author, school=school)
    DeclaredConflictFactory(item=item, person=author)

    assert Conflict.objects.filter(item=item, person=author).count() == 5
    assert found(item, author) == {(item.pk, author.pk)}
    assert Item.objects.filter(conflicts.of_user(author.user)).count() == 1


def test_an_account_without_a_person_is_found_among_the_authors(item):
    staff = StaffFactory()
    PartyFactory(item=item, person=None, email=staff.email.upper())

    assert conflicts.has_conflict(item.pk, staff)
    assert not conflicts.has_conflict(ItemFactory().pk, staff)


def test_assignments_in_conflict_are_left_out_and_count_again_only_once_closed(item):
    free, apart = AssignmentFactory(item=item), AssignmentFactory(item=item)
    DeclaredConflictFactory(item=item, person=apart.person)
    rows = Assignment.objects.order_by("pk")

    assert list(conflicts.impartial(rows)) == [free]
    assert list(conflicts.counted(rows)) == [free]

    Item.objects.update(closed_at=item.added_at)

    assert list(conflicts.impartial(rows)) == [free]
    assert list(conflicts.counted(rows)) == [free, apart]


def fields_of(model, wanted):
    return {(model._meta.db_table, field.column) for field in model._meta.fields if wanted(field)}


def test_the_view_reads_every_address_and_workplace_that_people_have():
    """A new field that says where somebody works, or is written to, belongs into the view.

    Renamed columns the database follows by itself, and it lets none be dropped that is read.
    """

    def leads_to(model):
        return lambda field: field.related_model is model

    def is_address(field):
        return isinstance(field, EmailField)

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name, column_name FROM information_schema.view_column_usage"
            " WHERE view_name = %s",
            [Conflict._meta.db_table],
        )
        read = set(cursor.fetchall())

    assert {one for one in read if one[0].startswith(("people_", "schools_"))} == {
        *fields_of(Person, leads_to(School)),
        *fields_of(Person, leads_to(User)),
        *fields_of(Person, is_address),
        *fields_of(User, is_address),
        *fields_of(School, leads_to(School)),
        *fields_of(Person, lambda field: field.primary_key),
        *fields_of(User, lambda field: field.primary_key),
        *fields_of(School, lambda field: field.primary_key),
    }


def test_no_other_table_says_where_somebody_works():
    """Coordinators apply for a school without working there; a new link is to be thought about."""
    links = {
        model.__name__
        for model in apps.get_app_config("people").get_models()
        if {Person, School} <= {field.related_model for field in model._meta.fields}
    }

    assert links == {"Coordination", "CoordinationRequest"}
