"""What differs between two texts, word by word, in the words of Italian offices."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from objectives.changes.tokens import units
from objectives.changes.words import Kind, compare_words

TEXTS = st.one_of(st.text(max_size=60), st.text("ab .,'’\n1/", max_size=60), st.text("ab ", max_size=12))


def cut(text):
    return [word for _, word in units(text)]


def marked(old, new):
    """Both texts in one: [-what went-], {+what came+}."""
    form = {Kind.KEPT: "{}", Kind.REMOVED: "[-{}-]", Kind.ADDED: "{{+{}+}}"}
    return "".join(form[piece.kind].format(piece.text) for piece in compare_words(old, new))


@pytest.mark.parametrize(
    "word",
    [
        *("l'attivazione", "dell'ente", "sull’oggetto", "E'", "attivita'", "po'", "31/12/2022", "05.05.2009", "31-dic"),
        *("72,19%", "100%", "1.000,50", "10:30", "2.8", "n°2", "DR.", "dott.ssa", "art.", "D.Lgs.", "S.p.A.", "D.U.P."),
        *("8/2022", "e/o", "on-line"),
    ],
)
def test_a_reader_takes_it_as_one_word(word):
    assert cut(f"testo {word} e altro") == ["testo", word, "e", "altro"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Fine. Inizio,fine", ["Fine", ".", "Inizio", ",", "fine"]),
        ("entro il 31/12/2022, poi", ["entro", "il", "31/12/2022", ",", "poi"]),
        ("deliberazione n. 100/2022", ["deliberazione", "n.", "100/2022"]),
        ("in ordine n. Fine", ["in", "ordine", "n", ".", "Fine"]),
        ("ANNO 2022: avvio", ["ANNO", "2022", ":", "avvio"]),
        ("telematica , oltre", ["telematica", ",", "oltre"]),
        ("«po'» 100 €", ["«", "po'", "»", "100", "€"]),
        ("", []),
        (" \n", [""]),
    ],
)
def test_signs_stand_by_themselves(text, words):
    assert cut(text) == words


@settings(deadline=None)
@given(TEXTS)
def test_cutting_loses_nothing(text):
    assert "".join(space + word for space, word in units(text)) == text


@settings(deadline=None)
@given(TEXTS, TEXTS)
def test_what_stayed_and_came_is_the_new_text_and_what_stayed_and_went_the_old(old, new):
    pieces = compare_words(old, new)
    assert "".join(piece.text for piece in pieces if piece.kind != Kind.REMOVED) == new
    assert "".join(piece.text for piece in pieces if piece.kind != Kind.ADDED) == old
    assert all(piece.text for piece in pieces)
    assert all(one.kind != other.kind for one, other in pairwise(pieces))


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        ("l'attivazione del servizio", "l'avvio del servizio", "[-l'attivazione-]{+l'avvio+} del servizio"),
        ("entro il 31/12/2022.", "entro il 31/03/2023.", "entro il [-31/12/2022-]{+31/03/2023+}."),
        ("il servizio", "il nuovo servizio", "il{+ nuovo+} servizio"),
        ("il nuovo servizio", "il servizio", "il[- nuovo-] servizio"),
        ("casi, di norma", "casi di norma", "casi[-,-] di norma"),
        ("ATTIVITA' svolta", "ATTIVITÀ svolta", "[-ATTIVITA'-]{+ATTIVITÀ+} svolta"),
        ("uno due", "uno\n\ndue", "uno[- -]{+\n\n+}due"),
        ("Fine.", "Fine. Altro.", "Fine.{+ Altro.+}"),
        ("Primo, secondo, terzo", "Primo, terzo", "Primo,[- secondo,-] terzo"),
        ("Fine (a) e", "Fine (a) (b) e", "Fine (a){+ (b)+} e"),
        ("", "nuovo", "{+nuovo+}"),
        ("vecchio", "", "[-vecchio-]"),
        ("uguale", "uguale", "uguale"),
        ("", "", ""),
    ],
)
def test_a_change_is_shown_at_the_word(old, new, shown):
    assert marked(old, new) == shown


def test_stray_words_do_not_keep_two_changes_apart():
    old, new = "Redazione del progetto definitivo entro giugno", "Stesura e verifica del piano esecutivo entro luglio"
    told = "[-Redazione del progetto definitivo-]{+Stesura e verifica del piano esecutivo+} entro [-giugno-]{+luglio+}"
    assert marked(old, new) == told


def test_two_changes_of_a_word_stay_two():
    told = "dal [-1/1-]{+2/2+} al [-3/3-]{+4/4+}"
    assert marked("dal 1/1 al 3/3", "dal 2/2 al 4/4") == told


@pytest.mark.parametrize(("old", "new", "blank"), [("a b", "a\n\nb", "a capo"), ("a b", "ab ", "")])
def test_a_change_that_nobody_sees_has_a_name(old, new, blank):
    assert compare_words(old, new)[-2].blank == blank


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (" ".join(f"prima{n}" for n in range(330)), " ".join(f"dopo{n}" for n in range(330))),
        ("servizio " * 333, "ufficio " + "servizio " * 332),
        ("di la " * 500, "la di " * 500),
        ("., " * 1000, ",; " * 1000),
    ],
    ids=["wholly different", "one word repeated", "two words by turns", "signs"],
)
def test_no_text_takes_long(old, new):
    began = time.process_time()
    compare_words(old, new)
    assert time.process_time() - began < 0.5


def test_texts_too_large_to_be_compared_keep_their_common_ends():
    old, new = f"inizio{' uno' * 10_001} due fine", f"inizio due{' uno tre' * 10_001} fine"
    kinds = [Kind.KEPT, Kind.REMOVED, Kind.ADDED, Kind.KEPT]
    assert [(piece.kind, len(piece.text) > 10) for piece in compare_words(old, new)] == [
        (kind, kind in (Kind.REMOVED, Kind.ADDED)) for kind in kinds
    ]
