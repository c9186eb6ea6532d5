"""Two people editing one object: the later one is told."""

from __future__ import annotations

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils import translation

from centar.audit.admin import RevisionForm
from centar.people.models import Person
from tests.factories.people import PersonFactory, UserFactory

pytestmark = pytest.mark.django_db
UNKNOWN = (
    "This was changed while you were editing. Nothing of yours is saved; "
    "open the page in a new tab, compare, and enter your change again."
)


class NameForm(RevisionForm):
    class Meta:
        model = Person
        fields = ("first_name", "last_name")


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


@pytest.fixture
def person():
    return PersonFactory(first_name="Ана")


def opened(person):
    """What the browser got when the page was opened."""
    form = NameForm(instance=Person.objects.get(pk=person.pk))
    return {name: form[name].value() for name in form.fields}


def sent(person, page, **changes):
    """The form as it comes back."""
    return NameForm({**page, **changes}, instance=Person.objects.get(pk=person.pk))


def test_an_edit_of_what_was_seen_is_saved(person):
    form = sent(person, opened(person), first_name="Ева")

    assert form.is_valid()
    form.save()
    assert Person.objects.get().first_name == "Ева"


def test_an_edit_of_something_older_is_refused_and_keeps_what_was_typed(person):
    page = opened(person)
    Person.objects.update(phone="034 123 456")

    form = sent(person, page, first_name="Ева")

    assert form.errors == {"__all__": [UNKNOWN]}
    assert form["first_name"].value() == "Ева"
    assert Person.objects.get().first_name == "Ана"


def test_whoever_was_faster_is_named(person):
    page = opened(person)
    other = UserFactory(email="druga@example.org")
    Person.objects.update(phone="034 123 456")
    LogEntry.objects.create(
        user=other,
        content_type=ContentType.objects.get_for_model(Person),
        object_id=str(person.pk),
        object_repr="",
        action_flag=CHANGE,
        change_message="",
    )

    [sentence] = sent(person, page).errors["__all__"]

    assert sentence.startswith("druga@example.org changed this at ")


@pytest.mark.parametrize("seen", ["", "0", "прва", "-1", "99999999999999999999"])
def test_a_form_that_does_not_say_what_it_saw_is_refused(seen, person):
    form = sent(person, opened(person), seen_revision=seen)

    assert not form.is_valid()


def test_a_new_object_has_nothing_to_compare():
    form = NameForm({"first_name": "Ана", "last_name": "Петровић"}, instance=Person())

    assert form.is_valid()


def test_a_save_that_is_undone_can_be_tried_again(person):
    page = opened(person)
    with transaction.atomic():
        Person.objects.update(phone="034 123 456")
        transaction.set_rollback(True)

    assert sent(person, page).is_valid()
