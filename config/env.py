"""Typed readers of the process environment. Every setting an operator can change is read through one of these."""

import os
from collections.abc import Iterable, Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

TRUE = {"1", "true", "yes", "on"}
FALSE = {"0", "false", "no", "off", ""}


class Misconfigured(SystemExit):
    """The environment does not allow a start. Ends the process with the message instead of a traceback."""

    def __init__(self, message: str) -> None:
        super().__init__(f"Claimregister cannot start: {message}")


def text(name: str, default: str = "") -> str:
    """Return the variable, or the default when it is unset or empty."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, default: bool = False) -> bool:
    """Return a yes/no variable; anything but the known words stops the start."""
    if name not in os.environ:
        return default
    value = os.environ[name].strip().lower()
    if value in TRUE | FALSE:
        return value in TRUE
    raise Misconfigured(f"{name}={os.environ[name]!r} is neither yes nor no. Use 1 or 0.")


def number(name: str, default: int) -> int:
    """Return a whole-number variable."""
    value = text(name)
    if not value:
        return default
    if not value.isdecimal():
        raise Misconfigured(f"{name}={value!r} is not a whole number.")
    return int(value)


def choice(name: str, known: Sequence[str], default: str) -> str:
    """Return a variable that is one of a few words."""
    value = text(name, default)
    if value not in known:
        raise Misconfigured(f"{name}={value!r} is not one of {', '.join(known)}.")
    return value


def words(name: str, default: Iterable[str] = ()) -> list[str]:
    """Return a comma-separated variable as a list."""
    value = text(name)
    return [word.strip() for word in value.split(",") if word.strip()] if value else list(default)


def numbers_by_name(name: str, known: Sequence[str]) -> dict[str, int]:
    """Return a variable such as `papers=20,acts=7` as a table of known names and whole numbers."""
    found = {}
    for word in words(name):
        key, _sign, value = word.partition("=")
        if key.strip() not in known or not value.strip().isdecimal():
            raise Misconfigured(f"{name}: {word!r} is not NAME=NUMBER with one of {', '.join(known)}.")
        found[key.strip()] = int(value)
    return found


def database_url(name: str = "DATABASE_URL") -> dict[str, object]:
    """Return Django's database settings from a URL such as postgresql://user:secret@host:5432/name?sslmode=require.

    A Unix socket directory is given as ?host=/path. Every other query parameter goes to libpq as it is.
    """
    parts = urlsplit(text(name))
    if parts.scheme not in ("postgres", "postgresql"):
        raise Misconfigured(
            f"{name} must begin with postgresql://, because Claimregister keeps its rules in PostgreSQL."
        )
    options = dict(parse_qsl(parts.query))
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": options.pop("host", parts.hostname or ""),
        "PORT": str(parts.port or options.pop("port", "")),
        "OPTIONS": options,
    }


def options(read: dict[str, object]) -> dict[str, object]:
    """Return the driver's options of settings that `database_url` read."""
    found = read["OPTIONS"]
    return dict(found) if isinstance(found, dict) else {}
