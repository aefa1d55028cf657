"""`./run bench [NAME …]`: prepare a throwaway database with the demo story, measure, and fail on a broken promise."""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"


def main(names: list[str]) -> int:
    """Run the named benchmarks, or all."""
    import django

    django.setup()
    from django.core.management import call_command

    from tests.benchmarks import books, dashboards, iati, papers, tabular
    from tests.benchmarks.harness import Report

    benchmarks = {
        "books": books.run,
        "papers": papers.run,
        "tabular": tabular.run,
        "iati": iati.run,
        "dashboards": dashboards.run,
    }
    unknown = set(names) - set(benchmarks)
    if unknown:
        print(f"There is no benchmark {', '.join(sorted(unknown))}. There are: {', '.join(benchmarks)}.")
        return 2
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("load_demo", verbosity=0)
    report = Report()
    for name, run in benchmarks.items():
        if not names or name in names:
            run(report)
    if report.broken:
        print("Broken: " + "; ".join(report.broken))
    return 1 if report.broken else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
