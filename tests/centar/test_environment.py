from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from centar.environment import Environment

PRODUCTION = {
    "CENTAR_MODE": "production",
    "SECRET_KEY": "n0t-a-real-secret-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFGH",
    "SITE_URL": "https://portal.example.org",
    "ALLOWED_HOSTS": "portal.example.org",
    "DATABASE_URL": "postgres://portal:secret@db.example.org:5432/portal",
    "EMAIL_URL": "smtp+tls://portal:secret@mail.example.org:587",
    "MAIL_FROM": "Центар <portal@example.org>",
}
NAMES = (*PRODUCTION, "LOCAL_POSTGRES", "BEHIND_PROXY", "SIGNING_KEY", "SIGNING_PASSPHRASE")


@pytest.fixture
def variables(monkeypatch):
    """Sets exactly these variables of the portal, whatever the machine has."""

    def put(values):
        for name in NAMES:
            monkeypatch.delenv(name, raising=False)
        for name, value in values.items():
            monkeypatch.setenv(name, value)

    return put


def managed(tmp_path, command, values):
    """What manage.py says with exactly these variables, away from any `.env`."""
    # The journeys allow Django under the browser's event loop; a server must not.
    unset = {*NAMES, "DJANGO_ALLOW_ASYNC_UNSAFE"}
    kept = {name: value for name, value in os.environ.items() if name not in unset}
    return subprocess.run(
        [sys.executable, "-W", "error", settings.BASE_DIR / "manage.py", *command],
        cwd=tmp_path,
        env=kept | values,
        capture_output=True,
        text=True,
        check=False,
    )


def refused(tmp_path, variables, values, read):
    variables(values)
    with pytest.raises(ImproperlyConfigured) as refusal:
        read(Environment(tmp_path))
    return str(refusal.value)


def test_without_a_word_it_is_production(tmp_path, variables):
    variables({})

    assert Environment(tmp_path).is_production


def test_a_mode_nobody_knows_is_named(tmp_path, variables):
    variables({"CENTAR_MODE": "developement"})

    with pytest.raises(ImproperlyConfigured, match="set it to 'development' or 'production'"):
        Environment(tmp_path)


def test_the_file_is_read_and_real_variables_win(tmp_path, variables):
    variables({"SITE_URL": "http://127.0.0.1:9000"})
    (tmp_path / ".env").write_text("CENTAR_MODE=development\nSITE_URL=http://127.0.0.1:7000\n")

    env = Environment(tmp_path)

    assert (env.mode, env.optional("SITE_URL")) == ("development", "http://127.0.0.1:9000")


READERS = {
    "SECRET_KEY": lambda env: env.secret("SECRET_KEY", development="", hint="Make one."),
    "SITE_URL": lambda env: env.site("SITE_URL", development="", hint="Give it."),
    "ALLOWED_HOSTS": lambda env: env.names("ALLOWED_HOSTS", development="", hint="Name them."),
    "MAIL_FROM": lambda env: env.text("MAIL_FROM", development="", hint="Give it."),
    "DATABASE_URL": lambda env: env.database(None),
    "EMAIL_URL": lambda env: env.mail(None),
}


@pytest.mark.parametrize("missing", sorted(READERS))
def test_in_production_a_missing_variable_is_asked_for(tmp_path, variables, missing):
    values = {name: value for name, value in PRODUCTION.items() if name != missing}

    sentence = refused(tmp_path, variables, values, READERS[missing])

    assert sentence.startswith(f"{missing} is not set. ")


@pytest.mark.parametrize("name", sorted(READERS))
def test_an_empty_variable_is_a_missing_one(tmp_path, variables, name):
    sentence = refused(tmp_path, variables, PRODUCTION | {name: ""}, READERS[name])

    assert sentence.startswith(f"{name} is not set. ")


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SECRET_KEY", "short", "SECRET_KEY has 5 characters; it needs at least 50."),
        ("SITE_URL", "portal.example.org", "which is no web address."),
        ("SITE_URL", "ftp://portal.example.org", "which is no web address."),
        ("SITE_URL", "https://", "which is no web address."),
        ("SITE_URL", "http://portal.example.org", "in production it must be https."),
        ("DATABASE_URL", "sqlite:///portal.sqlite3", "the portal runs on PostgreSQL only."),
        ("DATABASE_URL", "mysql://a:b@c/d", "the portal runs on PostgreSQL only."),
    ],
)
def test_a_bad_variable_says_what_is_wrong(tmp_path, variables, name, value, sentence):
    said = refused(tmp_path, variables, PRODUCTION | {name: value}, READERS[name])

    assert said.startswith(name)
    assert sentence in said


def test_secrets_that_were_replaced_are_none_unless_they_are_named(tmp_path, variables):
    variables(PRODUCTION)
    nothing = Environment(tmp_path).optional_names("SECRET_KEY_FALLBACKS")
    variables(PRODUCTION | {"SECRET_KEY_FALLBACKS": "first, second"})

    named = Environment(tmp_path).optional_names("SECRET_KEY_FALLBACKS")

    assert (nothing, named) == ([], ["first", "second"])


def test_names_are_split_at_commas_and_the_address_loses_its_slash(tmp_path, variables):
    hosts, site = "a.example.org, b.example.org,", "https://a.example.org/"
    variables(PRODUCTION | {"ALLOWED_HOSTS": hosts, "SITE_URL": site})

    env = Environment(tmp_path)

    assert READERS["ALLOWED_HOSTS"](env) == ["a.example.org", "b.example.org"]
    assert READERS["SITE_URL"](env) == "https://a.example.org"


def test_development_keeps_its_own_server_unless_another_is_named(tmp_path, variables):
    variables({"CENTAR_MODE": "development"})
    own = Environment(tmp_path).database(tmp_path / "data")
    url = f"{PRODUCTION['DATABASE_URL']}?sslmode=require"
    variables({"CENTAR_MODE": "development", "DATABASE_URL": url})
    other = Environment(tmp_path).database(tmp_path / "data")

    assert (own["ENGINE"], own["LOCAL_DATA"]) == (
        "centar.embedded_postgres",
        str(tmp_path / "data"),
    )
    assert (other["ENGINE"], other["HOST"], other["NAME"]) == (
        "django.db.backends.postgresql",
        "db.example.org",
        "portal",
    )
    assert [one["OPTIONS"] for one in (own, other)] == [
        {"options": "-c jit=off"},
        {"options": "-c jit=off", "sslmode": "require"},
    ]


def test_the_portal_does_not_start_half_configured(tmp_path):
    values = {name: value for name, value in PRODUCTION.items() if name != "EMAIL_URL"}

    done = managed(tmp_path, ["check"], values)

    assert done.returncode != 0
    assert "ImproperlyConfigured: EMAIL_URL is not set. Set it to smtp+tls://" in done.stderr


def test_production_has_nothing_to_be_warned_of(tmp_path):
    done = managed(tmp_path, ["check", "--deploy", "--fail-level", "WARNING"], PRODUCTION)

    assert (done.returncode, done.stderr) == (0, "")
    assert "no issues" in done.stdout


def test_without_a_key_nothing_is_signed(variables, tmp_path):
    variables({})

    assert Environment(tmp_path).key_file("SIGNING_KEY", opened_by="SIGNING_PASSPHRASE") is None


def test_a_key_is_a_file_with_its_passphrase(variables, tmp_path):
    key = tmp_path / "centar.p12"
    key.write_bytes(b"key")
    variables({"SIGNING_KEY": str(key), "SIGNING_PASSPHRASE": "тајна"})

    assert Environment(tmp_path).key_file("SIGNING_KEY", opened_by="SIGNING_PASSPHRASE") == key


@pytest.mark.parametrize(
    ("passphrase", "name", "sentence"),
    [
        ("тајна", "nema.p12", "SIGNING_KEY is .*nema.p12', where there is no file"),
        ("", "centar.p12", "SIGNING_KEY is set and SIGNING_PASSPHRASE is not"),
    ],
)
def test_a_key_that_cannot_sign_is_said_at_once(variables, tmp_path, passphrase, name, sentence):
    (tmp_path / "centar.p12").write_bytes(b"key")
    variables({"SIGNING_KEY": str(tmp_path / name), "SIGNING_PASSPHRASE": passphrase})

    with pytest.raises(ImproperlyConfigured, match=sentence):
        Environment(tmp_path).key_file("SIGNING_KEY", opened_by="SIGNING_PASSPHRASE")
