"""A gazette as the import reads it: its issues and documents, and the projects of the lists and forms inside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from imports.drafts import ProjectDraft
from imports.layouts import key_project_list, target_form
from imports.layouts.gazette.borders import with_tabs
from imports.layouts.gazette.drafts import DocumentDraft, EmbeddedDraft, IssueDraft
from imports.layouts.gazette.embedded import EmbeddedPart, embedded_parts, leave_to
from imports.layouts.gazette.reading import read_gazette
from imports.reading import Defaults, Reading, SourceError
from imports.text_lines import PartOfLines

READERS: Final = {reader.NAME: reader for reader in (key_project_list, target_form)}


def read(reading: Reading, defaults: Defaults) -> Iterator[ProjectDraft | IssueDraft | DocumentDraft]:
    """Issues before their documents, each document before the projects of its lists and forms.

    Every line belongs to a document or an issue, so that none is left unclaimed. Raises `SourceError` for a text in
    which no document is found.
    """
    found = False
    lines = with_tabs(reading.lines)
    for draft in read_gazette(lines):
        reading.claim_range(draft.first_line, draft.last_line)
        if isinstance(draft, DocumentDraft):
            found = True
            parts = embedded_parts(lines, draft)
            projects = [_read(part, lines, reading, draft, defaults) for part in parts]
            yield draft
            yield from chain.from_iterable(projects)
        else:
            yield draft
    if not found:
        raise SourceError("没有找到公文：查找的是标题、发文字号或主送机关。")


def _read(
    part: EmbeddedPart, lines: Sequence[str], reading: Reading, document: DocumentDraft, defaults: Defaults
) -> list[ProjectDraft]:
    """The projects of one part, its lines counted in the whole file.

    A part that its reader refuses stays text of its document, with a notice why: it must not keep a gazette out.
    """
    reader = READERS[part.reader_name]
    # Blank lines in place of what stands above, so that lines are called by their numbers in the whole file.
    inner = Reading(PartOfLines(lines, part.first, part.last), begin=part.first - 1)
    try:
        drafts = list(reader.read(inner, defaults))
    except SourceError as error:
        line = error.line or part.first
        reading.notice(line, "incomplete", f"这里的“{reader.TITLE}”没有读出项目：{error.message}")
        drafts = []
    else:
        reading.take_over(inner)
    if drafts:
        leave_to(part, document)
    document.embedded.append(EmbeddedDraft(part.reader_name, part.first, part.last, len(drafts)))
    return drafts
