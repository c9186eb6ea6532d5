"""Variables of the environment, read once; a missing or bad one says what to set."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

MODES = ("development", "production")
MIN_SECRET_LENGTH = 50

QUERIES = {"options": "-c jit=off"}
"""Compiling a query takes longer than any query of a page."""


class Environment:
    """Typed access to the variables, with a sentence for the person who runs the portal."""

    def __init__(self, root: Path) -> None:
        """Read `.env` in the root folder, where there is one; real variables win over it."""
        self._read = environ.Env()
        environ.Env.read_env(root / ".env") if (root / ".env").exists() else None
        self.mode = self._read.str("CENTAR_MODE", default="production")
        if self.mode not in MODES:
            raise ImproperlyConfigured(
                f"CENTAR_MODE is {self.mode!r}; set it to 'development' or 'production'."
            )

    @property
    def is_production(self) -> bool:
        """Whether the portal serves the public; the default, so that nothing leaks by omission."""
        return self.mode == "production"

    def text(self, name: str, *, development: str, hint: str) -> str:
        """The variable; development has a default, production must set it."""
        value: str = self._read.str(name, default="" if self.is_production else development)
        if not value and self.is_production:
            raise ImproperlyConfigured(
                f"{name} is not set. {hint} (On your own machine set CENTAR_MODE=development.)"
            )
        return value

    def optional(self, name: str, default: str = "") -> str:
        """The variable, or the default."""
        value: str = self._read.str(name, default=default)
        return value

    def names(self, name: str, *, development: str, hint: str) -> list[str]:
        """A list separated by commas."""
        text = self.text(name, development=development, hint=hint)
        return [part.strip() for part in text.split(",") if part.strip()]

    def optional_names(self, name: str) -> list[str]:
        """A list separated by commas; empty when it is not set."""
        return [part.strip() for part in self.optional(name).split(",") if part.strip()]

    def secret(self, name: str, *, development: str, hint: str) -> str:
        """A long secret: short ones are refused in production."""
        value = self.text(name, development=development, hint=hint)
        if self.is_production and len(value) < MIN_SECRET_LENGTH:
            raise ImproperlyConfigured(
                f"{name} has {len(value)} characters; it needs at least {MIN_SECRET_LENGTH}. {hint}"
            )
        return value

    def site(self, name: str, *, development: str, hint: str) -> str:
        """An address such as https://portal.example.org, without a slash at the end."""
        value = self.text(name, development=development, hint=hint).rstrip("/")
        parts = urlsplit(value)
        if parts.scheme not in {"http", "https"} or not parts.netloc:
            raise ImproperlyConfigured(f"{name} is {value!r}, which is no web address. {hint}")
        if self.is_production and parts.scheme != "https":
            raise ImproperlyConfigured(f"{name} is {value!r}; in production it must be https.")
        return value

    def database(self, local_data: Path) -> dict[str, object]:
        """Django's default database: DATABASE_URL, or the embedded server in development."""
        common: dict[str, object] = {
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": QUERIES,
        }
        url = self.optional("DATABASE_URL")
        if url:
            config: dict[str, Any] = dict(environ.Env.db_url_config(url))
            if config.get("ENGINE") != "django.db.backends.postgresql":
                raise ImproperlyConfigured(
                    "DATABASE_URL must be postgres://user:password@host:port/name; "
                    "the portal runs on PostgreSQL only."
                )
            return config | common | {"OPTIONS": config.get("OPTIONS", {}) | QUERIES}
        if self.is_production:
            raise ImproperlyConfigured(
                "DATABASE_URL is not set. Set it to postgres://user:password@host:port/name."
            )
        data = self.optional("LOCAL_POSTGRES") or str(local_data)
        engine = {"ENGINE": "centar.embedded_postgres", "NAME": "centar", "LOCAL_DATA": data}
        return engine | common

    def mail(self, development_folder: Path) -> dict[str, object]:
        """EMAIL_* settings from EMAIL_URL; development writes letters to files."""
        url = self.optional("EMAIL_URL")
        if not url and self.is_production:
            raise ImproperlyConfigured(
                "EMAIL_URL is not set. Set it to smtp+tls://user:password@host:587."
            )
        if not url:
            return {
                "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
                "EMAIL_FILE_PATH": str(development_folder),
            }
        return dict(environ.Env.email_url_config(url))

    def key_file(self, name: str, *, opened_by: str) -> Path | None:
        """A PKCS#12 file with a private key, opened by the passphrase in another variable.

        None when none is set; a key nobody can read or a missing passphrase is said at once.
        """
        text = self.optional(name)
        if not text:
            return None
        path = Path(text)
        if not path.is_file():
            raise ImproperlyConfigured(
                f"{name} is {text!r}, where there is no file. Set it to a PKCS#12 file (.p12), or "
                "leave it out: papers are then issued without a signature."
            )
        if not self.optional(opened_by):
            raise ImproperlyConfigured(
                f"{name} is set and {opened_by} is not. Set it to the passphrase of the file."
            )
        return path
