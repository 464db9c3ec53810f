"""The fields of the editing page as a browser without scripts would send them; knows nothing of the program."""

from __future__ import annotations

from html.parser import HTMLParser


class EditForm(HTMLParser):
    """Its fields by name, in their order: ``feed`` it the page."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: list[tuple[str, str]] = []
        self._inside, self._area, self._select = False, "", ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._inside = given.get("id") == "edit-form"
        name = given.get("name", "")
        if not self._inside:
            return
        if tag == "input" and name and given.get("type") not in ("submit", "button", "checkbox", "radio", "file"):
            self.fields.append((name, given.get("value", "")))
        elif tag == "textarea":
            self._area = name
            self.fields.append((name, ""))
        elif tag == "select":
            self._select = name
            self.fields.append((name, ""))
        elif tag == "option" and "selected" in given and self._select:
            self.fields[-1] = (self._select, given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._inside = False
        elif tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            name, text = self.fields[-1]
            # A browser leaves out the line end right behind the tag.
            self.fields[-1] = (name, text + (data.removeprefix("\n") if not text else data))
