"""Accounts and people, all invented, at example.org."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import factory
from allauth.account.models import EmailAddress
from django.contrib.auth.models import Permission
from django.db.models import Value
from django.db.models.functions import Concat
from factory.django import DjangoModelFactory

from centar.people.models import Coordination, Person, User
from tests.factories.schools import SchoolFactory

PASSWORD = "три речи и месец"


class UserFactory(DjangoModelFactory[User]):
    """A login with PASSWORD; `confirmed=True` has its address confirmed, as signing in asks."""

    email = factory.Sequence(lambda n: f"osoba{n}@example.org")
    password = factory.django.Password(PASSWORD)

    class Meta:
        model = User
        skip_postgeneration_save = True

    @factory.post_generation
    def confirmed(self: Any, create: bool, extracted: bool | None, **kwargs: Any) -> None:
        if create and extracted:
            EmailAddress.objects.create(user=self, email=self.email, verified=True, primary=True)


class StaffFactory(UserFactory):
    """A login of the back office; `permissions=["people.view_person"]` says what it may do."""

    email = factory.Sequence(lambda n: f"centar{n}@example.org")
    is_staff = True

    @factory.post_generation
    def permissions(
        self: Any, create: bool, extracted: Iterable[str] | None, **kwargs: Any
    ) -> None:
        names = set(extracted or ())
        if not create or not names:
            return
        found = Permission.objects.annotate(
            name_in_full=Concat("content_type__app_label", Value("."), "codename")
        ).filter(name_in_full__in=names)
        assert len(found) == len(names), "One of these permissions does not exist."
        self.user_permissions.add(*found)


class AdministratorFactory(UserFactory):
    """A login that may do everything."""

    email = factory.Sequence(lambda n: f"uprava{n}@example.org")
    is_staff = True
    is_superuser = True


class PersonFactory(DjangoModelFactory[Person]):
    """A participant with a login; `user=None` makes one without."""

    user = factory.SubFactory(UserFactory)
    first_name = "Милица"
    last_name = factory.Sequence(lambda n: f"Петровић {n}")

    class Meta:
        model = Person


class CoordinationFactory(DjangoModelFactory[Coordination]):
    """A person confirmed to apply for the people of a school."""

    person = factory.SubFactory(PersonFactory)
    school = factory.SubFactory(SchoolFactory)

    class Meta:
        model = Coordination
