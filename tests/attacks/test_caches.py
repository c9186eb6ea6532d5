"""What browsers and caches keep: nothing of a person, and no page that another visitor shaped."""

from __future__ import annotations

import warnings

import pytest
from django.core.cache import caches
from django.test import Client

from tests import office, scenery

pytestmark = pytest.mark.django_db


def own_pages(scene: scenery.Scenery) -> list[str]:
    """One's own pages, and a public one that shows a booking to its owner."""
    return [path for paths in scene.own_pages().values() for path in paths]


def test_no_page_of_somebody_who_is_signed_in_stays_in_the_browser():
    scene = scenery.furnish()
    browser = office.desk_of(scene.login)

    kept = [
        path for path in own_pages(scene) if "no-store" not in browser.get(path)["Cache-Control"]
    ]

    assert kept == []


def test_a_calendar_keeps_its_own_word_on_caches():
    scene = scenery.furnish()

    answers = [
        office.desk_of(scene.login).get(path)["Cache-Control"]
        for path in ("/kalendar/svi.ics", f"/prijave/{scene.placed.pk}/termin.ics")
    ]

    assert answers == ["public, max-age=900", "private"]


def test_public_pages_of_visitors_are_not_forbidden_to_caches():
    assert "Cache-Control" not in Client().get("/").headers


@pytest.mark.parametrize("path", ["/", "/seminari/", "/katalog/"])
def test_a_stranger_does_not_shape_the_page_that_the_next_visitor_gets(path):
    scene = scenery.furnish()
    clean = Client().get(path).content
    caches["pages"].clear()  # the stranger comes first now
    strange = {
        "hx-request": "true",
        "hx-boosted": "true",
        "x-forwarded-host": "zlo.example.org",
        "x-forwarded-proto": "https",
        "x-original-url": "/admin/",
        "accept-language": "en",
        "range": "bytes=0-5",
    }
    Client().get(path, headers=strange)
    Client().head(path)
    office.desk_of(scene.login).get(path)

    assert Client().get(path).content == clean


def test_the_longest_address_that_is_kept_is_a_key_that_every_cache_takes():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        response = Client().get("/seminari/?q=" + "a" * 280)

    assert response.status_code == 200
