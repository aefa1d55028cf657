"""What a browser would send back from an entry screen that nobody touched."""

from html.parser import HTMLParser
from typing import Any

Fields = dict[str, list[str]]


class _Reader(HTMLParser):
    def __init__(self, form: str) -> None:
        super().__init__(convert_charrefs=True)
        self.form, self.inside = form, False
        self.fields: Fields = {}
        self.open = ""  # the select or textarea in which we are
        self.text: list[str] | None = None

    def handle_starttag(self, tag: str, pairs: list[tuple[str, str | None]]) -> None:
        found = dict(pairs)
        if tag == "form":
            self.inside = found.get("id") == self.form
        if not self.inside or "disabled" in found:
            return
        name, kind = found.get("name") or "", found.get("type") or "text"
        if tag == "input" and name and kind not in ("submit", "button", "file"):
            if kind not in ("checkbox", "radio") or "checked" in found:
                self.fields.setdefault(name, []).append(
                    found.get("value") or ("on" if kind in ("checkbox", "radio") else "")
                )
        elif tag == "select":
            self.open = name
        elif tag == "option" and self.open and "selected" in found:
            self.fields.setdefault(self.open, []).append(found.get("value") or "")
        elif tag == "textarea" and name:
            self.open, self.text = name, []

    def handle_data(self, data: str) -> None:
        if self.text is not None:
            self.text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.text is not None:
            self.fields.setdefault(self.open, []).append("".join(self.text).removeprefix("\n"))
            self.text = None
        if tag in ("select", "textarea"):
            self.open = ""
        if tag == "form":
            self.inside = False


def sent(html: str, model: str) -> Fields:
    """Return the fields of a model's entry form, each with the values that stand in it."""
    reader = _Reader(f"{model}_form")
    reader.feed(html)
    assert reader.fields, "there is no entry form on this page"
    return reader.fields


def rows(prefix: str, *forms: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of new rows below a record that has none."""
    data: dict[str, Any] = {f"{prefix}-TOTAL_FORMS": len(forms), f"{prefix}-INITIAL_FORMS": 0}
    for number, form in enumerate(forms):
        data |= {f"{prefix}-{number}-{name}": value for name, value in form.items()}
    return data
