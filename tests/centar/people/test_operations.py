from datetime import date

import pytest

from centar.access import Refusal
from centar.audit.models import Entry
from centar.people import operations
from centar.people.models import Coordination, Person, User
from tests.factories.people import (
    CoordinationFactory,
    PersonFactory,
    StaffFactory,
    UserFactory,
)
from tests.factories.schools import SchoolFactory, SubjectFactory

pytestmark = pytest.mark.django_db


def audit():
    return list(Entry.objects.order_by("pk").values_list("action", "detail"))


def confirmer():
    return StaffFactory(permissions=["people.change_coordination"])


def test_a_new_account_has_its_person_and_reads_letters_in_the_face_of_the_page():
    user = UserFactory()

    person = operations.open_account(
        user=user, first_name="Ана", last_name="Илић", face="lat", by=user
    )

    user.refresh_from_db()
    assert (user.face, user.person, str(person)) == ("lat", person, "Ана Илић")
    assert audit() == [("people.choose_face", {"face": "lat"}), ("people.open_account", {})]


def test_an_account_is_opened_whole_or_not_at_all(monkeypatch):
    user = UserFactory()

    def broken(*args, **kwargs):
        raise RuntimeError("the audit is full")

    monkeypatch.setattr("centar.audit.trail.record", broken)
    with pytest.raises(RuntimeError):
        operations.open_account(user=user, first_name="Ана", last_name="Илић", face="cyr", by=user)

    assert Person.objects.count() == 0


def test_a_profile_is_written_and_the_audit_keeps_the_names_of_the_fields_only():
    person = PersonFactory(first_name="Ана", last_name="Илић")
    school, subject = SchoolFactory(), SubjectFactory()
    profile = operations.Profile(
        first_name="Ана",
        last_name="Илић Савић",
        phone="034 123 456",
        school=school,
        post=Person.Post.SUBJECT_TEACHER,
        subject=subject,
        birth_date=date(1985, 3, 24),
        birth_place="Крагујевац",
    )

    operations.revise_profile(user=person.user, profile=profile, face="cyr", by=person.user)

    person.refresh_from_db()
    assert {name: getattr(person, name) for name in vars(profile)} == vars(profile)
    changed = "last_name phone school post subject birth_date birth_place"
    assert audit() == [("people.revise_profile", {"fields": changed})]


def test_a_profile_saved_without_changes_leaves_no_trace():
    person = PersonFactory()
    profile = operations.Profile(first_name=person.first_name, last_name=person.last_name)

    operations.revise_profile(user=person.user, profile=profile, face="cyr", by=person.user)

    assert audit() == []


def test_a_login_without_a_person_gets_one_with_its_first_profile():
    staff = StaffFactory()
    profile = operations.Profile(first_name="Јелена", last_name="Симић")

    person = operations.revise_profile(user=staff, profile=profile, face="en", by=staff)

    staff.refresh_from_db()
    assert (Person.objects.get(), staff.face) == (person, "en")
    assert person.user == staff


def test_homoglyphs_in_a_name_are_mended():
    person = PersonFactory()
    profile = operations.Profile(first_name="Mилица", last_name="Jовановић")  # Latin M and J

    operations.revise_profile(user=person.user, profile=profile, face="cyr", by=person.user)

    person.refresh_from_db()
    assert str(person) == "Милица Јовановић"


def test_birth_is_completed_without_a_word_of_it_in_the_audit():
    person = PersonFactory()

    done = operations.complete_birth(
        person=person, birth_date=date(1985, 3, 24), birth_place="Чачак", by=person.user
    )

    assert (done.birth_date, done.birth_place) == (date(1985, 3, 24), "Чачак")
    assert audit() == [("people.complete_birth", {})]


def test_an_unknown_face_is_refused():
    user = UserFactory()

    with pytest.raises(Refusal) as refused:
        operations.choose_face(user=user, face="glagoljica", by=user)

    assert refused.value.field == "face"
    assert User.objects.get().face == "cyr"


def test_only_staff_with_the_permission_confirm_a_coordinator():
    person, school = PersonFactory(), SchoolFactory()

    for stranger in (person.user, UserFactory(), StaffFactory()):
        with pytest.raises(Refusal):
            operations.confirm_coordination(person=person, school=school, by=stranger)
    assert Coordination.objects.count() == 0

    by = confirmer()
    done = operations.confirm_coordination(person=person, school=school, by=by)
    assert (done.person, done.school, done.confirmed_by) == (person, school, by)
    assert audit() == [("people.confirm_coordination", {"school": school.pk})]


def test_a_person_coordinates_a_school_once_at_a_time():
    by = confirmer()
    first = CoordinationFactory()

    with pytest.raises(Refusal):
        operations.confirm_coordination(person=first.person, school=first.school, by=by)

    operations.end_coordination(coordination_id=first.pk, by=by)
    again = operations.confirm_coordination(person=first.person, school=first.school, by=by)
    first.refresh_from_db()
    assert first.ended_at is not None
    assert again.ended_at is None


def test_strangers_and_staff_without_the_permission_end_no_coordination():
    coordination = CoordinationFactory()

    for stranger in (UserFactory(), StaffFactory()):
        with pytest.raises(Refusal):
            operations.end_coordination(coordination_id=coordination.pk, by=stranger)

    coordination.refresh_from_db()
    assert coordination.ended_at is None


def test_what_has_ended_cannot_end_again():
    by = confirmer()
    coordination = CoordinationFactory()
    ended = operations.end_coordination(coordination_id=coordination.pk, by=by)

    with pytest.raises(Refusal):
        operations.end_coordination(coordination_id=coordination.pk, by=by)

    coordination.refresh_from_db()
    assert coordination.ended_at == ended.ended_at
