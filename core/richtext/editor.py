"""The rich text editor's extensions: one list for what the browser offers and what the sanitiser lets through."""

from typing import Any

from django_prose_editor.config import add_allowed_classes, add_tags_and_attributes
from js_asset import static_lazy


def _footnote(config: Any, shared: dict[str, Any]) -> None:
    add_tags_and_attributes(shared, ["span"], None)
    add_allowed_classes(shared, {"span": ["voetnoot"]})


def _bound_figure(config: Any, shared: dict[str, Any]) -> None:
    add_tags_and_attributes(shared, ["span"], {"span": ["data-figure", "data-id", "data-field", "data-form"]})


def _nothing(config: Any, shared: dict[str, Any]) -> None:
    """The extension adds no markup of its own."""


# Callables, because a dotted path is not resolved by django-prose-editor 0.28.
EDITOR_EXTENSIONS = [
    {
        "js": [static_lazy("js/editor-extensions.js")],
        "extensions": {
            "Footnote": _footnote,
            "BoundFigure": _bound_figure,
            "OfficePaste": _nothing,
            "Accessible": _nothing,
        },
    }
]

EDITOR_CONFIG = {
    "extensions": {
        "Bold": True,
        "Italic": True,
        "Subscript": True,
        "Superscript": True,
        "BulletList": True,
        "OrderedList": True,
        "ListItem": True,
        "HardBreak": True,
        "Heading": {"levels": [2, 3]},
        "Link": {"enableTarget": False, "protocols": ["http", "https", "mailto"]},
        "Table": True,
        "TableRow": True,
        "TableHeader": True,
        "TableCell": True,
        "History": True,
        "Footnote": True,
        "BoundFigure": True,
        "OfficePaste": True,
        "Accessible": True,
    }
}
