"""What differs between two moments of a plan: what came, changed and went, with the net weights."""

from dataclasses import replace
from decimal import Decimal

from objectives.changes.plans import compare_plans
from tests.objectives.changes.versions import version


def sheet(objective, weight=25, sector=1, **facts):
    """A version of an objective; settore 1 is FINANZIARIO, 2 is TECNICO."""
    name = {1: "FINANZIARIO", 2: "SETTORE TECNICO"}[sector]
    told = {"sheet": objective, "objective": objective, "number": objective, "weight": weight and Decimal(weight)}
    return version(**(told | {"sector": sector, "sector_name": name} | facts))


def fates(comparison):
    return [(fate.shown.objective, fate.change) for fate in comparison.fates]


def test_nothing_changed():
    comparison = compare_plans([sheet(1), sheet(2)], [sheet(1), sheet(2)])
    assert (comparison.sectors, comparison.unchanged, len(comparison.quiet)) == ([], 2, 1)


def test_what_came_changed_and_went():
    old = [sheet(1), sheet(2), sheet(3), sheet(4, sector=2)]
    new = [sheet(1), replace(sheet(2), sheet=20, title="Altro"), sheet(5, 30), sheet(4, sector=2)]
    comparison = compare_plans(old, new)
    assert fates(comparison) == [(2, "MODIFICATO"), (3, "ELIMINATO"), (5, "INSERITO")]
    assert comparison.counts == {"INSERITO": 1, "MODIFICATO": 1, "ELIMINATO": 1}
    (sector,) = comparison.sectors
    assert (sector.name, sector.unchanged, sector.net) == ("FINANZIARIO", 1, 5)
    assert (sector.before.known, sector.after.known) == (75, 80)
    assert comparison.unchanged == 2


def test_a_new_version_with_the_same_text_is_no_change():
    assert fates(compare_plans([sheet(1)], [replace(sheet(1), sheet=10, change="MODIFICATO")])) == []


def test_a_sheet_whose_earlier_text_is_not_on_file_changed_without_anyone_knowing_how():
    stub = sheet(1, None, on_file=False)
    comparison = compare_plans([stub], [replace(sheet(1), sheet=10)])
    assert fates(comparison) == [(1, "MODIFICATO")]
    assert comparison.fates[0].texts.rows == ()
    assert comparison.sectors[0].net is None
    assert comparison.without_earlier_text == 1
    assert comparison.fates[0].weight_sentence == "peso 25 (prima non noto)"
    assert comparison.sectors[0].weight_sentence == (
        "Di quanto cambia la somma dei pesi non si sa: non tutti i pesi sono in archivio."
    )


def test_the_sum_of_the_weights_is_said_as_far_as_it_is_known():
    same, unknown = sheet(1), sheet(3, None, on_file=False)

    def sentence(old, new):
        return compare_plans([same, *old], [same, *new]).sectors[0].weight_sentence

    exchanged = [replace(sheet(2), sheet=20, title="Altro")]
    assert sentence([sheet(2)], exchanged) == "La somma dei pesi resta 50."
    assert sentence([unknown], [unknown, sheet(2, 20)]) == "La somma dei pesi noti passa da 25 a 45 (+20)."


def test_a_sheet_that_goes_to_another_settore_takes_its_weight_along():
    comparison = compare_plans([sheet(1), sheet(2)], [sheet(1), replace(sheet(2, sector=2), sheet=20)])
    assert [(sector.name, sector.net) for sector in comparison.sectors] == [("FINANZIARIO", -25), ("TECNICO", 25)]
    assert [fate.shown.objective for fate in comparison.sectors[0].left] == [2]
    assert fates(comparison) == [(2, "MODIFICATO")]


def test_equal_numbers_are_two_objectives():
    new = [replace(sheet(7), number=2, title="Nuovo")]
    assert fates(compare_plans([sheet(2)], new)) == [(2, "ELIMINATO"), (7, "INSERITO")]
