"""R05, R06, R23: what a sheet's text holds, and whether it differs from the one in force."""

from dataclasses import replace

import pytest

from objectives.rules.texts import same_content
from objectives.snapshots import PhaseLine, StaffLine
from tests.rules import change_set, draft, indicator, places, proposed, sheet, told

NAME = "FINANZIARIO n° 1"


def test_a_removed_sheet_keeps_its_text():
    assert told("R05", change_set(draft(change="ELIMINATO"))) == []


def test_a_removed_sheet_with_another_text_is_refused():
    gone = proposed(draft(change="ELIMINATO", title="Altro"), sheet())
    assert told("R05", change_set(gone)) == [("E", f"{NAME}: la scheda da eliminare non ha più il testo in vigore.")]


def test_against_a_text_that_is_not_on_file_nothing_can_be_said_of_a_removed_sheet():
    assert told("R05", change_set(proposed(draft(change="ELIMINATO"), sheet(on_file=False, weight=None)))) == []


ROW = PhaseLine("f1", 1, "Avvio")


@pytest.mark.parametrize(
    "changed",
    [
        {"weight": None},
        {"title": "Altro"},
        {"multi_year": True},
        {"manager": "ARCH. VERDI"},
        {"sector": 2},
        {"phases": (replace(ROW, months=("2022-10",)),)},
        {"phases": (replace(ROW, position=2),)},
        {"phases": ()},
        {"indicators": (indicator("31/12/2023"),)},
        {"indicators": (indicator(direction="EQUAL"),)},
        {"staff": (StaffLine("s1", 1, "C", "Anna Bianchi", "50"),)},
    ],
)
def test_a_difference_in_a_field_or_a_row_is_a_modification(changed):
    assert told("R06", change_set(proposed(draft(**changed), sheet()))) == []


@pytest.mark.parametrize(
    "told_of_the_version", [{}, {"sector_name": "FINANZIARIO"}, {"phases": (replace(ROW, key="k"),)}]
)
def test_a_modification_that_changes_nothing_is_none(told_of_the_version):
    changes = change_set(proposed(draft(**told_of_the_version), sheet()))
    assert told("R06", changes) == [("E", f"{NAME}: la scheda è uguale a quella in vigore.")]


def test_a_modification_of_a_text_that_is_not_on_file_is_told_and_not_judged():
    changes = change_set(proposed(draft(), sheet(on_file=False, weight=None)))
    message = f"{NAME}: il testo precedente non è in archivio: che cosa cambia non si può mostrare."
    assert told("R06", changes) == [("I", message)]


def test_a_new_sheet_has_no_base_and_the_others_have_one():
    assert told("R06", change_set(proposed(draft(change="INSERITO")))) == []
    wrong = proposed(draft(change="INSERITO"), sheet())
    assert told("R06", change_set(wrong)) == [("E", f"{NAME}: una scheda inserita non può avere un testo precedente.")]
    orphan = replace(wrong, after=draft(change="ELIMINATO"), before=None)
    assert told("R06", change_set(orphan)) == [
        ("E", f"{NAME}: una scheda modificata o eliminata deve avere un testo precedente.")
    ]


def test_what_differs_is_symmetric():
    one, other = sheet(), sheet(title="Altro")
    assert (same_content(one, one), same_content(one, other), same_content(other, one)) == (True, False, False)


@pytest.mark.parametrize(
    ("missing", "place", "sentence"),
    [
        ({"title": " "}, "title", "manca il titolo dell'obiettivo."),
        ({"weight": None}, "weight", "manca il peso."),
        ({"phases": ()}, "phases", "nessuna fase."),
        ({"phases": (replace(ROW, text=""),)}, "phases", "nessuna fase."),
        ({"indicators": ()}, "indicators", "nessun indicatore."),
        (
            {"indicators": (indicator(""),)},
            "indicator:i1",
            "all'indicatore «Avvio del servizio» manca il valore atteso.",
        ),
        (
            {"indicators": (indicator(text=""),)},
            "indicator:i1",
            "a un indicatore manca il testo (atteso «31/12/2022»).",
        ),
    ],
)
def test_an_active_sheet_is_complete(missing, place, sentence):
    changes = change_set(draft(**missing))
    assert (told("R23", changes), places("R23", changes)) == ([("E", f"{NAME}: {sentence}")], [place])


def test_one_family_of_indicators_is_enough_and_a_removed_sheet_needs_nothing():
    assert told("R23", change_set(draft())) == []
    assert told("R23", change_set(draft(change="ELIMINATO", phases=(), indicators=()))) == []


def test_zero_is_a_weight():
    assert told("R23", change_set(draft(weight="0"))) == []
