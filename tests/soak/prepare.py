"""`python -m tests.soak.prepare [PAPERS]`: set the stage in the database named by DATABASE_URL, with people who can sign in.

With a number there are so many claims whose form can be frozen, and cash for as many payments as anybody makes.
"""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"


def main(papers: int) -> None:
    """Set the stage."""
    import django

    django.setup()
    from decimal import Decimal

    from core.models import User
    from tests.soak.kills import PASSWORD
    from tests.soak.stage import add_budget, draft, set_up

    stage = set_up()
    for user in User.objects.filter(username__in=("soak-bookkeeper", "soak-officer")):
        user.set_password(PASSWORD)
        user.save()
    if papers:
        add_budget(stage.by, stage.envelope, "cash", Decimal("800000"))
    for number in range(papers):
        draft(stage, f"Papier {number + 1}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 0)
