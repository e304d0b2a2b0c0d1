"""What an office writes as expected value, and what it means (R24, R25, R26)."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.choices import Direction, Family, TargetKind
from objectives.targets import Target, phase_year, read_target


def read(text: str, family: str = Family.TEMPO, label: str = "") -> Target:
    return read_target(text, family=family, plan_year=2022, label=label)


@pytest.mark.parametrize(
    ("text", "day", "completed"),
    [
        ("31/12/2022", date(2022, 12, 31), False),
        ("31/12/22", date(2022, 12, 31), False),
        ("31-dic", date(2022, 12, 31), True),
        ("15-mar", date(2022, 3, 15), True),
        ("06-02-2023", date(2023, 2, 6), False),
        ("05.05.2022", date(2022, 5, 5), False),
        ("2022-12-31", date(2022, 12, 31), False),
        ("entro il 30 aprile", date(2022, 4, 30), True),
        ("entro il 1° marzo 2023", date(2023, 3, 1), False),
        ("diciotto ottobre duemilaventidue", date(2022, 10, 18), False),
        ("30/9", date(2022, 9, 30), True),
        ("dicembre 2022", date(2022, 12, 31), False),
        ("entro febbraio", date(2022, 2, 28), True),
        ("entro il 2023", date(2023, 12, 31), False),
    ],
)
def test_a_day_is_read_however_it_is_written(text: str, day: date, completed: bool) -> None:
    target = read(text)
    assert (target.kind, target.direction, target.date, target.completed) == (
        TargetKind.DATE,
        Direction.BY,
        day,
        completed,
    )
    assert target.year == day.year
    assert target.text == text


@pytest.mark.parametrize("text", ["31-feb", "32/13/2022", "29/02/2023", "31/11", "0/5/2022", "entro il 31 aprile"])
def test_an_impossible_day_is_reported_and_stays_text(text: str) -> None:
    target = read(text)
    assert (target.kind, target.date) == (TargetKind.TEXT, None)
    assert target.problem == f"La data «{text}» non esiste nel calendario: correggerla o lasciare il valore a parole."


@pytest.mark.parametrize(
    ("text", "kind", "number", "unit", "direction"),
    [
        ("1", TargetKind.COUNT, "1", "", Direction.AT_LEAST),
        ("100%", TargetKind.PERCENT, "100", "%", Direction.AT_LEAST),
        ("72,19%", TargetKind.PERCENT, "72.19", "%", Direction.AT_LEAST),
        ("≥ 90 %", TargetKind.PERCENT, "90", "%", Direction.AT_LEAST),
        ("2 giornate", TargetKind.COUNT, "2", "giornate", Direction.AT_LEAST),
        ("due giornate", TargetKind.COUNT, "2", "giornate", Direction.AT_LEAST),
        ("almeno 5", TargetKind.COUNT, "5", "", Direction.AT_LEAST),
        ("max 3", TargetKind.COUNT, "3", "", Direction.AT_MOST),
        ("non oltre 3", TargetKind.COUNT, "3", "", Direction.AT_MOST),
        ("pari a 12", TargetKind.COUNT, "12", "", Direction.EQUAL),
        ("1.250", TargetKind.COUNT, "1250", "", Direction.AT_LEAST),
        ("2,5", TargetKind.NUMBER, "2.5", "", Direction.AT_LEAST),
        ("nessuna", TargetKind.NONE_AT_ALL, "0", "", Direction.AT_MOST),
        ("Nessuno", TargetKind.NONE_AT_ALL, "0", "", Direction.AT_MOST),
        ("zero", TargetKind.NONE_AT_ALL, "0", "", Direction.AT_MOST),
        ("trimestrale", TargetKind.FREQUENCY, "4", "", Direction.AT_LEAST),
        ("almeno semestrale", TargetKind.FREQUENCY, "2", "", Direction.AT_LEAST),
        ("mensile", TargetKind.FREQUENCY, "12", "", Direction.AT_LEAST),
        ("sì", TargetKind.YES_NO, "1", "", Direction.EQUAL),
        ("NO", TargetKind.YES_NO, "0", "", Direction.EQUAL),
    ],
)
def test_a_value_is_typed(text: str, kind: str, number: str, unit: str, direction: str) -> None:
    target = read(text, Family.QUALITA)
    assert (target.kind, target.number, target.unit, target.direction) == (kind, Decimal(number), unit, direction)
    assert (target.text, target.problem) == (text, "")


def test_a_cost_in_euro_and_days_of_waiting_are_upper_limits() -> None:
    assert read("€ 1.000,00", Family.COSTO).direction == Direction.AT_MOST
    assert read("30 giorni", Family.TEMPO).direction == Direction.AT_MOST
    assert read("3", Family.QUALITA, "reclami pervenuti").direction == Direction.AT_MOST
    assert read("95%", Family.QUANTITA, "Segnalazioni con risposta scritta").direction == Direction.AT_LEAST
    assert read("1", Family.QUANTITA, "Procedimenti e segnalazioni portati sul SUT").direction == Direction.AT_LEAST
    assert read("30%", Family.QUANTITA, "Segnalazioni controllate a campione").direction == Direction.AT_LEAST


def test_an_empty_cell_is_no_value_and_not_zero() -> None:
    target = read("", Family.QUALITA)
    assert (target.kind, target.number, target.explain()) == (TargetKind.TEXT, None, "(vuoto) → nessun valore atteso")


@pytest.mark.parametrize("text", ["3/4", "come da cronoprogramma", "n.d.", "20-30%", "x" * 500])
def test_what_is_not_understood_is_text(text: str) -> None:
    assert read(text, Family.QUALITA).kind == TargetKind.TEXT


@pytest.mark.parametrize(
    ("label", "year"),
    [
        ("Procedimenti portati sul SUT ANNO 2023", 2023),
        ("Procedimenti portati sul SUT ANNO 2022", 2022),
        ("2023: Avvio del servizio", 2023),
        ("Grado utilizzo procedura on line rispetto a cartacea al 31/12/23", 2023),
        ("Incremento indicatore di almeno il 5% (indicatore 2.8 del rendiconto)", 2022),
        ("Partecipazione a tutti i bandi su padigitale2026", 2022),
        ("adeguamento alla Legge 05.05.2009 n. 42", 2022),
        ("12 sottoscrizioni entro il 31/12", 2022),
    ],
)
def test_the_year_inside_a_label_is_the_year_of_the_target(label: str, year: int) -> None:
    assert read("100%", Family.QUANTITA, label).year == year


@pytest.mark.parametrize(
    ("text", "months", "year"),
    [
        ("2022: Formazione e addestramento utilizzo SUT", [], 2022),
        ("2023: affidamento ai fornitori dei servizi finanziati", [], 2023),
        ("ANNO 2023 - collaudo", [], 2023),
        ("2023: Avvio del servizio", ["2023-03"], 2023),
        ("2023: Avvio del servizio", ["2022-12", "2023-03"], 2022),
        ("Bilancio di previsione per il 2023", [], 2022),
        ("Messa in atto delle azioni", [], 2022),
        ("2099: altro", [], 2022),
        ("2023 posti nelle scuole", [], 2022),
        ("", [], 2022),
    ],
)
def test_a_phase_begins_in_the_year_of_its_months_or_else_of_the_beginning_of_its_text(
    text: str, months: list[str], year: int
) -> None:
    assert phase_year(text, months, 2022) == year


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("31-dic", "31-dic → 31/12/2022, entro"),
        ("72,19%", "72,19% → 72,19 %, almeno"),
        ("nessuna", "nessuna → 0, al massimo"),
        ("trimestrale", "trimestrale → 4 volte l'anno, almeno"),
        ("€ 1.850,4", "€ 1.850,4 → 1850,40 €, al massimo"),
        ("come da piano", "come da piano → testo da valutare"),
        ("sì", "sì → sì"),
    ],
)
def test_the_reading_explains_itself(text: str, sentence: str) -> None:
    assert read(text).explain() == sentence


@given(st.text(max_size=60), st.sampled_from(list(Family)), st.text(max_size=60))
def test_no_text_makes_it_fail(text: str, family: str, label: str) -> None:
    target = read(text, family, label)
    assert target.explain()
    assert target.kind in TargetKind.values


@given(
    st.dates(date(2000, 1, 1), date(2079, 12, 31)), st.sampled_from(["%d/%m/%Y", "%d-%m-%y", "%d.%m.%Y", "%Y-%m-%d"])
)
def test_every_day_written_in_digits_is_read_back(day: date, style: str) -> None:
    assert read(day.strftime(style)).date == day


@pytest.mark.parametrize(
    "text",
    ["12345678901", "100.000.000.000.000", "10.000.000.000", "-10.000.000.000", "9.999.999.999,99999", "99999999999%"],
)
def test_a_number_larger_than_the_archive_holds_is_text(text: str) -> None:
    target = read(text, Family.QUANTITA)
    assert (target.kind, target.number, target.text) == (TargetKind.TEXT, None, text)


@pytest.mark.parametrize(
    ("text", "number"),
    [("9.999.999.999", "9999999999"), ("0,12345", "0.1234"), ("0,123456%", "0.1235"), ("72,190000", "72.190000")],
)
def test_a_number_has_at_most_the_decimals_the_archive_holds(text: str, number: str) -> None:
    assert read(text, Family.QUANTITA).number == Decimal(number)
