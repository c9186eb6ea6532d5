"""The database's side of folding and sorting, for queries and for stored columns.

    folded = models.GeneratedField(
        expression=Fold("title"), output_field=models.TextField(), db_persist=True
    )
    in_azbuka = models.GeneratedField(
        expression=AzbukaKey("title"),
        output_field=models.TextField(db_collation="C"),
        db_persist=True,
    )

Use a text field without a limit: a key can be longer than its text. The functions behind come
from this app's migration 0001_functions, on which the model's migration must depend.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Func


class Fold(Func):
    """`folding.fold` of a column whose homoglyphs are mended."""

    function = "script_fold"
    arity = 1
    output_field = models.TextField()


class AzbukaKey(Func):
    """`sorting.sort_key` in the Cyrillic order."""

    function = "script_sort_azbuka"
    arity = 1
    output_field = models.TextField(db_collation="C")


class AbecedaKey(Func):
    """`sorting.sort_key` in the Latin order."""

    function = "script_sort_abeceda"
    arity = 1
    output_field = models.TextField(db_collation="C")
