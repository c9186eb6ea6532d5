"""A table with every column that this app can fill, outside the project's own models."""

import pytest
from django.apps.registry import Apps
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import connection, models

from centar.script.expressions import AbecedaKey, AzbukaKey, Fold
from centar.script.fields import MendedCharField, MendedTextField
from centar.script.search import Vector


def _stored(expression, output_field):
    return models.GeneratedField(expression=expression, output_field=output_field, db_persist=True)


class Book(models.Model):
    title = MendedCharField(max_length=200)
    summary = MendedTextField(blank=True)
    note = MendedTextField(null=True)
    folded = _stored(Fold("title"), models.TextField())
    sort_azbuka = _stored(AzbukaKey("title"), models.TextField(db_collation="C"))
    sort_abeceda = _stored(AbecedaKey("title"), models.TextField(db_collation="C"))
    search = _stored(
        Vector("title", weight="A") + Vector("summary", weight="C"), SearchVectorField()
    )

    class Meta:
        apps = Apps()
        app_label = "script_tests"
        indexes = [
            GinIndex(fields=["search"], name="book_search"),
            GinIndex(OpClass("folded", name="gin_trgm_ops"), name="book_folded"),
        ]


class Review(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE)

    class Meta:
        apps = Book._meta.apps
        app_label = "script_tests"


@pytest.fixture
def books(db):
    """The model, with an empty table that is gone after the test."""
    with connection.schema_editor() as editor:
        editor.create_model(Book)
        editor.create_model(Review)
    return Book


@pytest.fixture
def reviews(books):
    """The model of reviews of books, with an empty table."""
    return Review
