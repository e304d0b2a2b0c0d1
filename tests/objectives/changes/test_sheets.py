"""What differs between two versions of a sheet: fields, rows by their key, months, values in substance."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from objectives.changes.months import compare_months
from objectives.changes.sheets import compare_sheets
from objectives.changes.telling import summary
from objectives.changes.values import same_value
from objectives.snapshots import PhaseLine, StaffLine
from tests.objectives.changes.versions import changed, indicator, phases, version


def rows_told(name, old, new):
    """Each row with what became of it."""
    comparison = compare_sheets(version(**{name: old}), changed(**{name: new}))
    return [(row.key, row.marks) for row in getattr(comparison, name)]


def test_two_equal_versions_do_not_differ():
    comparison = compare_sheets(version(), changed())
    assert (comparison.differs, comparison.change, summary(comparison)) == (False, "", [])
    assert comparison.net_weight == 0


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"weight": Decimal(20)}, "Peso: da 15 a 20"),
        ({"weight": None}, "Peso: da 15 a non noto"),
        ({"number": 5}, "Numero: da 4 a 5"),
        ({"title": "Tributi"}, "Obiettivo: testo modificato"),
        ({"description": "L'avvio."}, "Descrizione dell'obiettivo: testo modificato"),
        ({"dup_link": "M1 P4"}, "Collegamento con Rel. Prev. Prog./DUP: da vuoto a M1 P4"),
        ({"multi_year": True}, "Pluriennale: da no a sì"),
        ({"manager": ""}, "Responsabile di servizio: da DR. DANILO BERTOLDI a vuoto"),
        ({"sector": 2, "sector_name": "TECNICO"}, "Settore: da FINANZIARIO a TECNICO"),
    ],
)  # fmt: skip
def test_a_field_that_differs_is_told(facts, told):
    comparison = compare_sheets(version(), changed(**facts))
    assert summary(comparison) == [told]
    assert comparison.change == "MODIFICATO"


def test_the_weight_is_compared_as_a_number():
    assert not compare_sheets(version(weight=Decimal("15.00")), changed(weight=Decimal(15))).differs


def test_a_settore_is_the_same_however_its_name_is_printed():
    assert not compare_sheets(version(), changed(sector_name="SETTORE FINANZIARIO")).differs


ABC = phases("a Progetto", "b Avvio", "c Presidio")


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (ABC, [("a", []), ("b", []), ("c", [])]),
        (phases("a Progetto", "b Avvio del servizio", "c Presidio"), [("a", []), ("b", ["MODIFICATO"]), ("c", [])]),
        (phases("b Avvio", "c Presidio"), [("a", ["ELIMINATO"]), ("b", ["RINUMERATO"]), ("c", ["RINUMERATO"])]),
        (phases("a Progetto", "c Presidio"), [("a", []), ("b", ["ELIMINATO"]), ("c", ["RINUMERATO"])]),
        (
            phases("n Nuova", "a Progetto", "b Avvio", "c Presidio"),
            [("n", ["INSERITO"]), ("a", ["RINUMERATO"]), ("b", ["RINUMERATO"]), ("c", ["RINUMERATO"])],
        ),
        (phases("a Progetto", "", "b Avvio", "c Presidio"), [("a", []), ("b", ["SPOSTATO"]), ("c", ["SPOSTATO"])]),
        (phases("c Presidio", "b Avvio", "a Progetto"), [("c", ["SPOSTATO"]), ("b", []), ("a", ["SPOSTATO"])]),
        (
            phases("a Progetto", "c Presidio mensile", "b Avvio"),
            [("a", []), ("c", ["MODIFICATO", "SPOSTATO"]), ("b", ["SPOSTATO"])],
        ),
        (
            phases("b Avvio", "a Progetto", "c Presidio", "n Nuova"),
            [("b", ["SPOSTATO"]), ("a", ["RINUMERATO"]), ("c", []), ("n", ["INSERITO"])],
        ),
        ((), [("a", ["ELIMINATO"]), ("b", ["ELIMINATO"]), ("c", ["ELIMINATO"])]),
    ],
)  # fmt: skip
def test_phases_are_matched_by_their_key(new, told):
    assert rows_told("phases", ABC, new) == told


def test_a_phase_that_moved_and_changed_says_both():
    comparison = compare_sheets(version(), changed(phases=phases("b Avvio", "a Progetto esecutivo", "c Presidio")))
    assert summary(comparison) == [
        "Fase n° 1: spostata (era la n° 2)",
        "Fase n° 2: modificata, spostata (era la n° 1)",
    ]


def test_an_indicator_that_others_push_down_did_not_move():
    one, two, new = (indicator(key, f"Indice {key}", "1", "QUANTITA") for key in "abn")
    told = [("n", ["INSERITO"]), ("a", []), ("b", [])]
    assert rows_told("indicators", (one, two), (new, replace(one, position=2), replace(two, position=3))) == told
    assert rows_told("indicators", (one, two), (two, one)) in (
        [("b", ["SPOSTATO"]), ("a", [])],
        [("b", []), ("a", ["SPOSTATO"])],
    )


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("31-dic", "31/12/2022", "Indice di Tempo «Avvio»: stesso valore, scritto in un altro modo"),
        ("31/12/22", "31-12-2022", "Indice di Tempo «Avvio»: stesso valore, scritto in un altro modo"),
        ("25", "25,0", "Indice di Tempo «Avvio»: stesso valore, scritto in un altro modo"),
        ("31-dic", "31/12/2023", "Indice di Tempo «Avvio»: modificato"),
        ("25", "25%", "Indice di Tempo «Avvio»: modificato"),
        ("", "0", "Indice di Tempo «Avvio»: modificato"),
    ],
)
def test_a_value_is_compared_as_it_was_read(old, new, told):
    one, other = indicator("i", "Avvio", old), indicator("i", "Avvio", new)
    comparison = compare_sheets(version(indicators=(one,)), changed(indicators=(other,)))
    assert summary(comparison) == [told]
    assert comparison.differs
    assert comparison.in_substance == ("stesso" not in told)


def test_a_reading_that_somebody_corrected_is_a_change():
    one = indicator("i", "Avvio", "31-dic")
    other = replace(one, target_date=one.target_date.replace(year=2023), year=2023)
    (row,) = compare_sheets(version(indicators=(one,)), changed(indicators=(other,))).indicators
    (reading,) = [text for text in row.texts if text.changed]
    told = ("Letto come", "31/12/2022, entro (anno 2022)", "31/12/2023, entro (anno 2023)")
    assert (reading.label, reading.old, reading.new) == told


def test_a_row_that_is_only_in_one_version_came_or_went_whole():
    new = indicator("n", "Reclami", "nessuno", "QUALITA")
    went, came = compare_sheets(version(), changed(indicators=(new,))).indicators
    assert [(text.old, text.new) for text in went.texts[:2]] == [("Affidamento", ""), ("31-dic", "")]
    assert [(text.old, text.new) for text in came.texts[:2]] == [("", "Reclami"), ("", "nessuno")]


def test_people_are_compared_too():
    other = StaffLine("s", 1, "D", "Anna Bianchi", "50,0")
    comparison = compare_sheets(version(), changed(staff=(other, StaffLine("t", 2, "B", "Luca Neri", "20"))))
    assert summary(comparison) == ["Personale, Anna Bianchi: modificata", "Personale, Luca Neri: inserita"]
    assert [text.label for text in comparison.staff[0].texts if text.in_substance] == ["Categoria"]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (["2022-03"], ["2023-03"], [("removed", "marzo 2022"), ("added", "marzo 2023")]),
        (
            ["2022-01", "2022-02", "2022-03"],
            ["2022-02", "2022-03", "2022-04"],
            [("removed", "gennaio 2022"), ("kept", "febbraio–marzo 2022"), ("added", "aprile 2022")],
        ),
        ([], ["2022-12", "2022-11", "2023-01"], [("added", "novembre 2022–gennaio 2023")]),
        (["2022-01", "2022-03"], ["2022-01", "2022-03"], [("kept", "gennaio 2022"), ("kept", "marzo 2022")]),
        ([], [], []),
    ],
)
def test_months_come_and_go(old, new, told):
    assert [(piece.kind, piece.text) for piece in compare_months(old, new)] == told


def test_a_phase_with_other_months_is_changed():
    old, new = PhaseLine("a", 1, "Avvio", ("2022-03",)), PhaseLine("a", 1, "Avvio", ("2022-03", "2022-04"))
    assert rows_told("phases", (old,), (new,)) == [("a", ["MODIFICATO"])]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("25", "25,0", True), ("1.000", "1000", True), ("72,19%", "72.19 %", True), ("31/12/22", "31-12-2022", True),
        ("31 dicembre 2022", "31/12/2022", True), ("25", "25%", False), ("2.8", "2,9", False),
        ("31-dic", "31/12", False), ("dal 31/12/2022", "31/12/2022", False), ("", "", False), ("uno", "1", False),
        ("31/02/2022", "31-02-2022", False),
    ],
)  # fmt: skip
def test_numbers_and_days_are_the_same_however_written(one, other, same):
    assert same_value(one, other) is same


def test_nothing_is_made_up_where_a_text_is_not_on_file():
    stub = version(on_file=False, weight=None, title="", description="", phases=(), indicators=(), staff=())
    comparison = compare_sheets(stub, changed())
    assert comparison.reason == "Il testo precedente non è in archivio: nessun confronto possibile."
    assert (comparison.fields, comparison.rows, comparison.differs, comparison.net_weight) == ((), (), False, None)
    assert compare_sheets(version(), replace(stub, sheet=2)).reason == (
        "Il testo di questa versione non è in archivio: nessun confronto possibile."
    )


def test_a_new_sheet_has_nothing_to_be_compared_with():
    comparison = compare_sheets(None, version())
    assert comparison.reason == "Scheda nuova: non c'è un testo precedente con cui confrontarla."
    assert (comparison.change, comparison.net_weight, comparison.rows) == ("INSERITO", 15, ())


def test_a_removal_is_one_though_the_text_stays():
    comparison = compare_sheets(version(), changed(change="ELIMINATO"))
    assert (comparison.change, comparison.differs, comparison.net_weight) == ("ELIMINATO", False, -15)


KEYS = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)


@settings(deadline=None)
@given(KEYS, KEYS)
def test_every_row_has_one_fate(old, new):
    told = compare_sheets(
        version(phases=phases(*(f"{key} Fase" for key in old))), changed(phases=phases(*(f"{key} Fase" for key in new)))
    ).phases
    assert sorted(row.key for row in told) == sorted({*old, *new})
    assert [row.key for row in told if row.new] == new
    assert {row.key for row in told if row.change == "INSERITO"} == {*new} - {*old}
    assert {row.key for row in told if row.change == "ELIMINATO"} == {*old} - {*new}
    assert any(row.differs for row in told) == (old != new)
