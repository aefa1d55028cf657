"""What every tracked file keeps: no machine's paths, no unfinished business, and names that exist."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import get_template

BASE = Path(settings.BASE_DIR)
FOREIGN = ("static/vendor/", "tests/vendor/", "fixtures/iati/")  # others' files, kept as they came


def tracked() -> Iterator[tuple[str, str]]:
    """Every text file that belongs to the project, as git knows it."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=BASE, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no working copy of git")
    for name in filter(None, listed.stdout.split("\0")):
        path = BASE / name
        if name.startswith(FOREIGN) or not path.is_file():
            continue
        try:
            yield name, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def lines_with(pattern: str, allowed: dict[str, str]) -> list[str]:
    """Lines that match, but for the files where it is meant; each of those must still have one."""
    compiled, found, used = re.compile(pattern), [], set()
    here = str(Path(__file__).relative_to(BASE))
    for name, text in tracked():
        for number, line in enumerate(text.splitlines(), 1):
            if name != here and compiled.search(line):
                if name in allowed:
                    used.add(name)
                else:
                    found.append(f"{name}:{number}: {line.strip()[:120]}")
    assert used == set(allowed), "an exception that is no longer needed"
    return found


def test_no_file_names_a_place_on_somebodys_machine() -> None:
    allowed = {
        "config/launch.py": "the throwaway database of the tests; sockets need a short path",
        "tests/config/test_database.py": "the same",
        "tests/soak/kills.py": "the same",
        "config/database.py": "the embedded database as root; it cannot live in root's own home",
    }
    places = r"(?<![\w.}])/(?:work|tmp|var/tmp|home|Users|root|opt)/"
    assert not lines_with(places, allowed)


def test_no_file_names_where_packages_come_from() -> None:
    assert not lines_with(r"(?i)pypi\.|pythonhosted|npmjs\.|index-url\s*=|://[^\s]*artifactory", {})


def test_nothing_is_left_to_do_later() -> None:
    assert not lines_with(r"\b(TODO|FIXME|XXX|HACK|WIP)\b|(?i:lorem ipsum)", {})


# -- templates ------------------------------------------------------------------------------------------------------


def templates() -> list[Path]:
    return sorted((BASE / "templates").rglob("*.html"))


def test_every_static_file_that_a_template_names_exists() -> None:
    named = {
        (path.name, found)
        for path in templates()
        for found in re.findall(r"{%\s*static\s+[\"']([^\"']+)[\"']", path.read_text())
    }
    assert len(named) > 20
    assert not [(template, name) for template, name in sorted(named) if not finders.find(name)]


def test_every_static_file_that_a_style_sheet_names_exists() -> None:
    sheets = [path for path in (BASE / "static").rglob("*.css") if "vendor" not in path.parts]
    missing = []
    for sheet in sheets:
        for named in re.findall(r"url\([\"']?([^)\"']+)[\"']?\)", sheet.read_text()):
            if not named.startswith(("data:", "#")) and not (sheet.parent / named.split("?")[0].split("#")[0]).exists():
                missing.append(f"{sheet.name}: {named}")
    assert sheets
    assert not missing


@pytest.mark.parametrize("path", templates(), ids=lambda path: str(path.relative_to(BASE / "templates")))
def test_every_template_is_well_formed_and_what_it_includes_exists(path: Path) -> None:
    get_template(str(path.relative_to(BASE / "templates")))
    for named in re.findall(r"{%\s*(?:include|extends)\s+[\"']([^\"']+)[\"']", path.read_text()):
        get_template(named)


def test_no_template_asks_another_site_for_anything() -> None:
    foreign = re.compile(r"(?:src|href|action)=[\"'](?:https?:)?//")
    assert not [path.name for path in templates() if foreign.search(path.read_text())]


def test_no_template_styles_or_scripts_in_line() -> None:
    """The content policy would drop it without a word."""
    inline = re.compile(r"\sstyle=\"|\son[a-z]+=\"|<style|<script(?![^>]*\bsrc=)")
    assert not [path.name for path in templates() if inline.search(path.read_text())]


# -- translations ---------------------------------------------------------------------------------------------------


def messages() -> list[polib.POEntry]:
    return [
        entry for path in (BASE / "locale").rglob("*.po") for entry in polib.pofile(str(path)) if not entry.obsolete
    ]


def placeholders(text: str) -> list[str]:
    return sorted(re.findall(r"%\(\w+\)[sd]|%[sd]|{\w*}", text))


def test_every_translation_keeps_its_placeholders() -> None:
    wrong, found = [], messages()
    assert len(found) > 300
    for entry in found:
        for translated in entry.msgstr_plural.values() or [entry.msgstr]:
            sources = [placeholders(entry.msgid), placeholders(entry.msgid_plural or entry.msgid)]
            if translated and placeholders(translated) not in sources:
                wrong.append(entry.msgid)
    assert not wrong


def test_translations_keep_their_spaces_and_line_ends() -> None:
    for entry in messages():
        if entry.msgstr:
            for edge in (str.lstrip, str.rstrip):
                assert (edge(entry.msgid) == entry.msgid) == (edge(entry.msgstr) == entry.msgstr), entry.msgid


def test_what_is_compiled_is_what_is_written() -> None:
    for path in (BASE / "locale").rglob("*.po"):
        written = {
            (entry.msgctxt, entry.msgid): entry.msgstr
            for entry in polib.pofile(str(path))
            if entry.translated() and not entry.msgid_plural
        }
        compiled = {
            (entry.msgctxt, entry.msgid): entry.msgstr
            for entry in polib.mofile(str(path.with_suffix(".mo")))
            if not entry.msgid_plural
        }
        assert compiled == written, path.name
