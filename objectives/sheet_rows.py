"""The rows of a sheet, made from its exchange content: typed, and with the keys of the version they change."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from objectives.models import Indicator, Participation, Phase, Sheet
from objectives.models.rows import Row
from objectives.targets import read_target
from organisation.folding import fold

_MULTI_YEAR = re.compile(r"\b(?:bi|tri|pluri)ennal|\bper il (?:secondo|terzo) anno\b")


@dataclass
class SheetRows:
    """The rows of one sheet, not stored yet."""

    phases: list[Phase] = field(default_factory=list)
    indicators: list[Indicator] = field(default_factory=list)
    participations: list[Participation] = field(default_factory=list)


def rows_of(content: dict[str, Any], sheet: Sheet, plan_year: int, other: Sheet | None = None) -> SheetRows:
    """Return the rows of `sheet` as its content states them.

    `other` is the version before or after it that is on record already: a row that stands there too has its key.
    """
    rows = SheetRows(
        [Phase(sheet=sheet, position=p["slot"], text=p["text"], months=p["months"]) for p in content["phases"]],
        [_indicator(sheet, n, source, plan_year) for n, source in enumerate(content["indicators"], 1)],
        [Participation(sheet=sheet, position=n, **person) for n, person in enumerate(content["staff"], 1)],
    )
    if other and other.on_file:
        keep_keys(rows.phases, other.phases.all(), "text")
        keep_keys(rows.indicators, other.indicators.all(), "family", "text")
        keep_keys(rows.participations, other.participations.all(), "name")
    return rows


def keep_keys(rows: Iterable[Row], known: Iterable[Row], *what: str) -> None:
    """Give rows the keys of the known rows they are: the same text wherever it stands, else the same place."""
    left = list(known)
    waiting = [row for row in rows if not _take(row, left, lambda one: [fold(getattr(one, name)) for name in what])]
    for row in waiting:
        _take(row, left, lambda one: [one.position, getattr(one, "family", "")])


def _take(row: Row, left: list[Row], identity: Any) -> bool:
    same = next((other for other in left if identity(other) == identity(row)), None)
    if same is None:
        return False
    row.key = same.key
    left.remove(same)
    return True


def _indicator(sheet: Sheet, position: int, source: dict[str, Any], plan_year: int) -> Indicator:
    target = read_target(source["expected"], family=source["family"], plan_year=plan_year, label=source["text"])
    return Indicator(
        sheet=sheet,
        position=position,
        target_kind=target.kind,
        target_number=target.number,
        target_date=target.date,
        target_unit=target.unit,
        direction=target.direction,
        year=target.year,
        **source,
    )


def is_multi_year(content: dict[str, Any], plan_year: int) -> bool:
    """Tell whether a sheet reaches beyond the plan's year, in its own words or by a phase or target (R26)."""
    if _MULTI_YEAR.search(fold(f"{content['title']} {content['description']}")):
        return True
    if any(int(month[:4]) > plan_year for phase in content["phases"] for month in phase["months"]):
        return True
    return any(_year_of(indicator, plan_year) > plan_year for indicator in content["indicators"])


def _year_of(indicator: dict[str, Any], plan_year: int) -> int:
    target = read_target(
        indicator["expected"], family=indicator["family"], plan_year=plan_year, label=indicator["text"]
    )
    return target.year or plan_year


def search_text(content: dict[str, Any]) -> str:
    """Return the folded text by which a sheet is found: title, description, phases, indicators."""
    texts = [content["title"], content["description"]]
    texts += [phase["text"] for phase in content["phases"]]
    texts += [f"{indicator['text']} {indicator['expected']}" for indicator in content["indicators"]]
    return "\n".join(fold(text) for text in texts if text)
