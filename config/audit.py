"""`./run audit`: are the dependencies the ones that were locked, and is a weakness of one of them known?

Without a network it checks what stands here: every version pinned with its hashes, and installed what was locked. Where the
package index answers, no locked version was withdrawn. Where a source of advisories answers, pip-audit asks it about every
locked version. The last lines say plainly which of these were done; a source that does not answer fails nothing.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
import tomllib
import urllib.error
import urllib.request
from importlib import metadata
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from config.database import BASE

LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-db.lock", "requirements-uv.lock")
INSTALLED = ("requirements.lock", "requirements-dev.lock")
PROBES = {
    "osv": (
        "https://api.osv.dev/v1/query",
        {"package": {"name": "django", "ecosystem": "PyPI"}, "version": "1.0"},
        "vulns",
    ),
}
PATIENCE = 10  # seconds for one answer
LONGEST = 600  # seconds for all of them


def audit() -> int:
    """Check, and say what was checked. Return 1 when something is wrong."""
    locked = {name: read_lock(BASE / name) for name in LOCKS}
    wrong = [f"{name}: {fault}" for name, lock in locked.items() for fault in faults_of(lock)]
    wrong += [fault for name in INSTALLED for fault in not_installed(locked[name])]
    count = len({requirement.name for lock in locked.values() for requirement, _hashes in lock})
    print(f"Locked: {count} packages, each version with its hashes; installed is what was locked.", flush=True)
    withdrawn = withdrawn_versions()
    if withdrawn is None:
        print("Withdrawn versions: not checked, the package index does not answer.")
    else:
        print("Withdrawn versions: the package index was asked.")
        wrong += withdrawn
    service = answering()
    if service is None:
        print("Advisories: not checked, no source of advisories answers here (OSV was tried).")
    else:
        found, answered = advisories(service)
        print(f"Advisories: {service} answered for {answered} of the locked versions.")
        wrong += found
    for line in wrong:
        print(f"  {line}")
    print("Audit: something is wrong, see above." if wrong else "Audit: nothing is wrong.")
    return 1 if wrong else 0


def read_lock(path: Path) -> list[tuple[Requirement, int]]:
    """Return the requirements of a lock file with how many hashes each has."""
    joined = path.read_text(encoding="utf-8").replace("\\\n", " ")
    found = []
    for line in joined.splitlines():
        words = line.split(" --hash=")
        if words[0].strip() and not words[0].startswith("#"):
            found.append((Requirement(words[0].strip()), len(words) - 1))
    return found


def faults_of(lock: list[tuple[Requirement, int]]) -> list[str]:
    """Name the requirements that are not one version, come from an address, or have no hash."""
    found = []
    for requirement, hashes in lock:
        versions = list(requirement.specifier)
        if requirement.url or len(versions) != 1 or versions[0].operator != "==" or "*" in versions[0].version:
            found.append(f"{requirement.name} is not locked to one version")
        if not hashes:
            found.append(f"{requirement.name} has no hash")
    return found


def not_installed(lock: list[tuple[Requirement, int]]) -> list[str]:
    """Name the locked packages that are missing here or have another version."""
    here = {canonicalize_name(one.metadata["Name"]): one.version for one in metadata.distributions()}
    found = []
    for requirement, _hashes in lock:
        if requirement.marker is not None and not requirement.marker.evaluate():
            continue
        version = here.get(canonicalize_name(requirement.name))
        if version is None or not requirement.specifier.contains(version, prereleases=True):
            found.append(f"{requirement} is locked, {version or 'nothing'} is installed")
    return found


def withdrawn_versions() -> list[str] | None:
    """Ask the package index, through its ordinary client, which locked versions were withdrawn; None without an answer."""
    uv = Path(sys.executable).parent / "uv"
    found: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for name in LOCKS:
            command = [str(uv), "pip", "compile", "--no-deps", "--no-header", "--refresh", str(BASE / name)]
            try:
                run = subprocess.run(
                    [*command, "--output-file", str(Path(folder) / name)],
                    capture_output=True,
                    text=True,
                    timeout=LONGEST,
                    check=False,
                )
            except (OSError, subprocess.TimeoutExpired):
                return None
            if run.returncode:
                return None
            found += [f"{name}: {line.strip()}" for line in run.stderr.splitlines() if re.search(r"\byanked\b", line)]
    return sorted(set(found))


def answering() -> str | None:
    """Return the first source of advisories that answers with advisories."""
    for service, (address, question, key) in PROBES.items():
        body = json.dumps(question).encode() if question else None
        asked = urllib.request.Request(address, body, {"Content-Type": "application/json"})  # noqa: S310  (constants)
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310
                if key in json.load(answer):
                    return service
        except (OSError, ValueError):
            continue
    return None


def advisories(service: str) -> tuple[list[str], int]:
    """Ask about every locked version. Return what is known against them, and for how many there was an answer."""
    allowed = _allowed()
    found, answered = [], 0
    for name in LOCKS:
        command = [sys.executable, "-m", "pip_audit", "--requirement", str(BASE / name), "--disable-pip", "--no-deps"]
        command += ["--vulnerability-service", service, "--format", "json", "--progress-spinner", "off"]
        run = subprocess.run(command, capture_output=True, text=True, timeout=LONGEST, check=False)
        try:
            rows: list[dict[str, Any]] = json.loads(run.stdout)["dependencies"]
        except (ValueError, KeyError):
            found.append(f"{name}: pip-audit could not finish: {run.stderr.strip().splitlines()[-1:]}")
            continue
        answered += sum("skip_reason" not in row for row in rows)
        found += [
            f"{row['name']} {row['version']}: {known['id']}; mended in {', '.join(known['fix_versions']) or 'no version yet'}"
            for row in rows
            for known in row.get("vulns", [])
            if known["id"] not in allowed
        ]
    return sorted(set(found)), answered


def _allowed() -> set[str]:
    """Return the advisories that were looked at and do not touch us: each stands in pyproject.toml with its reason."""
    settings = tomllib.loads((BASE / "pyproject.toml").read_text(encoding="utf-8"))
    return set(settings.get("tool", {}).get("claimregister", {}).get("audit", {}).get("allowed", []))
