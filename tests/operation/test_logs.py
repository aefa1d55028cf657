"""Log lines: one per request with its id, and nothing personal in them."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from importlib import import_module
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from core import logs
from core.management.commands.worker import named_in_logs

pytestmark = pytest.mark.django_db


class Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.addFilter(logs.InContext())
        self.setFormatter(logs.JsonFormatter())

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))

    def read(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.lines]


@pytest.fixture
def kept() -> Iterator[Kept]:
    handler, root, access = Kept(), logging.getLogger(), logging.getLogger("claimregister.access")
    level = access.level
    root.addHandler(handler)
    access.setLevel("INFO")
    yield handler
    root.removeHandler(handler)
    access.setLevel(level)


def test_a_request_has_one_line_with_route_and_person_by_key(officer: Any, claim: Any, enter: Any, kept: Kept) -> None:
    path = reverse("claims:overview", args=[claim.reference])
    answer = enter(officer).get(path + "?name=Jansen&word=geheim", headers={"X-Request-ID": "proxy-0123456789"})
    assert answer.status_code == 200
    assert answer["X-Request-ID"] == "proxy-0123456789"
    (line,) = [one for one in kept.read() if one["logger"] == "claimregister.access"]
    assert line["request_id"] == "proxy-0123456789"
    assert (line["method"], line["route"], line["status"], line["user"]) == ("GET", "claims:overview", 200, officer.pk)
    assert line["queries"] > 3
    assert 0 < line["db_ms"] <= line["ms"]
    for personal in (claim.reference, "Jansen", "geheim", officer.name, officer.username, "127.0.0.1"):
        assert personal not in kept.lines[-1]


@pytest.mark.parametrize("given", ["", "short", "x" * 65, "with space 123", "né-12345678", "a\tb-1234567"])
def test_an_id_that_is_none_is_replaced(given: str, client: Any) -> None:
    found = client.get(reverse("health"), headers={"X-Request-ID": given})["X-Request-ID"]
    assert found != given
    assert len(found) == 32


def test_each_request_has_an_id_of_its_own(client: Any) -> None:
    assert client.get(reverse("health"))["X-Request-ID"] != client.get(reverse("health"))["X-Request-ID"]
    assert logs.request_id.get() == ""


def test_a_broken_page_has_the_id_on_its_error_and_in_its_answer(
    officer: Any, enter: Any, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_given: Any) -> Any:
        raise RuntimeError("the inside")

    monkeypatch.setattr(import_module("reporting.views.home"), "work_of", fail)
    client = enter(officer)
    client.raise_request_exception = False
    answer = client.get("/")
    told = {one["logger"]: one for one in kept.read()}
    assert answer.status_code == told["claimregister.access"]["status"] == 500
    assert told["django.request"]["request_id"] == told["claimregister.access"]["request_id"] == answer["X-Request-ID"]
    assert "the inside" in told["django.request"]["error"]


def test_an_unknown_address_and_a_wrong_host_have_a_line_without_the_path(client: Any, kept: Kept) -> None:
    client.get("/of/mevrouw/jansen/")
    client.get("/", headers={"host": "evil.example"})
    lines = [one for one in kept.read() if one["logger"] == "claimregister.access"]
    assert [(one["route"], one["status"]) for one in lines] == [("none", 404), ("none", 400)]
    assert "jansen" not in "".join(kept.lines)


def test_static_files_have_no_line(client: Any, kept: Kept) -> None:
    b"".join(client.get("/static/css/base.css"))
    assert not [one for one in kept.read() if one["logger"] == "claimregister.access"]


def test_an_error_of_the_database_keeps_the_values_of_the_row_to_itself(officer: Any, kept: Kept) -> None:
    with pytest.raises(IntegrityError) as caught, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("insert into core_user select * from core_user where username = %s", [officer.username])
    assert "DETAIL" in str(caught.value)
    logging.getLogger("claimregister.test").error("It failed: %s", caught.value, exc_info=caught.value)
    (line,) = kept.read()
    assert "duplicate key" in line["error"]
    assert "DETAIL" not in kept.lines[0]
    assert officer.username not in line["message"]


def test_a_line_of_the_worker_names_its_job(kept: Kept) -> None:
    import asyncio
    from types import SimpleNamespace

    async def work() -> None:
        logging.getLogger("claimregister.test").warning("half way")

    asyncio.run(named_in_logs(work, SimpleNamespace(job=SimpleNamespace(id=17)), None))
    job = {"id": 18, "task_name": "make_paper", "task_kwargs": {"render": "x"}}
    logging.getLogger("procrastinate.test").warning("Deferred", extra={"job": job, "action": "job_defer"})
    half, deferred = kept.read()
    assert half["job_id"] == "17"
    assert (deferred["job_id"], deferred["task"], deferred["action"]) == ("18", "make_paper", "job_defer")


def test_the_web_server_and_django_log_the_same_way() -> None:
    for form in ("json", "plain"):
        made = logs.settings(format=form, level="WARNING", worker_level="INFO")
        formatter = made["formatters"]["line"]["()"]
        assert formatter is {"json": logs.JsonFormatter, "plain": logs.PlainFormatter}[form]
        assert made["loggers"]["gunicorn.access"]["propagate"] is False
    record = logging.LogRecord("x", 30, __file__, 1, "hello %s", ("you",), None)
    record.request_id = "abc"
    assert logs.PlainFormatter("{message}", style="{").format(record) == "hello you [abc]"


def test_text_of_an_error_is_cut_only_where_values_are() -> None:
    try:
        raise ValueError("first\nDETAIL:  Key (name)=(Jansen) already exists.\nlast")
    except ValueError:
        text = logging.Formatter().formatException(sys.exc_info())  # type: ignore[arg-type]
    assert logs.without_values(text).endswith("first\nlast")
