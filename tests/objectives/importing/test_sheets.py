"""The traps of the real form: each is read by what it means, not by where it stands."""

import re
from typing import Any

import pytest

from objectives.importing.findings import Reading
from objectives.importing.reading import read_document
from tests.acts import real_data, real_text, write_act

HEAD_1 = "Comune di Caluso ANNO 2022 - Obiettivo strategico n° 1 PESO: 25 **MODIFICATO**"


def read(text: str) -> Reading:
    return read_document(text.encode(), "atto.txt")


def changed(old: str, new: str) -> str:
    """The real act with the first `old` replaced."""
    assert old in real_text()
    return real_text().replace(old, new, 1)


def sheet(text: str, index: int = 0) -> dict[str, Any]:
    reading = read(text)
    assert reading.errors == []
    assert reading.data is not None
    return reading.data["sheets"][index]


def test_the_numbers_at_the_right_of_the_phases_are_slots_and_not_weights() -> None:
    text = changed("addestramento utilizzo SUT\t5\t\t\t", "addestramento utilizzo SUT\t5\tCollaudo\t\t")
    assert [(phase["slot"], phase["text"]) for phase in sheet(text)["phases"]][-1] == (5, "Collaudo")
    assert [phase["slot"] for phase in sheet(real_text())["phases"]] == [1, 2, 3, 4]


def test_a_left_slot_with_a_number_and_no_text_is_empty() -> None:
    assert [phase["slot"] for phase in sheet(real_text(), 3)["phases"]] == [1, 2, 3]


@pytest.mark.parametrize(
    ("mark", "months"),
    [
        ("X", ["2022-03"]),
        ("x", ["2022-03"]),
        ("2022", ["2022-03"]),
        ("2023", ["2023-03"]),
        ("2022/2023", ["2022-03", "2023-03"]),
        ("", []),
        ("-", []),
    ],
)
def test_a_mark_in_the_gantt_is_a_month_and_an_empty_cell_says_nothing(mark: str, months: list[str]) -> None:
    text = changed("3\t\t\t2023\t\t\t\t\t\t\t\t\t", f"3\t\t\t{mark}\t\t\t\t\t\t\t\t\t")
    assert sheet(text)["phases"][2]["months"] == months


def test_months_marked_for_a_phase_without_text_are_kept_and_told() -> None:
    reading = read(changed("5\t\t\t\t\t\t\t\t\t\t\t\t\n", "5\tX\t\t\t\t\t\t\t\t\t\t\t\n"))
    assert reading.data is not None
    assert reading.data["sheets"][0]["phases"][-1] == {"slot": 5, "text": "", "months": ["2022-01"]}
    assert [str(finding) for finding in reading.findings if finding.line == 177] == [
        "W I05 (riga 177): Il cronoprogramma segna dei mesi per la fase 5, che non ha testo: controllare."
    ]


def test_results_filled_in_are_read() -> None:
    row = sheet(changed("ANNO 2022\t\t\t1\t\t", "ANNO 2022\t\t\t1\t2\t+1"))["indicators"][0]
    assert (row["expected"], row["achieved"], row["deviation"]) == ("1", "2", "+1")


@pytest.mark.parametrize(
    "row",
    [
        "Procedimenti portati sul SUT ANNO 2022\t\t\t1",
        "Procedimenti portati sul SUT ANNO 2022\t\t1\t\t",
        "Procedimenti portati sul SUT ANNO 2022\t\t\t\t1\t\t",
        "Procedimenti portati sul SUT ANNO 2022\t1\t\t\t\t",
        "\tProcedimenti portati sul SUT ANNO 2022\t\t1\t\t",
        "Procedimenti portati sul SUT ANNO 2022\t\t\t1\t\t\t\t\t",
        "<p>Procedimenti portati sul <i>SUT</i> ANNO 2022</p>\t\t\t**1**\t\t",
    ],
)
def test_a_row_with_a_tab_more_or_less_says_the_same(row: str) -> None:
    text = changed("Procedimenti portati sul SUT ANNO 2022\t\t\t1\t\t", row)
    assert sheet(text) == real_data()["sheets"][0]


def test_an_editor_that_strips_trailing_tabs_changes_nothing() -> None:
    assert read(re.sub(r"[\t ]+$", "", real_text(), flags=re.MULTILINE)).data == real_data()


def test_an_empty_cell_is_not_zero() -> None:
    row = sheet(changed("ANNO 2022\t\t\t1\t\t", "ANNO 2022\t\t\t\t\t"))["indicators"][0]
    assert row["expected"] == ""


STAFF = "Cat.\tCognome e Nome\t% Partecipazione\n"


def test_staff_is_read_under_either_header() -> None:
    rows = [
        {"category": "D", "name": "Anna VERDI", "share": "33,3%"},
        {"category": "C", "name": "Ugo BLU", "share": "50"},
    ]
    filled = "D\tAnna VERDI\t33,3%\nC\tUgo BLU\t50\n"
    assert sheet(changed(STAFF, STAFF + filled))["staff"] == rows
    short = "Cat.\tCognome e Nome\t%\n"
    assert sheet(changed(short, short + filled), 10)["staff"] == rows


def test_verifications_filled_in_are_kept_as_written() -> None:
    text = changed(
        "VERIFICA INTERMEDIA AL\t\tVERIFICA FINALE AL\t", "VERIFICA INTERMEDIA AL\t30/06/2022\tVERIFICA FINALE AL\t"
    )
    text = text.replace("Cause\t\tCause\t", "Cause\tritardo del fornitore\tCause\t", 1)
    text = text.replace("Da attivare\t\tDa attivare\t", "Da attivare\t\tDa attivare\tnuova gara", 1)
    empty = dict.fromkeys(("date", "value_average", "time_average", "causes", "effects", "taken", "to_take"), "")
    assert sheet(text)["reviews"] == [
        {"round": "INTERMEDIA"} | empty | {"date": "30/06/2022", "causes": "ritardo del fornitore"},
        {"round": "FINALE"} | empty | {"to_take": "nuova gara"},
    ]
    assert "reviews" not in sheet(text, 1)


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        (
            "Comune di Caluso ANNO 2022 - Obiettivo gestionale n. 7 PESO 12,5 (MODIFICATA)",
            ("GESTIONALE", 7, 12.5, "MODIFICATO"),
        ),
        (
            "COMUNE DI CALUSO ANNO 2022 – OBIETTIVO OPERATIVO N° 12 PESO: 5% ELIMINATO",
            ("OPERATIVO", 12, 5, "ELIMINATO"),
        ),
        (
            "Comune di Caluso Anno 2022 - obiettivo strategico n°3 peso:20.0 *Inserito*",
            ("STRATEGICO", 3, 20, "INSERITO"),
        ),
        (
            "Comune di Caluso ANNO 2022 - Obiettivo strategico n° 9 PESO: 25\nMODIFICATO",
            ("STRATEGICO", 9, 25, "MODIFICATO"),
        ),
    ],
)
def test_a_head_is_read_however_it_is_typed(head: str, expected: tuple[str, int, float, str]) -> None:
    read_sheet = sheet(changed(HEAD_1, head))
    assert tuple(read_sheet[key] for key in ("kind", "number", "weight", "change")) == expected


def test_a_whole_weight_is_a_whole_number() -> None:
    assert type(sheet(changed("PESO: 25", "PESO: 25,00"))["weight"]) is int


def test_another_entity_and_one_sheet_or_sixty() -> None:
    data = real_data() | {"entity": "Comune di San Giorgio"}
    data["sheets"] = data["sheets"][:1]
    assert read(write_act(data)).data == data
    data["sheets"] = [data["sheets"][0] | {"number": number} for number in range(1, 61)]
    assert read(write_act(data)).data == data


def test_sheets_without_marks_are_those_of_a_new_plan() -> None:
    reading = read(re.sub(r"\*\*(MODIFICATO|INSERITO)\*\*", "", "\n".join(real_text().split("\n")[:194])))
    assert reading.data is not None
    assert [found["change"] for found in reading.data["sheets"]] == ["INSERITO"]


def test_what_is_not_understood_is_told_and_not_lost_in_silence() -> None:
    reading = read(changed("INDICI DI RISULTATO\t\t\t\t\t", "nota a margine\t\t\t\t\t\nINDICI DI RISULTATO\t\t\t\t\t"))
    assert [finding.message for finding in reading.findings if finding.line == 160] == [
        "Il testo «nota a margine» non è una parte riconosciuta della scheda e non viene registrato."
    ]


def test_a_verification_among_the_time_indicators_is_an_indicator() -> None:
    assert [row["text"] for row in sheet(real_text(), 1)["indicators"]][:2] == [
        "predisposizione proposta",
        "verifica intermedia",
    ]
