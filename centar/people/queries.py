"""Reads for the pages about people."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import QuerySet

from centar.people.models import Coordination, CoordinationRequest, Person, User
from centar.schools.models import School
from centar.script.faces import Face
from centar.script.folding import fold

SCHOOLS_SHOWN = 12
# On the region's 129 schools 98 of 100 words with one wrong letter come above this likeness to
# their school; names from other regions (Земун, Суботица) stay below 0.34.
_ALIKE = 0.4


@dataclass(frozen=True)
class SchoolSearch:
    """The search for a school as a page shows it."""

    text: str = ""
    chosen: School | None = None
    found: tuple[School, ...] = ()
    errors: tuple[str, ...] = ()

    @property
    def offered(self) -> tuple[School, ...]:
        """The school chosen so far, then those that were found."""
        if self.chosen is None:
            return self.found
        return (self.chosen, *(school for school in self.found if school != self.chosen))


def person_of(user: User) -> Person | None:
    """The participant behind this login and nothing beside it; staff may have none.

    By hand, since pages ask on every visit and Django takes three times as long to say it.
    """
    rows = Person.objects.raw("SELECT * FROM people_person WHERE user_id = %s", [user.pk])
    for person in rows:
        person.user = user  # known already, so nothing is joined for it
        return person
    return None


def own_person(user: User) -> Person | None:
    """The participant behind this login; staff may have none."""
    return (
        Person.objects.filter(user=user)
        .select_related("user", "school__municipality", "subject")
        .first()
    )


@dataclass(frozen=True)
class CoordinationStanding:
    """Where somebody stands as a coordinator.

    `schools` are those that the person coordinates; `last` is the latest request for the person's
    present school, while that school is not among them.
    """

    schools: tuple[School, ...] = ()
    last: CoordinationRequest | None = None

    @property
    def is_waiting(self) -> bool:
        """Whether a request waits for its answer."""
        return self.last is not None and self.last.state == CoordinationRequest.State.WAITING

    @property
    def is_refused(self) -> bool:
        """Whether the latest request was refused."""
        return self.last is not None and self.last.state == CoordinationRequest.State.REFUSED


def coordination_standing(person: Person) -> CoordinationStanding:
    """Where the person stands, with two queries at most."""
    live = Coordination.objects.filter(person=person, ended_at=None).select_related("school")
    schools = tuple(one.school for one in live.order_by("school__sort_azbuka"))
    last = None
    if person.school is not None and person.school not in schools:
        last = CoordinationRequest.objects.filter(person=person, school=person.school).last()
    return CoordinationStanding(schools, last)


def schools_like(text: str, face: Face) -> tuple[School, ...]:
    """The first schools whose name and place hold every word of the text, in the face's order.

    Script, diacritics and letter case do not matter. When no school has all the words, the most
    similar ones are given, so that a typing error still finds its school. An empty text finds
    nothing.
    """
    key = fold(text)
    if not key:
        return ()
    schools: QuerySet[School] = School.objects.select_related("municipality")
    exact = schools
    for word in key.split():
        exact = exact.filter(folded__contains=word)
    found = tuple(exact.order_by(f"sort_{face.order}")[:SCHOOLS_SHOWN])
    if found:
        return found
    alike = schools.annotate(likeness=TrigramWordSimilarity(key, "folded"))
    return tuple(alike.filter(likeness__gte=_ALIKE).order_by("-likeness", "pk")[:SCHOOLS_SHOWN])
