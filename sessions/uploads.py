"""Files that are too large to be a material: taken off the line without keeping a byte of them."""

from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from sessions.models.materials import LARGEST

_AROUND = 1024**2  # what a form may weigh beside its file
_PLACES = ("/training_sessions/material/",)


class OversizeFile(UploadedFile):
    """What is left of a file that was refused: its name and its size."""


class OversizeHandler(FileUploadHandler):
    """Decides by the length that the browser announces. The rest of the form is read, so that what was typed stays."""

    is_refusing = False

    def handle_raw_input(
        self,
        input_data: Any,
        META: Mapping[str, Any],
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Look at the announced length before anything is read."""
        path = self.request.path if self.request else ""
        self.is_refusing = content_length > LARGEST + _AROUND and any(place in path for place in _PLACES)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        """Nothing for the next handler where the file is refused: neither memory nor disk sees it."""
        return None if self.is_refusing else raw_data

    def file_complete(self, file_size: int) -> UploadedFile | None:
        """A file without content, or None: the next handler has it."""
        if not self.is_refusing:
            return None
        return OversizeFile(None, self.file_name, self.content_type, file_size)
