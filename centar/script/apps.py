"""The app of the two Serbian scripts."""

from __future__ import annotations

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from centar.script import search


class ScriptConfig(AppConfig):
    """Serbian Cyrillic and Latin: conversion, faces of the site, sorting and search."""

    name = "centar.script"
    label = "script"
    verbose_name = "Serbian script"

    def ready(self) -> None:
        """Prepare every connection for search by similarity."""
        connection_created.connect(search.set_word_similarity, dispatch_uid="script.similarity")
