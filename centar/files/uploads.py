"""Uploads do not fill the disk: of what is larger than any form takes, only the size is kept."""

from __future__ import annotations

from django.core.files.uploadhandler import TemporaryFileUploadHandler

LARGEST_KEPT = 64 * 1024 * 1024
"""Bytes; as much as the largest file that a form takes, an import of the library."""


class CountingUploadHandler(TemporaryFileUploadHandler):
    """Writes the beginning of a file to the disk and counts the rest.

    The file has its whole size, by which every form refuses it with its own sentence.
    """

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Write the piece that begins at `start`, unless enough is written."""
        if start > LARGEST_KEPT:
            return None
        return super().receive_data_chunk(raw_data, start)
