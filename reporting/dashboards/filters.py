"""What a dashboard is asked: the filters in its address, and the money they select for one person.

One vocabulary for the portfolio, the figure card and the rows behind every number: an address says what is counted.
"""

from __future__ import annotations

import datetime
import re
import uuid
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, OuterRef, Q
from django.http import QueryDict

from claims.enums import ClaimState, PartnerRole
from claims.models import Claim, ClaimLine, Commitment, Envelope, LinePartner
from claims.queries.rows import Numbers
from claims.queries.stands import Scope
from core.models import User
from core.permissions import standing, within_reach
from partners.enums import PartnerKind
from partners.models import Partner

EARLIEST, LATEST = 1990, 2100
LONGEST = 120  # characters of a search
MOST_WORDS = 8
NONE = "-"  # in a filter: where none is named
ENVELOPES = "envelopes"


class Unknown(ValueError):
    """A filter names something that does not exist."""


@dataclass(frozen=True)
class Filters:
    """Which money is asked for. Empty leaves nothing out."""

    q: str = ""
    first: int | None = None  # budget year
    last: int | None = None
    directorate: str = ""
    state: str = ""
    kind: str = ""  # of a partner
    country: str = ""
    theme: str = ""
    article: str = ""  # "XVII 4.1"
    cover: str = ""
    partner: uuid.UUID | None = None
    line: uuid.UUID | None = None
    envelope: uuid.UUID | None = None
    of: str = ""  # "envelopes": whole envelopes, whoever's claims draw on them
    as_of: datetime.date | None = None

    @classmethod
    def read(cls, query: QueryDict) -> Filters:
        """Read the filters of an address. Years and texts that cannot be read count as empty; raises Unknown for an unknown id."""
        found: dict[str, Any] = {}
        for field in fields(cls):
            typed = query.get(field.name, "").replace("\x00", "").strip()[:LONGEST]
            if typed:
                found[field.name] = READ.get(field.name, str)(typed)
        return cls(**found)

    def query(self, **more: Any) -> str:
        """Return the filters, some changed, as an address holds them: always in the same order."""
        filters = replace(self, **more) if more else self
        return urlencode([(name, value) for name in NAMES if (value := getattr(filters, name))])

    @property
    def years(self) -> tuple[int, int] | None:
        """The budget years asked for; one alone stands for itself up to any later, or any earlier up to itself."""
        if self.first is None and self.last is None:
            return None
        return self.first or EARLIEST, self.last or LATEST

    @property
    def of_envelopes(self) -> bool:
        """True when whole envelopes are asked: what stands on one is the same for everybody."""
        return self.envelope is not None or self.of == ENVELOPES

    @property
    def chosen(self) -> bool:
        """True when anything is left out."""
        return any(getattr(self, name) for name in NAMES)


NAMES = tuple(field.name for field in fields(Filters))


def _year(typed: str) -> int | None:
    year = int(typed) if re.fullmatch(r"[0-9]{4}", typed) else 0
    return year if EARLIEST <= year <= LATEST else None


def _uuid(typed: str) -> uuid.UUID:
    try:
        return uuid.UUID(typed)
    except ValueError:
        raise Unknown from None


def _day(typed: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(typed)
    except ValueError:
        return None


READ: dict[str, Any] = {
    "first": _year,
    "last": _year,
    "partner": _uuid,
    "line": _uuid,
    "envelope": _uuid,
    "as_of": _day,
}


# -- lines ------------------------------------------------------------------------------------------------------------


def lines_of(filters: Filters, user: User) -> Any:
    """Return the claim lines that the filters select, of the claims a person may see.

    Years select money, not lines: what is signed in one year is paid in later ones.
    """
    rows = within_reach(ClaimLine.objects.all(), user, "claim__directorate") if standing(user).all_roles() else NO_LINES
    plain = {
        "claim__directorate__code": filters.directorate,
        "claim__state": filters.state if filters.state in ClaimState.values else "",
        "claim__country__code": filters.country,
        "claim__theme__code": filters.theme,
        "public_id": filters.line,
    }
    rows = rows.filter(**{path: value for path, value in plain.items() if value})
    if filters.kind in PartnerKind.values:
        rows = rows.filter(Exists(_recipients(partner__kind=filters.kind)))
    if filters.cover:
        rows = rows.filter(Exists(_envelopes_of_line(cover__code=filters.cover)))
    if filters.article:
        rows = rows.filter(_of_article(filters.article))
    if filters.partner:
        rows = rows.filter(own_lines(partner__public_id=filters.partner))
    return _searched(rows, filters.q)


NO_LINES = ClaimLine.objects.none()


def _recipients(**conditions: Any) -> Any:
    return LinePartner.objects.filter(line=OuterRef("pk"), role=PartnerRole.RECIPIENT, **conditions)


def own_lines(**partner: Any) -> Q:
    """Return the condition of lines of one partner alone. A pooled line belongs to several: it is in nobody's sum."""
    return Q(Exists(_recipients(**partner))) & ~Q(Exists(_recipients().exclude(**partner)))


def _envelopes_of_line(**conditions: Any) -> Any:
    return Envelope.objects.filter(line_years__line=OuterRef("pk"), **conditions)


def _of_article(code: str) -> Q:
    """The line's own article, or that of its envelopes where the line names none."""
    chapter, _space, number = code.partition(" ")
    own = Q(article__chapter=chapter, article__number=number)
    by_envelope = Exists(_envelopes_of_line(article__chapter=chapter, article__number=number))
    return own | Q(by_envelope, article=None)


def _searched(rows: Any, typed: str) -> Any:
    """Keep what holds every word, in a Dutch inflection or as a part, in claim, line, partner or reference."""
    for word in typed.split()[:MOST_WORDS]:
        stem = SearchQuery(word, config="dutch")
        claims = Claim.objects.annotate(words=TITLE)
        titles = ClaimLine.objects.annotate(words=TITLE)
        partners = Partner.objects.annotate(words=SearchVector("name", config="dutch"))
        named = partners.filter(Q(words=stem) | Q(name__icontains=word) | Q(short_name__icontains=word))
        rows = rows.filter(
            Q(claim__in=claims.filter(words=stem).values("pk"))
            | Q(pk__in=titles.filter(words=stem).values("pk"))
            | Q(claim__in=claims.filter(Q(title__icontains=word) | _numbered(word)).values("pk"))
            | Q(pk__in=titles.filter(title__icontains=word).values("pk"))
            | Q(pk__in=LinePartner.objects.filter(partner__in=named.values("pk")).values("line"))
        )
    return rows


TITLE = SearchVector("title", config="dutch")  # the expression of the indexes on both titles


def _numbered(word: str) -> Q:
    return Q(reference__icontains=word) | Q(ministry_reference__icontains=word)


def scope_of(filters: Filters, user: User) -> Scope:
    """Return the money of the filters' lines and their commitments, in the years and of the cover asked."""
    lines = lines_of(filters, user)
    signed = Commitment.objects.filter(line__in=lines.values("pk"))
    if filters.partner:
        signed = Commitment.objects.filter(
            Q(line__in=lines.values("pk")) | Q(pk__in=_from_pools(filters, user).values("pk"))
        )
    envelopes = Envelope.objects.filter(cover__code=filters.cover) if filters.cover else None
    return Scope(lines, signed, envelopes, filters.years)


def _from_pools(filters: Filters, user: User) -> Any:
    """Return a partner's own commitments out of pooled lines."""
    others, partner = lines_of(replace(filters, partner=None), user), filters.partner or uuid.UUID(int=0)
    shares = LinePartner.objects.filter(
        line__in=others.values("pk"), role=PartnerRole.RECIPIENT, partner__public_id=partner
    )
    return Commitment.objects.filter(partner__public_id=partner, line__in=shares.values("line"))


# -- envelopes --------------------------------------------------------------------------------------------------------


def envelopes_of(filters: Filters) -> Any:
    """Return the envelopes of the years, cover and article asked, or the one that is named."""
    rows = Envelope.objects.all()
    if filters.envelope:
        rows = rows.filter(public_id=filters.envelope)
    if filters.years is not None:
        rows = rows.filter(year__range=filters.years)
    if filters.cover:
        rows = rows.filter(cover=None) if filters.cover == NONE else rows.filter(cover__code=filters.cover)
    if filters.article == NONE:
        rows = rows.filter(article=None)
    elif filters.article:
        chapter, _space, number = filters.article.partition(" ")
        rows = rows.filter(article__chapter=chapter, article__number=number)
    return rows


def envelope_scope(filters: Filters) -> Scope:
    """Return all money of envelopes, whoever's claims it is for, or what one line takes of them."""
    envelopes = envelopes_of(filters).values("pk")
    if filters.line is None:
        return Scope(envelopes=envelopes)
    line = ClaimLine.objects.filter(public_id=filters.line).values("pk")
    return Scope(line, Commitment.objects.filter(line__in=line).values("pk"), envelopes)


def numbers_of(filters: Filters, user: User) -> Numbers:
    """Return the rows behind the numbers that the filters ask."""
    if filters.of_envelopes:
        return Numbers(envelope_scope(filters), filters.as_of)
    scope = scope_of(filters, user)
    if filters.partner or filters.line:  # few: looked up once, so that every sum goes straight to their rows
        lines, commitments = (list(rows.values_list("pk", flat=True)) for rows in (scope.lines, scope.commitments))
        scope = replace(scope, lines=lines, commitments=commitments)
    return Numbers(scope)
