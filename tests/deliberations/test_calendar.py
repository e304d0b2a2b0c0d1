"""The days of a deliberation, as the TUEL counts them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from deliberations.calendar import (
    ActDays,
    days_to_publication,
    enforceable_on,
    from_the,
    in_force_from,
    is_late,
    last_day_of_publication,
    of_the,
    on_the,
    tenth_day,
    to_the,
    written,
)
from organisation.counting import Counting

SESSION = date(2022, 10, 18)
PUBLISHED = date(2023, 2, 6)
days = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))
lengths = st.integers(min_value=1, max_value=60)
countings = st.sampled_from(Counting)


def test_publication_lasts_fifteen_days_the_first_included():
    assert last_day_of_publication(PUBLISHED) == date(2023, 2, 20)


def test_a_publication_of_one_day_ends_the_day_it_starts():
    assert last_day_of_publication(PUBLISHED, 1) == PUBLISHED


def test_a_publication_without_days_is_refused():
    with pytest.raises(ValueError, match="almeno un giorno"):
        last_day_of_publication(PUBLISHED, 0)


@pytest.mark.parametrize(
    ("counting", "tenth", "enforceable"),
    [
        (Counting.FIRST_DAY_EXCLUDED, date(2023, 2, 16), date(2023, 2, 17)),
        (Counting.FIRST_DAY_INCLUDED, date(2023, 2, 15), date(2023, 2, 16)),
        (Counting.FROM_END_OF_PUBLICATION, date(2023, 3, 2), date(2023, 3, 3)),
    ],
)
def test_enforceable_after_the_tenth_day_in_three_ways_of_counting(counting, tenth, enforceable):
    assert tenth_day(PUBLISHED, counting) == tenth
    assert enforceable_on(PUBLISHED, counting) == enforceable


def test_the_real_act_is_enforceable_on_the_day_its_certificate_says():
    assert enforceable_on(PUBLISHED) == date(2023, 2, 17)


def test_the_count_crosses_a_leap_day():
    assert enforceable_on(date(2024, 2, 20)) == date(2024, 3, 2)
    assert enforceable_on(date(2023, 2, 20)) == date(2023, 3, 3)


def test_a_way_of_counting_may_come_as_its_stored_word():
    assert enforceable_on(PUBLISHED, "PRIMO_GIORNO_COMPRESO") == date(2023, 2, 16)


def test_every_way_of_counting_has_its_own_name_for_the_settings_page():
    assert len({counting.label for counting in Counting}) == 3


def test_an_unknown_way_of_counting_is_refused():
    with pytest.raises(ValueError, match="A_OCCHIO"):
        enforceable_on(PUBLISHED, "A_OCCHIO")


@given(days, countings, lengths)
def test_an_act_is_enforceable_the_day_after_the_tenth(published, counting, length):
    assert enforceable_on(published, counting, length) - tenth_day(published, counting, length) == timedelta(days=1)


@given(days, lengths)
def test_the_three_ways_never_disagree_on_their_order(published, length):
    included = enforceable_on(published, Counting.FIRST_DAY_INCLUDED, length)
    excluded = enforceable_on(published, Counting.FIRST_DAY_EXCLUDED, length)
    from_end = enforceable_on(published, Counting.FROM_END_OF_PUBLICATION, length)
    assert excluded - included == timedelta(days=1)
    assert from_end - excluded == timedelta(days=length - 1)


@given(days, lengths)
def test_the_days_at_the_albo_are_as_many_as_set(published, length):
    assert (last_day_of_publication(published, length) - published).days + 1 == length


def test_immediately_enforceable_is_in_force_from_the_session():
    assert in_force_from(SESSION, True, date(2023, 2, 17)) == SESSION


def test_otherwise_in_force_from_enforceability():
    assert in_force_from(SESSION, False, date(2023, 2, 17)) == date(2023, 2, 17)


def test_not_in_force_while_waiting_for_publication():
    assert in_force_from(SESSION, False, None) is None


def test_the_real_act_was_published_111_days_late():
    assert days_to_publication(SESSION, PUBLISHED) == 111
    assert is_late(SESSION, PUBLISHED)


@pytest.mark.parametrize(("delay", "late"), [(0, False), (30, False), (31, True)])
def test_late_begins_after_the_limit(delay, late):
    assert is_late(SESSION, SESSION + timedelta(days=delay)) is late


def test_the_limit_of_lateness_is_a_setting():
    assert is_late(SESSION, SESSION + timedelta(days=11), limit=10)


def test_days_are_written_as_an_act_writes_them():
    assert written(date(2023, 3, 1)) == "1° marzo 2023"
    assert on_the(PUBLISHED) == "il 6 febbraio 2023"
    assert on_the(date(2023, 2, 8)) == "l'8 febbraio 2023"
    assert from_the(date(2023, 2, 11)) == "dall'11 febbraio 2023"
    assert from_the(date(2023, 3, 1)) == "dal 1° marzo 2023"
    assert to_the(date(2023, 2, 20)) == "al 20 febbraio 2023"
    assert of_the(SESSION) == "del 18 ottobre 2022"


def test_the_real_act_explains_its_two_regimes():
    act = ActDays(
        session_on=SESSION, immediately_enforceable=True, published_on=PUBLISHED, certified_on=date(2023, 2, 17)
    )
    assert act.in_force_from == SESSION
    assert act.enforceable_on == date(2023, 2, 17)
    assert act.explain() == [
        "Adottata nella seduta del 18 ottobre 2022 e dichiarata immediatamente eseguibile (art. 134, comma 4, TUEL).",
        "Pubblicata all'albo pretorio dal 6 febbraio 2023 al 20 febbraio 2023, per 15 giorni consecutivi"
        " (art. 124, comma 1, TUEL).",
        "Pubblicazione tardiva: giorni trascorsi dall'adozione 111, limite 30.",
        "Esecutiva dal 17 febbraio 2023 (art. 134, comma 3, TUEL): il decimo giorno dalla pubblicazione,"
        " senza contare il primo, è il 16 febbraio 2023.",
        "In vigore dal 18 ottobre 2022, giorno della seduta, perché immediatamente eseguibile.",
    ]


def test_an_act_not_yet_published_waits():
    act = ActDays(session_on=SESSION)
    assert act.enforceable_on is None
    assert act.in_force_from is None
    assert act.explain() == [
        "Adottata nella seduta del 18 ottobre 2022.",
        "Non risulta ancora pubblicata all'albo pretorio.",
        "Diventa esecutiva dopo il decimo giorno dalla pubblicazione (art. 134, comma 3, TUEL).",
        "Non è ancora in vigore: attende l'esecutività.",
    ]


def test_an_act_published_in_time_is_in_force_when_enforceable():
    act = ActDays(session_on=SESSION, published_on=date(2022, 10, 28), counting=Counting.FROM_END_OF_PUBLICATION)
    assert act.explain() == [
        "Adottata nella seduta del 18 ottobre 2022.",
        "Pubblicata all'albo pretorio dal 28 ottobre 2022 all'11 novembre 2022, per 15 giorni consecutivi"
        " (art. 124, comma 1, TUEL).",
        "Esecutiva dal 22 novembre 2022 (art. 134, comma 3, TUEL): il decimo giorno dopo la fine della pubblicazione"
        " è il 21 novembre 2022.",
        "In vigore dal 22 novembre 2022, giorno in cui diventa esecutiva.",
    ]


def test_a_certified_day_that_differs_stands_beside_the_computed_one():
    act = ActDays(
        session_on=SESSION,
        published_on=date(2022, 10, 20),
        certified_on=date(2022, 11, 2),
        certified_note="ripubblicata per errore materiale",
    )
    assert act.computed_on == date(2022, 10, 31)
    assert act.explain()[2] == (
        "Esecutiva dal 2 novembre 2022 come da certificazione (ripubblicata per errore materiale);"
        " dal calcolo risulterebbe esecutiva dal 31 ottobre 2022."
    )


def test_a_publication_of_one_day_is_told_in_the_singular():
    act = ActDays(session_on=SESSION, published_on=SESSION, publication_days=1)
    assert act.explain()[1] == (
        "Pubblicata all'albo pretorio dal 18 ottobre 2022 al 18 ottobre 2022, per un giorno (art. 124, comma 1, TUEL)."
    )


def test_a_day_certified_without_a_publication_is_told_as_it_is():
    act = ActDays(session_on=SESSION, certified_on=date(2022, 11, 2))
    assert act.explain()[2] == "Esecutiva dal 2 novembre 2022 come da certificazione."
