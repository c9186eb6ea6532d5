"""Our files in the terms of django-import-export, which finds the list and asks for the format."""

from __future__ import annotations

from typing import Any

import tablib
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy
from import_export.formats import base_formats
from import_export.resources import Resource

from trainings.catalogue_files import headings, known, writing
from trainings.models import Programme


class XlsxFormat(base_formats.XLSX):  # type: ignore[misc]
    """Excel, without formulas."""

    def get_title(self) -> Any:
        """What the choice says."""
        return gettext_lazy("Excel (XLSX)")

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """The file; a ValueError carries a sentence for the person."""
        return writing.as_xlsx(dataset)


class CsvFormat(base_formats.CSV):  # type: ignore[misc]
    """CSV, without formulas."""

    def get_title(self) -> Any:
        """What the choice says."""
        return gettext_lazy("Text separated by semicolons (CSV)")

    def is_binary(self) -> bool:
        """It is encoded already."""
        return True

    def export_data(self, dataset: tablib.Dataset, **kwargs: Any) -> bytes:
        """The file."""
        return writing.as_csv(dataset)


class ProgrammeResource(Resource):  # type: ignore[misc]
    """Programmes as rows of a file."""

    @classmethod
    def get_display_name(cls) -> str:
        """A name for the choice among several resources, of which there is this one."""
        return "programmes"

    def export(self, queryset: QuerySet[Programme], **kwargs: Any) -> tablib.Dataset:
        """All columns, in a constant number of queries."""
        rows = (writing.row(programme) for programme in known.with_relations(queryset))
        return tablib.Dataset(*rows, headers=[column.heading for column in headings.ALL])
