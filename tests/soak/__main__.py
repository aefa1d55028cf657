"""`./run soak [writers] [kills] [machines] [--rounds N] [--kills N]`: the soaks at full length on servers of their own; fails on the first broken promise."""

import argparse
import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"


def main(words: list[str]) -> int:
    """Run the named soaks, or all."""
    import django
    from django.conf import settings

    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    django.setup()
    from django.core.management import call_command

    from tests.soak import kills, machines, writers

    parser = argparse.ArgumentParser(prog="./run soak")
    parser.add_argument("names", nargs="*", metavar="NAME", help="writers, kills, machines; all when none is named")
    parser.add_argument("--rounds", type=int, default=500, help="rounds for the last euro (default 500)")
    parser.add_argument("--kills", type=int, default=50, help="kills during imports, and of machines (default 50)")
    given = parser.parse_args(words)
    unknown = set(given.names) - {"writers", "kills", "machines"}
    if unknown:
        parser.error(f"there is no soak {', '.join(sorted(unknown))}")
    names = given.names or ["writers", "kills", "machines"]
    if "writers" in names:
        call_command("migrate", interactive=False, verbosity=0)
        call_command("load_reference", verbosity=0)
        print(writers.soak(given.rounds, print), flush=True)
    if "kills" in names:
        print(kills.soak(given.kills, print), flush=True)
    if "machines" in names:
        print(machines.soak(given.kills, print), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
