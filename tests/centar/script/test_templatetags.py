import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe

from centar.script import faces


def _render(source, **context):
    return Template("{% load script %}" + source).render(Context(context))


def test_latin_converts_and_escapes_like_any_text():
    assert _render("{{ text|latin }}", text="Њега <б>") == "Njega &lt;b&gt;"
    assert _render("{{ text|latin }}", text=mark_safe("<b>Њега</b>")) == "<b>Njega</b>"
    assert _render("{{ number|latin }}", number=5) == "5"


@pytest.mark.parametrize(
    ("face", "expected"),
    [(faces.CYRILLIC, "Његош"), (faces.LATIN, "Njegoš"), (faces.ENGLISH, "Njegoš")],
)
def test_a_text_is_written_in_the_readers_face(face, expected):
    assert _render("{{ text|in_face:face }}", text="Његош", face=face) == expected
