"""R24: what was achieved is read as the expected value is typed; the text stays as written."""

import datetime as dt
from decimal import Decimal

import pytest

from evaluations.scoring import Achieved, read_achieved
from objectives.choices import TargetKind


def read(text, kind, year=2022):
    return read_achieved(text, kind=kind, family="QUANTITA", plan_year=year)


@pytest.mark.parametrize(
    ("kind", "text", "number"),
    [
        (TargetKind.NUMBER, "1.234,5", "1234.5"),
        (TargetKind.COUNT, "2 giornate", "2"),
        (TargetKind.COUNT, "due giornate", "2"),
        (TargetKind.COUNT, "nessuna", "0"),
        (TargetKind.COUNT, "-3", "-3"),
        (TargetKind.PERCENT, "72,19%", "72.19"),
        (TargetKind.PERCENT, "85", "85"),
        (TargetKind.PERCENT, "9 su 10", "90"),
        (TargetKind.PERCENT, "45/60", "75"),
        (TargetKind.PERCENT, "nessuno", "0"),
        (TargetKind.NONE_AT_ALL, "nessuna", "0"),
        (TargetKind.NONE_AT_ALL, "No", "0"),
        (TargetKind.NONE_AT_ALL, "3 reclami", "3"),
        (TargetKind.FREQUENCY, "trimestrale", "4"),
        (TargetKind.FREQUENCY, "3", "3"),
        (TargetKind.YES_NO, "Sì", "1"),
        (TargetKind.YES_NO, "non ancora realizzato", "0"),
        (TargetKind.DATE, "non realizzato", "0"),
        (TargetKind.DATE, "fatto", "1"),
    ],
)
def test_it_is_read_as_the_expected_value_is_typed(kind, text, number):
    found = read(text, kind)
    assert (found.text, found.number, found.problem) == (text, Decimal(number), "")


@pytest.mark.parametrize(
    ("text", "day", "completed"),
    [
        ("15/01/2023", dt.date(2023, 1, 15), False),
        ("15-gen", dt.date(2022, 1, 15), True),
        ("31/12/22", dt.date(2022, 12, 31), False),
        ("3/4", dt.date(2022, 4, 3), True),
        ("dicembre", dt.date(2022, 12, 31), True),
    ],
)
def test_a_day_without_its_year_is_of_the_plans(text, day, completed):
    found = read(text, TargetKind.DATE)
    assert (found.date, found.completed) == (day, completed)


def test_empty_is_not_entered_and_never_zero():
    assert read("  ", TargetKind.COUNT) == Achieved()


@pytest.mark.parametrize(
    ("kind", "text", "remedy"),
    [
        (TargetKind.COUNT, "100%", "Scrivere quanti, come 12 o «2 giornate»."),
        (TargetKind.COUNT, "molti", "Scrivere quanti, come 12 o «2 giornate»."),
        (TargetKind.PERCENT, "9 su 0", "Scrivere una percentuale, come 72,19% o «9 su 10»."),
        (TargetKind.PERCENT, "12 sportelli", "Scrivere una percentuale, come 72,19% o «9 su 10»."),
        (TargetKind.DATE, "presto", "Scrivere la data, come 15/11/2022, oppure «non realizzato»."),
        (TargetKind.YES_NO, "forse", "Scrivere sì o no."),
        (TargetKind.FREQUENCY, "spesso", "Scrivere la frequenza, come «trimestrale», o quante volte nell'anno."),
        (TargetKind.NONE_AT_ALL, "sì", "Scrivere quanti, come «nessuna» o 3."),
        (TargetKind.NUMBER, "trimestrale", "Scrivere un numero, come 12 o 72,5."),
    ],
)
def test_what_cannot_be_read_says_what_to_write(kind, text, remedy):
    found = read(text, kind)
    assert (found.text, found.kind, found.problem) == (text, "TEXT", f"Il raggiunto non si legge. {remedy}")


def test_a_day_that_does_not_exist_is_said():
    assert read("30/02/2022", TargetKind.DATE).problem == (
        "La data «30/02/2022» non esiste nel calendario: correggerla o lasciare il valore a parole."
    )


@pytest.mark.parametrize("kind", ["TEXT", ""])
def test_beside_a_text_everything_is_text(kind):
    assert read("31/12/2022", kind) == Achieved("31/12/2022", "TEXT")


@pytest.mark.parametrize(
    ("kind", "text", "words"),
    [
        (TargetKind.DATE, "15-gen", "15/01/2022 (anno del piano)"),
        (TargetKind.DATE, "no", "no"),
        (TargetKind.YES_NO, "fatto", "sì"),
        (TargetKind.PERCENT, "85", "85 %"),
        (TargetKind.FREQUENCY, "mensile", "12 volte l'anno"),
        (TargetKind.COUNT, "2 giornate", "2 giornate"),
        (TargetKind.COUNT, "", ""),
        ("TEXT", "come previsto", "come previsto"),
    ],
)
def test_it_explains_how_it_was_read(kind, text, words):
    assert read(text, kind).explain() == words
