"""The rows of a sheet: the same row is known again in the next version, and no two rows are taken for one."""

import pytest

from objectives.models import Indicator, Phase
from objectives.sheet_rows import keep_keys, search_text
from tests.factories import written_indicator, written_sheet


def phases(*texts):
    return [Phase(position=slot, text=text) for slot, text in enumerate(texts, 1) if text]


def indicators(*rows):
    return [Indicator(position=n, family=family, text=text) for n, (family, text) in enumerate(rows, 1)]


def known_again(earlier, now, *what):
    """For each row of now, the text of the earlier row it is known to be; None for a new one."""
    keep_keys(now, earlier, *what)
    texts = {row.key: row.text for row in earlier}
    assert len({row.key for row in now}) == len(now)
    return [texts.get(row.key) for row in now]


@pytest.mark.parametrize(
    ("earlier", "now", "known"),
    [
        (["Avvio", "Verifica"], ["Verifica", "Avvio"], ["Verifica", "Avvio"]),  # changed places
        (["Avvio"], ["AVVIO"], ["Avvio"]),  # capitals are no other text
        (["ATTIVITA' A"], ["Attività  a"], ["ATTIVITA' A"]),
        (["Avvio"], ["Inizio"], ["Avvio"]),  # reworded where it stood
        (["Avvio"], ["Studio", "Avvio"], [None, "Avvio"]),  # another one before it
        (["Studio", "Avvio"], ["Avvio"], ["Avvio"]),  # the first one gone
        (["Avvio", "Avvio"], ["Avvio", "Avvio"], ["Avvio", "Avvio"]),  # twice the same text
        (["Avvio"], ["Avvio", "Avvio"], ["Avvio", None]),
        ([], ["Avvio"], [None]),
        (["Avvio"], [], []),
        (["A", "B", "C"], ["C", "X", "A"], ["C", "B", "A"]),
    ],
)
def test_a_phase_is_the_same_by_its_text_or_else_by_its_place(earlier, now, known):
    assert known_again(phases(*earlier), phases(*now), "text") == known


def test_an_indicator_is_known_again_only_in_its_family():
    earlier = indicators(("TEMPO", "Avvio"), ("QUANTITA", "Pratiche"))
    now = indicators(("QUALITA", "Avvio"), ("QUANTITA", "Procedimenti"))
    assert known_again(earlier, now, "family", "text") == [None, "Pratiche"]


def test_a_sheet_is_found_by_what_it_says_with_and_without_accents():
    sheet = written_sheet(
        1,
        title="ATTIVITA' DI SPORTELLO",
        description="Perché serve",
        phases=[{"slot": 1, "text": "Città", "months": []}],
        indicators=[written_indicator(text="Qualità", expected="31-dic")],
    )
    assert search_text(sheet).splitlines() == ["attivita di sportello", "perche serve", "citta", "qualita 31-dic"]
