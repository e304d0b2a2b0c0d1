"""What becomes of an act's content on record: rows with their keys, typed values, settori and responsabili."""

import copy
import datetime as dt
from decimal import Decimal

import pytest

from objectives.importing.findings import Finding
from objectives.load_outcome import LoadRefused
from objectives.models import Indicator, Participation, Phase
from organisation.models import Manager, Sector
from tests.acts import real_data
from tests.factories import load, written_act, written_indicator, written_sheet


def test_rows_keep_their_keys_through_the_versions(caluso):
    phases = [{"slot": n, "text": text, "months": []} for n, text in enumerate(["Studio", "Avvio", "Verifica"], 1)]
    staff = [{"category": "C", "name": "Anna Bianchi", "share": "50"}]
    load(written_act(8, "2022-02-07", written_sheet(1, phases=phases, staff=staff)), caluso)
    moved = [
        {"slot": 1, "text": "AVVIO", "months": []},  # moved, in capitals
        {"slot": 2, "text": "Gara", "months": []},  # new, where Avvio stood
        {"slot": 3, "text": "Verifica finale", "months": []},  # reworded in its place
    ]
    indicators = [written_indicator(text="Altro"), written_indicator(expected="31/03/2023")]
    changed = written_sheet(1, "MODIFICATO", phases=moved, indicators=indicators, staff=staff)
    sheet = load(written_act(30, "2022-05-03", changed), caluso).act.sheets.get()
    keys = {row.text: row.key for row in Phase.objects.filter(sheet=sheet.base)}
    now = {row.text: row.key for row in Phase.objects.filter(sheet=sheet)}
    assert (now["AVVIO"], now["Verifica finale"]) == (keys["Avvio"], keys["Verifica"])
    assert now["Gara"] not in keys.values()
    assert sheet.indicators.get(text="Avvio del servizio").key == sheet.base.indicators.get().key
    assert sheet.indicators.get(text="Altro").key != sheet.base.indicators.get().key
    assert Participation.objects.values("key").distinct().count() == 1


def test_keys_are_never_doubled_in_one_sheet(act100):
    for kind in (Phase, Indicator):
        keys = list(kind.objects.filter(sheet__deliberation=act100).values_list("sheet", "key"))
        assert len(set(keys)) == len(keys)


@pytest.mark.parametrize(
    ("facts", "multi_year"),
    [
        ({}, False),
        ({"title": "Sportello (obiettivo biennale)"}, True),
        ({"description": "OBIETTIVO BIENNALE"}, True),
        ({"description": "può anche essere biennale"}, True),
        ({"description": "assegnato, per il secondo anno, al settore"}, True),
        ({"description": "Comune biennalmente"}, True),
        ({"description": "la Biblioteca"}, False),
        ({"phases": [{"slot": 1, "text": "x", "months": ["2022-12"]}]}, False),
        ({"phases": [{"slot": 1, "text": "x", "months": ["2023-01"]}]}, True),
        ({"indicators": [written_indicator(expected="31/12/2023")]}, True),
        ({"indicators": [written_indicator(expected="31-dic")]}, False),
    ],
)
def test_a_sheet_that_reaches_beyond_the_year_is_multi_year(caluso, facts, multi_year):
    sheet = load(written_act(8, "2022-02-07", written_sheet(1, **facts)), caluso).act.sheets.get()
    assert sheet.multi_year is multi_year


def test_values_stay_as_written_beside_what_they_mean(caluso):
    data = written_act(8, "2022-02-07", written_sheet(1, indicators=[written_indicator(expected="31-dic")]))
    indicator = load(data, caluso).act.sheets.get().indicators.get()
    assert (indicator.expected, indicator.target_kind, indicator.target_date) == (
        "31-dic",
        "DATE",
        dt.date(2022, 12, 31),
    )


@pytest.mark.parametrize("expected", ["12345678901", "100.000.000.000.000", "9.999.999.999", "0,123456"])
def test_a_number_of_any_size_goes_on_record_and_is_read_back(caluso, expected):
    indicators = [written_indicator(family="QUANTITA", expected=expected)]
    act = load(written_act(8, "2022-02-07", written_sheet(1, indicators=indicators)), caluso).act
    kept = Indicator.objects.get(sheet__deliberation=act)
    assert kept.expected == expected
    assert kept.target_number in {None, Decimal(9999999999), Decimal("0.1235")}


def test_settori_and_responsabili_are_found_again_however_printed(caluso):
    sheets = [
        written_sheet(1, sector="ATTIVITA' PRODUTTIVE", manager="DR. DANILO BERTOLDI"),
        written_sheet(2, sector="Settore attività produttive", manager="Danilo Bertoldi"),
        written_sheet(3, sector="ATTIVITA' PRODUTTIVE", manager=""),
    ]
    act = load(written_act(8, "2022-02-07", *sheets), caluso).act
    assert list(Sector.objects.values_list("name", flat=True)) == ["ATTIVITA' PRODUTTIVE"]
    assert [(m.title, m.name, m.valid_from) for m in Manager.objects.all()] == [
        ("DR.", "DANILO BERTOLDI", dt.date(2022, 2, 7))
    ]
    printed = [(sheet.sector_printed, sheet.manager_printed) for sheet in act.sheets.order_by("number")]
    assert printed == [(sheet["sector"], sheet["manager"]) for sheet in sheets]


def test_loading_does_not_change_what_it_was_given(caluso):
    data = real_data()
    kept = copy.deepcopy(data)
    load(data, caluso)
    assert data == kept


def test_a_refusal_carries_its_sentences():
    refusal = LoadRefused([Finding("E", "R04", "Uno."), Finding("E", "R09", "Due.")])
    assert str(refusal) == "Uno. Due."
