"""What a page leads to and what it sends, and what no page of the site may have in its markup."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlencode

LINKS = {"href", "hx-get", "data-panel", "data-description"}
Attributes = list[tuple[str, str | None]]


@dataclass
class Form:
    """A form as a browser would send it untouched."""

    action: str
    method: str
    fields: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class Markup(HTMLParser):
    """Read it with `feed`."""

    links: list[str] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()
        self._select = ""

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Note where it leads, and what the policy would refuse."""
        said = {name: value or "" for name, value in attrs}
        self._judge(tag, said)
        if tag == "form":
            self.forms.append(Form(said.get("action", ""), said.get("method", "get").lower()))
        elif "formaction" in said:
            self.forms.append(Form(said["formaction"], said.get("formmethod", self._method())))
        elif tag in {"input", "select", "option", "textarea"} and self.forms:
            self._fill(tag, said)
        if tag not in {"link", "use", "base"} and "download" not in said:
            self.links += [said[name] for name in LINKS & said.keys()]

    def _method(self) -> str:
        return self.forms[-1].method if self.forms else "post"

    def _judge(self, tag: str, said: dict[str, str]) -> None:
        inline = [name for name in said if name.startswith("on") or name in {"style", "hx-on", "srcdoc"}]
        if tag == "style" or (tag == "script" and "src" not in said and said.get("type") != "application/json"):
            inline.append(tag)
        if any(value.strip().lower().startswith(("javascript:", "data:")) for value in said.values()):
            inline.append("an address that is a program")
        self.faults += [f"<{tag}>: {name}" for name in inline]

    def _fill(self, tag: str, said: dict[str, str]) -> None:
        fields = self.forms[-1].fields
        if tag == "select":
            self._select = said.get("name", "")
        elif tag == "option" and self._select and "selected" in said:
            fields.append((self._select, said.get("value", "")))
        elif said.get("name") and (said.get("type") not in {"checkbox", "radio"} or "checked" in said):
            fields.append((said["name"], said.get("value", "")))


def query_of(form: Form) -> str:
    return urlencode([(name, value) for name, value in form.fields if value])
