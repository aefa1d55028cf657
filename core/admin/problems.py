"""What is not right on an entry screen: one list at its head, each with the way to its box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst


@dataclass(frozen=True)
class Problem:
    """One thing that is not right: where (empty: the whole record), the box's id, and what to do."""

    where: str
    anchor: str
    text: str


def problems_of(form: Any, rows: Iterable[Any]) -> list[Problem]:
    """Return what a refused form and the rows below it say, in the order of the screen."""
    found = list(_of_form(form, ""))
    for inline in rows:
        found += [
            Problem(capfirst(str(inline.opts.verbose_name_plural)), f"{inline.formset.prefix}-group", text)
            for text in inline.formset.non_form_errors()
        ]
        for number, row in enumerate(inline.formset.forms, 1):
            found += _of_form(row, f"{capfirst(str(inline.opts.verbose_name))} {number}")
    return found


def _of_form(form: Any, place: str) -> Iterator[Problem]:
    for name, messages in form.errors.items():
        box = form[name] if name in form.fields else None
        label = capfirst(str(box.label)) if box is not None else ""
        where = ": ".join(part for part in (place, label) if part)
        anchor = box.id_for_label if box is not None else ""
        yield from (Problem(where, anchor, str(message)) for message in messages)
