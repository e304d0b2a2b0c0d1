"""The deviation: what was achieved less what was expected, with sign and unit."""

import pytest

from evaluations.scoring import deviation_words
from tests.scores import read_both


@pytest.mark.parametrize(
    ("expected", "achieved", "words"),
    [
        ("31/12/2022", "03/01/2023", "+3 giorni"),
        ("31-dic", "30/12/2022", "−1 giorno"),
        ("31/12/22", "31-12-2022", "in linea"),
        ("31/12/2022", "non realizzato", "non raggiunto"),
        ("31/12/2022", "fatto", "in linea"),
        ("72,19%", "60%", "−12,19 punti percentuali"),
        ("20%", "21", "+1 punto percentuale"),
        ("12", "15", "+3"),
        ("12", "12,0", "in linea"),
        ("4 giornate", "2 giornate", "−2 giornate"),
        ("2 giornate", "1 giornata", "−1"),
        ("€ 1.000,00", "2.500,50", "+1.500,50 €"),
        ("trimestrale", "3", "−1 volta l'anno"),
        ("trimestrale", "mensile", "+8 volte l'anno"),
        ("nessuna", "2 reclami", "+2 reclami"),
        ("nessuna", "nessuna", "in linea"),
        ("sì", "no", "non raggiunto"),
        ("no", "no", "in linea"),
        ("no", "sì", "non raggiunto"),
        ("12", "", ""),
        ("", "12", ""),
        ("come da progetto", "fatto", ""),
        ("31/12/2022", "boh", ""),
        ("2 giornate", "3 ore", ""),
    ],
)
def test_it_has_sign_and_unit(expected, achieved, words):
    assert deviation_words(*read_both(expected, achieved)) == words
