"""Whatever is sent to whatever address by whomever: an answer that is not a fault, and nothing seen that is not one's own.

Each address gets the form it shows with hostile values in it, hostile headers, and bodies that are no form at all. `FUZZ` sets
how many requests each address gets per sort; the few of an ordinary run are the same every time.
"""

from __future__ import annotations

import io
import os
import zipfile
from collections import Counter
from html import unescape
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from claims.enums import ClaimState
from claims.models import Claim, HouseItem, Remark, WrittenPaper
from core.models import Membership
from tests.house.test_permissions import Stage, addresses

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

MANY = int(os.environ.get("FUZZ", "2"))
HARD = settings(
    max_examples=MANY,
    deadline=None,
    derandomize="FUZZ" not in os.environ,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)
SIGNS_OUT = {"sign-out"}


# -- what is sent -----------------------------------------------------------------------------------------------------

VALUES = st.one_of(
    st.sampled_from(
        [
            "", " ", "\x00", "a\x00b", "9" * 400, "-1", "0", "1e999", "NaN", "Infinity", "\u0663", "2026-02-30", "9999-12-31",
            "0001-01-01", "31-12-99999", "1-1-1", "../../etc/passwd", "<script>alert(1)</script>", "' or 1=1 --", "{{7*7}}",
            "%s%n%d", "\u202e\u0000\ufeff", "\U0001d518" * 3000, "on", "null", "[]", "{}", str(2**63), str(-(2**63)), str(2**31),
            "0x10", "1.000.000.000.000.000.000,00", "€ -0,005", "1,5 mld", "00000000-0000-0000-0000-000000000000",
            "<p>" * 400, "<span data-figure data-id=x data-field=claim.amount>1</span>", "a" * 300_000, "\r\nSet-Cookie: a=b",
        ]
    ),
    st.text(max_size=60),
    st.integers().map(str),
    st.decimals(allow_nan=True).map(str),
    st.dates().map(str),
)  # fmt: skip


def archive(name: str, content: bytes) -> bytes:
    """Return a package with one part."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return made.getvalue()


FILES = st.builds(
    SimpleUploadedFile,
    st.sampled_from(["a.csv", "a.xlsx", "a.ods", "a.docx", "a.xml", "a.json", "../../a.xlsx", "a", "\u202ecod.xlsx", "a" * 250 + ".csv"]),
    st.one_of(
        st.binary(max_size=200),
        st.sampled_from(
            [
                b"", b"PK\x03\x04", b"\xff\xfea\x00", b";;;;\n" * 50, b"Soort;Bedrag\nx;=1+1\n", b"{" * 2000, b"[" * 100_000,
                b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><iati-activities>&b;</iati-activities>',
                b"<iati-activities version='2.03'>", archive("xl/workbook.xml", b"<workbook/>"), archive("content.xml", b"<a>" * 5000),
                archive("word/document.xml", b"0" * 30_000_000), archive("../../../tmp/x", b"x"),
            ]
        ),
    ),
)  # fmt: skip

HEADERS = st.fixed_dictionaries(
    {},
    optional={
        "HTTP_ACCEPT_LANGUAGE": st.sampled_from(["nl", "xx-" * 200, "en;q=x", "\x7f", "*"]),
        "HTTP_HX_REQUEST": st.just("true"),
        "HTTP_HX_TARGET": st.sampled_from(["found", "\u00e9", "x" * 3000]),
        "HTTP_HX_HISTORY_RESTORE_REQUEST": st.just("true"),
        "HTTP_HX_CURRENT_URL": st.sampled_from(["javascript:1", "http://[", "//"]),
        "HTTP_IF_NONE_MATCH": st.sampled_from(["*", '"', 'W/"x", y', "\u00e9"]),
        "HTTP_IF_MODIFIED_SINCE": st.sampled_from(["x", "Thu, 99 Foo 0000 00:00:00 GMT"]),
        "HTTP_RANGE": st.sampled_from(["bytes=9-1", "bytes=0-", "x"]),
        "HTTP_REFERER": st.sampled_from(["http://[", "https://elders.example/", "\u00e9"]),
        "HTTP_ORIGIN": st.sampled_from(["null", "http://elders.example"]),
        "HTTP_HOST": st.sampled_from(["elders.example", "a b", "localhost:99999"]),
        "HTTP_X_FORWARDED_FOR": st.sampled_from(["1", "::1, x", "9" * 2000]),
        "HTTP_X_FORWARDED_PROTO": st.sampled_from(["https", "x"]),
        "HTTP_X_REQUEST_ID": st.sampled_from(["a\nb", "x" * 4000, "\u00e9"]),
        "HTTP_CONTENT_LENGTH": st.sampled_from(["-1", "x"]),
    },
)

BODIES = st.tuples(
    st.sampled_from(
        [
            "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-7", "multipart/form-data",
            "multipart/form-data; boundary=x", "multipart/form-data; boundary=" + "x" * 300, "application/json", "text/plain; charset=nee",
            "", "/", "image/svg+xml",
        ]
    ),
    st.one_of(
        st.binary(max_size=200),
        st.sampled_from(
            [
                b"title=%ff%fe&amount=%00", b"%", b"a&" * 6000, b"--x\r\nContent-Disposition: form-data; name=", b"[" * 3000,
                b"--x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"\x00\"\r\n\r\n\xff\r\n--x--", b'{"a": 1e400}',
                b"a=" + b"b" * 7_000_000,
            ]
        ),
    ),
)  # fmt: skip


class Fields(HTMLParser):
    """The fields of a page's forms with what they hold, as a browser would send them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self.files: set[str] = set()
        self._select = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: Any) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "option" and self._select:
            if "selected" in given or self._select not in self.values:
                self.values[self._select] = given.get("value", "")
        elif tag == "select":
            self._select = name
        elif tag in ("input", "textarea", "button") and name:
            kind = given.get("type", "")
            if kind == "file":
                self.files.add(name)
            elif kind not in ("checkbox", "radio") or "checked" in given:
                self.values.setdefault(name, given.get("value", ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""


def content_of(response: Any) -> bytes:
    """Read an answer whole."""
    return b"".join(response.streaming_content) if response.streaming else response.content


def sound(response: Any, url: str) -> bytes:
    """Hold that an answer is no fault. That no worker runs here is no fault: it is what was asked."""
    assert response.status_code < 500 or url.startswith("/health/ready"), f"{response.status_code} {url}"
    return content_of(response)


# -- the tests --------------------------------------------------------------------------------------------------------


@pytest.fixture
def stage(story: Any) -> Stage:
    """The story with something of everything on one claim."""
    return Stage()


def places(stage: Stage) -> list[tuple[str, str]]:
    return [(name, url) for name in addresses() if name not in SIGNS_OUT and (url := stage.url(name))]


@pytest.mark.parametrize(
    ("role", "state"),
    [("officer", ClaimState.DRAFT), ("bookkeeper", ClaimState.RUNNING), ("controller", ClaimState.SUBMITTED)],
)
def test_no_address_breaks_on_what_is_put_in_its_forms(role: str, state: ClaimState, stage: Stage) -> None:
    stage.bring(state)
    client = Client()
    client.force_login(stage.people[role])
    answered: Counter[int] = Counter()
    for _name, url in places(stage):
        with transaction.atomic():
            page = client.get(url)
            html = content_of(page)
            transaction.set_rollback(True)
        plain = page.get("Content-Type", "").startswith("text/html")
        fields = Fields(html.decode(errors="replace") if plain else "")
        if page.status_code in (403, 404) or (not fields.values and page.status_code == 302):
            continue
        send(client, url, fields, answered)
    refused = answered[422] + answered[400] + answered[200]
    assert refused > 30 * MANY, f"few forms were reached: {answered}"
    assert answered[302] > 0, "no form was ever accepted"


def send(client: Client, url: str, fields: Fields, answered: Counter[int]) -> None:
    names = sorted({*fields.values} - {"csrfmiddlewaretoken"}) or ["a"]
    changed = st.dictionaries(
        st.sampled_from([*names, "page", "sort", "file", "table", "q"]), VALUES, min_size=1, max_size=4
    )
    files = st.fixed_dictionaries(dict.fromkeys(sorted(fields.files), FILES))

    @HARD
    @given(changed, files, HEADERS)
    def hostile(values: dict[str, str], sent: dict[str, Any], headers: dict[str, str]) -> None:
        values = {name: value.encode(errors="replace").decode() for name, value in values.items()}
        with transaction.atomic():
            sound(client.get(url, values, **headers), url)
            transaction.set_rollback(True)
        with transaction.atomic():
            response = client.post(url, {**fields.values, **values, **sent}, **headers)
            sound(response, url)
            answered[response.status_code] += 1
            transaction.set_rollback(True)

    hostile()


def test_no_address_breaks_on_a_body_that_is_no_form(stage: Stage) -> None:
    client = Client()
    client.force_login(stage.people["officer"])
    for _name, url in places(stage):
        throw(client, url)


def throw(client: Client, url: str) -> None:
    @HARD
    @given(st.sampled_from(["post", "put", "patch", "delete", "options", "head", "trace"]), BODIES, HEADERS)
    def hostile(method: str, body: tuple[str, bytes], headers: dict[str, str]) -> None:
        kind, content = body
        with transaction.atomic():
            sound(client.generic(method.upper(), url, content, content_type=kind, **headers), url)
            transaction.set_rollback(True)

    hostile()


def test_no_made_up_address_breaks(story: Any) -> None:
    client = Client()

    @settings(HARD, max_examples=60 * MANY)
    @given(st.text(max_size=80), HEADERS)
    def hostile(path: str, headers: dict[str, str]) -> None:
        with transaction.atomic():
            sound(client.get("/" + path.encode(errors="replace").decode().lstrip("/"), **headers), path)
            transaction.set_rollback(True)

    hostile()


SECRET = "Zilvervos"


@pytest.mark.parametrize("role", ["stranger", "nobody", "administrator", "signed out"])
def test_nothing_of_a_claim_is_told_to_who_does_not_see_it(role: str, stage: Stage) -> None:
    stage.bring(ClaimState.RUNNING)
    hide(stage)
    Membership.objects.filter(user=stage.people["nobody"]).delete()
    client = Client()
    if role in stage.people:
        client.force_login(stage.people[role])
    told = []
    for name, url in places(stage):
        for asked in (url, f"{url}?q={SECRET[:6]}", f"{url}?file=csv"):
            with transaction.atomic():
                text = sound(client.get(asked), asked).decode(errors="replace")
                if asked == url:
                    text += sound(client.get(asked, HTTP_HX_REQUEST="true"), asked).decode(errors="replace")
                    text += sound(client.post(asked, {}), asked).decode(errors="replace")
                transaction.set_rollback(True)
            if SECRET in unescape(text):
                told.append(f"{name} {asked}")
    assert not told, "\n".join(told)


def hide(stage: Stage) -> None:
    """Put a word in everything that belongs to the claim."""
    with transaction.atomic():
        from django.db import connection

        with connection.cursor() as cursor:
            cursor.execute("set session_replication_role = replica")
            Claim.objects.filter(pk=stage.claim.pk).update(title=f"{SECRET} in de claim")
            stage.claim.lines.update(title=f"{SECRET} in de regel")
            stage.claim.annex_parts.update(title=f"{SECRET} in de bijlage", text=f"<p>{SECRET}</p>")
            stage.claim.sections.update(text=f"<p>{SECRET} in de tekst</p>")
            Remark.objects.filter(claim=stage.claim).update(text=f"{SECRET} in een opmerking")
            WrittenPaper.objects.filter(pk=stage.paper.pk).update(title=f"{SECRET} in de brief")
            HouseItem.objects.filter(pk=stage.house_item.pk).update(title=f"{SECRET} in de motie")
            stage.claim.evidence.update(name=f"{SECRET}.txt")
            type(stage.frozen).objects.filter(pk=stage.frozen.pk).update(title=f"{SECRET} bevroren")
            cursor.execute("set session_replication_role = default")
