"""R24–R27: how the expected values were read, and in which year they count. The examples are GC 100/2022's."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.rules import Stage
from objectives.snapshots import PhaseLine
from tests.rules import act, adoption, change_set, draft, indicator, places, told

NAME = "FINANZIARIO n° 1"


def with_indicator(expected, text="Avvio del servizio", **reading):
    return change_set(draft(indicators=(indicator(expected, text, **reading),)))


@pytest.mark.parametrize(
    ("expected", "family"),
    [
        ("31/12/2022", "TEMPO"),
        ("1", "QUANTITA"),
        ("72,19%", "QUALITA"),
        ("nessuna", "QUANTITA"),
        ("trimestrale", "TEMPO"),
        ("2 giornate", "QUANTITA"),
        ("sì", "QUALITA"),
        ("relazione finale", "QUALITA"),
    ],
)
def test_what_the_program_reads_by_itself_is_typed(expected, family):
    assert told("R24", with_indicator(expected, family=family)) == []


@pytest.mark.parametrize(
    ("reading", "problem"),
    [
        ({"target_kind": ""}, "non è stato letto"),
        ({"target_date": None}, "è una data senza giorno"),
        ({"target_kind": "COUNT"}, "è una quantità senza numero"),
        ({"direction": ""}, "è senza direzione (almeno, entro…)"),
    ],
)
def test_a_value_that_is_not_typed_blocks(reading, problem):
    changes = with_indicator("31/12/2022", **reading)
    assert told("R24", changes) == [("E", f"{NAME}: il valore atteso «31/12/2022» {problem}.")]
    assert places("R24", changes) == ["indicator:i1"]


def test_a_person_may_read_a_value_otherwise_than_the_program():
    corrected = with_indicator("dodici", target_kind="COUNT", target_number=Decimal(12), direction="AT_LEAST")
    assert told("R24", corrected) == []


def test_a_day_that_does_not_exist_is_left_in_words_with_a_warning():
    assert told("R24", with_indicator("31/02/2022")) == [
        (
            "W",
            f"{NAME}: la data «31/02/2022» non esiste nel calendario: correggerla o lasciare il valore a parole.",
        )
    ]


def test_an_expected_value_that_is_missing_is_r23s():
    assert told("R24", with_indicator("", target_kind="")) == []


def test_the_schedule_and_the_time_indicator_may_disagree_and_are_told():
    """Line 175 against line 165: the month is March 2023, the indicator says 31/12/2022."""
    phase = PhaseLine("f1", 1, "Attivazione sportello telematico", ("2023-03",))
    time = indicator("31/12/2022", "2022: attivazione sportello telematico")
    changes = change_set(draft(phases=(phase,), indicators=(time,)))
    message = (
        f"{NAME}: il cronoprogramma segna 03/2023 per la fase «Attivazione sportello telematico», ma l'indicatore di "
        "tempo dice 31/12/2022."
    )
    assert (told("R24", changes), places("R24", changes)) == ([("W", message)], ["phase:f1"])


@pytest.mark.parametrize("months", [(), ("2022-11", "2022-12"), ("2022-10", "2023-02")])
def test_a_schedule_without_months_or_around_the_day_is_fine(months):
    phase = PhaseLine("f1", 1, "Attivazione sportello telematico", months)
    time = indicator("31/12/2022", "attivazione sportello telematico")
    assert told("R24", change_set(draft(phases=(phase,), indicators=(time,)))) == []


def test_a_date_without_a_year_is_of_the_plans_and_is_confirmed():
    message = f"{NAME}: il termine «31-dic» dell'indicatore «Avvio del servizio» è senza anno: è letto come 31/12/2022."
    assert told("R25", with_indicator("31-dic")) == [("W", message)]


def test_another_year_must_be_written():
    other = with_indicator("31-dic", target_date=dt.date(2023, 12, 31), year=2023)
    message = (
        f"{NAME}: il termine «31-dic» dell'indicatore «Avvio del servizio» è senza anno, ma è letto come 31/12/2023."
    )
    assert told("R25", other) == [("E", message)]


def test_the_year_that_the_indicator_names_is_its_own():
    message = (
        f"{NAME}: il termine «31-mar» dell'indicatore «ANNO 2023: collaudo» è senza anno: è letto come 31/03/2023."
    )
    assert told("R25", with_indicator("31-mar", "ANNO 2023: collaudo")) == [("W", message)]


@pytest.mark.parametrize("expected", ["31/12/2022", "31/12/22", "31/12/2023", "12", "nessuna"])
def test_a_written_year_needs_no_confirmation(expected):
    assert told("R25", with_indicator(expected)) == []


def test_a_date_read_as_words_is_not_confirmed():
    assert told("R25", with_indicator("31-dic", target_kind="TEXT", target_date=None)) == []


def test_a_target_of_a_later_year_counts_later():
    changes = change_set(draft(multi_year=True, indicators=(indicator("31/03/2023"),)))
    message = f"{NAME}: l'indicatore «Avvio del servizio» è del 2023: non conta nel 2022."
    assert told("R26", changes) == [("W", message)]


def test_a_sheet_with_a_later_target_is_multi_year():
    message = (
        f"{NAME}: l'indicatore «Avvio del servizio» è del 2023: non conta nel 2022, e la scheda non è segnata come "
        "pluriennale."
    )
    assert told("R26", with_indicator("31/03/2023")) == [("W", message)]


def test_an_indicator_carries_the_year_of_its_day():
    changes = change_set(draft(multi_year=True, indicators=(indicator("31/03/2023", year=2022),)))
    message = f"{NAME}: l'indicatore «Avvio del servizio» è del 2023, ma conta nel 2022."
    assert told("R26", changes) == [("W", message)]


def test_a_target_of_the_plans_year_counts_now():
    assert told("R26", with_indicator("31/12/2022")) == []
    assert told("R26", change_set(draft(change="ELIMINATO", indicators=(indicator("31/03/2023"),)))) == []


def test_a_target_already_past_is_told():
    message = f"{NAME}: il termine 15-mar dell'indicatore «Avvio del servizio» è già passato."
    assert told("R27", with_indicator("15-mar")) == [("W", message)]


def test_the_day_is_the_sessions_once_it_is_known():
    due = draft(indicators=(indicator("18/10/2022"),))
    on_the_day, a_day_later = ({"session_on": dt.date(2022, 10, day)} for day in (18, 19))
    assert told("R27", adoption(due, act=act(days=on_the_day))) == []
    assert [severity for severity, _ in told("R27", adoption(due, act=act(days=a_day_later)))] == ["W"]


def test_taking_note_of_a_past_target_holds_until_the_act():
    past = draft(indicators=(indicator("15-mar"),))
    on_the_way = change_set(past, stage=Stage.APPROVE)
    assert told("R27", on_the_way) == told("R27", adoption(past, act=act()))


def test_a_removed_sheet_has_no_targets():
    assert told("R27", change_set(draft(change="ELIMINATO", indicators=(indicator("15-mar"),)))) == []


@given(st.text(max_size=30), st.sampled_from(["QUANTITA", "TEMPO", "COSTO", "QUALITA"]))
def test_what_the_program_reads_by_itself_never_blocks(expected, family):
    changes = with_indicator(expected, family=family)
    assert [one for one in (*told("R24", changes), *told("R25", changes)) if one[0] == "E"] == []
