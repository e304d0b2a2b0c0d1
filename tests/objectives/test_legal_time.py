"""Which text is in force: on a day, and after an act."""

import datetime as dt

import pytest
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from objectives.choices import Change, State
from objectives.models import Objective, Sheet
from organisation.recording import create_recorded
from tests.factories import load, make_entity, make_plan, make_proposal, make_sector, written_act, written_sheet

FIRST = dt.date(2022, 1, 1)
NOW = timezone.now()


def in_force(entity, day):
    """Number and title of the sheets in force on a day."""
    sheets = Sheet.objects.in_force(entity.deliberations.in_force_on(dt.date.fromisoformat(day)))
    return [(sheet.number, sheet.title) for sheet in sheets.order_by("number", "pk")]


def after(entity, number):
    """The same, as the plan results from an act."""
    sheets = Sheet.objects.in_force(entity.deliberations.up_to(entity.deliberations.get(number=number)))
    return [(sheet.number, sheet.title) for sheet in sheets.order_by("number", "pk")]


# ---- The real act ----------------------------------------------------------------------------------------------------


@pytest.fixture
def finanziario(act100):
    """How FINANZIARIO stands on a day: number, weight, whether the text is on file, how the title begins."""

    def on(acts):
        sheets = Sheet.objects.in_force(acts).filter(sector__match_key="finanziario").order_by("number")
        return [(sheet.number, sheet.weight, sheet.on_file, sheet.title.split()[:2]) for sheet in sheets]

    return on


BEFORE = [(1, None, False, []), (2, 25, True, ["MIGLIORAMENTO", "INDICATORE"]), (4, None, False, [])]
AFTERWARDS = [
    (1, 25, True, ["SPORTELLINO", "UNICO"]),
    (2, 25, True, ["ACQUISIZIONE", "FONDI"]),
    (4, 15, True, ["ESTERNALIZZAZIONE", "SERVIZIO"]),
]


@pytest.mark.parametrize(
    ("day", "plan"),
    [
        ("2022-02-06", []),
        ("2022-02-07", BEFORE),
        ("2022-10-17", BEFORE),
        ("2022-10-18", AFTERWARDS),
        ("2023-02-17", AFTERWARDS),
    ],
)
def test_the_plan_of_caluso_before_and_from_the_day_of_gc_100_2022(act100, finanziario, day, plan):
    assert finanziario(act100.entity.deliberations.in_force_on(dt.date.fromisoformat(day))) == plan


def test_the_plan_after_an_act_whose_session_nobody_knows(caluso):
    cites = [{"number": 7, "year": 2022, "date": None}, {"number": 5, "year": 2022, "date": None}]
    cites += [{"number": 6, "year": 2021, "date": None}]
    load(written_act(30, "2022-05-03", written_sheet(1)), caluso)
    data = written_act(31, "2022-05-03", written_sheet(2))
    data["act"]["cites"] = cites
    load(data, caluso)
    acts = caluso.deliberations
    assert {act.short for act in acts.up_to(acts.get(number=5))} == {"GC 6/2021", "GC 5/2022"}
    assert {act.number for act in acts.up_to(acts.get(number=30))} == {6, 5, 7, 30}


@pytest.mark.parametrize(("number", "plan"), [(1, []), (8, BEFORE), (100, AFTERWARDS)])
def test_the_plan_of_caluso_after_each_act(act100, finanziario, number, plan):
    acts = act100.entity.deliberations
    assert finanziario(acts.up_to(acts.get(number=number, year=2022))) == plan


def test_known_weights_before_and_after(act100):
    acts = act100.entity.deliberations
    days = (dt.date(2022, 10, 17), dt.date(2022, 10, 18))
    finance = Sheet.objects.filter(sector__match_key="finanziario")
    assert [sum(s.weight or 0 for s in finance.in_force(acts.in_force_on(day))) for day in days] == [25, 65]


def test_an_eliminated_sheet_stays_on_record_beside_the_one_that_took_its_number(act100):
    twos = Sheet.objects.filter(sector__match_key="finanziario", number=2, deliberation=act100).order_by("position")
    assert [(sheet.change, sheet.weight) for sheet in twos] == [("ELIMINATO", 25), ("INSERITO", 25)]
    assert twos[0].objective != twos[1].objective
    assert twos[0].phases.count() == 4


# ---- Rules -----------------------------------------------------------------------------------------------------------


def test_a_chain_of_acts_shows_each_text_in_its_time(caluso):
    load(written_act(8, "2022-02-07", written_sheet(1, title="primo"), written_sheet(2)), caluso)
    load(written_act(30, "2022-05-03", written_sheet(1, "MODIFICATO", title="secondo")), caluso)
    load(written_act(60, "2022-07-05", written_sheet(1, "MODIFICATO", title="terzo")), caluso)
    load(written_act(90, "2022-09-20", written_sheet(1, "ELIMINATO", title="terzo")), caluso)
    days = ("2022-02-07", "2022-05-02", "2022-05-03", "2022-07-05", "2022-09-19", "2022-09-20")
    titles = ["primo", "primo", "secondo", "terzo", "terzo", None]
    rest = (2, "Obiettivo 2")
    assert [in_force(caluso, day) for day in days] == [[(1, title), rest] if title else [rest] for title in titles]
    assert [after(caluso, number) for number in (8, 30, 60, 90)] == [
        [(1, "primo"), rest],
        [(1, "secondo"), rest],
        [(1, "terzo"), rest],
        [rest],
    ]
    assert Sheet.objects.filter(number=1).values("objective").distinct().count() == 1


def test_an_act_that_waits_for_its_publication_changes_nothing_yet(caluso):
    load(written_act(8, "2022-02-07", written_sheet(1, title="primo")), caluso)
    waiting = written_act(
        30, "2022-05-03", written_sheet(1, "MODIFICATO", title="secondo"), immediately_enforceable=False
    )
    act = load(waiting, caluso).act
    assert act.in_force_from is None
    assert (in_force(caluso, "2099-12-31"), after(caluso, 30)) == ([(1, "primo")], [(1, "secondo")])
    act.published_on = dt.date(2022, 5, 10)
    act.in_force_from = act.days.in_force_from
    act.save()
    assert [in_force(caluso, day) for day in ("2022-05-20", "2022-05-21")] == [[(1, "primo")], [(1, "secondo")]]


def test_an_act_in_force_later_than_its_session_keeps_both_days_apart(caluso):
    load(written_act(8, "2022-02-07", written_sheet(1, title="primo")), caluso)
    facts = {"immediately_enforceable": False, "publication_start": "2022-05-10", "enforceable_on": "2022-05-21"}
    load(written_act(30, "2022-05-03", written_sheet(1, "ELIMINATO", title="primo"), **facts), caluso)
    assert [in_force(caluso, day) for day in ("2022-05-03", "2022-05-20", "2022-05-21")] == [
        [(1, "primo")],
        [(1, "primo")],
        [],
    ]
    assert after(caluso, 30) == []


def test_a_number_may_be_removed_and_given_again_in_one_act(caluso):
    load(written_act(8, "2022-02-07", written_sheet(2, title="vecchio")), caluso)
    again = (written_sheet(2, "ELIMINATO", title="vecchio"), written_sheet(2, title="nuovo"))
    load(written_act(30, "2022-05-03", *again), caluso)
    assert [in_force(caluso, day) for day in ("2022-05-02", "2022-05-03")] == [[(2, "vecchio")], [(2, "nuovo")]]


def test_a_draft_is_never_in_force(caluso):
    act = load(written_act(8, "2022-02-07", written_sheet(1)), caluso).act
    base = act.sheets.get()
    Sheet(
        objective=base.objective,
        base=base,
        change=Change.MODIFICATO,
        state=State.APPROVATA,
        deliberation=make_proposal(caluso),
        sector=base.sector,
        number=1,
        weight=10,
        title="proposta",
    ).save()
    assert in_force(caluso, "2099-12-31") == [(1, "Obiettivo 1")]


def test_another_entity_has_a_plan_of_its_own(caluso, esempio):
    load(written_act(8, "2022-02-07", written_sheet(1, title="di Caluso")), caluso)
    load({**written_act(8, "2022-02-07", written_sheet(1, title="altrui")), "entity": "Comune di Esempio"}, esempio)
    assert (in_force(caluso, "2022-12-31"), in_force(esempio, "2022-12-31")) == ([(1, "di Caluso")], [(1, "altrui")])


@pytest.mark.parametrize("acts_behind", [6, 60])
def test_it_takes_the_same_queries_however_many_acts_stand_behind(
    caluso, lettura, signed_in, django_assert_num_queries, acts_behind
):
    plan, day = make_plan(caluso), dt.date(2022, 12, 31)
    first = {n: (Change.INSERITO, f"testo {n}") for n in range(1, 6)}
    others = [{n % 5 + 1: (Change.MODIFICATO, f"testo {n}.")} for n in range(1, acts_behind)]
    put_on_record(plan, make_sector(caluso), [(FIRST, FIRST, written) for written in [first, *others]])
    page, known = reverse("plan_on", args=["caluso", 2022, day.isoformat()]), signed_in(lettura)
    acts = caluso.deliberations.in_force_on(day)
    with django_assert_num_queries(1):
        assert len(Sheet.objects.of(plan).in_force(acts)) == 5
    with django_assert_num_queries(4):  # the sheets, their phases, indicators, people
        sheets = list(Sheet.objects.of(plan).in_force(acts).with_rows())
        assert [str(s.manager) + s.objective.plan.entity.name for s in sheets for _ in s.phases.all()] == []
    with django_assert_num_queries(9):
        assert f"testo {acts_behind - 1}." in known.get(page).content.decode()


# ---- Any history -----------------------------------------------------------------------------------------------------

step = st.tuples(
    st.integers(0, 20),  # days since the session before
    st.integers(0, 20),  # days until it has effect
    st.booleans(),  # whether it ever gets there
    st.lists(st.tuples(st.sampled_from(list(Change)), st.integers(0, 5)), max_size=4),
)


def replay(steps):
    """What any careful clerk would note: a list of (session, effect or None, {objective: title or None})."""
    acts, session, effect, live, count, waits = [], FIRST, FIRST, {}, 0, False
    for days, delay, reaches, deeds in steps:
        session += dt.timedelta(days)
        waits = waits or not reaches
        effect = max(effect, session + dt.timedelta(delay))
        written = {}
        for change, pick in deeds:
            if change == Change.INSERITO:
                count += 1
                written[count] = (change, f"testo {len(acts)}.{count}")
                continue
            candidates = sorted(live.keys() - written.keys())
            if candidates:
                chosen = candidates[pick % len(candidates)]
                written[chosen] = (change, f"testo {len(acts)}.{chosen}")
        for objective, (change, title) in written.items():
            live[objective] = title
            if change == Change.ELIMINATO:
                del live[objective]
        acts.append((session, None if waits else effect, written))
    return acts


def put_on_record(plan, sector, history):
    """The same history as rows."""
    latest, objectives = {}, {}
    for number, (session, effect, written) in enumerate(history, 1):
        act = make_proposal(
            plan.entity,
            number=number,
            year=2022,
            session_on=session,
            in_force_from=effect,
        )
        sheets = []
        for key, (change, title) in written.items():
            if key not in objectives:
                objectives[key] = Objective(plan=plan)
                objectives[key].save()
            facts = {"objective": objectives[key], "base": latest.get(key), "change": change, "title": title}
            sheets.append(
                Sheet(
                    **facts, state=State.ADOTTATA, deliberation=act, sector=sector, number=key, weight=1, on_file=True
                )
            )
        latest |= zip(written, create_recorded(sheets), strict=True)
        act.registered_at = timezone.now()
        act.save()


def standing(acts):
    """The titles that stand when `acts`, in this order, have effect."""
    titles = {}
    for _, _, written in acts:
        for key, (change, title) in written.items():
            titles[key] = None if change == Change.ELIMINATO else title
    return sorted(title for title in titles.values() if title)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(steps=st.lists(step, min_size=1, max_size=6), probe=st.integers(0, 140))
def test_any_history_of_acts_is_replayed_exactly(db, steps, probe):
    history = replay(steps)
    with transaction.atomic():
        entity = make_entity()
        plan = make_plan(entity)
        put_on_record(plan, make_sector(entity), history)
        edges = {effect for _, effect, _ in history if effect} | {FIRST + dt.timedelta(probe)}
        for day in sorted(edges | {edge - dt.timedelta(1) for edge in edges}):
            found = list(Sheet.objects.of(plan).in_force(entity.deliberations.in_force_on(day)))
            assert len({sheet.objective_id for sheet in found}) == len(found)
            in_effect = [act for act in history if act[1] and act[1] <= day]
            assert sorted(sheet.title for sheet in found) == standing(in_effect)
        for act in entity.deliberations.all():
            found = Sheet.objects.of(plan).in_force(entity.deliberations.up_to(act))
            assert sorted(sheet.title for sheet in found) == standing(history[: act.number])
        transaction.set_rollback(True)
