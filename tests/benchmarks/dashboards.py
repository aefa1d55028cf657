"""Dashboards beside a large register: server time, queries, ratio to the bare SQL, files, and fifty people clicking.

The register stays in the throwaway database: a server of its own reads it. `BENCH_CLAIMS`, `BENCH_PARTNERS` and
`BENCH_PAYMENTS` set other sizes, `BENCH_SECONDS` how long people click.
"""

from __future__ import annotations

import datetime
import http.client
import os
import random
import socket
import statistics
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from claims.models import (
    Claim,
    ClaimLine,
    Commitment,
    Deadline,
    Envelope,
    FormTemplate,
    FrozenClaim,
    FrozenPaper,
    GrantEntry,
    LinePartner,
    LineYear,
    Mutation,
    StageReached,
    Step,
)
from core.models import Country, Cover, Directorate, Membership, Source, Theme, User
from partners.models import Contribution, FundTotal, Partner, Share
from reporting.views.keeping import DASHBOARDS
from results.models import Result, ResultVersion
from tests.benchmarks.harness import Report, times

CLAIMS = int(os.environ.get("BENCH_CLAIMS", "10000"))
PARTNERS = int(os.environ.get("BENCH_PARTNERS", "500"))
FEW = 1_000
MANY = int(os.environ.get("BENCH_PAYMENTS", "1000000"))
SECONDS = int(os.environ.get("BENCH_SECONDS", "60"))
ROWS = 100_000  # of the file that is measured
PEOPLE = 50
ROUNDS = 15
YEARS = range(2021, 2031)
Act = Callable[[], object]
DAY = datetime.date(2026, 6, 1)


def run(report: Report) -> None:
    """Fill the register twice, measure pages at both sizes, then files and people at the larger."""
    by = prepare()
    fill(FEW, by)
    few = {name: queries(by, url) for name, url in pages().items()}
    fill(MANY, by)
    print(f"{CLAIMS:,} claims, {PARTNERS:,} partners, {MANY:,} payments")
    for name, url in pages().items():
        measure(report, by, name, url, few[name])
    files(report, by)
    clicks(report, by, writing=False)
    clicks(report, by, writing=True)


# -- the register -----------------------------------------------------------------------------------------------------


@contextmanager
def no_guards() -> Iterator[None]:
    """Write rows that no trigger sees: the stage of a measurement, not what is measured."""
    with connection.cursor() as cursor:
        cursor.execute("set session_replication_role = replica")
        yield
        cursor.execute("set session_replication_role = default")


def prepare() -> User:
    """Make partners, envelopes, and claims of one line each with grants and two commitments."""
    dice = random.Random(1)
    by = User.objects.create(username="bench-dashboards", name="Bench")
    Membership.objects.create(user=by, role="controller")
    directorate = Directorate.objects.create(code="BENCH", name_nl="Bench", name_en="Bench")
    template = FormTemplate.objects.order_by("pk").first()
    countries, themes, covers = (list(model.objects.all()[:20]) for model in (Country, Theme, Cover))
    with no_guards():
        partners = Partner.objects.bulk_create(
            Partner(name=f"Partner {n:04d}", short_name=f"P{n:04d}", kind=("ngo", "international")[n % 2])
            for n in range(PARTNERS)
        )
        envelopes = {
            year: Envelope.objects.bulk_create(
                Envelope(name=f"Bench {n}", year=year, cover=covers[n % len(covers)]) for n in range(6)
            )
            for year in YEARS
        }
        claims = Claim.objects.bulk_create(
            Claim(
                reference=f"BV-9{n // 10000:03d}-{n % 10000:04d}",
                title=f"{dice.choice(WORDS)} en {dice.choice(WORDS)} {n}",
                amount=Decimal(2_000_000),
                first_year=YEARS[n % 8],
                last_year=YEARS[n % 8] + 1,
                country=countries[n % len(countries)],
                theme=themes[n % len(themes)],
                directorate=directorate,
                owner=by if n < 5 else None,
                template=template,
                state=("draft", "running", "running", "granted", "submitted")[n % 5],
                created_at=timezone.now(),
                created_by=by,
            )
            for n in range(CLAIMS)
        )
        lines = ClaimLine.objects.bulk_create(ClaimLine(claim=claim, title=f"regel {claim.title}") for claim in claims)
        _money(lines, partners, envelopes, by)
        _budgets([row for rows in envelopes.values() for row in rows], by)
        _besides(partners, claims, directorate, by)
    return by


WORDS = ("kinderen", "herstel", "winterhulp", "scholen", "energie", "gezondheid", "ontmijning", "rechtsstaat", "water")


def _money(lines: Any, partners: Any, envelopes: Any, by: User) -> None:
    years = [YEARS[n % 8] for n in range(len(lines))]
    LineYear.objects.bulk_create(
        LineYear(line=line, envelope=envelopes[year + more][n % 6], commitment=1_000_000, cash=1_000_000)
        for n, (line, year) in enumerate(zip(lines, years, strict=True))
        for more in (0, 1)
    )
    LinePartner.objects.bulk_create(
        LinePartner(line=line, partner=partners[(n + more) % len(partners)])
        for n, line in enumerate(lines)
        for more in range(2 if n % 10 == 0 else 1)
    )
    decided = [(n, line) for n, line in enumerate(lines) if n % 5 in (1, 2, 3)]
    now = timezone.now()
    steps = Step.objects.bulk_create(
        Step(claim=line.claim, round=1, kind="present", from_state="agreed", to_state="presented", by=by, at=now,
             booked_on=DAY, digest="") for _n, line in decided
    )  # fmt: skip
    GrantEntry.objects.bulk_create(
        GrantEntry(line=line, envelope=envelopes[years[n] + more][n % 6], series=series, kind="grant", amount=1_000_000,
                   step=step, booked_on=DAY, recorded_at=now, recorded_by=by)
        for (n, line), step in zip(decided, steps, strict=True) for more in (0, 1) for series in ("commitment", "cash")
    )  # fmt: skip
    commitments = Commitment.objects.bulk_create(
        Commitment(number=f"DASH-{n}-{k}", line=line, partner=partners[n % len(partners)], signed_on=DAY,
                   ends_on=datetime.date(2027, 6, 1), recorded_at=now, recorded_by=by)
        for n, line in decided for k in (0, 1)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(
            "create table bench_place as select k.id as commitment_id, y.envelope_id, row_number() over (order by k.id) - 1 as place"
            " from claims_commitment k join lateral (select envelope_id from claims_lineyear y where y.line_id = k.line_id"
            " order by y.id limit 1) y on true where k.number like 'DASH-%'"
        )
        cursor.execute(
            "insert into claims_commitmentrow (public_id, amount, booked_on, recorded_at, recorded_by_id, origin, voucher, reason,"
            " commitment_id, envelope_id, kind) select gen_random_uuid(), 1000000, %s, now(), %s, 'user', '', '', commitment_id,"
            " envelope_id, 'sign' from bench_place",
            [DAY, by.pk],
        )
        cursor.execute(
            "insert into claims_planversion (public_id, commitment_id, kind, made_on, made_by_id, recorded_at, note)"
            " select gen_random_uuid(), commitment_id, kind, %s, %s, now(), '' from bench_place,"
            " unnest(array['plan', 'plan', 'forecast']) kind",
            [DAY, by.pk],
        )
        cursor.execute(
            "insert into claims_planquarter (version_id, year, quarter, amount) select v.id, 2026 + n / 4, 1 + n %% 4, 1000 * n"
            " from claims_planversion v, generate_series(0, 7) n where v.made_by_id = %s",
            [by.pk],
        )
    assert commitments


def _budgets(envelopes: list[Envelope], by: User) -> None:
    """Six mutations of each envelope, each through its three stages."""
    now = timezone.now()
    mutations = Mutation.objects.bulk_create(
        Mutation(envelope=row, series=series, moment=moment, amount=1_000_000, booked_on=DAY, recorded_at=now, recorded_by=by,
                 reason="Bench")
        for row in envelopes for series in ("commitment", "cash") for moment in ("draft-budget", "first", "second")
    )  # fmt: skip
    StageReached.objects.bulk_create(
        StageReached(mutation=row, stage=stage, reached_on=DAY, recorded_at=now, recorded_by=by)
        for row in mutations for stage in ("announced", "processed", "authorised")
    )  # fmt: skip


def _besides(partners: list[Partner], claims: list[Claim], directorate: Directorate, by: User) -> None:
    """What a page shows beside the ledger: results, contributions with shares, deadlines and frozen papers."""
    now, source = timezone.now(), Source.objects.create(title="Bench report", publisher="Bench")
    results = Result.objects.bulk_create(
        Result(partner=partner, label=f"people reached {n}", unit="people", period_start=datetime.date(2020 + n, 1, 1),
               period_end=datetime.date(2020 + n, 12, 31), directorate=directorate)
        for partner in partners for n in range(8)
    )  # fmt: skip
    ResultVersion.objects.bulk_create(
        ResultVersion(result=result, number=number, value=1000 * number, target=3000, as_of=DAY, source=source)
        for result in results
        for number in (1, 2)
    )
    gifts = Contribution.objects.bulk_create(
        Contribution(subject=f"Bench {n}", year=2020 + n, amount=1_000_000, recorded_amount=1_100_000, recorded_currency="USD",
                     earmark=("earmarked", "unearmarked")[n % 2])
        for _partner in partners for n in range(5)
    )  # fmt: skip
    Contribution.partners.through.objects.bulk_create(
        Contribution.partners.through(contribution=gift, partner=partners[(n // 5 + more) % len(partners)])
        for n, gift in enumerate(gifts)
        for more in range(2 if n % 5 == 4 else 1)
    )
    totals = FundTotal.objects.bulk_create(
        FundTotal(partner=partner, year=2021, kind="received", amount=20_000_000, currency="USD", as_of=DAY)
        for partner in partners
    )
    Share.objects.bulk_create(Share(contribution=gifts[5 * n + 1], total=total) for n, total in enumerate(totals))
    Deadline.objects.bulk_create(Deadline(claim=claim, subject="Verantwoording", due_on=DAY) for claim in claims)
    papers = FrozenPaper.objects.bulk_create(
        FrozenPaper(kind="cw31", subject=claim.public_id, directorate=directorate, number=1, title=claim.title, name="bench",
                    classification=claim.classification, template="cw31", snapshot={}, program={}, input_hash="", by=by, at=now)
        for claim in claims[::3]
    )  # fmt: skip
    FrozenClaim.objects.bulk_create(
        FrozenClaim(paper=paper, claim=claim, digest="") for paper, claim in zip(papers, claims[::3], strict=True)
    )


def fill(count: int, by: User) -> None:
    """Put payments in the ledger, a tenth of them in the envelope whose rows become the measured file, and keep the totals."""
    with no_guards(), connection.cursor() as cursor:
        cursor.execute("delete from claims_payment where voucher like 'DASH%'")
        cursor.execute("select count(*) from bench_place")
        places = cursor.fetchone()[0]
        cursor.execute("select min(envelope_id) from bench_place")
        heavy = cursor.fetchone()[0]
        cursor.execute(
            "insert into claims_payment (public_id, amount, booked_on, recorded_at, recorded_by_id, origin, voucher, reason,"
            " commitment_id, envelope_id, kind, paid_on, currency, rate_kind)"
            " select gen_random_uuid(), 1 + n %% 97, %s::date + (n %% 200), now(), %s, 'books', 'DASH' || n, '', b.commitment_id,"
            " case when n %% 10 = 0 then %s else b.envelope_id end, case when n %% 3 = 0 then 'advance' else 'payment' end, %s, '', ''"
            " from generate_series(1, %s) n join bench_place b on b.place = n %% %s",
            [DAY, by.pk, heavy, DAY, count, places],
        )
        for statement in TOTALS:
            cursor.execute(statement)
        cursor.execute("analyze")


TOTALS = (
    "delete from claims_commitmentyear",
    "insert into claims_commitmentyear (commitment_id, envelope_id, committed, paid) select commitment_id, envelope_id, sum(c), sum(p)"
    " from (select commitment_id, envelope_id, signed as c, 0 as p from claims_commitmentrow"
    " union all select commitment_id, envelope_id, 0, signed from claims_payment) r group by 1, 2",
    "delete from claims_commitmenttotal",
    "insert into claims_commitmenttotal (commitment_id, committed, paid, advanced) select y.commitment_id, sum(committed), sum(paid),"
    " coalesce((select sum(signed) from claims_payment p where p.commitment_id = y.commitment_id and p.kind = 'advance'), 0)"
    " from claims_commitmentyear y group by 1",
    "delete from claims_envelopetotal where envelope_id in (select id from claims_envelope where name like 'Bench %')",
    "insert into claims_envelopetotal (envelope_id, budget_commitment, budget_cash, committed, paid, granted_commitment, granted_cash)"
    " select e.id, 99999999999, 99999999999, coalesce(y.c, 0), coalesce(y.p, 0), coalesce(g.c, 0), coalesce(g.k, 0)"
    " from claims_envelope e left join (select envelope_id, sum(committed) as c, sum(paid) as p from claims_commitmentyear group by 1)"
    " y on y.envelope_id = e.id left join (select envelope_id, sum(signed) filter (where series = 'commitment') as c,"
    " sum(signed) filter (where series = 'cash') as k from claims_grantentry group by 1) g on g.envelope_id = e.id"
    " where e.name like 'Bench %'",
)


# -- pages ------------------------------------------------------------------------------------------------------------


def pages() -> dict[str, str]:
    """Return the pages that are measured, by name."""
    partner = Partner.objects.get(short_name="P0001")
    envelope = Envelope.objects.get(name="Bench 1", year=2024)
    return {
        "partner": f"/partners/{partner.public_id}/",
        "envelope": f"/envelopes/{envelope.public_id}/",
        "envelope per a date": f"/envelopes/{envelope.public_id}/?as_of=2026-08-01",
        "all envelopes": "/envelopes/",
        "portfolio": "/partners/",
        "portfolio, by paid": "/partners/?sort=-paid&first=2024&last=2026",
        "portfolio, searched": "/partners/?q=kind+water",
        "rows of a number": f"/numbers/paid/?partner={partner.public_id}",
        "my work": "/",
    }


def more_pages() -> list[str]:
    """Return the dashboards that people open besides: forty partners and twenty envelopes."""
    partners = Partner.objects.filter(short_name__startswith="P0").order_by("pk")[:40]
    envelopes = Envelope.objects.filter(name__startswith="Bench").order_by("pk")[:20]
    return [
        *(f"/partners/{row.public_id}/" for row in partners),
        *(f"/envelopes/{row.public_id}/" for row in envelopes),
    ]


MOST = {
    "partner": 100,
    "envelope": 100,
    "envelope per a date": 100,
    "all envelopes": 300,
    "portfolio": 300,
    "portfolio, by paid": 300,
    "portfolio, searched": 300,
}


def signed_in(by: User) -> Client:
    """Return a client in which a person is signed in."""
    client = Client()
    client.force_login(by)
    return client


def queries(by: User, url: str) -> int:
    """Return how many queries a page takes."""
    client = signed_in(by)
    client.get(url)
    DASHBOARDS.forget()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200, url
    return len(captured)


def measure(report: Report, by: User, name: str, url: str, few: int) -> None:
    """Measure one page: made anew, after a change of what it shows, after a change elsewhere, and when nothing changed.

    Each round also asks its statements alone, so that both have the same machine.
    """
    client = signed_in(by)

    def anew() -> None:
        DASHBOARDS.forget()
        client.get(url)

    with CaptureQueriesContext(connection) as captured:
        anew()
    asked = list(captured.captured_queries)  # the connection forgets them at the next request
    began = time.process_time()
    found = times(anew, ROUNDS)
    spent = (time.process_time() - began) / (ROUNDS + 2) * 1000
    middle, late = statistics.median(found) * 1000, statistics.quantiles(found, n=20)[-1] * 1000
    if name in MOST:
        report.promise(f"{name}: median", middle, MOST[name], "ms")
    else:
        report.fact(f"{name}: median", middle, "ms")
    report.fact(f"{name}: 95th percentile", late, "ms")
    report.fact(f"{name}: of which in the web process", spent, "ms")
    report.promise(f"{name}: queries beside those with {FEW:,} payments", len(asked), few, "")
    if name not in MOST:
        report.fact(f"{name}: its statements alone", statistics.median(times(lambda: bare_sql(asked), 10)) * 1000, "ms")
        return
    ways = {
        "made anew": DASHBOARDS.forget,
        "after a change of its own numbers": CHANGES.get(name),
        "after a change elsewhere": change_elsewhere,
        "when nothing changed": nothing,
    }
    for how, change in ways.items():
        if change is not None:
            bare, took = side_by_side(lambda: bare_sql(asked), change, lambda: client.get(url))
            report.fact(f"{name}: {how}", took * 1000, "ms")
            report.fact(f"{name}: its statements alone then", bare * 1000, "ms")
            report.promise(f"{name}: {how}, beside its statements", took / bare, 2, "x")


def side_by_side(one: Act, before: Act, other: Act) -> tuple[float, float]:
    """Return the median seconds of two acts, done in turn; what is done before the other one is not counted."""
    found: list[tuple[float, float]] = []
    for _round in range(ROUNDS + 2):
        start = time.perf_counter()
        one()
        middle = time.perf_counter()
        before()
        begun = time.perf_counter()
        other()
        found.append((middle - start, time.perf_counter() - begun))
    first, second = (statistics.median(seconds) for seconds in zip(*found[2:], strict=True))
    return first, second


def nothing() -> None:
    """Change nothing."""


def change_elsewhere() -> None:
    """Write something that no measured page but the lists can show: the register's version is another."""
    Theme.objects.filter(pk=Theme.objects.latest("pk").pk).update(active=True)


def change_a_line(dice: random.Random) -> None:
    """Ask another euro for some line: its claim, its partner, its envelope and the lists say something else."""
    with transaction.atomic(), no_guards(), connection.cursor() as cursor:
        cursor.execute("select core_register_changed()")
        cursor.execute(
            "update claims_lineyear set commitment = commitment + 1 where id ="
            " (select id from claims_lineyear order by id offset %s limit 1)",
            [dice.randrange(CLAIMS)],
        )


def pay_another_euro(where: str) -> None:
    """Make the first of these payments a euro more, in its row and in the totals."""
    with transaction.atomic(), no_guards(), connection.cursor() as cursor:
        cursor.execute("select core_register_changed()")
        cursor.execute(f"select p.id, p.commitment_id, p.envelope_id from claims_payment p where {where} limit 1")  # noqa: S608
        payment, commitment, envelope = cursor.fetchone()
        cursor.execute("update claims_payment set amount = amount + 1 where id = %s", [payment])
        cursor.execute(
            "update claims_commitmentyear set paid = paid + 1 where commitment_id = %s and envelope_id = %s",
            [commitment, envelope],
        )


CHANGES: dict[str, Act] = {
    "partner": lambda: pay_another_euro(
        "p.commitment_id in (select k.id from claims_commitment k join partners_partner o on o.id = k.partner_id"
        " where o.short_name = 'P0001')"
    ),
    "envelope": lambda: pay_another_euro(OF_ENVELOPE),
    "envelope per a date": lambda: pay_another_euro(OF_ENVELOPE),
}
OF_ENVELOPE = (
    "p.booked_on < '2026-08-01' and"
    " p.envelope_id = (select id from claims_envelope where name = 'Bench 1' and year = 2024)"
)


def bare_sql(statements: Any) -> None:
    """Run a page's statements one after another with nothing around them."""
    with connection.cursor() as cursor:
        for statement in statements:
            if statement["sql"].lower().lstrip().startswith(("select", "with")):
                cursor.cursor.execute(statement["sql"])
                cursor.cursor.fetchall()


# -- files ------------------------------------------------------------------------------------------------------------


def files(report: Report, by: User) -> None:
    """Measure a file of a hundred thousand rows in processes of their own."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select e.public_id from claims_envelope e where id = (select min(envelope_id) from bench_place)"
        )
        key = cursor.fetchone()[0]
    for kind, first, whole in (("csv", 1.0, None), ("xlsx", None, 15.0), ("ods", None, None)):
        url = f"/numbers/paid/?envelope={key}&file={kind}"
        done = subprocess.run(
            [sys.executable, "-m", "tests.benchmarks.one_file", str(by.pk), url],
            capture_output=True, text=True, check=True, env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"},
        )  # fmt: skip
        began, seconds, size, peak, busy = (float(word) for word in done.stdout.split())
        report.fact(f"{kind.upper()} of some {ROWS:,} rows: size", size / 1024 / 1024, "MiB")
        report.fact(f"{kind.upper()}: of which the process was busy itself", busy, "s")
        if first is not None:
            report.promise(f"{kind.upper()}: first byte", began, first, "s")
        if whole is not None:
            report.promise(f"{kind.upper()}: whole", seconds, whole, "s")
        else:
            report.fact(f"{kind.upper()}: whole", seconds, "s")
        if kind != "ods":
            report.promise(f"{kind.upper()}: peak memory of its process", peak, 200, "MiB")
        else:
            report.fact(f"{kind.upper()}: peak memory of its process", peak, "MiB")


# -- people -----------------------------------------------------------------------------------------------------------


def clicks(report: Report, by: User, *, writing: bool) -> None:
    """Have fifty people click with two seconds between clicks, against a server of two processes; `writing`: while the register changes."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "config.wsgi", "--bind", f"127.0.0.1:{port}", "--worker-class", "gthread",
               "--workers", "2", "--threads", "8", "--log-level", "error"]  # fmt: skip
    server = subprocess.Popen(command, env={**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings"})
    try:
        _wait(port)
        cookies, urls = [_session(by) for _person in range(PEOPLE)], [*pages().values(), *more_pages()]
        for url in urls[: len(pages())]:
            _get(port, cookies[0], url)
        dice = random.Random(2)
        found_times: list[float] = []
        faults: list[str] = []
        people = [
            threading.Thread(target=_click, args=(port, cookie, urls, number, found_times, faults))
            for number, cookie in enumerate(cookies)
        ]
        for person in people:
            person.start()
        while any(person.is_alive() for person in people):
            time.sleep(1)
            if writing:
                change_a_line(dice)
    finally:
        server.terminate()
        server.wait(20)
    how = f"{PEOPLE} people for {SECONDS} s{', a change each second' if writing else ''}"
    report.fact(f"{how}: pages", len(found_times), "")
    report.promise(f"{how}: errors", len(faults), 0, "")
    late = statistics.quantiles(found_times, n=20)[-1] * 1000
    report.promise(f"{how}: 95th percentile", late, 500, "ms")
    if faults:
        print(faults[:5])


def _session(by: User) -> str:
    name = settings.SESSION_COOKIE_NAME
    return f"{name}={signed_in(by).cookies[name].value}"


def _wait(port: int) -> None:
    for _try in range(120):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.25)
    raise TimeoutError("The server did not come up.")


def _get(port: int, cookie: str, url: str) -> tuple[int, float]:
    start = time.perf_counter()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    line.request("GET", url, headers={"Cookie": cookie, "Host": "localhost"})
    answer = line.getresponse()
    answer.read()
    line.close()
    return answer.status, time.perf_counter() - start


def _click(port: int, cookie: str, urls: list[str], number: int, found: list[float], faults: list[str]) -> None:
    dice = random.Random(number)
    end = time.monotonic() + SECONDS
    time.sleep(dice.random() * 2)
    while time.monotonic() < end:
        url = dice.choice(urls)
        try:
            status, seconds = _get(port, cookie, url)
            found.append(seconds)
            if status != 200:
                faults.append(f"{status} {url}")
        except OSError as error:
            faults.append(f"{error} {url}")
        time.sleep(2)
