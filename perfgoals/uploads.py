"""How large a file may be that comes through the browser. A larger one is not even stored for the time of the request."""

from __future__ import annotations

from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

MAX_BYTES: Final = 50 * 1024 * 1024
_OTHER_FIELDS: Final = 1024 * 1024
"""What a form says besides its file."""


def is_too_large(request: HttpRequest) -> bool:
    """Whether the request is too large for its file to be taken; the file is then missing from the form."""
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0) > MAX_BYTES + _OTHER_FIELDS
    except ValueError:
        return False


class SizeLimit(FileUploadHandler):
    """Lets the files of too large a request pass by, so that the page can say what was wrong."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Take the file, or none of it."""
        super().new_file(*args, **kwargs)
        if self.request is not None and is_too_large(self.request):
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Hand every piece on to the next handler."""
        del start
        return raw_data

    def file_complete(self, file_size: int) -> UploadedFile[bytes] | None:
        """The next handler has the file."""
        del file_size
        return None
