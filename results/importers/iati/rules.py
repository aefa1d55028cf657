"""The published rules, held against an activity.

Every rule becomes an XPath expression of doubt: true wherever the rule may be broken. One expression over all rules clears most
activities at once; where it doubts, each rule is asked by itself, and what XPath cannot say (dates, exact sums) is reckoned.

Rules with an `idCondition` ask for the registry's live list of publishers, which no one has here: they count as if no publisher
were known, and are warnings.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache, lru_cache
from typing import Any

from lxml import etree

from results.importers.iati.facts import NOBODY, Activity
from results.importers.iati.standard import ACTIVITIES, ACTIVITY, agencies, ruleset

Case = dict[str, Any]
Exact = Callable[[Any, datetime.date], bool]
MONEY = "(.//value | .//forecast | .//loan-status)"  # elements with an amount in a currency
ALL = {
    "lang": ".//narrative[not(@xml:lang)]",
    "sector": "transaction[sector] and transaction[not(sector)]",
    "currency": f"{MONEY}[not(@currency)]",
}


@dataclass(slots=True, frozen=True)
class Broken:
    """A rule that an activity breaks."""

    line: int
    rule: str
    severity: str  # "error" or "warning"
    message: str


@dataclass(slots=True, frozen=True)
class Rule:
    """One case of a rule: where it applies, when in doubt, and how it is decided then (None: the doubt decides)."""

    rule: str
    severity: str
    message: str
    context: str
    doubt: str
    exact: Exact | None = None
    of_transactions: bool = False


@dataclass(slots=True, frozen=True)
class Loop:
    """Cases that hold for each value of a path, with the value put in their place."""

    context: str
    path: str
    values: Any
    kind: str
    case: Case


def broken_rules(activity: Any, facts: Activity, today: datetime.date) -> Iterator[Broken]:
    """Yield the rules that an activity breaks. `facts` are the same activity as it was read."""
    now = _number(today)
    if _any_doubt()(activity, today=now):
        yield from _in_doubt(_screens(), activity, today, now)
    if _odd_transactions(facts, today):
        yield from _in_doubt(_screens(of_transactions=True), activity, today, now)
    if _any_loop()(activity):
        for loop in _loops():
            for value in sorted(set(loop.values(activity))):
                special = _for_value(loop.context, loop.kind, loop.case["ruleInfo"]["id"], value)
                if special is not None:
                    yield from _broken(special, activity, today, now)
    yield from _agency(activity)


def _in_doubt(screens: Screens, activity: Any, today: datetime.date, now: int) -> Iterator[Broken]:
    for screen, rules in screens:
        if screen(activity, today=now):
            for rule in rules:
                yield from _broken(rule, activity, today, now)


def _broken(rule: Rule, activity: Any, today: datetime.date, now: int) -> Iterator[Broken]:
    for node in _nodes(rule)(activity, today=now):
        if rule.exact is None or rule.exact(node, today):
            yield Broken(node.sourceline or 0, rule.rule, rule.severity, rule.message)


@lru_cache(maxsize=512)
def _nodes(rule: Rule) -> Any:
    context = "self::*" if rule.context == "." else f"({rule.context})"
    return etree.XPath(f"{context}[boolean({rule.doubt})]", smart_strings=False)


Screens = tuple[tuple[Any, tuple[Rule, ...]], ...]


@cache
def _screens(of_transactions: bool = False) -> Screens:
    """Return one expression of doubt per place, so that each place is visited once."""
    return tuple(
        (etree.XPath(_screen(place, rules)), tuple(rules)) for place, rules in _by_place(of_transactions).items()
    )


@cache
def _any_doubt() -> Any:
    return etree.XPath(" or ".join(f"({_screen(place, rules)})" for place, rules in _by_place(False).items()))


def _by_place(of_transactions: bool) -> dict[str, list[Rule]]:
    groups: dict[str, list[Rule]] = {}
    for rule in all_rules():
        if rule.of_transactions == of_transactions:
            groups.setdefault(rule.context, []).append(rule)
    return groups


def _screen(place: str, rules: list[Rule]) -> str:
    doubt = " or ".join(f"({rule.doubt})" for rule in rules)
    return doubt if place == "." else f"boolean({place}[{doubt}])"


# Transactions are most of a file. The rules about their parties and dates need no more than what was read of them anyway, which
# is asked first; a rule that looks at anything else is asked as every other.
READ_OF_TRANSACTIONS = {
    "transaction/provider-org": {"@ref", "narrative", "@provider-activity-id"},
    "transaction/receiver-org": {"@ref", "narrative", "@receiver-activity-id"},
    ".": {"transaction/transaction-date/@iso-date", "transaction/value/@value-date"},
}


def _odd_transactions(facts: Activity, today: datetime.date) -> bool:
    """True when a transaction's party or date may break a rule; never false when one does."""
    latest = today.isoformat()
    for one in facts.transactions:
        if one.day is None or one.day > today or not "0" < one.value_date <= latest:
            return True
        if one.provider is not NOBODY and _odd_party(one.provider.ref, one.provider.activity):
            return True
        if one.receiver is not NOBODY and _odd_party(one.receiver.ref, one.receiver.activity):
            return True
    return False


@lru_cache(maxsize=8192)
def _odd_party(ref: str, activity: str) -> bool:
    plain = ref.strip() == ref and activity.strip() == activity and not set(ref) & set("/&|?")
    return not plain or not ref


@cache
def all_rules() -> tuple[Rule, ...]:
    """Return every rule about activities that is not a loop."""
    found = []
    for context, kind, case in _cases():
        if kind != "loop" and case.get("prefix") != ["ORG-ID-PREFIX"]:
            found += [_rule(place.strip(), kind, case) for place in context.split("|")]
    return tuple(found)


@cache
def _loops() -> tuple[Loop, ...]:
    loops = []
    for context, kind, case in _cases():
        if kind != "loop":
            continue
        path = case["foreach"] if context == "." else f"({context})/{case['foreach']}"
        for inner, below in case["do"].items():
            for one in below["cases"]:
                loops.append(Loop(context, path, etree.XPath(path, smart_strings=False), inner, one))
    return tuple(loops)


@cache
def _any_loop() -> Any:
    return etree.XPath(" or ".join(dict.fromkeys(f"boolean({loop.path})" for loop in _loops())))


def _cases() -> Iterator[tuple[str, str, Case]]:
    for context, rules in ruleset().items():
        if "iati-organisation" in context:
            continue
        place = context.replace(f"/{ACTIVITIES}/{ACTIVITY}/", "").replace(f"/{ACTIVITIES}/{ACTIVITY}", ".")
        place = re.sub(r"(^|\| )//", r"\1.//", place)
        for kind, below in rules.items():
            for case in below["cases"]:
                yield place, kind, case


@lru_cache(maxsize=1024)
def _for_value(context: str, kind: str, identity: str, value: str) -> Rule | None:
    """Put a value in the place of $1. A value with a quote cannot be put there and names no vocabulary."""
    if "'" in value:
        return None
    for loop in _loops():
        if (loop.context, loop.kind, loop.case["ruleInfo"]["id"]) == (context, kind, identity):
            return _rule(context, kind, _with(loop.case, value))
    return None


def _with(case: Case, value: str) -> Case:
    def put(text: Any) -> Any:
        return text.replace("$1", value) if isinstance(text, str) else text

    return {
        key: content
        if key == "ruleInfo"
        else [put(one) for one in content]
        if isinstance(content, list)
        else put(content)
        for key, content in case.items()
    }


def _rule(context: str, kind: str, case: Case) -> Rule:
    info = case["ruleInfo"]
    doubt, exact = KINDS[kind](case)
    if case.get("condition"):
        doubt = f"({case['condition']}) and ({doubt})"
    asked = {case["less"], case["more"]} - {"NOW"} if kind == "date_order" else set(case.get("paths", ()))
    known = "condition" not in case and kind in READ_KINDS and asked <= READ_OF_TRANSACTIONS.get(context, set())
    return Rule(info["id"], info["severity"], info["message"], context, doubt, exact, known)


READ_KINDS = {"atleast_one", "no_spaces", "regex_matches", "date_order"}


def _paths(case: Case) -> str:
    return " | ".join(case["paths"])


def _one_attribute(case: Case) -> bool:
    """True for a path that has at most one value, which XPath compares without gathering nodes."""
    return len(case["paths"]) == 1 and re.fullmatch(r"@[\w-]+", case["paths"][0]) is not None


# -- the kinds of rules: an expression of doubt, and what decides it ----------------------------------------------------


def _at_least_one(case: Case) -> tuple[str, Exact | None]:
    return " and ".join(f"not({path})" for path in case["paths"]), None


def _no_more_than_one(case: Case) -> tuple[str, Exact | None]:
    return f"count({_paths(case)}) > 1", None


def _one_or_all(case: Case) -> tuple[str, Exact | None]:
    return f"not({case['one']}) and ({ALL[case['all']]})", None


def _if_then(case: Case) -> tuple[str, Exact | None]:
    return f"({case['if']}) and not({case['then']})", None


def _range(case: Case) -> tuple[str, Exact | None]:
    return f"({_paths(case)})[. < {case['min']} or . > {case['max']}]", None


def _no_spaces(case: Case) -> tuple[str, Exact | None]:
    values = etree.XPath(_paths(case), smart_strings=False)

    def exact(node: Any, today: datetime.date) -> bool:
        return any(text != text.strip() for text in map(_text, values(node)))

    if _one_attribute(case):
        return f"normalize-space({_paths(case)}) != {_paths(case)}", exact
    return f"({_paths(case)})[normalize-space() != .]", exact


def _unique(case: Case) -> tuple[str, Exact | None]:
    paths = case["paths"]
    pairs = [f"{one} = {other}" for number, one in enumerate(paths) for other in paths[number + 1 :]]
    values = etree.XPath(_paths(case), smart_strings=False)

    def exact(node: Any, today: datetime.date) -> bool:
        texts = [_text(value).strip() for value in values(node)]
        return len(set(texts)) < len(texts)

    return " or ".join([*pairs, *(f"count({path}) > 1" for path in paths)]), exact


def _starts_with(case: Case) -> tuple[str, Exact | None]:
    separator = case.get("separator", "")
    prefixes = etree.XPath(" | ".join(case["prefix"]), smart_strings=False)
    values = etree.XPath(_paths(case), smart_strings=False)

    def exact(node: Any, today: datetime.date) -> bool:
        starts = tuple(f"{_text(prefix).strip()}{separator}" for prefix in prefixes(node))
        return any(not _text(value).strip().startswith(starts) for value in values(node))

    first = f"concat({case['prefix'][0]}, '{separator}')"
    return " or ".join(f"not(starts-with({path}, {first}))" for path in case["paths"]), exact


def _regex_matches(case: Case) -> tuple[str, Exact | None]:
    pattern = re.compile(case["regex"])
    values = etree.XPath(_paths(case), smart_strings=False)

    def exact(node: Any, today: datetime.date) -> bool:
        return any(not pattern.search(_text(value)) for value in values(node))

    none_of = re.fullmatch(r"\^\[\^((?:\\?[/&|?])+)\]\+\$", case["regex"])
    if none_of:
        marks = none_of[1].replace("\\", "")
        if _one_attribute(case):
            return f"translate({_paths(case)}, '{marks}', '') != {_paths(case)} or {_paths(case)} = ''", exact
        return f"({_paths(case)})[translate(., '{marks}', '') != . or . = '']", exact
    return f"boolean({_paths(case)})", exact


def _strict_sum(case: Case) -> tuple[str, Exact | None]:
    values, wanted = etree.XPath(_paths(case), smart_strings=False), Decimal(str(case["sum"]))

    def exact(node: Any, today: datetime.date) -> bool:
        try:
            return sum((Decimal(_text(value).strip()) for value in values(node)), Decimal(0)) != wanted
        except InvalidOperation:
            return True

    return f"not(sum({_paths(case)}) = {case['sum']})", exact


def _as_number(path: str) -> str:
    """Write a date as a number; NaN when it is absent or has a zone, which is then decided in Python."""
    return f"number(translate({path}, '-', ''))"


def _date_now(case: Case) -> tuple[str, Exact | None]:
    return _not_in_future(case["date"], "substring(., 1, 10)")  # a moment


def _not_in_future(path: str, day: str) -> tuple[str, Exact | None]:
    values = etree.XPath(path, smart_strings=False)

    def exact(node: Any, today: datetime.date) -> bool:
        return any(text[:10] > today.isoformat() for text in values(node))

    return f"({path})[not({_as_number(day)} <= $today)]", exact


def _date_order(case: Case) -> tuple[str, Exact | None]:
    less, more = case["less"], case["more"]
    if more == "NOW":
        return _not_in_future(less, ".")
    first, second = etree.XPath(less, smart_strings=False), etree.XPath(more, smart_strings=False)

    def in_order(node: Any, today: datetime.date) -> bool:
        return any(one[:10] > other[:10] for one in first(node) for other in second(node))

    return f"({more}) and not({_as_number(less)} <= {_as_number(more)})", in_order


def _time_limit(case: Case) -> tuple[str, Exact | None]:
    first, last = etree.XPath(case["start"], smart_strings=False), etree.XPath(case["end"], smart_strings=False)

    def exact(node: Any, today: datetime.date) -> bool:
        return any(_dense(end) - _dense(start) > A_YEAR for start in first(node) for end in last(node))

    return f"not({_as_number(case['end'])} - {_as_number(case['start'])} <= {A_YEAR})", exact


A_YEAR = 10_000  # from 20240101 to 20250101


def _dense(text: str) -> int:
    """Write a date as 20240101; 0 for what is no date, which the schema refuses anyway."""
    digits = text[:10].replace("-", "")
    return int(digits) if digits.isdecimal() else 0


KINDS: dict[str, Callable[[Case], tuple[str, Exact | None]]] = {
    "atleast_one": _at_least_one,
    "no_more_than_one": _no_more_than_one,
    "one_or_all": _one_or_all,
    "if_then": _if_then,
    "range": _range,
    "no_spaces": _no_spaces,
    "unique": _unique,
    "startswith": _starts_with,
    "regex_matches": _regex_matches,
    "strict_sum": _strict_sum,
    "date_now": _date_now,
    "date_order": _date_order,
    "time_limit": _time_limit,
}


# -- the one rule that needs a list -------------------------------------------------------------------------------------


@cache
def _agency_rules() -> tuple[tuple[Any, Case], ...]:
    return tuple(
        (etree.XPath(_paths(case), smart_strings=False), case)
        for context, kind, case in _cases()
        if kind == "startswith" and case.get("prefix") == ["ORG-ID-PREFIX"] and context == "."
    )


def _agency(activity: Any) -> Iterator[Broken]:
    for values, case in _agency_rules():
        for value in values(activity):
            if not _has_agency(_text(value).strip()):
                info = case["ruleInfo"]
                yield Broken(activity.sourceline or 0, info["id"], info["severity"], info["message"])


@lru_cache(maxsize=1024)
def _has_agency(identifier: str) -> bool:
    return any(identifier.startswith(f"{agency}-") for agency in agencies())


def _number(day: datetime.date) -> int:
    return day.year * 10000 + day.month * 100 + day.day


def _text(value: Any) -> str:
    return value if isinstance(value, str) else "".join(value.itertext())
