"""What `./run audit` finds, and that it says plainly what it could not ask."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from config import audit

HASH = "--hash=sha256:" + "0" * 64


def lock(tmp_path: Path, text: str) -> Any:
    path = tmp_path / "requirements.lock"
    path.write_text(text)
    return audit.read_lock(path)


def test_our_own_locks_hold() -> None:
    for name in audit.LOCKS:
        found = audit.read_lock(audit.BASE / name)
        assert found
        assert audit.faults_of(found) == []
    assert audit.not_installed(audit.read_lock(audit.BASE / "requirements.lock")) == []


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        (f"django>=5.2 {HASH}", "not locked to one version"),
        (f"django==5.2.* {HASH}", "not locked to one version"),
        (f"django {HASH}", "not locked to one version"),
        (f"django @ https://example.org/d.whl {HASH}", "not locked to one version"),
        ("django==5.2.19", "has no hash"),
    ],
)
def test_what_is_not_locked_is_named(line: str, fault: str, tmp_path: Path) -> None:
    assert any(fault in found for found in audit.faults_of(lock(tmp_path, line)))


def test_another_version_than_the_locked_one_is_named(tmp_path: Path) -> None:
    text = f"django==1.0 {HASH}\nnot-here==1.0 {HASH}\nelsewhere==1.0 ; sys_platform == 'never' {HASH}\n"
    found = audit.not_installed(lock(tmp_path, text))
    assert len(found) == 2
    assert found[1] == "not-here==1.0 is locked, nothing is installed"


def told(monkeypatch: pytest.MonkeyPatch, capsys: Any, service: str | None, rows: Any = None) -> tuple[int, str]:
    monkeypatch.setattr(audit, "withdrawn_versions", lambda: None)
    monkeypatch.setattr(audit, "answering", lambda: service)
    answer = subprocess.CompletedProcess([], 0, json.dumps({"dependencies": rows or []}), "")
    monkeypatch.setattr(audit.subprocess, "run", lambda *_, **__: answer)
    monkeypatch.setattr(audit, "not_installed", lambda _lock: [])
    return audit.audit(), capsys.readouterr().out


def test_without_an_answer_it_fails_nothing_and_says_what_was_not_checked(
    monkeypatch: pytest.MonkeyPatch, capsys: Any
) -> None:
    code, said = told(monkeypatch, capsys, None)
    assert code == 0
    assert "Advisories: not checked" in said
    assert "Withdrawn versions: not checked" in said


def test_a_known_weakness_fails_with_what_mends_it(monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    known = {"name": "django", "version": "5.2.1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["5.2.2"]}]}
    skipped = {"name": "other", "version": "1", "skip_reason": "not found"}
    code, said = told(monkeypatch, capsys, "pypi", [known, skipped])
    assert code == 1
    assert "django 5.2.1: PYSEC-1; mended in 5.2.2" in said
    assert "pypi answered for 4 of the locked versions" in said
    monkeypatch.setattr(audit, "_allowed", lambda: {"PYSEC-1"})
    assert told(monkeypatch, capsys, "pypi", [known, skipped])[0] == 0
