"""`python -m tests.operation.full`: granted claims, commitments, payments and a frozen paper in the database of DATABASE_URL."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"


def main() -> None:
    """Set the stage of the soaks, pay from it, and freeze a paper."""
    import django

    django.setup()
    from decimal import Decimal

    from django.db import transaction

    from claims.actions import ledger
    from tests.claims.frozen import keep
    from tests.conftest import NOON
    from tests.soak.stage import DAY, add_budget, set_up

    stage = set_up()
    add_budget(stage.by, stage.envelope, "cash", Decimal("100000"))
    for commitment in stage.commitments:
        ledger.pay(
            by=stage.by,
            at=NOON,
            commitment=commitment,
            envelope=stage.envelope,
            kind="payment",
            amount=Decimal("123.45"),
            paid_on=DAY,
        )
    with transaction.atomic():
        keep(stage.lines[0].claim, stage.by)


if __name__ == "__main__":
    main()
