"""Whole addresses of the app's pages, for letters."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from centar.script import faces


def page(name: str, *args: object, face: str) -> str:
    """The address of the page of this name, in the reader's face."""
    path = reverse(f"accreditation:{name}", args=args)
    return f"{settings.SITE_URL}{faces.address(path, faces.by_code(face))}"
