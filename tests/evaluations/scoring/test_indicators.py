"""The score of an indicator: what counts, how much, and the words that say how it came about (R24, R26, R30)."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest

from evaluations.choices import LateRule, PartialRule
from evaluations.scoring import Criteria, Score, Standing, read_achieved, score_indicator
from objectives.choices import Direction
from objectives.targets import read_target
from tests.scores import END_OF_YEAR

BY_STEPS = Criteria(late=LateRule.A_SCAGLIONI)
ALL_OR_NOTHING = Criteria(partial=PartialRule.TUTTO_O_NIENTE)
UP_TO_120 = Criteria(cap=120)


@pytest.mark.parametrize(
    ("expected", "achieved", "family", "criteria", "percent", "words"),
    [
        ("31-dic", "15/01/2023", "TEMPO", Criteria(), "0",
         "Atteso entro il 31/12/2022, raggiunto 15/01/2023: 15 giorni di ritardo, tutto o niente: 0 %."),
        ("31-dic", "15/01/2023", "TEMPO", BY_STEPS, "50",
         "Atteso entro il 31/12/2022, raggiunto 15/01/2023: 15 giorni di ritardo, scaglione fino a 30 giorni: 50 %."),
        ("31-dic", "31/03/2023", "TEMPO", BY_STEPS, "0",
         "Atteso entro il 31/12/2022, raggiunto 31/03/2023: 90 giorni di ritardo, oltre 60 giorni: 0 %."),
        ("31-dic", "20/12/2022", "TEMPO", UP_TO_120, "100",
         "Atteso entro il 31/12/2022, raggiunto 20/12/2022: termine rispettato, 100 %."),
        ("31-dic", "fatto", "TEMPO", Criteria(), "100",
         "Atteso entro il 31/12/2022, raggiunto «fatto», senza una data: 100 %."),
        ("31-dic", "non realizzato", "TEMPO", BY_STEPS, "0",
         "Atteso entro il 31/12/2022, raggiunto «non realizzato»: 0 %."),
        ("12", "9", "QUANTITA", Criteria(), "75", "Atteso almeno 12, raggiunto 9: 9 ÷ 12 = 75 %."),
        ("12", "9", "QUANTITA", ALL_OR_NOTHING, "0",
         "Atteso almeno 12, raggiunto 9: non raggiunto, tutto o niente, 0 %."),
        ("12", "12", "QUANTITA", ALL_OR_NOTHING, "100", "Atteso almeno 12, raggiunto 12: raggiunto, 100 %."),
        ("12", "15", "QUANTITA", Criteria(), "100",
         "Atteso almeno 12, raggiunto 15: 15 ÷ 12 = 125 %, con il tetto 100 %."),
        ("12", "15", "QUANTITA", UP_TO_120, "120",
         "Atteso almeno 12, raggiunto 15: 15 ÷ 12 = 125 %, con il tetto 120 %."),
        ("12", "nessuna", "QUANTITA", Criteria(), "0", "Atteso almeno 12, raggiunto 0: 0 ÷ 12 = 0 %."),
        ("72,19%", "60", "QUALITA", Criteria(), "83.11",
         "Atteso almeno 72,19 %, raggiunto 60 %: 60 ÷ 72,19 = 83,11 %."),
        ("1", "1", "QUANTITA", Criteria(), "100", "Atteso almeno 1, raggiunto 1: 1 ÷ 1 = 100 %."),
        ("10 giorni", "12 giorni", "TEMPO", Criteria(), "80",
         "Atteso al massimo 10 giorni, raggiunto 12 giorni: 100 % − 2 ÷ 10 = 80 %."),
        ("10 giorni", "8", "TEMPO", UP_TO_120, "120",
         "Atteso al massimo 10 giorni, raggiunto 8: 100 % + 2 ÷ 10 = 120 %."),
        ("10 giorni", "30 giorni", "TEMPO", Criteria(), "0",
         "Atteso al massimo 10 giorni, raggiunto 30 giorni: 100 % − 20 ÷ 10 = 0 %."),
        ("esattamente 4", "5", "QUANTITA", Criteria(), "75",
         "Atteso esattamente 4, raggiunto 5: 100 % − 1 ÷ 4 = 75 %."),
        ("nessuna", "nessuna", "QUALITA", Criteria(), "100",
         "Atteso «nessuna» (0), raggiunto 0: raggiunto, 100 %."),
        ("nessuna", "1", "QUALITA", UP_TO_120, "0",
         "Atteso «nessuna» (0), raggiunto 1: non raggiunto, tutto o niente, 0 %."),
        ("trimestrale", "3", "QUANTITA", Criteria(), "75",
         "Atteso almeno «trimestrale» (4 volte l'anno), raggiunto 3: 3 ÷ 4 = 75 %."),
        ("2 giornate", "1 giornata", "QUALITA", Criteria(), "50",
         "Atteso almeno 2 giornate, raggiunto 1 giornata: 1 ÷ 2 = 50 %."),
        ("sì", "no", "QUANTITA", Criteria(), "0", "Atteso sì, raggiunto «no»: 0 %."),
        ("no", "no", "QUANTITA", Criteria(), "100", "Atteso no, raggiunto «no»: 100 %."),
        ("-5", "-10", "QUANTITA", Criteria(), "0", "Atteso almeno −5, raggiunto −10: 100 % − 5 ÷ 5 = 0 %."),
        ("-5", "-4", "QUANTITA", UP_TO_120, "120", "Atteso almeno −5, raggiunto −4: 100 % + 1 ÷ 5 = 120 %."),
        ("al massimo 0", "0", "QUANTITA", Criteria(), "100", "Atteso al massimo 0, raggiunto 0: raggiunto, 100 %."),
        ("al massimo 0", "2", "QUANTITA", Criteria(), "0",
         "Atteso al massimo 0, raggiunto 2: non raggiunto, tutto o niente, 0 %."),
    ],
)  # fmt: skip
def test_a_result_is_measured_and_says_how(score, expected, achieved, family, criteria, percent, words):
    assert score(expected, achieved, family, criteria) == Score(Decimal(percent), words)


@pytest.mark.parametrize(
    ("label", "expected", "year"),
    [
        ("Procedimenti portati sul SUT ANNO 2023", "100%", 2023),
        ("Ampliamento del servizio", "31/12/2023", 2023),
        ("Grado di utilizzo al 31/12/23", "20%", 2023),
        ("Ricognizione", "31/12/2021", 2021),
    ],
)
def test_what_belongs_to_another_year_is_not_applicable_and_not_zero(score, label, expected, year):
    found = score(expected, "", "TEMPO", label=label)
    assert found == Score(None, f"Riguarda il {year}: non conta nei punteggi del 2022 (R26).", Standing.NOT_APPLICABLE)
    assert score(expected, "100%", "TEMPO", label=label).percent is None


def test_nothing_expected_is_nothing_to_measure(score):
    assert score("", "") == Score(None, "Senza un valore atteso non c'è nulla da misurare.", Standing.NOT_APPLICABLE)


def test_what_is_left_out_by_hand_says_why(score):
    found = score("12", "9", not_applicable="Il bando è stato annullato.")
    assert found == Score(None, "Non applicabile: Il bando è stato annullato.", Standing.NOT_APPLICABLE)


def test_what_is_not_entered_is_missing_and_not_zero(score):
    found = score("12", "")
    assert found == Score(None, "Atteso almeno 12; raggiunto non inserito.", Standing.NOT_ENTERED)
    assert (found.is_missing, found.below, found.short) == (True, False, "non inserito")


def test_a_day_that_is_still_to_come_is_left_out_unless_it_was_kept(score):
    june = dt.date(2022, 6, 30)
    later = Score(None, "Scade il 31/12/2022, dopo il giorno della verifica (30/06/2022).", Standing.NOT_APPLICABLE)
    assert score("31-dic", "", "TEMPO", on=june) == later
    assert score("31-dic", "in corso", "TEMPO", on=june) == later
    assert score("31-dic", "10/05/2022", "TEMPO", on=june).percent == 100


def test_what_is_expected_in_words_waits_for_a_judgement(score):
    waiting = score("come da progetto", "fatto in parte")
    assert waiting == Score(None, "L'atteso è a parole. Oppure scrivere il giudizio in percento.", Standing.NOT_READ)
    assert waiting.short == "da giudicare"
    judged = score("come da progetto", "fatto in parte", judgement=Decimal(60))
    words = "Giudizio scritto a mano: 60 %. Atteso «come da progetto», raggiunto «fatto in parte»."
    assert judged == Score(Decimal("60.00"), words)
    assert score("come da progetto", "").standing == Standing.NOT_ENTERED
    only_judged = score("come da progetto", "", judgement=Decimal(60))
    assert only_judged.words == "Giudizio scritto a mano: 60 %. Atteso «come da progetto», raggiunto non scritto."


def test_a_judgement_does_not_replace_what_can_be_measured(score):
    assert score("12", "9", judgement=Decimal(100)).percent == 75
    assert score("12", "quasi tutti", judgement=Decimal(90)).percent == 90


def test_another_unit_is_not_compared(score):
    found = score("2 giornate", "3 ore")
    assert found.standing == Standing.NOT_READ
    assert found.words == (
        "L'atteso è in giornate, il raggiunto in ore: scriverlo in giornate. Oppure scrivere il giudizio in percento."
    )


def test_a_hair_below_does_not_read_as_reached(score):
    found = score("100000", "99999,9999")
    assert (found.percent, found.below) == (Decimal("99.99"), True)
    assert found.words.endswith("99.999,9999 ÷ 100.000 = 99,99 %.")


@pytest.mark.parametrize(
    ("direction", "achieved", "percent"),
    [
        (Direction.AT_LEAST, "30/12/2022", 0),
        (Direction.AT_LEAST, "02/01/2023", 100),
        (Direction.EQUAL, "30/12/2022", 0),
        (Direction.EQUAL, "31/12/2022", 100),
        (Direction.AT_MOST, "01/01/2023", 0),
    ],
)
def test_a_day_may_have_another_direction(direction, achieved, percent):
    target = replace(read_target("31/12/2022", family="TEMPO", plan_year=2022), direction=direction)
    read = read_achieved(achieved, kind=target.kind, family="TEMPO", plan_year=2022)
    found = score_indicator(target, read, Criteria(), plan_year=2022, on=END_OF_YEAR)
    assert found.percent == percent


def test_a_number_that_was_never_read_waits_for_a_judgement():
    target = replace(read_target("12", family="QUANTITA", plan_year=2022), number=None)
    read = read_achieved("9", kind=target.kind, family="QUANTITA", plan_year=2022)
    found = score_indicator(target, read, Criteria(), plan_year=2022, on=END_OF_YEAR)
    assert found.words == "Il valore atteso non è stato letto. Oppure scrivere il giudizio in percento."


def test_a_score_comes_back_from_what_is_stored(score):
    for found in (score("12", "9"), score("12", ""), score("31/12/2023", "")):
        assert Score.from_json(found.to_json()) == found
