"""Parts of pages that are drawn once for each face."""

from __future__ import annotations

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import TemplateSyntaxError, engines
from django.test import RequestFactory
from django.test.utils import override_script_prefix
from django.utils.translation import override

from centar.portal.templatetags import fixed
from centar.script import markup


def template(part: str):
    return engines["django"].from_string("{% load fixed i18n %}" + part)


def test_a_fixed_part_is_drawn_once_in_each_language_and_face():
    part = template('{% fixed %}{% translate "Seminars" %} {% url "portal:home" %}{% endfixed %}')

    drawn = []
    for language, prefix in (("sr", "/"), ("sr", "/lat/"), ("en", "/en/"), ("sr", "/")):
        with override(language), override_script_prefix(prefix):
            drawn.append(part.render({}))

    latin, english = (markup.finished(part) for part in ("Seminari /lat/", "Seminars /en/"))
    assert drawn == ["Семинари /", latin, english, "Семинари /"]


def test_nothing_of_one_reader_is_seen_by_another():
    part = template(
        "{% fixed %}{{ name }}{{ request.path }}{{ user }}{{ csrf_token }}{% endfixed %}"
    )
    request = RequestFactory().get("/moja-strana/")
    request.user = AnonymousUser()

    assert part.render({"name": "Милица"}, request) == ""


def test_what_is_given_by_name_tells_apart():
    part = template("{% fixed here=view %}{{ here }}{% endfixed %}")

    assert [part.render({"view": view}) for view in ("home", "help", "home")] == [
        "home",
        "help",
        "home",
    ]


def test_a_part_with_many_values_does_not_grow_for_ever():
    part = template("{% fixed one=one %}{{ one }}{% endfixed %}")

    drawn = [part.render({"one": number}) for number in [*range(fixed.MOST_DRAWN + 1), 0]]

    (node,) = part.template.nodelist.get_nodes_by_type(fixed.FixedNode)
    assert (drawn[0], drawn[-2], drawn[-1]) == ("0", str(fixed.MOST_DRAWN), "0")
    assert len(node.drawn) == 2


def test_a_fixed_part_takes_values_by_name_only():
    with pytest.raises(TemplateSyntaxError, match="by name only"):
        template("{% fixed view %}{% endfixed %}")
