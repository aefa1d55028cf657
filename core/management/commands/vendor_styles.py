"""Refresh static/vendor from npm packages: component CSS, the design tokens it needs, and the fonts.

Needed only when a version changes:  npm install @utrecht/component-library-css @nl-design-system-unstable/voorbeeld-design-tokens
@fontsource/fira-sans axe-core  in an empty folder, then  ./run manage vendor_styles FOLDER.
"""

import json
import re
import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

COMPONENTS = [
    "action-group",
    "alert",
    "body",
    "breadcrumb-nav",
    "button",
    "button-group",
    "button-link",
    "checkbox",
    "data-list",
    "form-field",
    "form-field-description",
    "form-field-error-message",
    "form-fieldset",
    "form-label",
    "heading-1",
    "heading-2",
    "heading-3",
    "heading-4",
    "heading-5",
    "heading-group",
    "link",
    "link-button",
    "link-list",
    "nav-bar",
    "ordered-list",
    "page-body",
    "page-footer",
    "page-header",
    "page-layout",
    "pagination",
    "paragraph",
    "radio-button",
    "root",
    "select",
    "separator",
    "skip-link",
    "table",
    "textarea",
    "textbox",
    "unordered-list",
]
TOKENS = "@nl-design-system-unstable/voorbeeld-design-tokens"
FONTS = [(weight, style) for weight in (400, 500, 600) for style in ("normal", "italic")]
SUBSETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")
LICENCE = """/* Component CSS of NL Design System, @license EUPL-1.2
 * Copyright (c) 2020-2024 Frameless B.V., Copyright (c) 2021-2024 Gemeente Utrecht */
"""
USED = re.compile(r"var\(\s*(--[\w-]+)")
DEFINED = re.compile(r"(--[\w-]+):\s*([^;]+);")


class Command(BaseCommand):
    """Concatenates what is used and leaves out the rest."""

    help = __doc__.splitlines()[0]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="the folder with node_modules")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        modules = folder / "node_modules"
        vendor = settings.BASE_DIR / "static" / "vendor"
        self.styles(modules, vendor / "nlds")
        self.fonts(modules / "@fontsource" / "fira-sans", vendor / "fira-sans")
        self.axe(modules / "axe-core", settings.BASE_DIR / "tests" / "vendor" / "axe-core")

    def styles(self, modules: Path, target: Path) -> None:
        """Write components.css and the tokens that it and our own style sheets use."""
        target.mkdir(parents=True, exist_ok=True)
        sheets = [(modules / f"@utrecht/{name}-css/dist/index.css").read_text() for name in COMPONENTS]
        components = LICENCE + re.sub(r"/\*.*?\*/\s*", "", "\n".join(sheets), flags=re.DOTALL)
        own = "".join(path.read_text() for path in sorted((settings.BASE_DIR / "static" / "css").glob("*.css")))
        tokens = dict(DEFINED.findall(re.sub(r"/\*.*?\*/", "", (modules / TOKENS / "dist" / "theme.css").read_text())))
        needed, queue = set[str](), USED.findall(components + own)
        while queue:
            name = queue.pop()
            if name in tokens and name not in needed:
                needed.add(name)
                queue += USED.findall(tokens[name])
        (target / "components.css").write_text(components)
        (target / "tokens.css").write_text(
            ":root {\n" + "".join(f"  {name}: {tokens[name]};\n" for name in sorted(needed)) + "}\n"
        )
        versions = {
            name: self.version(modules / name) for name in (TOKENS, *(f"@utrecht/{name}-css" for name in COMPONENTS))
        }
        (target / "VERSIONS.json").write_text(json.dumps(versions, indent=1) + "\n")
        shutil.copy(next((modules / TOKENS).glob("LICENSE*")), target / "LICENSE.md")
        self.stdout.write(f"{len(needed)} of {len(tokens)} tokens, {len(components)} characters of components")

    def fonts(self, package: Path, target: Path) -> None:
        """Copy the font files that pages and papers embed, with their licence."""
        target.mkdir(parents=True, exist_ok=True)
        for subset in SUBSETS:
            for weight, style in FONTS:
                name = f"fira-sans-{subset}-{weight}-{style}.woff2"
                shutil.copy(package / "files" / name, target / name)
        shutil.copy(package / "LICENSE", target / "LICENSE")
        (target / "VERSION").write_text(self.version(package) + "\n")

    def axe(self, package: Path, target: Path) -> None:
        """Copy the accessibility checker that the browser tests inject."""
        target.mkdir(parents=True, exist_ok=True)
        for name in ("axe.min.js", "LICENSE"):
            shutil.copy(package / name, target / name)

    @staticmethod
    def version(package: Path) -> str:
        """Return a package's version."""
        return str(json.loads((package / "package.json").read_text())["version"])
