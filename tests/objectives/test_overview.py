"""What a plan holds at a moment, by settore: the real act, and plans that change."""

from datetime import date
from decimal import Decimal

import pytest

from objectives.moments import after, on
from objectives.overview import acts_of, overview
from tests.plans import adopt, cites, sheet_data

pytestmark = pytest.mark.django_db


def shown(plan, moment):
    return overview(plan, moment, acts_of(plan))


def block(entity, moment, sector):
    view = shown(entity.plans.get(year=2022), moment)
    return next(block for block in view.blocks if block.sector.short_name == sector)


def sheets(block):
    return [(line.number, line.title or "testo non in archivio", line.weight) for line in block.sheets]


def test_before_the_real_act_only_the_removed_objective_is_known(caluso, act100):
    fin = block(caluso, on(caluso, date(2022, 10, 17)), "FINANZIARIO")
    title = (
        "MIGLIORAMENTO INDICATORE DI INCIDENZA DEGLI INCASSI DELLE ENTRATE PROPRIE "
        "SULLE PREVISIONI DEFINITIVE DI PARTE CORRENTE"
    )
    assert sheets(fin) == [
        (1, "testo non in archivio", None),
        (2, title, Decimal(25)),
        (4, "testo non in archivio", None),
    ]
    assert fin.weights.sentence == "Peso noto 25 su 100: 2 schede hanno peso non noto"
    assert fin.removed == []


def test_from_the_day_of_the_real_act_its_texts_are_in_force(caluso, act100):
    fin = block(caluso, on(caluso, date(2022, 10, 18)), "FINANZIARIO")
    assert sheets(fin) == [
        (1, "SPORTELLINO UNICO TELEMATICO", Decimal(25)),
        (2, "ACQUISIZIONE FONDI TRANSIZIONE DIGITALE FINANZIATI DA PNRR (obiettivo biennale)", Decimal(25)),
        (4, "ESTERNALIZZAZIONE SERVIZIO TRIBUTI", Decimal(15)),
    ]
    assert fin.weights.sentence == "Peso noto 65 su 100: il resto non è in archivio"
    assert [(line.number, line.change) for line in fin.removed] == [(2, "ELIMINATO")]


def test_after_the_real_act_is_the_same_as_on_its_day(caluso, act100):
    plan = caluso.plans.get()
    assert shown(plan, after(act100)) == shown(plan, on(caluso, date(2022, 10, 18)))


def test_the_plan_counts_its_sheets_and_the_texts_it_misses(caluso, act100):
    plan = caluso.plans.get()
    before, now = shown(plan, on(caluso, date(2022, 10, 17))), shown(plan, after(act100))
    assert (before.sheet_count, before.missing_texts) == (12, 11)
    assert (now.sheet_count, now.missing_texts) == (12, 0)


def test_behind_the_plan_stands_also_the_act_that_is_not_on_file(caluso, act100):
    view = shown(caluso.plans.get(), after(act100))
    assert [act.short for act in view.behind] == ["GC 8/2022", "GC 100/2022"]
    assert [act.short for act in view.acts_not_on_file] == ["GC 8/2022"]


def test_before_its_first_act_a_plan_is_empty(caluso, act100):
    view = shown(caluso.plans.get(), on(caluso, date(2022, 2, 6)))
    assert (view.blocks, view.behind, view.sheet_count) == ([], [], 0)


def test_settori_stand_by_name_with_or_without_the_word_settore(caluso):
    names = ["SETTORE TERRITORIO", "Àmbiente", "POLIZIA", "SETTORE BILANCIO"]
    adopt(caluso, 1, "2022-01-10", *[sheet_data(sector=name) for name in names])
    view = shown(caluso.plans.get(), on(caluso, date(2022, 1, 10)))
    assert [block.sector.short_name for block in view.blocks] == ["Àmbiente", "BILANCIO", "POLIZIA", "TERRITORIO"]


def test_a_settore_left_without_objectives_still_shows_what_was_removed(caluso):
    first = adopt(caluso, 1, "2022-01-10", sheet_data(1, weight=100))
    act = adopt(caluso, 2, "2022-03-01", sheet_data(1, weight=100, change="ELIMINATO"), cites=cites(first))
    (fin,) = shown(caluso.plans.get(), after(act)).blocks
    assert (fin.sheets, [line.number for line in fin.removed]) == ([], [1])
    assert fin.weights.sentence == "Peso noto 0 su 100: mancano 100"


@pytest.mark.parametrize("count", [6, 60])
def test_a_plan_takes_the_same_queries_whatever_its_size(caluso, django_assert_num_queries, count):
    sectors = [f"SETTORE {number}" for number in range(6)]
    adopt(caluso, 1, "2022-01-10", *[sheet_data(n // 6 + 1, sector=sectors[n % 6]) for n in range(count)])
    plan = caluso.plans.get()
    acts = acts_of(plan)
    with django_assert_num_queries(4):
        view = overview(plan, on(caluso, date(2022, 1, 10)), acts)
    assert view.sheet_count == count
