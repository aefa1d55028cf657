"""Measuring: medians, promises, and a table at the end."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


def times(act: Callable[[], object], rounds: int, warm: int = 2) -> list[float]:
    """Return the seconds of each round after some to warm up."""
    for _ in range(warm):
        act()
    found = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        found.append(time.perf_counter() - start)
    return found


def median(act: Callable[[], object], rounds: int, warm: int = 2) -> float:
    """Return the median seconds of a round."""
    return statistics.median(times(act, rounds, warm))


def own_peak() -> float:
    """Return this process's peak memory in MiB since it began (ru_maxrss would also hold its parent's)."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    raise OSError("This system does not say its peak memory.")


@dataclass
class Report:
    """Collects measurements; a promise that is not kept makes the run fail."""

    broken: list[str] = field(default_factory=list)

    def fact(self, name: str, value: float, unit: str) -> None:
        """Print a measurement without a promise."""
        print(f"  {name:<66} {value:>10.2f} {unit}", flush=True)

    def promise(self, name: str, value: float, most: float, unit: str) -> None:
        """Print a measurement and hold it against what is promised."""
        kept = value <= most
        print(
            f"  {name:<66} {value:>10.2f} {unit:<4} {'≤' if kept else '>'} {most:g}{'' if kept else '   BROKEN'}",
            flush=True,
        )
        if not kept:
            self.broken.append(name)
