"""A stamp of everything a claim's papers are made of: equal stamps mean that nothing was changed, added or removed.

Each table answers how many rows, the sum of their versions and the highest key. Versions only grow (the database counts them), keys
are never given twice: no change leaves all three as they were. A transaction that has written stamps with its own number besides,
so that what it may yet take back is never mistaken for what is stored. Asked before the facts are gathered, so that a change in
between makes the stamp too old, never too new.

What the annex cites changes seldom while one writes, and takes the most to compose: its tables have a stamp of their own.
"""

from typing import Any, NamedTuple

from django.db import connection

from claims.models import Claim, WrittenPaper

OF_CLAIM = "claim_id = %(claim)s"
OF_LINE = "line_id in (select id from claims_claimline where claim_id = %(claim)s)"
OF_PART = "part_id in (select id from claims_annexpart where claim_id = %(claim)s)"
EVERY = "true"

TABLES = {
    "claims_claim": "id = %(claim)s",
    "claims_goal": OF_CLAIM,
    "claims_claimline": OF_CLAIM,
    "claims_lineyear": OF_LINE,
    "claims_linepartner": OF_LINE,
    "claims_plannedresult": OF_LINE,
    "claims_section": OF_CLAIM,
    "claims_evaluation": OF_CLAIM,
    "claims_contextfigure": OF_CLAIM,
    "claims_annexpart": OF_CLAIM,
    "claims_citation": OF_PART,
    # shared records: few enough to ask all of them, and a figure in a text may point at any
    "claims_article": EVERY,
    "claims_envelope": EVERY,
    "claims_instrument": EVERY,
    "claims_formtemplate": EVERY,
    "claims_houseitem": EVERY,
    "claims_templatesection": EVERY,
    "core_country": "id = (select country_id from claims_claim where id = %(claim)s)",
    "core_cover": EVERY,
    "core_directorate": EVERY,
    "core_source": EVERY,
    "core_theme": EVERY,
    "partners_partner": EVERY,
    "partners_contribution": EVERY,
    "partners_fundtotal": EVERY,
    "partners_appeal": EVERY,
    "partners_appealgroup": EVERY,
    "partners_appealpart": EVERY,
    "partners_share": EVERY,
    "results_indicator": EVERY,
    "results_result": EVERY,
    "results_resultgroup": EVERY,
    "results_resultversion": EVERY,
    "results_resultpart": EVERY,
}
LINKS = ("claims_houseitem_claims", "partners_contribution_partners")  # rows that are made and removed, never changed
CITED = {"claims_annexpart", "claims_citation", "core_cover", "core_source", "partners_contribution_partners"} | {
    table for table in TABLES if table.startswith(("partners_", "results_"))
}
WRITING = "select '', coalesce(pg_current_xact_id_if_assigned()::text::bigint, 0), 0, 0"
STAMP = " union all ".join(
    [WRITING]
    + [
        f"select '{table}', count(*), coalesce(sum(version), 0), coalesce(max(id), 0) from {table} where {which}"  # noqa: S608  (constants)
        for table, which in TABLES.items()
    ]
    + [f"select '{table}', count(*), 0, coalesce(max(id), 0) from {table}" for table in LINKS]  # noqa: S608
)


class Stamp(NamedTuple):
    """The stamp of everything, and that of what the annex cites alone."""

    whole: str
    cited: str


def stamp_of(claim: Claim) -> Stamp:
    """Return the stamp, in one query."""
    found = _asked(STAMP, {"claim": claim.pk})
    return Stamp(str(found), str([row for row in found if not row[0] or row[0] in CITED]))


def _asked(question: str, keys: dict[str, int]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(question, keys)
        return sorted(cursor.fetchall())


OF_PAPER = {
    "claims_writtenpaper": "id = %(paper)s or id = (select accompanies_id from claims_writtenpaper where id = %(paper)s)",
    "claims_papersection": "paper_id = %(paper)s",
    "claims_papertemplate": EVERY,
    "claims_papertemplatesection": EVERY,
    "claims_party": EVERY,
}
LINKS_OF_PAPER = (  # rows that are made and removed, without a version; what they lead to tells them apart
    ("claims_paperclaim", "claim_id || ':' || position", "paper_id"),
    ("claims_writtenpaper_addressees", "party_id", "writtenpaper_id"),
    ("claims_writtenpaper_key_results", "result_id", "writtenpaper_id"),
    ("claims_writtenpaper_house_items", "houseitem_id", "writtenpaper_id"),
)
STAMP_OF_PAPER = " union all ".join(
    [WRITING]
    + [
        f"select '{table}', count(*), coalesce(sum(version), 0), coalesce(max(id), 0) from {table} where {which}"  # noqa: S608  (constants)
        for table, which in OF_PAPER.items()
    ]
    + [
        f"select '{table}', count(*), coalesce(hashtext(string_agg(({said})::text, ',' order by id)), 0),"  # noqa: S608
        f" coalesce(max(id), 0) from {table} where {own} = %(paper)s"
        for table, said, own in LINKS_OF_PAPER
    ]
)


def stamp_of_paper(paper: WrittenPaper) -> str:
    """Return the stamp of a nota or letter: its own rows, and all that its claims' papers are made of."""
    claims = Claim.objects.filter(paper_claims__paper=paper).order_by("paper_claims__position", "pk")
    return "|".join([str(_asked(STAMP_OF_PAPER, {"paper": paper.pk})), *(stamp_of(claim).whole for claim in claims)])
