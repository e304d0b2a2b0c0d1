"""How a typed value is understood, and what a person who knows better makes of it (R24, R25)."""

import datetime as dt
from decimal import Decimal

import pytest

from objectives.choices import Direction, TargetKind
from objectives.forms.expected_value import corrected, correction_of, explained, stored_as
from objectives.models import Indicator
from objectives.targets import read_target


def read(text, family="TEMPO", label="Avvio"):
    return read_target(text, family=family, plan_year=2022, label=label)


def indicator(text, correction, family="TEMPO", label="Avvio"):
    """The indicator that is stored for a typed value and what was corrected in its reading."""
    target = corrected(read(text, family, label), correction)
    return Indicator(family=family, text=label, expected=text, **stored_as(target))


def test_the_year_that_nobody_wrote_is_told():
    sentence = explained(read("31-dic"), 2022, by_hand=False)
    assert sentence == "31-dic → 31/12/2022, entro (l'anno non è scritto: è quello del piano)"


def test_another_year_than_the_plans_is_told():
    assert explained(read("31/12/2023"), 2022, by_hand=False) == "31/12/2023 → 31/12/2023, entro (riguarda il 2023)"


def test_nothing_typed_is_no_value():
    assert explained(read(""), 2022, by_hand=False) == "(vuoto) → nessun valore atteso"


def test_a_correction_is_told():
    target = corrected(read("due volte"), {"kind": TargetKind.COUNT, "number": Decimal(2), "unit": "riunioni"})
    assert explained(target, 2022, by_hand=True).endswith("→ 2 riunioni, al massimo (lettura corretta a mano)")


def test_a_kind_that_is_chosen_brings_its_side():
    target = corrected(read("come da piano"), {"kind": TargetKind.DATE, "date": dt.date(2022, 5, 31)})
    assert explained(target, 2022, by_hand=True) == "come da piano → 31/05/2022, entro (lettura corretta a mano)"


@pytest.mark.parametrize("kind", ["DATE", "NUMBER", "PERCENT", "COUNT", "FREQUENCY", "YES_NO"])
def test_a_kind_without_its_value_asks_for_it(kind):
    assert explained(corrected(read("da vedere"), {"kind": kind}), 2022, by_hand=True) == (
        "da vedere → da completare qui sotto"
    )


def test_only_what_is_corrected_changes():
    target = corrected(read("5"), {"direction": Direction.AT_MOST})
    assert (target.number, target.direction, target.kind) == (Decimal(5), Direction.AT_MOST, TargetKind.COUNT)


def test_a_corrected_day_counts_in_its_year():
    target = corrected(read("a fine mandato"), {"kind": TargetKind.DATE, "date": dt.date(2024, 5, 31)})
    assert (target.date, target.year) == (dt.date(2024, 5, 31), 2024)


@pytest.mark.parametrize(
    "text", ["31-dic", "72,19%", "nessuna", "trimestrale", "2 giornate", "sì", "come da piano", ""]
)
def test_a_value_as_read_has_no_correction(text):
    assert correction_of(indicator(text, {}), 2022) == {}


@pytest.mark.parametrize(
    ("correction", "shown"),
    [
        ({"direction": "AT_MOST"}, {"direction": "AT_MOST"}),
        ({"year": 2023}, {"year": "2023"}),
        (
            {"kind": "PERCENT", "number": Decimal("12.5"), "unit": "%", "direction": "AT_MOST"},
            {"kind": "PERCENT", "number": "12,5", "date": "", "unit": "%", "direction": "AT_MOST"},
        ),
        (
            {"kind": "DATE", "date": dt.date(2023, 3, 1)},
            {"kind": "DATE", "number": "", "date": "2023-03-01", "unit": ""},
        ),
    ],
)
def test_a_correction_comes_back_into_the_form(correction, shown):
    assert correction_of(indicator("come da piano", correction), 2022) == shown


def test_a_date_left_in_words_stays_in_words():
    kept = indicator("31-dic", {"kind": "TEXT"})
    assert (kept.target_kind, kept.target_date) == ("TEXT", None)
    assert correction_of(kept, 2022) == {"kind": "TEXT", "number": "", "date": "", "unit": ""}
