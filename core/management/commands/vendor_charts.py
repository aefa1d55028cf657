"""Refresh static/vendor/vega from the installed vl-convert: the page and the paper then draw with the same library.

Needed only when the version of vl-convert-python changes:  ./run manage vendor_charts.
"""

import json
from importlib.metadata import version
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

FOLDER = settings.BASE_DIR / "static" / "vendor" / "vega"


class Command(BaseCommand):
    """Write the library and its versions."""

    help = __doc__

    def handle(self, **options: Any) -> None:
        import vl_convert

        FOLDER.mkdir(parents=True, exist_ok=True)
        script = vl_convert.javascript_bundle()  # type: ignore[call-arg]
        (FOLDER / "vega.js").write_text(script.rstrip() + "\n", encoding="utf-8")
        versions = {
            "vl-convert-python": version("vl-convert-python"),
            "vega": vl_convert.get_vega_version(),
            "vega-lite": vl_convert.get_vegalite_versions()[-1],
            "vega-embed": vl_convert.get_vega_embed_version(),
        }
        (FOLDER / "VERSIONS.json").write_text(json.dumps(versions, indent=2) + "\n", encoding="utf-8")
        self.stdout.write(f"{len(script) // 1024} kB: {versions}")
