"""No name of the staff comes out of a text (R32)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluations.papers.report.names import name_of
from publication.hidden_names import HiddenNames

HIDDEN = HiddenNames({name_of("ROSSI MARIA"), name_of("D'Amico Niccolò"), name_of("Rossi Maria Luisa")})


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Cura: Maria Rossi, con l'ufficio.", "Cura: [nome omesso], con l'ufficio."),
        ("ROSSI MARIA", "[nome omesso]"),
        ("Affidata a NICCOLO' D’AMICO.", "Affidata a [nome omesso]."),
        ("Maria Luisa Rossi e Maria Rossi", "[nome omesso] e [nome omesso]"),
        ("Referente: «'Rossi Maria'»", "Referente: «'[nome omesso]»"),
        ("Via Rossi, piazza Maria", "Via Rossi, piazza Maria"),
        ("", ""),
    ],
)
def test_a_name_is_left_out_whichever_way_it_is_written(written, shown):
    assert HIDDEN.out_of(written) == shown


@given(st.text())
def test_where_there_are_no_names_a_text_stays_as_it_is(text):
    assert HiddenNames(frozenset()).out_of(text) == text


@given(st.text(), st.text())
def test_nothing_but_the_name_is_taken_out(before, after):
    assert HIDDEN.out_of(f"{before} · Maria Rossi · {after}").count("[nome omesso]") >= 1
