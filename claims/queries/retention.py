"""What of claims that ended is older than its retention term: papers, evidence, texts and recorded acts. Never money.

The ledger stays: rows of money, decisions and steps are the register's own accounts, and every stand would change with them.
A term runs from the first day of the year after the one in which the claim ended. Something that also belongs to a claim
that has not ended, or whose term is not over, is kept.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter
from dataclasses import dataclass

from django.db import connection

ENDED = "('closed', 'withdrawn', 'rejected')"
DUE = f"""
    select c.id from claims_claim c
     where c.state in {ENDED}
       and (select extract(year from max(s.at) at time zone 'Europe/Amsterdam') from claims_step s where s.claim_id = c.id)
           < %(year)s
"""  # noqa: S608  (constants)
# Papers of which every claim is due, and which are in no set with a paper that stays.
PAPERS = f"""
    with ripe as (
      select p.id from claims_frozenpaper p
       where exists (select from claims_frozenclaim f where f.paper_id = p.id)
         and not exists (select from claims_frozenclaim f where f.paper_id = p.id and f.claim_id not in ({DUE}))),
    apart as (
      select r.id from ripe r where not exists (
        select from claims_housesetpaper mine join claims_housesetpaper other on other.house_set_id = mine.house_set_id
         where mine.paper_id = r.id and other.paper_id not in (select id from ripe)))
    select a.id from apart a join claims_frozenpaper p on p.id = a.id
     where (p.internal_id is null or p.internal_id in (select id from apart))
       and not exists (
         select from claims_frozenpaper q where q.internal_id = a.id and q.id not in (select id from apart))
"""  # noqa: S608  (constants)
SETS = f"select house_set_id from claims_housesetpaper where paper_id in ({PAPERS})"  # noqa: S608

# kind -> (table, its key, which rows), children before their parents
PLAN: dict[str, tuple[tuple[str, str, str], ...]] = {
    "papers": (
        # what depends on the other tables of a paper goes by its own condition, reckoned before anything is removed
        ("claims_housesetpaper", "id", f"paper_id in ({PAPERS})"),
        ("claims_houseset", "id", f"id in ({SETS})"),
        ("claims_freezing", "id", f"paper_id in ({PAPERS}) or internal_id in ({PAPERS})"),
        ("claims_frozenfigure", "id", f"paper_id in ({PAPERS})"),
        ("claims_frozenfile", "id", f"paper_id in ({PAPERS})"),
        ("claims_frozenclaim", "id", f"paper_id in ({PAPERS})"),
        ("claims_frozenpaper", "id", f"id in ({PAPERS})"),
        ("claims_render", "id", f"claim_id in ({DUE})"),
    ),
    "evidence": (("claims_evidence", "id", f"claim_id in ({DUE})"),),
    "texts": (
        ("claims_sectionevent", "pgh_id", f"claim_id in ({DUE})"),
        ("claims_section", "id", f"claim_id in ({DUE})"),
        ("claims_contextfigureevent", "pgh_id", f"claim_id in ({DUE})"),
        ("claims_contextfigure", "id", f"claim_id in ({DUE})"),
        ("claims_evaluationevent", "pgh_id", f"claim_id in ({DUE})"),
        ("claims_evaluation", "id", f"claim_id in ({DUE})"),
        ("claims_findinganswer", "id", f"claim_id in ({DUE})"),
        ("claims_remark", "id", f"claim_id in ({DUE})"),
        ("claims_stepcontent", "id", f"step_id in (select id from claims_step where claim_id in ({DUE}))"),  # noqa: S608
    ),
    "acts": (("core_event", "id", "extract(year from at at time zone 'Europe/Amsterdam') < %(year)s"),),
}
LEDGER = (
    "claims_envelopetotal",
    "claims_linetotal",
    "claims_commitmenttotal",
    "claims_commitmentyear",
    "claims_mutation",
    "claims_grantentry",
    "claims_commitment",
    "claims_commitmentrow",
    "claims_payment",
    "claims_writeoff",
)


@dataclass(frozen=True)
class Row:
    """One row that would go: its kind, table and key, and the SHA-256 of all that stands in it."""

    kind: str
    table: str
    key: int
    sha256: str


@dataclass(frozen=True)
class Due:
    """Everything whose term is over on a day, in the order in which it goes."""

    on: datetime.date
    years: dict[str, int]
    rows: tuple[Row, ...]
    papers: tuple[str, ...]  # each frozen paper among them, as a certificate names it

    @property
    def digest(self) -> str:
        """The SHA-256 of exactly this set, with its day's terms: what is shown is what is confirmed."""
        total = hashlib.sha256(repr(sorted(self.years.items())).encode())
        for row in self.rows:
            total.update(f"{row.table} {row.key} {row.sha256}\n".encode())
        return total.hexdigest()

    def counts(self) -> dict[str, int]:
        """Return how many rows of each table would go."""
        return dict(Counter(row.table for row in self.rows))


def due(on: datetime.date, years: dict[str, int]) -> Due:
    """Return what of each kind that has a term is older than it on a day."""
    rows: list[Row] = []
    papers: list[str] = []
    with connection.cursor() as cursor:
        for kind in (kind for kind in PLAN if kind in years):
            year = {"year": on.year - years[kind]}
            for table, key, which in PLAN[kind]:
                cursor.execute(
                    f"select {key}, encode(sha256(convert_to(t::text, 'UTF8')), 'hex') from {table} t where {which} order by {key}",  # noqa: S608
                    year,
                )
                rows += [Row(kind, table, found, digest) for found, digest in cursor.fetchall()]
            if kind == "papers":
                papers = _papers(year)
    return Due(on, years, tuple(rows), tuple(papers))


def _papers(year: dict[str, int]) -> list[str]:
    with connection.cursor() as own:
        own.execute(
            "select p.kind, p.number, p.public, p.public_id, (select string_agg(c.reference, ' ' order by c.reference) "  # noqa: S608
            "  from claims_frozenclaim f join claims_claim c on c.id = f.claim_id where f.paper_id = p.id), "
            "(select string_agg(f.format || ' ' || f.digest, ' ' order by f.format) from claims_frozenfile f where f.paper_id = p.id) "
            f"from claims_frozenpaper p where p.id in ({PAPERS}) order by p.id",
            year,
        )
        return [
            f"{kind} {number}{' public' if public else ''} {public_id} of {references}: {files}"
            for kind, number, public, public_id, references, files in own.fetchall()
        ]


def ledger_marks() -> dict[str, str]:
    """Return a mark of each table of money: the same marks before and after mean that no stand changed."""
    marks = {}
    with connection.cursor() as cursor:
        for table in LEDGER:
            cursor.execute(f"select md5(coalesce(string_agg(t::text, '|' order by t::text), '')) from {table} t")  # noqa: S608
            marks[table] = cursor.fetchone()[0]
    return marks
