from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.template import engines
from django.test import RequestFactory
from django.utils.translation import override

from centar.events.models import Event
from centar.portal.templatetags import components
from tests import reader

NOON = datetime(2027, 2, 1, 11, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _clock():
    with time_machine.travel(NOON, tick=False):
        yield


def rendered(part, **context):
    template = engines["django"].from_string("{% load components %}" + part)
    return template.render(context, RequestFactory().get("/"))


def words(html):
    return reader.Page(html).text


def counted(held, waiting, **facts):
    """An event with its counts, in memory."""
    made = Event(**{"capacity": 20, "state": Event.State.OPEN} | facts)
    made.held_count, made.waiting_count = held, waiting
    return made


@pytest.mark.parametrize(
    ("made", "cyrillic", "english"),
    [
        (counted(0, 0), "20 слободних места од 20", "20 places free of 20"),
        (counted(18, 0), "2 слободна места од 20", "2 places free of 20"),
        (counted(19, 0), "1 слободно место од 20", "1 place free of 20"),
        (counted(20, 0), "Нема слободних места", "No free places"),
        (
            counted(20, 1),
            "Нема слободних места, 1 особа чека",
            "No free places, 1 person is waiting",
        ),
        (
            counted(20, 5),
            "Нема слободних места, 5 особа чека",
            "No free places, 5 people are waiting",
        ),
        (counted(0, 0, capacity=0), "Нема слободних места", "No free places"),
        (counted(7, 0, capacity=None), "Отворено за све", "Open to everybody"),
        (counted(7, 2, state=Event.State.CANCELLED), "Отказано", "Cancelled"),
    ],
)
def test_places_are_said_in_words(made, cyrillic, english):
    with override("sr"):
        assert words(components.seats(made)) == cyrillic
    with override("en"):
        assert words(components.seats(made)) == english


def test_more_people_than_places_is_no_negative_number():
    """The staff may hold more than the number says, after a mistake; the page stays sane."""
    with override("en"):
        assert words(components.seats(counted(22, 0))) == "No free places"


def test_the_bar_says_the_same_as_the_words_and_is_silent():
    html = components.seats(counted(5, 0))

    assert '<meter class="seats-bar" value="15" max="20" aria-hidden="true">' in html


@pytest.mark.parametrize(
    ("starts", "ends", "shown", "machine"),
    [
        (date(2027, 3, 27), None, "субота 27. март", "2027-03-27"),
        (date(2027, 3, 27), date(2027, 3, 28), "субота 27–28. март", "2027-03-27"),
        (date(2027, 3, 31), date(2027, 4, 2), "среда 31. март", "2027-03-31"),
        (date(2026, 3, 27), None, "петак 27. март 2026", "2026-03-27"),
        (date(2027, 2, 1), None, "понедељак 1. фебруар", "2027-02-01"),
        # half past eleven in the evening of the 31st in UTC is the 1st in Belgrade
        (datetime(2027, 3, 31, 22, 30, tzinfo=UTC), None, "четвртак 1. април", "2027-04-01"),
        (datetime(2027, 3, 31, 8, 0), None, "среда 31. март", "2027-03-31"),  # noqa: DTZ001
    ],
)
def test_the_leaf_shows_the_local_day(starts, ends, shown, machine):
    with override("sr"):
        html = components.date_leaf(starts, ends)

    assert words(html) == shown
    assert f'datetime="{machine}"' in html


def test_a_day_that_has_passed_looks_so():
    yesterday, today = date(2027, 1, 31), date(2027, 2, 1)

    grey = ["date-leaf-past" in components.date_leaf(day) for day in (yesterday, today)]
    still_on = components.date_leaf(yesterday, today)

    assert (grey, "date-leaf-past" in still_on) == ([True, False], False)


def test_without_a_day_there_is_no_leaf():
    assert components.date_leaf(None) == ""


HOSTILE = '"><script>alert(1)</script>'


@pytest.mark.parametrize(
    "part",
    [
        "{% card title=text level=2 %}{{ text }}{% endcard %}",
        '{% callout kind="warning" title=text %}{{ text }}{% endcallout %}',
        "{% state title=text %}{{ text }}{% endstate %}",
        "{% empty_state title=text %}{{ text }}{% endempty_state %}",
        "{% disclosure title=text count=2 %}{{ text }}{% enddisclosure %}",
        '{% menu_link "portal:home" %}{{ text }}{% endmenu_link %}',
    ],
)
def test_what_a_part_is_given_is_escaped(part):
    html = rendered(part, text=HOSTILE)

    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_a_link_of_the_menu_knows_where_the_reader_is(client, db):
    def marks(path):
        page = client.get(path).content.decode()
        return re.findall(r'<a href="([^"]+)" aria-current="page"', page)

    assert [marks(path) for path in ("/seminari/", "/katalog/", "/")] == [
        ["/seminari/"],
        ["/katalog/"],
        [],
    ]


def test_every_drawing_that_is_asked_for_exists():
    """A missing one is an empty square that no other test would see."""
    sprite = (settings.BASE_DIR / "static" / "img" / "icons.svg").read_text()
    drawn = set(re.findall(r'<symbol[^>]*\bid="([\w-]+)"', sprite))
    asked = set(re.findall(r"icons\.svg\' %}#([\w-]+)", everything("*.html")))
    asked |= set(re.findall(r'{% icon "([\w-]+)"', everything("*.html")))
    asked |= set(re.findall(r'drawing="([\w-]+)"', everything("*.html")))
    asked |= set(components.CALLOUT_ICONS.values()) | {"info", "bell", "hourglass", "chevron"}

    assert asked - drawn == set()
    assert len(asked) > 20


def everything(pattern):
    folder: Path = settings.BASE_DIR / "templates"
    return "\n".join(path.read_text(encoding="utf-8") for path in folder.rglob(pattern))


def test_a_part_with_filters_set_is_open_and_counts_them():
    html = rendered('{% disclosure title="Филтери" count=2 is_open=True %}x{% enddisclosure %}')

    assert '<details class="disclosure" open>' in html
    assert words(html).startswith("Филтери 2")


def test_the_end_of_a_long_event_decides_whether_it_has_passed():
    starts = NOON - timedelta(days=3)

    assert "date-leaf-past" not in components.date_leaf(starts, NOON + timedelta(hours=2))
