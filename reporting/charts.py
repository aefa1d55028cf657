"""Charts as Vega-Lite specifications: one for the page and for the paper, with its finding in words and its table beside it.

A specification is plain data. The page draws it with the vendored library, the paper with the same one in `paper_svg`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise
from django.utils.html import escape
from django.utils.translation import gettext as _

from core.language import language
from core.numbers import format_amount, format_percentage, notation

Words = str | Promise
SCHEMA = "https://vega.github.io/schema/vega-lite/v6.json"
# Each at least 3:1 on white; the order of the bars is that of the legend, so that colour is never the only sign.
COLOURS = ("#12323b", "#2f807a", "#b36b00", "#6b7880")
MONTHS = {
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "en": "January February March April May June July August September October November December",
}
DAYS = {
    "nl": "zondag maandag dinsdag woensdag donderdag vrijdag zaterdag",
    "en": "Sunday Monday Tuesday Wednesday Thursday Friday Saturday",
}


@dataclass(frozen=True)
class Series:
    """One thing that is compared, with its amount (EUR) in each group."""

    label: Words
    amounts: Sequence[Decimal]


@dataclass(frozen=True)
class Chart:
    """What a page shows of a chart."""

    key: str
    title: Words
    finding: str
    groups: Sequence[str]
    series: Sequence[Series]
    spec: dict[str, Any]

    @property
    def id(self) -> str:
        """The id of the specification on the page."""
        return f"chart-{self.key}"

    @property
    def rows(self) -> list[tuple[str, list[Decimal]]]:
        """The table twin: a row per group with the amount of each series."""
        return [(group, [one.amounts[place] for one in self.series]) for place, group in enumerate(self.groups)]


def bars(key: str, title: Words, finding: str, groups: Sequence[str], series: Sequence[Series]) -> Chart:
    """Return a chart of bars side by side: a group per row of the table, a bar per series, in millions of euros."""
    names = [str(one.label) for one in series]
    values = [
        {
            "group": group,
            "series": name,
            "order": order,
            "mln": float(one.amounts[place] / 10**6),  # for drawing only: what is read is the text beside it
            "text": format_amount(one.amounts[place], language()),
        }
        for place, group in enumerate(groups)
        for order, (name, one) in enumerate(zip(names, series, strict=True))
    ]
    spec = {
        "$schema": SCHEMA,
        "description": finding,
        "width": "container",
        "height": {"step": 18},
        "autosize": {"type": "fit-x", "contains": "padding"},
        "data": {"values": values},
        "mark": {"type": "bar", "aria": False, "cornerRadiusEnd": 1},
        "encoding": {
            "y": {
                "field": "group",
                "type": "nominal",
                "sort": list(groups),
                "title": None,
                "axis": QUIET | {"labelLimit": 240},
            },
            "yOffset": {"field": "series", "sort": names},
            "x": {
                "field": "mln",
                "type": "quantitative",
                "title": _("millions of euros"),
                "axis": QUIET | {"grid": True, "tickCount": 5, "format": ",~f"},
            },
            "color": {
                "field": "series",
                "type": "nominal",
                "sort": names,
                "scale": {"domain": names, "range": list(COLOURS[: len(names)])},
                "legend": {"title": None, "orient": "top", "columns": 2, "aria": False, "labelLimit": 260},
            },
            "tooltip": [
                {"field": "group", "title": " "},
                {"field": "series", "title": "  "},
                {"field": "text", "title": _("amount")},
            ],
        },
        "config": config(),
    }
    return Chart(key, title, finding, groups, series, spec)


QUIET = {"aria": False, "domain": False, "ticks": False}


def config() -> dict[str, Any]:
    """Return what every chart has in common: font, calm axes, and how the reader's language writes numbers and dates."""
    style = notation(language())
    code = "en" if language().startswith("en") else "nl"
    months, days = MONTHS[code].split(), DAYS[code].split()
    return {
        "aria": False,
        "font": "Fira Sans, Arial, sans-serif",
        "background": "transparent",
        "view": {"stroke": None},
        "axis": {
            "labelFontSize": 12,
            "titleFontSize": 12,
            "titleFontWeight": 400,
            "gridColor": "#dfe6ea",
            "labelColor": "#16202a",
        },
        "legend": {"labelFontSize": 12, "labelColor": "#16202a", "symbolType": "square"},
        "locale": {
            "number": {
                "decimal": style.decimal,
                "thousands": style.thousands,
                "grouping": [3],
                "currency": ["€ ", ""],
            },
            "time": {
                "dateTime": "%e %B %Y %H:%M",
                "date": "%d-%m-%Y",
                "time": "%H:%M",
                "periods": ["AM", "PM"],
                "days": days,
                "shortDays": [day[:2] for day in days],
                "months": months,
                "shortMonths": [month[:3] for month in months],
            },
        },
    }


def part_of(part: Decimal, whole: Decimal) -> str:
    """Say a part of a whole in per cent, rounded half up to a whole one; nothing for no whole."""
    return format_percentage((part * 100 / whole).quantize(Decimal(1)), language(), 0) if whole > 0 else ""


def paper_svg(spec: dict[str, Any], width: int = 620) -> str:
    """Draw a specification for paper, as SVG. Slow to begin with (the library is loaded): for the worker only."""
    import vl_convert

    drawn = str(vl_convert.vegalite_to_svg(spec | {"width": width}))
    start = drawn.index(">", drawn.index("<svg")) + 1
    return f"{drawn[:start]}<title>{escape(spec['description'])}</title>{drawn[start:]}"


# -- the charts -------------------------------------------------------------------------------------------------------


def of_envelope(stand: Any) -> Chart | None:
    """Return an envelope's chart: what the budget was used for, in both series. None where there is nothing to draw."""
    commitments, cash = stand.commitments, stand.cash
    names = [_("Budget"), _("Granted"), _("Requested by running claims"), _("Committed / paid")]
    series = [
        Series(_("Commitments"), [commitments.budget, commitments.granted, commitments.requested, commitments.used]),
        Series(_("Cash"), [cash.budget, cash.granted, cash.requested, cash.used]),
    ]
    if not any(amount for one in series for amount in one.amounts):
        return None
    facts = {
        "granted": part_of(commitments.granted, commitments.budget) or format_amount(commitments.granted, language()),
        "committed": part_of(commitments.used, commitments.budget) or format_amount(commitments.used, language()),
        "paid": part_of(cash.used, cash.budget) or format_amount(cash.used, language()),
    }
    finding = (
        _(
            "Of the commitment budget %(granted)s is granted and %(committed)s committed; of the cash budget %(paid)s is paid."
        )
        % facts
    )
    return bars("use", _("What the budget is used for"), finding, names, series)


def of_partner(years: Sequence[Any]) -> list[Chart]:
    """Return a partner's charts: from request to payment per year, and the cash plan beside what was paid."""
    groups = [str(row.year) for row in years]
    words = (_("Requested"), _("Granted"), _("Committed"), _("Paid"))
    series = [Series(label, [row.numbers[place].value for row in years]) for place, label in enumerate(words)]
    charts = []
    granted, paid = (sum(series[place].amounts, Decimal(0)) for place in (1, 3))
    committed = sum(series[2].amounts, Decimal(0))
    if any(amount for one in series for amount in one.amounts):
        facts = {"committed": format_amount(committed, language()), "paid": format_amount(paid, language())}
        finding = _("Over all years %(committed)s is committed and %(paid)s paid.") % facts
        if granted > 0:
            finding += " " + _("That is %(part)s of what is granted.") % {"part": part_of(committed, granted)}
        charts.append(bars("way", _("From request to payment"), finding, groups, series))
    cash = [
        Series(_("Cash plan"), [row.plan.value for row in years]),
        Series(_("Forecast"), [row.forecast.value for row in years]),
        Series(_("Paid"), [row.paid.value for row in years]),
    ]
    if any(amount for one in cash[:2] for amount in one.amounts):
        planned = sum(cash[0].amounts, Decimal(0))
        facts = {"planned": format_amount(planned, language()), "paid": format_amount(paid, language())}
        finding = _("%(planned)s was planned over all years; %(paid)s is paid.") % facts
        charts.append(bars("cash", _("Cash plan and forecast beside paid"), finding, groups, cash))
    return charts
