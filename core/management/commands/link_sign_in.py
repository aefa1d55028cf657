"""Link an account that exists to a person at the sign-in provider, whose e-mail address it has.

Look the person's subject up at the provider (it calls it `sub`, or object id) and make sure that it is the same person.
"""

from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import IntegrityError, transaction
from django.utils import timezone

from core import audit
from core.models import User


class Command(BaseCommand):
    """From then on that person signs in to this account with the provider, and keeps what was done under it."""

    help = __doc__

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("subject")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.OIDC_ISSUER:
            raise CommandError("OIDC_ISSUER is not set, so there is no provider to link to.")
        user = User.objects.filter(username=options["username"]).order_by("pk").first()
        if user is None:
            raise CommandError(f"There is no account named {options['username']!r}.")
        try:
            with transaction.atomic():
                SocialAccount.objects.create(user=user, provider=settings.OIDC_ISSUER, uid=options["subject"])
        except IntegrityError:
            raise CommandError("That person of the provider has an account here already.") from None
        subject = f"user {user.public_id}"
        audit.record(by=None, at=timezone.now(), kind="sign-in.linked", subject=subject, uid=options["subject"])
        self.stdout.write(f"{user.username} now signs in with {settings.OIDC_NAME}.")
