import pytest
from django.test import Client
from django.urls import get_script_prefix, set_script_prefix
from django.utils import translation


@pytest.fixture(autouse=True)
def _own_addresses(settings):
    settings.ROOT_URLCONF = "tests.centar.script.addresses"
    settings.MIDDLEWARE = [
        "centar.script.middleware.FaceMiddleware",
        "centar.script.middleware.LatinMiddleware",
        "django.middleware.common.CommonMiddleware",
    ]
    # The project's page "not found" links to the project's own addresses.
    settings.TEMPLATES = [{"BACKEND": "django.template.backends.django.DjangoTemplates"}]
    settings.SCRIPT_CYRILLIC_ONLY = ["/admin/"]
    settings.LANGUAGES = [("sr", "Serbian"), ("en", "English")]


@pytest.mark.parametrize(
    ("path", "face", "language"),
    [("/vidi/", "cyr", "sr"), ("/lat/vidi/", "lat", "sr"), ("/en/vidi/", "en", "en")],
)
def test_the_address_selects_the_face(client, path, face, language):
    response = client.get(f"{path}?q=1", headers={"Accept-Language": "en"})
    assert response.json() == {
        "path": path,
        "path_info": "/vidi/",
        "full": f"{path}?q=1",
        "language": language,
        "face": face,
        "text": "Њега",
    }


@pytest.mark.parametrize(
    ("path", "language"),
    [("/strana/", "sr-Cyrl"), ("/lat/strana/", "sr-Latn"), ("/en/strana/", "en")],
)
def test_the_response_names_its_language(client, path, language):
    assert client.get(path)["Content-Language"] == language


def test_a_view_may_name_another_language(client):
    assert client.get("/lat/jezik/")["Content-Language"] == "sr-Cyrl"


@pytest.mark.parametrize(
    ("path", "page"),
    [
        (
            "/strana/",
            '<p title="Обука">Њега <a href="/strana/">Да</a></p><input value="Њега">',
        ),
        (
            "/lat/strana/",
            '<p title="Obuka">Njega <a href="/lat/strana/">Da</a></p><input value="Њега">',
        ),
        (
            "/en/strana/",
            '<p title="Obuka">Njega <a href="/en/strana/">Yes</a></p><input value="Њега">',
        ),
    ],
)
def test_a_page_is_written_in_its_face_and_links_to_it(client, path, page):
    response = client.get(path)
    assert response.content.decode() == page
    assert response["Content-Length"] == str(len(page.encode()))
    assert response.cookies["ime"].value == "vrednost"


def test_a_fragment_for_htmx_is_converted_too(client):
    response = client.get("/lat/strana/", headers={"HX-Request": "true"})
    assert response.content.decode().startswith('<p title="Obuka">Njega')


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("/lat/tekst/", "<p>Њега</p>".encode()),
        ("/lat/sazeto/", "<p>Њега</p>".encode()),
        ("/lat/lose/", b"<p>\xd0\x8a \xff</p>"),
        ("/lat/drugo-pismo/", b"<p>Bor</p>"),
    ],
)
def test_only_complete_html_is_converted(client, path, content):
    assert client.get(path).content == content


@pytest.mark.parametrize("path", ["/lat/tok/", "/lat/datoteka/"])
def test_streams_pass_as_they_are(client, path):
    assert "Њ".encode() in b"".join(client.get(path).streaming_content)


def test_a_redirect_stays_in_the_face(client):
    assert client.get("/lat/dalje/")["Location"] == "/lat/strana/"
    assert client.get("/dalje/")["Location"] == "/strana/"


def test_a_missing_slash_is_added_within_the_face(client):
    assert client.get("/lat/strana?a=1")["Location"] == "/lat/strana/?a=1"
    assert client.get("/en?a=1")["Location"] == "/en/?a=1"


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/lat/admin/", "/admin/"),
        ("/en/admin/ljudi/?q=%D0%B0", "/admin/ljudi/?q=%D0%B0"),
        ("/lat/admin", "/admin"),
    ],
)
def test_the_back_office_has_one_face(client, path, target):
    response = client.get(path)
    assert (response.status_code, response["Location"]) == (302, target)
    assert client.get("/admin/").json()["face"] == "cyr"


@pytest.mark.parametrize("path", ["/lat/lat/vidi/", "/latvidi/", "/lat//vidi/", "/LAT/vidi/"])
def test_other_paths_are_not_found(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("path", ["/lat/vidi/", "/en/vidi/", "/en/nema/", "/lat/greska/"])
def test_prefix_and_language_are_restored(path):
    with translation.override("de"):
        Client(raise_request_exception=False).get(path)
        assert translation.get_language() == "de"
    assert get_script_prefix() == "/"


def test_the_face_comes_after_the_prefix_of_the_server(client):
    set_script_prefix("/portal/")  # as the WSGI handler does under SCRIPT_NAME
    try:
        response = client.get("/lat/strana/")
        assert get_script_prefix() == "/portal/"
    finally:
        set_script_prefix("/")
    assert '<a href="/portal/lat/strana/">' in response.content.decode()
