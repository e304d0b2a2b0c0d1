"""The blocks of the form as a page shows them: indicators by family, each beside how it was read, and verifications."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from objectives.choices import Family
from objectives.models import Indicator
from objectives.targets import Target

REVIEW_LABELS = {
    "date": "Data",
    "value_average": "Media valore raggiunto %",
    "time_average": "Media rispetto dei tempi %",
    "causes": "Cause",
    "effects": "Effetti",
    "taken": "Provvedimenti correttivi intrapresi",
    "to_take": "Provvedimenti correttivi da attivare",
}
ROUNDS = {"INTERMEDIA": "Verifica intermedia", "FINALE": "Verifica finale"}


@dataclass(frozen=True)
class IndicatorLine:
    """An indicator, how its expected value was read ("31/12/2022, entro"), and the year if it is not the plan's."""

    indicator: Indicator
    reading: str
    other_year: int | None


@dataclass(frozen=True)
class FamilyBlock:
    """One of the four blocks of indices, with its indicators in the order of the form."""

    label: str
    lines: list[IndicatorLine]


@dataclass(frozen=True)
class ReviewBlock:
    """A verification as printed in the act: label and value of what is filled in."""

    label: str
    rows: list[tuple[str, str]]


def families(indicators: Iterable[Indicator], plan_year: int) -> list[FamilyBlock]:
    """Return the four blocks of the form; those without indicators stay, empty (R23)."""
    every = [IndicatorLine(one, reading(one), one.year if one.year != plan_year else None) for one in indicators]
    return [FamilyBlock(family.label, [line for line in every if line.indicator.family == family]) for family in Family]


def reading(indicator: Indicator) -> str:
    """Return how the expected value was read (R24), or an empty text where there is nothing to read."""
    if not indicator.expected or not indicator.target_kind:
        return ""
    number = indicator.target_number
    target = Target(
        text=" ".join(indicator.expected.split()),
        kind=indicator.target_kind,
        direction=indicator.direction,
        number=None if number is None else number.normalize(),
        date=indicator.target_date,
        unit=indicator.target_unit,
    )
    return target.explain().removeprefix(f"{target.text} → ")


def reviews(printed: Iterable[Mapping[str, str]]) -> list[ReviewBlock]:
    """Return the verifications printed in the act, with only what is filled in."""
    return [
        ReviewBlock(
            ROUNDS[review["round"]],
            [(label, _shown(key, review[key])) for key, label in REVIEW_LABELS.items() if review.get(key)],
        )
        for review in printed
    ]


def _shown(key: str, value: str) -> str:
    try:
        return f"{date.fromisoformat(value):%d/%m/%Y}" if key == "date" else value
    except ValueError:  # A date as written in the act, which nobody could read: it is shown as it is.
        return value
