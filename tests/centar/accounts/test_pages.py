"""Allauth's pages in our frame, in the three faces."""

import re

import pytest
from django.urls import reverse

from tests.factories.people import PASSWORD, PersonFactory

pytestmark = pytest.mark.django_db

OUTSIDE = [
    "account_login",
    "account_signup",
    "account_email_verification_sent",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key_done",
    "account_inactive",
]
INSIDE = [
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
]


@pytest.fixture
def inside(client):
    person = PersonFactory(user__confirmed=True)
    client.post("/nalog/login/", {"login": person.user.email, "password": PASSWORD})
    client.post("/nalog/reauthenticate/", {"password": PASSWORD})
    return client


def assert_ours(response, lang):
    assert response.status_code == 200
    page = response.content.decode()
    assert f'<html lang="{lang}">' in page
    assert 'class="site-header"' in page
    assert len(re.findall("<h1", page)) == 1
    # what the safety rules forbid would silently not work
    assert re.findall(r"<style|\sstyle=|\son[a-z]+=", page) == []
    inline = [
        attributes
        for attributes in re.findall(r"<script([^>]*)>", page)
        if "src=" not in attributes and 'type="application/json"' not in attributes
    ]
    assert inline == []
    visible = re.findall(r'<(?:input|select|textarea)\b(?![^>]*type="hidden")[^>]*>', page)
    for field in visible:
        identity = re.search(r'\sid="([^"]+)"', field)
        assert identity, field
        assert f'for="{identity[1]}"' in page, field


@pytest.mark.parametrize(("prefix", "lang"), [("", "sr-Cyrl"), ("/lat", "sr-Latn"), ("/en", "en")])
@pytest.mark.parametrize("name", OUTSIDE)
def test_a_page_before_signing_in_is_in_our_frame(client, name, prefix, lang):
    assert_ours(client.get(prefix + reverse(name)), lang)


@pytest.mark.parametrize(("prefix", "lang"), [("", "sr-Cyrl"), ("/lat", "sr-Latn"), ("/en", "en")])
@pytest.mark.parametrize("name", INSIDE)
def test_a_page_after_signing_in_is_in_our_frame(inside, name, prefix, lang):
    assert_ours(inside.get(prefix + reverse(name)), lang)


def test_what_is_wrong_is_tied_to_its_field_and_summed_up(client):
    page = client.post("/nalog/login/", {"login": "ana", "password": ""}).content.decode()

    assert "data-takes-focus" in page
    for field in ("login", "password"):
        tag = re.search(rf'<input[^>]*id="id_{field}"[^>]*>', page)
        assert tag
        assert 'aria-invalid="true"' in tag[0]
        described = re.search('aria-describedby="([^"]+)"', tag[0])
        assert described
        assert f"id_{field}_error" in described[1].split()
        assert all(f'id="{part}"' in page for part in described[1].split())
        assert f'href="#id_{field}"' in page
