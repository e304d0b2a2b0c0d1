"""R29: averages of what is measured; what is not is left out and said; each can be computed again from its words."""

from decimal import Decimal

from evaluations.scoring import (
    Average,
    LeftOut,
    Part,
    by_hand,
    person_average,
    plan_average,
    sector_average,
    sheet_average,
)

HUNDRED, SEVENTY_FIVE, FIFTY = Decimal(100), Decimal(75), Decimal(50)


def part(percent, weight=None, label="a", why=""):
    return Part(label, percent, None if weight is None else Decimal(weight), why)


def test_the_average_of_a_sheet_is_plain_without_weights():
    found = sheet_average([part(HUNDRED), part(SEVENTY_FIVE), part(FIFTY)])
    assert (found.percent, found.words) == (Decimal("75.00"), "Media semplice di 3: (100 + 75 + 50) ÷ 3 = 75 %.")


def test_weights_of_indicators_count_where_all_have_one():
    parts = [part(HUNDRED, 3), part(FIFTY, 1)]
    assert sheet_average(parts).words == "Media pesata di 2: (100 × 3 + 50 × 1) ÷ 4 = 87,5 %."
    assert sheet_average(parts, weights_count=False).words == "Media semplice di 2: (100 + 50) ÷ 2 = 75 %."
    assert sheet_average([*parts, part(SEVENTY_FIVE)]).words == (
        "Media semplice di 3: (100 + 50 + 75) ÷ 3 = 75 % (i pesi degli indicatori non sono scritti per tutti)."
    )


def test_an_indicator_that_is_not_measured_has_no_say_in_whether_weights_count():
    found = sheet_average([part(HUNDRED, 3), part(FIFTY, 1), part(None, why="Riguarda il 2023.")])
    assert found.percent == Decimal("87.50")


def test_what_is_not_measured_is_left_out_and_said():
    found = sheet_average([part(HUNDRED), part(None, label="b", why="Riguarda il 2023.")])
    assert found.percent == HUNDRED
    assert found.words == "Una sola voce = 100 %. Una voce è lasciata fuori."
    assert found.left_out == (LeftOut("b", "Riguarda il 2023."),)


def test_nothing_measured_is_no_zero():
    assert sheet_average([]) == Average(None, "Nessun indicatore.")
    found = sheet_average([part(None), part(None)])
    assert (found.percent, found.words, found.short) == (None, "Niente da misurare.", "–")


def test_a_settore_weighs_its_sheets_and_leaves_out_those_of_unknown_weight():
    words = "Media semplice di 2: (0 + 0) ÷ 2 = 0 %."
    found = sector_average([part(HUNDRED, 25), part(FIFTY, 15), part(Decimal(0), label="stub", why=words)])
    assert found.words == "Media pesata di 2: (100 × 25 + 50 × 15) ÷ 40 = 81,25 %. Una voce è lasciata fuori."
    assert found.left_out == (LeftOut("stub", "il peso non è noto"),)


def test_a_settore_none_of_whose_weights_is_known_has_a_plain_average():
    found = sector_average([part(HUNDRED), part(FIFTY)])
    assert found.words == "Media semplice di 2: (100 + 50) ÷ 2 = 75 % (i pesi delle schede non sono noti)."


def test_weights_that_are_all_zero_make_a_plain_average():
    found = sector_average([part(HUNDRED, 0), part(FIFTY, 0)])
    assert found.words == "Media semplice di 2: (100 + 50) ÷ 2 = 75 % (i pesi sono tutti zero)."


def test_in_a_plan_every_settore_counts_the_same():
    found = plan_average([part(HUNDRED, 90), part(FIFTY, 10)])
    assert found.words == "Media semplice di 2: (100 + 50) ÷ 2 = 75 % (ogni settore conta allo stesso modo)."


def test_a_person_weighs_each_sheet_by_share_and_weight():
    found = person_average([part(HUNDRED, "12.5"), part(FIFTY, "7.5"), part(HUNDRED, label="senza quota")])
    assert found.words == "Media pesata di 2: (100 × 12,5 + 50 × 7,5) ÷ 20 = 81,25 %. Una voce è lasciata fuori."
    assert found.left_out[0].label == "senza quota"


def test_an_average_by_hand_keeps_the_computed_one_reason_author_and_day():
    computed = sheet_average([part(HUNDRED), part(FIFTY)])
    found = by_hand(computed, Decimal(90), reason="Gara deserta", author="Ada Rossi", at="30/06/2022")
    assert (found.percent, found.computed, found.reason, found.author) == (90, 75, "Gara deserta", "Ada Rossi")
    assert found.by_hand
    assert not computed.by_hand
    assert found.words == (
        "Scritta a mano da Ada Rossi il 30/06/2022: Gara deserta. Calcolata: 75 %. "
        "Media semplice di 2: (100 + 50) ÷ 2 = 75 %."
    )
    again = by_hand(computed, Decimal(90), reason="Gara deserta.", author="Ada Rossi", at="30/06/2022")
    assert (again.words, again.computed_short) == (found.words, "75 %")


def test_an_average_comes_back_from_what_is_stored():
    computed = sector_average([part(HUNDRED, 25), part(FIFTY, 15), part(None, label="b", why="non c'è")])
    hand = by_hand(computed, Decimal(90), reason="Gara deserta", author="Ada Rossi", at="30/06/2022")
    for found in (computed, hand, sheet_average([])):
        assert Average.from_json(found.to_json()) == found
