"""Districts, municipalities, schools and subjects, all invented."""

from __future__ import annotations

import factory
from factory.django import DjangoModelFactory

from centar.schools.models import District, Municipality, School, Subject


class DistrictFactory(DjangoModelFactory[District]):
    """One district, however often it is asked for."""

    name = "Шумадијски округ"

    class Meta:
        model = District
        django_get_or_create = ("name",)


class MunicipalityFactory(DjangoModelFactory[Municipality]):
    """A municipality of a name of its own."""

    district = factory.SubFactory(DistrictFactory)
    name = factory.Sequence(lambda n: f"Општина {n}")
    unit_type = "општина"

    class Meta:
        model = Municipality
        django_get_or_create = ("name",)


class SchoolFactory(DjangoModelFactory[School]):
    """A primary school of a name of its own."""

    name = factory.Sequence(lambda n: f"ОШ „Прва бразда {n}“")
    kind = School.Kind.PRIMARY
    place = "Доња Врбава"
    municipality = factory.SubFactory(MunicipalityFactory)

    class Meta:
        model = School


class SubjectFactory(DjangoModelFactory[Subject]):
    """A subject of a name of its own."""

    name = factory.Sequence(lambda n: f"Предмет {n}")

    class Meta:
        model = Subject
