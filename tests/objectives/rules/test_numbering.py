"""R01, R02, R04: weights and numbers of a settore in the plan that results."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from objectives.rules import PlanRules, Stage
from tests.rules import change_set, draft, places, proposed, sheet, told


def test_weights_that_make_the_total_are_fine():
    assert told("R01", change_set(draft(1, "25"), beside=[sheet(2, "75")])) == []


def test_weights_that_do_not_make_the_total_block_the_act():
    changes = change_set(draft(1, "30"), beside=[sheet(2, "75")], stage=Stage.ADOPT)
    message = "FINANZIARIO: peso noto 105 su 100: supera il totale di 5 nel piano che risulta."
    assert told("R01", changes) == [("E", message)]


@pytest.mark.parametrize("stage", [Stage.DRAFT, Stage.SUBMIT, Stage.APPROVE])
def test_of_a_single_sheet_it_only_informs_because_another_may_follow(stage):
    changes = change_set(draft(1, "20"), beside=[sheet(2, "75")], stage=stage)
    assert told("R01", changes) == [("I", "FINANZIARIO: peso noto 95 su 100: mancano 5 nel piano che risulta.")]


def test_where_part_of_the_plan_is_not_on_file_the_sum_only_warns():
    fin = change_set(draft(1, "25"), beside=[sheet(2, "25"), sheet(4, "15")], complete=False, stage=Stage.ADOPT)
    assert told("R01", fin) == [
        ("W", "FINANZIARIO: peso noto 65 su 100: il resto non è in archivio nel piano che risulta.")
    ]
    unknown = change_set(draft(1, "25"), beside=[sheet(2, None)], stage=Stage.ADOPT)
    assert [severity for severity, _ in told("R01", unknown)] == ["W"]


def test_a_plan_has_its_own_total_and_tolerance_or_none():
    changes = [draft(1, "25"), draft(2, "24")]
    for plan, found in [
        (PlanRules(2022, weight_total=None), 0),
        (PlanRules(2022, weight_total=Decimal(50), weight_tolerance=Decimal(1)), 0),
        (PlanRules(2022, weight_total=Decimal(50)), 1),
        (PlanRules(2022, off=frozenset({"R01"})), 0),
    ]:
        assert len(told("R01", change_set(*changes, plan=plan))) == found


def test_a_sheet_that_moves_concerns_the_settore_it_leaves_too():
    moved = proposed(draft(1, "25", sector=2, sector_name="TECNICO"), sheet(1, "25"))
    changes = change_set(moved, beside=[sheet(2, "100"), sheet(3, "75", sector=2, sector_name="TECNICO")])
    assert told("R01", changes) == []
    assert [message for _, message in told("R02", changes)] == [
        "FINANZIARIO: effetto sui pesi −25 +0 = −25.",
        "TECNICO: effetto sui pesi −0 +25 = +25.",
    ]


def test_a_settore_that_its_last_sheet_leaves_has_no_total_to_make():
    moved = proposed(draft(1, "100", sector=2, sector_name="TECNICO"), sheet(1, "100"))
    assert told("R01", change_set(moved, stage=Stage.ADOPT)) == []


def test_a_removal_and_a_new_sheet_of_the_same_weight_have_no_net_effect():
    fin = change_set(draft(2, "25", "ELIMINATO"), draft(2, "25", "INSERITO", sheet=202))
    assert told("R02", fin) == [("I", "FINANZIARIO: effetto sui pesi −25 +25 = 0.")]


def test_a_change_of_weight_counts_with_its_difference():
    assert told("R02", change_set(proposed(draft(1, "12.5"), sheet(1, "25")))) == [
        ("I", "FINANZIARIO: effetto sui pesi −12,5 +0 = −12,5.")
    ]


def test_the_effect_on_a_weight_that_is_not_known_is_not_invented():
    unknown = [proposed(draft(number), sheet(number, None, on_file=False)) for number in (1, 4)]
    message = "FINANZIARIO: effetto sui pesi non noto: il peso manca, nella scheda o nel testo precedente."
    assert told("R02", change_set(*unknown)) == [("I", message)]
    changes = change_set(*unknown, draft(2, "25", "ELIMINATO"), draft(2, "25", "INSERITO", sheet=202))
    assert told("R02", changes) == [
        ("I", "FINANZIARIO: effetto sui pesi −25 +25 = 0, senza 2 schede il cui peso non è noto.")
    ]


def test_two_active_sheets_of_a_settore_have_two_numbers():
    changes = change_set(draft(2, "25", "INSERITO"), beside=[sheet(2, "25", title="Tributi")])
    message = "FINANZIARIO n° 2: il numero 2 è già di un'altra scheda attiva del settore («Tributi»)."
    assert (told("R04", changes), places("R04", changes)) == ([("E", message)], ["number"])


def test_a_removed_sheet_leaves_its_number_to_a_new_one():
    assert told("R04", change_set(draft(2, "25", "ELIMINATO"), draft(2, "25", "INSERITO", sheet=202))) == []


def test_another_settore_may_use_the_same_number():
    assert told("R04", change_set(draft(2), beside=[sheet(2, sector=2)])) == []


WEIGHTS = st.lists(st.decimals(0, 100, places=2), min_size=1, max_size=8)


@given(WEIGHTS, WEIGHTS)
def test_the_sum_is_judged_as_it_stands_in_the_resulting_plan(changed, left):
    changes = change_set(
        *(draft(number, str(weight)) for number, weight in enumerate(changed)),
        beside=[sheet(50 + number, str(weight)) for number, weight in enumerate(left)],
        stage=Stage.ADOPT,
    )
    assert (told("R01", changes) == []) == (sum(changed + left) == 100)


@given(st.lists(st.sampled_from(["MODIFICATO", "ELIMINATO", "INSERITO"]), min_size=1, max_size=8), st.data())
def test_the_net_effect_is_what_the_sum_of_the_settore_changes_by(kinds, data):
    weight = st.decimals(0, 100, places=2)
    changes, before, after = [], Decimal(0), Decimal(0)
    for number, kind in enumerate(kinds):
        old, new = data.draw(weight), data.draw(weight)
        base = None if kind == "INSERITO" else sheet(number, str(old))
        changes.append(proposed(draft(number, str(new), kind), base))
        before += old if base else 0
        after += new if kind != "ELIMINATO" else 0
    ((_, message),) = told("R02", change_set(*changes))
    told_net = message.rpartition("= ")[2].rstrip(".").replace("−", "-").replace(",", ".")
    assert (Decimal(told_net) if "= " in message else 0) == after - before
