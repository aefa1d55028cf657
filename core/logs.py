"""Log lines that a machine reads: one JSON object a line, with the id of the request or job, and without personal data.

A line names a route, never a path; a person by key, never by name; and an error without the values of the row it is about.
"""

from __future__ import annotations

import datetime
import json
import logging
import re
import uuid
from contextvars import ContextVar
from typing import Any

request_id: ContextVar[str] = ContextVar("request_id", default="")
job_id: ContextVar[str] = ContextVar("job_id", default="")

VALID_ID = re.compile(r"[A-Za-z0-9._-]{8,64}\Z")
# Lines in which PostgreSQL repeats the values of a row, and the statement that psycopg adds.
ROW_VALUES = re.compile(r"^(?:DETAIL|CONTEXT|LINE \d+|HINT):.*$\n?(?:^ +\^ *$\n?)?", re.MULTILINE)
FACTS = ("method", "route", "status", "ms", "queries", "db_ms", "user", "action", "task", "bytes", "release")


def given_or_new(given: str) -> str:
    """Return the id a proxy gave, when it is one (8 to 64 letters, digits, `.`, `_`, `-`), else a new one."""
    return given if VALID_ID.match(given) else uuid.uuid4().hex


class InContext(logging.Filter):
    """Gives every record the id of the request or job during which it was written."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Keep every record."""
        record.request_id = getattr(record, "request_id", "") or request_id.get()
        job = getattr(record, "job", None)  # the worker's library adds what job a line is about
        record.job_id = str(job["id"]) if isinstance(job, dict) and job.get("id") else job_id.get()
        if isinstance(job, dict) and job.get("task_name"):
            record.task = job["task_name"]
        return True


def without_values(text: str) -> str:
    """Leave out what PostgreSQL repeats of a row's values in an error."""
    return ROW_VALUES.sub("", text).rstrip()


class JsonFormatter(logging.Formatter):
    """One line, one object: time (UTC), level, logger, message, ids, facts, and the error if there is one."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line."""
        line: dict[str, Any] = {
            "time": datetime.datetime.fromtimestamp(record.created, datetime.UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": without_values(record.getMessage()),
        }
        for name in ("request_id", "job_id", *FACTS):
            value = getattr(record, name, None)
            if value not in (None, ""):
                line[name] = value
        if record.exc_info:
            line["error"] = without_values(self.formatException(record.exc_info))
        return json.dumps(line, ensure_ascii=False, default=str)


class PlainFormatter(logging.Formatter):
    """For a person at a terminal: the same, as a sentence, with the ids behind it."""

    default_msec_format = "%s.%03d"

    def format(self, record: logging.LogRecord) -> str:
        """Return the line, with the id where there is one."""
        text = super().format(record)
        found = getattr(record, "request_id", "") or getattr(record, "job_id", "")
        return f"{text} [{found}]" if found else text


def settings(*, format: str, level: str, worker_level: str) -> dict[str, Any]:  # noqa: A002  (the setting's own name)
    """Return Django's LOGGING: everything to standard error in one format."""
    as_json = format == "json"
    plain = {"()": PlainFormatter, "format": "{asctime} {levelname} {name}: {message}", "style": "{"}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {"context": {"()": InContext}},
        "formatters": {"line": {"()": JsonFormatter} if as_json else plain},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["context"]}},
        "root": {"handlers": ["console"], "level": level},
        "loggers": {
            "django": {"handlers": [], "propagate": True},
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},  # a page refused or not found is an answer, not a fault
            "django.security.DisallowedHost": {"level": "CRITICAL"},  # strangers knocking at the wrong name
            "claimregister.access": {"level": "INFO" if as_json else "WARNING"},
            "procrastinate": {"level": worker_level},
            "procrastinate.periodic": {"level": "WARNING"},  # what is registered at each start of anything
            "procrastinate.blueprints": {"level": "WARNING"},
            "gunicorn.error": {"handlers": [], "level": "INFO" if as_json else "WARNING", "propagate": True},
            "gunicorn.access": {"handlers": [], "level": "CRITICAL", "propagate": False},  # ours says it without paths
            "fontTools": {"level": "ERROR"},
        },
    }
