"""Claim lines as dashboards read them: what a partner is in which lines, who receives of a line, and lines with their claims."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from claims.enums import PartnerRole
from claims.models import Claim, ClaimLine, Goal, LinePartner
from core.asking import Answer, Asking, record_of
from core.models import User
from core.permissions import reach_in_sql
from partners.models import Partner

ROLE = ("id", "role", "status")
LINE = ("id", "public_id", "title")
CLAIM = ("id", "reference", "title", "state", "classification")
GOAL = ("id", "label")
PARTNER = ("id", "public_id", "short_name")
AT_LINE, AT_CLAIM = len(ROLE), len(ROLE) + len(LINE)
AT_GOAL = AT_CLAIM + len(CLAIM)


@dataclass(frozen=True)
class Roles:
    """What a partner is in which lines, as far as a person may see them, with who receives of each line."""

    partner: Partner
    rows: list[tuple[Any, ...]]  # ROLE, LINE, CLAIM, GOAL
    others: list[tuple[Any, ...]]  # line id and PARTNER: all who receive of these lines

    @cached_property
    def own_ids(self) -> list[int]:
        """The ids of lines of which the partner is the only recipient."""
        return [line for line in self._received if self._count[line] == 1]

    @cached_property
    def pooled_ids(self) -> list[int]:
        """The ids of lines that it shares."""
        return [line for line in self._received if self._count[line] > 1]

    @cached_property
    def claim_ids(self) -> list[int]:
        """The ids of the claims of all these lines."""
        return list(dict.fromkeys(row[AT_CLAIM] for row in self.rows))

    @cached_property
    def _received(self) -> list[int]:
        return [row[AT_LINE] for row in self.rows if row[1] == PartnerRole.RECIPIENT]

    @cached_property
    def _count(self) -> Counter[int]:
        return Counter(row[0] for row in self.others)

    @cached_property
    def claims(self) -> dict[int, Claim]:
        """The claims of these lines, by id."""
        found = {row[AT_CLAIM]: row[AT_CLAIM:AT_GOAL] for row in self.rows}
        return {key: record_of(Claim, dict(zip(CLAIM, row, strict=True))) for key, row in found.items()}

    @cached_property
    def recipients(self) -> dict[int, list[Partner]]:
        """Who receives of each line, by the line's id."""
        known = {row[1]: row[1:] for row in self.others}
        partners = {key: record_of(Partner, dict(zip(PARTNER, row, strict=True))) for key, row in known.items()}
        found: dict[int, list[Partner]] = defaultdict(list)
        for line, key, *_rest in self.others:
            found[line].append(partners[key])
        return found

    @cached_property
    def all(self) -> tuple[LinePartner, ...]:
        """Every role, with its line, claim and goal."""
        return tuple(self._role(row) for row in self.rows)

    def _role(self, row: tuple[Any, ...]) -> LinePartner:
        line = record_of(ClaimLine, dict(zip(LINE, row[AT_LINE:AT_CLAIM], strict=True)))
        line.claim = self.claims[row[AT_CLAIM]]
        goal = dict(zip(GOAL, row[AT_GOAL:], strict=True))
        line.goal = record_of(Goal, goal) if goal["id"] is not None else None
        role = record_of(LinePartner, dict(zip(ROLE, row[:AT_LINE], strict=True)))
        role.line, role.partner = line, self.partner
        return role

    def received(self, lines: list[int]) -> list[LinePartner]:
        """Return the roles in which the partner receives of these lines."""
        wanted = set(lines)
        return [role for role in self.all if role.role == PartnerRole.RECIPIENT and role.line_id in wanted]


ROLES = """
    select r.id, r.role, r.status, l.id, l.public_id, l.title, c.id, c.reference, c.title, c.state, c.classification, g.id, g.label
      from claims_linepartner r join claims_claimline l on l.id = r.line_id join claims_claim c on c.id = l.claim_id
      left join claims_goal g on g.id = l.goal_id
     where r.partner_id = %s and {reach}
     order by c.reference desc, l.position, r.id
"""


def put_roles(put: Asking, partner: Partner, user: User) -> Callable[[], Roles]:
    """Put the question what a partner is in which lines, as far as a person may see them."""
    reach, given = reach_in_sql(user, "c.directorate_id")
    asked = put.sql(ROLES.format(reach=reach), [partner.pk, *given])
    others = _put_recipients(put, "select line_id from claims_linepartner where partner_id = %s", [partner.pk])
    return lambda: Roles(partner, asked.rows, others.rows)


def put_signed(put: Asking, roles: Roles) -> Answer:
    """Put the question which commitments count for a partner: all of its own lines, and its own out of pooled ones."""
    return put.sql(SIGNED, [roles.own_ids, roles.pooled_ids, roles.partner.pk])


# The same as `scope_of` of the dashboards selects, from the roles that are here already.
SIGNED = """
    select id from claims_commitment where line_id = any(%s) or (line_id = any(%s) and partner_id = %s) order by id
"""


def put_lines(put: Asking, keys: Sequence[int]) -> Callable[[], dict[int, tuple[ClaimLine, tuple[str, ...]]]]:
    """Put the question which lines these are, by id: each with its claim, and the short names of who receives of it."""
    asked = put.sql(LINES, [keys])
    others = _put_recipients(put, "select unnest(%s::bigint[])", [keys])

    def answer() -> dict[int, tuple[ClaimLine, tuple[str, ...]]]:
        names: dict[int, list[str]] = defaultdict(list)
        for key, _partner, _public, name in others.rows:
            names[key].append(name)
        return {row[0]: (_with_claim(row), tuple(names[row[0]])) for row in asked.rows}

    return answer


OF_CLAIM = ("id", "reference", "title", "state", "directorate_id")
LINES = """
    select l.id, l.public_id, l.title, c.id, c.reference, c.title, c.state, c.directorate_id
      from claims_claimline l join claims_claim c on c.id = l.claim_id where l.id = any(%s)
"""


def _with_claim(row: tuple[Any, ...]) -> ClaimLine:
    line = record_of(ClaimLine, dict(zip(LINE, row, strict=False)))
    line.claim = record_of(Claim, dict(zip(OF_CLAIM, row[len(LINE) :], strict=True)))
    return line


RECIPIENTS = """
    select r.line_id, p.id, p.public_id, p.short_name
      from claims_linepartner r join partners_partner p on p.id = r.partner_id
     where r.role = %s and r.line_id in ({lines})
     order by r.line_id, r.id
"""


def _put_recipients(put: Asking, lines: str, given: Sequence[Any]) -> Answer:
    return put.sql(RECIPIENTS.format(lines=lines), [PartnerRole.RECIPIENT, *given])
