"""Asks one file in a process of its own and prints the seconds to its first byte and to its end, its bytes,
the peak in MiB and the seconds it was busy itself."""

from __future__ import annotations

import sys
import time

import django


def main(person: str, url: str) -> None:
    """Ask the file as this person."""
    django.setup()
    from django.test import Client

    from core.models import User
    from tests.benchmarks.harness import own_peak

    client = Client()
    client.force_login(User.objects.get(pk=int(person)))
    start, began, size, busy = time.perf_counter(), 0.0, 0, time.process_time()
    for piece in client.get(url).streaming_content:
        began = began or time.perf_counter() - start
        size += len(piece)
    print(began, time.perf_counter() - start, size, own_peak(), time.process_time() - busy)


if __name__ == "__main__":
    main(*sys.argv[1:])
