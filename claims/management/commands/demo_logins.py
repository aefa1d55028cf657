"""Print who can sign in to the demo story."""

from typing import Any

from django.core.management.base import BaseCommand

from claims.demo import PASSWORD, read
from core.enums import Role
from core.models import User


class Command(BaseCommand):
    """Prints nothing when the demo story is not in this database."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        people = [
            person for person in read("people")["people"] if User.objects.filter(username=person["username"]).exists()
        ]
        if not people:
            return
        self.stdout.write(f"\n  Sign in as one of these; the password of each is  {PASSWORD}\n")
        for person in people:
            roles = ", ".join(f"{Role(role).name.lower()} {code}".strip() for role, code in person["roles"])
            self.stdout.write(f"    {person['username']:<8} {person['name']:<18} {roles}")
        self.stdout.write("")
