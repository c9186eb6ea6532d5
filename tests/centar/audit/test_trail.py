"""The audit: who did what to what."""

from __future__ import annotations

import pytest

from centar.audit import trail
from centar.audit.models import Entry
from tests import office
from tests.factories.people import AdministratorFactory, PersonFactory

LIST = "/admin/audit/entry/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return PersonFactory()


def test_an_entry_names_the_deed_the_object_and_the_reason(person):
    entry = trail.record(
        "people.rename", person, by=person.user, reason="Удаја", before="Ана", number=2, new=True
    )

    entry.refresh_from_db()
    assert (entry.action, entry.object_type, entry.object_id) == (
        "people.rename",
        "people.person",
        person.pk,
    )
    assert (entry.actor_id, entry.reason) == (person.user.pk, "Удаја")
    assert entry.detail == {"before": "Ана", "number": 2, "new": True}
    assert str(entry) == f"people.rename people.person:{person.pk}"


def test_the_portal_itself_has_no_number(person):
    assert trail.record("people.rename", person, by=None).actor_id is None


def test_an_entry_outlives_its_actor_and_its_object(person):
    user = person.user
    trail.record("people.rename", person, by=user)
    number, key = user.pk, person.pk

    person.delete()
    user.delete()

    entry = Entry.objects.get()
    assert (entry.actor_id, entry.object_id) == (number, key)


def test_the_audit_is_read_newest_first(person):
    first, second = (trail.record(action, person, by=None) for action in ("a", "b"))

    assert list(Entry.objects.all()) == [second, first]


def test_nobody_changes_the_audit_by_hand(person):
    entry = trail.record("people.rename", person, by=None)
    desk = office.desk_of(AdministratorFactory())

    assert desk.get(LIST).status_code == 200
    assert desk.get(f"{LIST}{entry.pk}/change/").status_code == 200
    assert desk.post(f"{LIST}{entry.pk}/change/", {"action": "b"}).status_code == 403
    assert desk.get(f"{LIST}add/").status_code == 403
    assert desk.post(f"{LIST}{entry.pk}/delete/", {"post": "yes"}).status_code == 403
    desk.post(LIST, {"action": "delete_selected", "_selected_action": [entry.pk], "post": "yes"})
    assert Entry.objects.get().action == "people.rename"
