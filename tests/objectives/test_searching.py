"""The search takes ATTIVITA', attività and attivita for one word, and shows where it stands."""

import pytest

from objectives.models import Sheet
from objectives.searching import excerpts, having, mark, stretch, words_of
from tests.plans import adopt, indicator_data, sheet_data


def found(text, query):
    return [piece.text for piece in mark(text, words_of(query)) if piece.found]


def shown(pieces):
    return "".join(f"[{piece.text}]" if piece.found else piece.text for piece in pieces)


@pytest.mark.parametrize(
    ("text", "query", "words"),
    [
        ("ATTIVITA' PRODUTTIVE", "attivita", ["ATTIVITA'"]),
        ("le attività del comune", "ATTIVITA'", ["attività"]),
        ("Perché sì", "perche", ["Perché"]),
        ("E' previsto", "è", ["E'", "previsto"]),
        ("l’attivazione dello sportello", "l'attivazione", ["l’attivazione"]),
        ("nessuna parola", "altro", []),
    ],
)
def test_accents_capitals_and_apostrophes_do_not_count(text, query, words):
    assert found(text, query) == words


def test_the_text_shown_is_the_text_as_written():
    assert shown(mark("L'ATTIVITA' è  attività", ["attivita"])) == "[L'ATTIVITA'] è [attività]"


def test_of_a_long_text_the_stretch_around_the_word_is_shown():
    text = " ".join(f"p{number}" for number in range(100))
    middle = " ".join(f"p{number}" for number in range(38, 50))
    after = " ".join(f"p{number}" for number in range(51, 74))
    assert shown(stretch(text, ["p50"])) == f"… {middle} [p50] {after} …"


def test_words_are_looked_for_once_each():
    assert words_of("  Attività   attivita' SUT ") == ["attivita", "sut"]


@pytest.mark.django_db
def test_every_word_must_occur_wherever_it_stands(caluso):
    adopt(
        caluso,
        1,
        "2022-01-10",
        sheet_data(1, title="Sportello", indicators=[indicator_data("Attività svolte")]),
        sheet_data(2, title="Sportello", description="Perché 100% vero"),
    )
    sheets = Sheet.objects.order_by("number")
    assert [sheet.number for sheet in having(sheets, words_of("sportello"))] == [1, 2]
    assert [sheet.number for sheet in having(sheets, words_of("sportello attivita"))] == [1]
    assert [sheet.number for sheet in having(sheets, words_of("perche sportello"))] == [2]
    assert [sheet.number for sheet in having(sheets, words_of("0%"))] == [2]
    assert [sheet.number for sheet in having(sheets, words_of("_"))] == []


@pytest.mark.django_db
def test_an_excerpt_says_where_the_word_was_found(caluso):
    adopt(
        caluso,
        1,
        "2022-01-10",
        sheet_data(
            description="Le attività",
            phases=[{"slot": 3, "text": "Attività avviate", "months": []}],
            indicators=[indicator_data("ATTIVITA' svolte", "5", "QUANTITA")],
        ),
    )
    told = [(excerpt.where, shown(excerpt.pieces)) for excerpt in excerpts(Sheet.objects.get(), ["attivita"])]
    assert told == [
        ("Descrizione", "Le [attività]"),
        ("Fase 3", "[Attività] avviate"),
        ("Indicatore di quantità", "[ATTIVITA'] svolte 5"),
    ]
