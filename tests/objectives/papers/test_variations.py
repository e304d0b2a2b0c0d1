"""The table of variations: what changes, why, and what it does to the weights (R02, R07)."""

from decimal import Decimal

import pytest

from objectives.papers.variations import counts, signed, variation, variations
from objectives.snapshots import Snapshot


def sheet(pk, change="MODIFICATO", weight="25", **facts):
    told = {"objective": pk, "sector": 1, "sector_name": "FINANZIARIO", "number": pk, "title": f"Obiettivo {pk}"}
    return Snapshot(sheet=pk, change=change, weight=None if weight is None else Decimal(weight), **(told | facts))


@pytest.mark.parametrize(
    ("change", "base", "weight", "printed"),
    [
        ("MODIFICATO", "25", "30", ("25", "30", "+5")),
        ("MODIFICATO", "25", "12.5", ("25", "12,5", "−12,5")),
        ("MODIFICATO", "25", "25.00", ("25", "25", "0")),
        ("MODIFICATO", None, "25", ("non noto", "25", "non noto")),
        ("MODIFICATO", "25", None, ("25", "non noto", "non noto")),
        ("INSERITO", None, "20", ("—", "20", "+20")),
        ("ELIMINATO", "25", "25", ("25", "—", "−25")),
        ("ELIMINATO", None, "25", ("25", "—", "−25")),
    ],
)
def test_the_effect_of_a_change_on_the_weights(change, base, weight, printed):
    before = None if change == "INSERITO" else sheet(9, weight=base)
    line = variation(sheet(1, change, weight), before)
    assert (line.weight_before, line.weight_after, line.effect_written) == printed


def test_the_weight_of_a_text_not_on_file_is_not_invented():
    line = variation(sheet(1), sheet(9, on_file=False))
    assert (line.weight_before, line.effect) == ("non noto", None)


def test_a_settore_has_its_net_effect_and_its_lines_by_number():
    found = variations(
        [sheet(2, "INSERITO", "25"), sheet(3, "ELIMINATO", "25", number=2, base=9), sheet(1, weight="30", base=8)],
        {8: sheet(8), 9: sheet(9)},
        {},
    )
    assert [(line.sheet.number, line.sheet.change) for line in found[0].lines] == [
        (1, "MODIFICATO"),
        (2, "ELIMINATO"),
        (2, "INSERITO"),
    ]
    assert (found[0].name, found[0].net_written) == ("FINANZIARIO", "+5")


def test_one_effect_not_known_leaves_the_net_one_not_known():
    found = variations([sheet(1, "INSERITO"), sheet(2, weight=None)], {}, {})
    assert found[0].net_written == "non noto"


def test_settori_stand_by_name():
    names = {3: "TERRITORIO", 1: "FINANZIARIO", 2: "POLIZIA"}
    found = variations([sheet(pk, sector=pk, sector_name=name) for pk, name in names.items()], {}, {})
    assert [sector.name for sector in found] == ["FINANZIARIO", "POLIZIA", "TERRITORIO"]
    assert counts(found) == "3 schede: 3 MODIFICATE"


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, ""),
        ({"motive": "CAUSA_ESTERNA"}, "Cause esterne"),
        ({"motive": "SLITTAMENTO", "motive_text": "bando prorogato."}, "Slittamento dei tempi. Bando prorogato"),
        ({"motive_text": "È così."}, "È così"),
        (
            {"motive": "SOSTITUZIONE", "substitutes": 7},
            "Sostituzione per volontà dell'Amministrazione. In luogo di n° 2 Incassi",
        ),
    ],
)
def test_the_reason_says_all_that_is_known(facts, reason):
    assert variations([sheet(1, **facts)], {}, {7: "n° 2 Incassi"})[0].lines[0].reason == reason


def test_an_act_is_counted_in_the_words_of_its_marks():
    found = variations([sheet(1), sheet(2), sheet(3, "INSERITO"), sheet(4, "ELIMINATO")], {}, {})
    assert counts(found) == "4 schede: 2 MODIFICATE, 1 ELIMINATA, 1 INSERITA"
    assert (counts([]), counts(variations([sheet(1)], {}, {}))) == ("0 schede", "1 scheda: 1 MODIFICATA")


@pytest.mark.parametrize(("effect", "said"), [("5", "+5"), ("-25", "−25"), ("0", "0"), ("-12.50", "−12,5")])
def test_an_effect_has_its_sign(effect, said):
    assert signed(Decimal(effect)) == said


def test_a_sheet_that_moves_weighs_on_both_settori():
    moved = sheet(2, weight="30", sector=2, sector_name="SETTORE TERRITORIO", base=9)
    found = variations([sheet(1, weight="50", base=8), moved], {8: sheet(8), 9: sheet(9, number=4)}, {})
    assert [(sector.name, sector.net_written) for sector in found] == [
        ("FINANZIARIO", "0"), ("SETTORE TERRITORIO", "+30"),
    ]  # fmt: skip
    left, came = found[0].lines[1], found[1].lines[0]
    assert (left.goal, left.weight_before, left.weight_after, left.reason) == (
        "n° 4 Obiettivo 9", "25", "0", "Passa al settore TERRITORIO",
    )  # fmt: skip
    assert (came.weight_before, came.reason) == ("0", "Viene dal settore FINANZIARIO")
    assert counts(found) == "2 schede: 2 MODIFICATE"
