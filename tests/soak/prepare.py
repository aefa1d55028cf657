"""`python -m tests.soak.prepare`: set the stage in the database named by DATABASE_URL, with somebody who can sign in."""

import os

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"


def main() -> None:
    """Set the stage."""
    import django

    django.setup()
    from tests.soak.kills import PASSWORD
    from tests.soak.stage import set_up

    by = set_up().by
    by.set_password(PASSWORD)
    by.save()


if __name__ == "__main__":
    main()
