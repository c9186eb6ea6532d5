from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func


class Facets(Func):
    """What a record is narrowed by, as one list: its kind, UDC class, language, decade and year.

    The database function comes from this app's migration 0006_finding.
    """

    function = "library_facets"
    arity = 4
    output_field = ArrayField(models.TextField())
