"""Neither side of a double-blind review learns who the other is, wherever they look.

Each role signs in and walks over everything that it reaches: every page in its three faces, every
file, feed and export, and every letter that it got. The controls show that the walk would find a
name.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.db.models import Model
from django.test import override_settings

from accreditation.blinding import Mask
from centar.assessment.models import Assignment, Item, Panel
from centar.audit.models import Entry
from centar.files import metadata
from centar.outbox.models import Letter
from centar.people.models import Person, User
from tests.attacks import blindness, office_walk
from tests.attacks.blindness import ASSESSORS, AUTHORS, Walk, World
from tests.attacks.office_walk import OfficeWalk
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the files of the world are kept while this module looks at them."""
    return tmp_path_factory.mktemp("media")


@pytest.fixture(autouse=True)
def own_files(settings: Any, place: Path) -> None:
    settings.MEDIA_ROOT = place


@pytest.fixture(scope="module")
def peopled(
    django_db_setup: None, django_db_blocker: Any, place: Path
) -> Iterator[tuple[World, list[Any]]]:
    """The world and the letters sent in it, made once for this module."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=place):
        atomic = transaction.atomic()
        atomic.__enter__()
        made = blindness.world()
        yield made, list(mail.outbox)
        transaction.set_rollback(True)
        atomic.__exit__(None, None, None)


@pytest.fixture
def made(peopled: tuple[World, list[Any]]) -> World:
    world, letters = peopled
    mail.outbox[:] = letters
    return world


def walk(
    made: World,
    user: User | None,
    *,
    only_reviews: bool = False,
    by_links: bool = False,
    in_all_faces: bool = False,
) -> Walk:
    return Walk(user, blindness.keys_of(made), only_reviews, by_links, in_all_faces).go()


def without_own(roots: tuple[str, ...], own: str) -> tuple[str, ...]:
    return tuple(root for root in roots if root != own)


def reached(done: Walk, *beginnings: str) -> bool:
    """Whether every one of these was reached, and not only refused."""
    return all(
        any(path.startswith(one) and len(content) > 500 for path, content in done.seen.items())
        for one in beginnings
    )


@pytest.mark.parametrize("number", [0, 1])
def test_an_assessor_learns_neither_authors_nor_other_assessors(made: World, number: int) -> None:
    user = made.assessors[number].user
    own = ("osljan", "pjescar")[number]

    # The first has sent all of theirs, and so reads more; the second still waits with one. One
    # of them tries every number there is, and looks at what other letters and words say.
    is_first = number == 0
    done = walk(made, user, only_reviews=not is_first, by_links=not is_first, in_all_faces=is_first)

    faces = ("", "/lat", "/en") if number == 0 else ("",)
    assert reached(done, *(f"{face}/recenzije/" for face in faces))
    assert any("prilog-1.docx" in head for head in done.heads.values())
    assert any("prilog-2.pdf" in head for head in done.heads.values())
    assert any(path.endswith("/razlike/") for path in done.seen)
    assert done.names(AUTHORS) == []
    assert done.names(without_own(ASSESSORS, own)) == []
    assert blindness.letters_to(user, AUTHORS) == []
    assert blindness.letters_to(user, without_own(ASSESSORS, own)) == []


def test_the_chair_of_a_blind_panel_does_not_learn_the_authors(made: World) -> None:
    done = walk(made, made.chair, only_reviews=True)

    assert reached(done, "/recenzije/komisija/", "/recenzije/odluke/", "/recenzije/predlog/")
    assert any(path.endswith(".xlsx") for path in done.seen)
    assert any(path.endswith("zapisnik.pdf") for path in done.seen)
    assert done.names(AUTHORS) == []
    assert blindness.letters_to(made.chair, AUTHORS) == []


def test_an_author_does_not_learn_who_assesses_or_decides(made: World) -> None:
    user = made.lead.user

    done = walk(made, user)

    assert reached(done, "/predlozi/")
    assert any(path.endswith("/odluka/") for path in done.seen)
    assert done.names(ASSESSORS) == []
    assert blindness.letters_to(user, ASSESSORS) == []


def test_staff_in_conflict_learn_neither_names_nor_counts(made: World) -> None:
    done = walk(made, blindness.onlooker_in_conflict(made), only_reviews=True)

    assert reached(done, "/recenzije/odluke/")
    assert done.names(without_own(ASSESSORS, "dzudic")) == []
    sheet = done.seen[f"/recenzije/odluke/{made.phase.call_id}/"].decode()
    assert 'class="number" data-label' not in sheet


def test_the_back_office_tells_staff_in_conflict_no_assessor(made: World) -> None:
    user = blindness.onlooker_in_conflict(made)
    User.objects.filter(pk=user.pk).update(is_superuser=True)
    reviewers = without_own(ASSESSORS, "dzudic")

    hanging = [
        office_walk.address(type(row), what, row.pk)
        for person in made.assessors
        for row in (person, person.user)
        for what in ("change", "history", "delete")
    ]

    done = OfficeWalk(user, {}, models=(Item, Panel, Letter, Entry), more=hanging).go()

    assert reached(done, "/admin/assessment/panel/", "/admin/outbox/letter/", "/admin/audit/entry/")
    assert done.outside_people(reviewers) == []
    assert done.on_people([one.code for one in made.proposals]) == []
    some = Assignment.objects.filter(person=made.assessors[0]).first()
    assert some is not None
    by_hand: list[tuple[type[Model], str]] = [
        (Letter, f"q={made.assessors[0].user.email}"),
        (Letter, f"object_id={made.assessors[0].pk}&kind=assessment.asked"),
        (Entry, f"object_type=assessment.assignment&object_id={some.pk}"),
        (Item, f"assignments={some.pk}"),
        (Person, f"assignments={some.pk}"),
    ]
    assert office_walk.found_by(user, by_hand) == []


def test_whoever_is_not_signed_in_learns_nothing(made: World) -> None:
    done = walk(made, None)

    assert done.names((*AUTHORS, *ASSESSORS)) == []


class TestControls:
    """The walk finds names where they are not hidden; each way of hiding is needed."""

    def roots(self, done: Walk) -> set[str]:
        return {found.root for found in done.names(AUTHORS)}

    def test_in_an_open_panel_both_sides_are_read_everywhere(self, made: World) -> None:
        Panel.objects.update(blindness="open")

        by_assessor = walk(made, made.assessors[0].user, only_reviews=True, by_links=True)
        by_author = walk(made, made.lead.user, only_reviews=True, by_links=True)

        found = by_assessor.names(AUTHORS)
        assert {one.root for one in found} == set(AUTHORS)
        assert any("/prilog/" in one.where for one in found)
        assert any("/razlike/" in one.where for one in found)
        others = {one.root for one in by_author.names(ASSESSORS)}
        assert {"osljan", "pjescar", "vrnjkov"} <= others

    def test_the_back_office_tells_staff_without_conflict(self, made: World) -> None:
        user = UserFactory(is_staff=True, is_superuser=True)

        done = OfficeWalk(user, {}, models=(Letter,)).go()

        found = " ".join(done.outside_people(ASSESSORS))
        for place in ("assessment/item", "assessment/panel", "outbox/letter"):
            assert f"/admin/{place}/" in found
        assert "/history/" in found or "/radnja/odlazak/" in found

    def test_without_the_mask_texts_name_the_authors(
        self, made: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Mask, "hide", lambda self, text: text)

        done = walk(made, made.assessors[0].user, only_reviews=True, by_links=True)

        # Schools and villages stand only in the texts.
        assert self.roots(done) == set(AUTHORS)
        assert {
            one.root
            for one in walk(made, made.chair, only_reviews=True, by_links=True).names(AUTHORS)
        } >= {"cirkovic"}

    def test_with_metadata_files_name_the_authors(
        self, made: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(metadata, "stripped", lambda content, mime_type: content)
        monkeypatch.setattr(Mask, "finds", lambda self, text: "")

        found = walk(made, made.assessors[0].user, only_reviews=True, by_links=True).names(AUTHORS)

        assert {one.root for one in found} == {"cirkovic", "njezic", "mavrencer"}
        assert all("/prilog/" in one.where for one in found)

    def test_without_the_last_look_a_link_in_a_pdf_names_an_author(
        self, made: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(Mask, "finds", lambda self, text: "")

        assert self.roots(walk(made, made.assessors[0].user, only_reviews=True, by_links=True)) == {
            "cirkovic"
        }

    def test_a_name_in_a_letter_would_be_found(self, made: World) -> None:
        assert blindness.letters_to(made.lead.user, ("objasniti",))
        assert blindness.letters_to(made.assessors[0].user, ("recenzije",))
        assert blindness.letters_to(made.chair, ("recenzije",))
