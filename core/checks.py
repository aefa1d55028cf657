"""What `check --deploy --database default` says about the database's role."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, register

from core.roles import excess


@register("database", deploy=True)
def role_is_not_too_strong(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """Refuse a role that could get past the ledger's guards."""
    if "default" not in (databases or []):
        return []
    hint = "Let web server and worker connect as a role of their own, and run `manage.py roles ROLE` as the owner."
    return [Error(f"The database role is too strong: {said}.", hint=hint, id="claimregister.E001") for said in excess()]
