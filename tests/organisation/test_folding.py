"""One word, however an office types its accents."""

import pytest

from organisation.folding import fold, sector_key, split_title


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("ATTIVITA'", "attivita"),
        ("attività", "attivita"),
        ("attivita\u0300", "attivita"),  # decomposed, as some PDFs have it
        ("Attività’", "attivita"),  # typed twice over
        ("perché", "perche"),
        ("E' previsto", "e previsto"),
        ("l'attivazione dell’ufficio", "l'attivazione dell'ufficio"),
        ("  due \t parole\u00a0qui\n", "due parole qui"),
        ("STRASSE straße", "strasse strasse"),
        ("", ""),
        ("'", "'"),
    ],
)
def test_texts_are_compared_without_case_accents_and_white_space(written, folded):
    assert fold(written) == folded


def test_folding_twice_changes_nothing_more():
    assert fold(fold("ATTIVITA' e perché")) == fold("ATTIVITA' e perché")


@pytest.mark.parametrize("printed", ["FINANZIARIO", "SETTORE FINANZIARIO", "Settore  Finanziario", "finanziàrio"])
def test_a_sector_is_recognised_with_and_without_the_word_settore(printed):
    assert sector_key(printed) == "finanziario"


@pytest.mark.parametrize("printed", ["SETTORE", "SETTORETTO"])
def test_a_name_that_only_looks_like_the_prefix_stays_whole(printed):
    assert sector_key(printed) == printed.casefold()


@pytest.mark.parametrize(
    ("printed", "title", "name"),
    [
        ("DR. DANILO BERTOLDI", "DR.", "DANILO BERTOLDI"),
        ("Arch. Ludovica  Rossi", "Arch.", "Ludovica  Rossi"),
        ("DANILO BERTOLDI", "", "DANILO BERTOLDI"),
        (" ING. ROSSI ", "ING.", "ROSSI"),
        ("DR.", "", "DR."),
        ("", "", ""),
    ],
)
def test_the_title_stands_apart_from_the_name(printed, title, name):
    assert split_title(printed) == (title, name)
