"""What is stored of the scores when a verification is closed, and read again ever after: numbers, inputs, words.

Criteria and texts may change later: a closed verification shows what was computed then.
"""

from typing import Any

from evaluations.measures import IndicatorMeasure, RoundMeasure, SheetMeasure
from evaluations.models import Round, SheetReview
from evaluations.scoring import Average, Criteria, Score


def sheet_outcome(sheet: SheetMeasure) -> dict[str, Any]:
    """What `SheetReview.outcome` keeps of a sheet: its two averages, and score and deviation of each indicator."""
    return {
        "value": sheet.value.to_json(),
        "time": sheet.time.to_json(),
        "indicators": {str(one.indicator.key): _indicator_outcome(one) for one in sheet.indicators},
    }


def _indicator_outcome(one: IndicatorMeasure) -> dict[str, Any]:
    return {"score": one.score.to_json(), "deviation": one.computed_deviation, "reading": one.reading}


def round_outcome(measure: RoundMeasure) -> dict[str, Any]:
    """What `Round.outcome` keeps: the criteria, which sheets were measured, the averages of plan and settori."""
    return {
        "criteria": measure.criteria.to_json(),
        "sheets": [one.sheet.pk for one in measure.sheets],
        "value": measure.plan_value.to_json(),
        "time": measure.plan_time.to_json(),
        "sectors": {
            str(one.sector.pk): {"value": one.value.to_json(), "time": one.time.to_json()} for one in measure.sectors
        },
    }


def stored_sheets(verification: Round) -> list[int] | None:
    """Which sheets a closed verification measured, by key; None while it is open."""
    return verification.outcome.get("sheets") if verification.is_closed else None


def stored_criteria(verification: Round) -> Criteria | None:
    """The criteria with which a verification was closed; None while it is open."""
    stored = verification.outcome.get("criteria") if verification.is_closed else None
    return Criteria.from_json(stored) if stored else None


def stored_averages(holder: dict[str, Any]) -> tuple[Average, Average] | None:
    """The two averages, of value and of time, kept in an outcome or a part of one; None where it holds none."""
    if "value" not in holder or "time" not in holder:
        return None
    return Average.from_json(holder["value"]), Average.from_json(holder["time"])


def stored_indicators(review: SheetReview | None) -> dict[str, tuple[Score, str, str]]:
    """Score, deviation and reading of each indicator of a sheet as kept at the closing, by the key of its row."""
    kept = review.outcome.get("indicators", {}) if review else {}
    return {key: (Score.from_json(one["score"]), one["deviation"], one["reading"]) for key, one in kept.items()}
