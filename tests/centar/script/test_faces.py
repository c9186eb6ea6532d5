import pytest
from django.test import RequestFactory

from centar.script import context_processors, faces
from centar.script.templatetags import script


@pytest.fixture(autouse=True)
def _back_office_is_cyrillic_only(settings):
    settings.SCRIPT_CYRILLIC_ONLY = ["/admin/"]


@pytest.mark.parametrize(
    ("path", "face", "expected"),
    [
        ("/obuke/", faces.LATIN, "/lat/obuke/"),
        ("/obuke/", faces.ENGLISH, "/en/obuke/"),
        ("/lat/obuke/", faces.ENGLISH, "/en/obuke/"),
        ("/en/obuke/", faces.CYRILLIC, "/obuke/"),
        ("/lat/obuke/", faces.LATIN, "/lat/obuke/"),
        ("/", faces.LATIN, "/lat/"),
        ("/lat/", faces.CYRILLIC, "/"),
        ("/lat/obuke/?q=%C5%A1&page=2#spisak", faces.ENGLISH, "/en/obuke/?q=%C5%A1&page=2#spisak"),
        ("/obuke/?next=/lat/x/", faces.LATIN, "/lat/obuke/?next=/lat/x/"),
        ("/latinica/", faces.LATIN, "/lat/latinica/"),
        ("/enigma/", faces.CYRILLIC, "/enigma/"),
        ("/admin/people/", faces.LATIN, "/admin/people/"),
        ("/lat/admin/?q=a", faces.ENGLISH, "/admin/?q=a"),
        ("/administracija/", faces.LATIN, "/lat/administracija/"),
        # never a link to another site
        ("/lat//example.org/", faces.CYRILLIC, "/example.org/"),
        ("/lat/\\example.org/", faces.CYRILLIC, "/example.org/"),
        ("//example.org/", faces.CYRILLIC, "/example.org/"),
    ],
)
def test_the_same_page_has_an_address_in_each_face(path, face, expected):
    assert faces.address(path, face) == expected


@pytest.mark.parametrize("face", faces.ALL)
def test_a_face_is_found_by_its_code_and_by_its_path(face):
    assert faces.by_code(face.code) is face
    assert faces.of_path(f"/{face.prefix}obuke/") == (face, "/obuke/")


def test_an_unknown_code_is_an_error():
    with pytest.raises(KeyError):
        faces.by_code("ru")


def test_a_request_without_a_face_is_cyrillic():
    assert faces.of(RequestFactory().get("/lat/")) is faces.CYRILLIC


def test_templates_know_the_face_and_the_way_to_the_others():
    request = RequestFactory().get("/lat/obuke/?q=a&d=1")
    request.face = faces.LATIN
    assert context_processors.face(request) == {"face": faces.LATIN}
    assert script.face_switch(request).splitlines() == [
        '<li><a href="/obuke/?q=a&amp;d=1" lang="sr-Cyrl" hreflang="sr-Cyrl" translate="no">'
        "Ћирилица</a></li>",
        '<li><a href="/lat/obuke/?q=a&amp;d=1" lang="sr-Latn" hreflang="sr-Latn" translate="no"'
        ' aria-current="true">Latinica</a></li>',
        '<li><a href="/en/obuke/?q=a&amp;d=1" lang="en" hreflang="en" translate="no">'
        "English</a></li>",
    ]
    assert script.alternates(request).splitlines() == [
        '<link rel="alternate" hreflang="sr-Cyrl" href="http://testserver/obuke/?q=a&amp;d=1">',
        '<link rel="alternate" hreflang="sr-Latn" href="http://testserver/lat/obuke/?q=a&amp;d=1">',
        '<link rel="alternate" hreflang="en" href="http://testserver/en/obuke/?q=a&amp;d=1">',
    ]
