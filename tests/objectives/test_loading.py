"""An act goes on record whole or not at all, and never invents what is not in it."""

import datetime as dt

import pytest
from django.db import IntegrityError

from deliberations.models import Deliberation
from objectives.exchange import act_to_dict
from objectives.models import Indicator, Objective, Phase, Plan, Sheet
from tests.acts import real_data
from tests.at_once import at_once
from tests.factories import load, make_draft, written_act, written_sheet
from tests.refusals import refused, rows_on_record

# ---- The real act ----------------------------------------------------------------------------------------------------


def test_the_real_act_with_what_it_does_not_say(act100):
    stubs = Sheet.objects.filter(on_file=False)
    assert (Sheet.objects.filter(deliberation=act100).count(), stubs.count()) == (13, 11)
    assert {(s.weight, s.title, s.description, s.manager, s.phases.count(), s.change) for s in stubs} == {
        (None, "", "", None, 0, "INSERITO")
    }
    assert (Phase.objects.filter(sheet__deliberation=act100).count(), Objective.objects.count()) == (45, 13)
    assert [(a.short, a.on_file, a.session_on) for a in Deliberation.objects.in_order()] == [
        ("GC 33/2019", False, dt.date(2019, 4, 2)),
        ("GC 1/2022", False, dt.date(2022, 1, 10)),
        ("GC 8/2022", False, dt.date(2022, 2, 7)),
        ("GC 100/2022", True, dt.date(2022, 10, 18)),
    ]
    assert {sheet.deliberation.short for sheet in Sheet.objects.exclude(deliberation=act100)} == {"GC 8/2022"}


def test_of_an_eliminated_sheet_the_earlier_text_is_the_one_printed_on_it(act100):
    gone = Sheet.objects.get(change="ELIMINATO")
    same = ("sector", "number", "weight", "title", "description", "manager_printed")
    assert [getattr(gone, name) for name in same] == [getattr(gone.base, name) for name in same]
    assert (gone.base.on_file, gone.base.change, gone.base.deliberation.short) == (True, "INSERITO", "GC 8/2022")
    assert [p.key for p in gone.phases.all()] == [p.key for p in gone.base.phases.all()]
    assert gone.fingerprint != gone.base.fingerprint


def test_the_real_act_in_full_numbers(act100):
    rows = Indicator.objects.filter(sheet__deliberation=act100)
    families = [rows.filter(family=family).count() for family in ("TEMPO", "QUANTITA", "QUALITA", "COSTO")]
    assert families == [25, 17, 11, 1]
    assert (Plan.objects.get().triennium_start, Plan.objects.get().triennium_end) == (2022, 2024)
    assert (act100.in_force_from, act100.enforceable_on) == (dt.date(2022, 10, 18), dt.date(2023, 2, 17))


# ---- The entity, and what is cited -----------------------------------------------------------------------------------


def test_an_act_of_another_entity_is_refused(esempio):
    assert refused(real_data(), esempio) == [
        ("I09", "Il documento è di «Comune di Caluso», non di «Comune di Esempio»: aprire la pagina dell'ente giusto.")
    ]


def test_two_entities_hold_the_same_act_number_apart(act100, esempio):
    load({**real_data(), "entity": "Comune di Esempio"}, esempio)
    assert [Sheet.objects.filter(sector__entity=entity).count() for entity in (act100.entity, esempio)] == [25, 25]


def test_an_act_that_cites_itself_is_refused(caluso):
    data = written_act(8, "2022-02-07", written_sheet(1), cites=[(8, "2022-02-07")])
    assert refused(data, caluso) == [("R09", "L'atto cita sé stesso (8/2022): controllare gli atti citati.")]


def test_an_act_may_cite_the_one_of_another_body_with_its_own_number(caluso):
    data = written_act(8, "2022-02-07", written_sheet(1))
    data["act"]["cites"] = [{"body": "Consiglio Comunale", "number": 8, "year": 2022, "date": "2022-01-31"}]
    act = load(data, caluso).act
    assert [citation.cited.short for citation in act.citations.all()] == ["CC 8/2022"]
    assert (act_to_dict(act), load(data, caluso).created) == (data, False)
    data["act"]["cites"][0]["body"] = "Giunta Comunale"
    assert [code for code, _ in refused(data, caluso)] == ["R09"]


def test_the_body_of_a_cited_act_is_written_only_when_it_is_another(caluso):
    data = written_act(8, "2022-02-07", written_sheet(1), cites=[(1, "2022-01-10")])
    act = load(data, caluso).act
    data["act"]["cites"][0]["body"] = "Giunta Comunale"
    assert load(data, caluso).created is False
    assert act_to_dict(act)["act"]["cites"] == [{"number": 1, "year": 2022, "date": "2022-01-10"}]


# ---- What an act changes ---------------------------------------------------------------------------------------------


def test_the_base_is_the_version_on_record(caluso):
    first = load(written_act(8, "2022-02-07", written_sheet(1)), caluso).act.sheets.get()
    loaded = load(written_act(30, "2022-05-03", written_sheet(1, "MODIFICATO", sector="SETTORE FINANZIARIO")), caluso)
    changed = loaded.act.sheets.get()
    assert (changed.base, changed.objective, loaded.stubs) == (first, first.objective, 0)
    assert (changed.sector, changed.sector_printed) == (first.sector, "SETTORE FINANZIARIO")


def test_what_is_not_on_record_gets_a_stub_beside_what_is(caluso):
    load(written_act(30, "2022-05-03", written_sheet(1, "MODIFICATO"), cites=[(8, "2022-02-07")]), caluso)
    sheets = (written_sheet(1, "MODIFICATO"), written_sheet(2, "MODIFICATO"))
    later = written_act(60, "2022-07-05", *sheets, cites=[(30, "2022-05-03"), (8, "2022-02-07")])
    bases = [sheet.base for sheet in load(later, caluso).act.sheets.order_by("number")]
    assert [(base.deliberation.short, base.on_file) for base in bases] == [("GC 30/2022", True), ("GC 8/2022", False)]


def test_a_stub_never_goes_to_an_act_cited_for_another_reason(caluso):
    load(written_act(30, "2022-05-03", written_sheet(1, "MODIFICATO"), cites=[(8, "2022-02-07")]), caluso)
    cites = [(30, "2022-05-03"), (33, "2019-04-02")]
    later = load(written_act(60, "2022-07-05", written_sheet(2, "MODIFICATO"), cites=cites), caluso)
    assert later.act.sheets.get().base.deliberation.short == "GC 8/2022"


def test_without_an_act_that_may_have_held_it_the_change_is_refused(caluso):
    load(written_act(8, "2022-02-07", written_sheet(1)), caluso)
    cites = [(8, "2022-02-07"), (33, "2019-04-02")]
    later = written_act(60, "2022-07-05", written_sheet(2, "MODIFICATO"), cites=cites)
    assert [code for code, _ in refused(later, caluso)] == ["R09"]


@pytest.mark.parametrize("change", ["MODIFICATO", "ELIMINATO"])
def test_a_change_of_what_nobody_knows_is_refused(caluso, change):
    assert refused(written_act(30, "2022-05-03", written_sheet(7, change)), caluso) == [
        (
            "R09",
            "Scheda 1 (FINANZIARIO n° 7): la scheda non è in archivio e l'atto non cita la deliberazione che modifica: "
            "importare prima l'atto che l'ha approvata, o completare le premesse.",
        )
    ]


def test_every_problem_is_told_at_once(caluso):
    load(written_act(8, "2022-02-07", written_sheet(3)), caluso)
    sheets = (written_sheet(1, "MODIFICATO"), written_sheet(2, "ELIMINATO"), written_sheet(3))
    assert [code for code, _ in refused(written_act(30, "2022-05-03", *sheets), caluso)] == ["R09", "R09", "R04"]


def test_a_number_that_stands_in_the_plan_is_not_given_again(caluso):
    load(written_act(8, "2022-02-07", written_sheet(2)), caluso)
    assert refused(written_act(30, "2022-05-03", written_sheet(2)), caluso) == [
        (
            "R04",
            "Scheda 1 (FINANZIARIO n° 2): nel piano in vigore c'è già una scheda attiva con questo numero "
            "(FINANZIARIO n° 2).",
        )
    ]
    load(written_act(30, "2022-05-03", written_sheet(2, sector="TRIBUTI")), caluso)


def test_an_inserted_sheet_substitutes_the_eliminated_one_whose_number_it_takes(caluso):
    load(written_act(8, "2022-02-07", written_sheet(1), written_sheet(2)), caluso)
    sheets = (written_sheet(1), written_sheet(1, "ELIMINATO"), written_sheet(2, "ELIMINATO"), written_sheet(3))
    act = load(written_act(30, "2022-05-03", *sheets), caluso).act
    new, gone, _, other = act.sheets.order_by("position")
    assert (new.substitutes, other.substitutes, gone.substitutes) == (gone, None, None)
    assert list(gone.substituted_by.all()) == [new]


@pytest.mark.parametrize("changes", [("MODIFICATO", "ELIMINATO"), ("ELIMINATO", "MODIFICATO")])
@pytest.mark.parametrize("on_record", [True, False])
def test_an_act_changes_a_sheet_once(caluso, changes, on_record):
    if on_record:
        load(written_act(8, "2022-02-07", written_sheet(1)), caluso)
    twice = written_act(30, "2022-05-03", *(written_sheet(1, change) for change in changes), cites=[(8, "2022-02-07")])
    assert refused(twice, caluso) == [
        (
            "R06",
            "Scheda 2 (FINANZIARIO n° 1): l'atto cambia due volte la stessa scheda: lasciare una sola variazione.",
        )
    ]


def test_the_longest_names_of_the_format_fit_the_archive(caluso):
    longest = written_sheet(1, sector="ﬁ" * 200, manager="DR. " + "A" * 146)
    body = "Commissario " + "A" * 48
    act = load(written_act(99_999, "2022-02-07", longest, body=body), caluso).act
    assert act.history.latest("history_id").history_act == f"{body} 99999/2022"
    assert act.sheets.get().sector.match_key == "fi" * 200


def test_an_eliminated_sheet_is_not_changed_again(caluso):
    load(written_act(8, "2022-02-07", written_sheet(1)), caluso)
    load(written_act(30, "2022-05-03", written_sheet(1, "ELIMINATO")), caluso)
    late = written_act(60, "2022-07-05", written_sheet(1, "MODIFICATO"))
    assert [code for code, _ in refused(late, caluso)] == ["R09"]


def test_an_act_older_than_the_one_whose_text_it_would_change_is_refused(caluso):
    load(written_act(60, "2022-07-05", written_sheet(1)), caluso)
    assert refused(written_act(30, "2022-05-03", written_sheet(1, "MODIFICATO")), caluso) == [
        (
            "R09",
            "Scheda 1 (FINANZIARIO n° 1): la modifica la GC 60/2022, che è successiva: gli atti vanno in ordine.",
        ),
    ]


def test_an_act_of_the_same_day_with_a_smaller_number_came_before(caluso):
    load(written_act(31, "2022-05-03", written_sheet(1)), caluso)
    assert [code for code, _ in refused(written_act(30, "2022-05-03", written_sheet(1, "MODIFICATO")), caluso)] == [
        "R09"
    ]
    assert load(written_act(32, "2022-05-03", written_sheet(1, "MODIFICATO")), caluso).created


@pytest.mark.parametrize("waiting", [{}, {"publication_start": "2022-06-01", "enforceable_on": "2022-06-12"}])
def test_an_act_never_takes_effect_before_the_one_it_changes(caluso, waiting):
    load(written_act(8, "2022-05-01", written_sheet(1), immediately_enforceable=False, **waiting), caluso)
    assert [code for code, _ in refused(written_act(30, "2022-05-03", written_sheet(1, "MODIFICATO")), caluso)] == [
        "R17"
    ]


def test_what_somebody_is_changing_here_is_not_changed_by_an_import(caluso, segretario):
    sheet = load(written_act(8, "2022-02-07", written_sheet(1), written_sheet(2)), caluso).act.sheets.get(number=1)
    draft = make_draft(
        sheet.sector, sheet.objective.plan, objective=sheet.objective, base=sheet, change="MODIFICATO",
        created_by=segretario, state="INVIATA",
    )  # fmt: skip
    assert refused(written_act(30, "2022-05-03", written_sheet(1, "MODIFICATO")), caluso) == [
        (
            "R09",
            "Scheda 1 (FINANZIARIO n° 1): su questa scheda c'è una modifica in corso "
            "(inviata, avviata da Segretario Rossi): "
            "ritirarla o adottarla prima di importare l'atto.",
        )
    ]
    assert load(written_act(20, "2022-04-03", written_sheet(2, "MODIFICATO")), caluso).created
    draft.delete()
    assert load(written_act(30, "2022-05-03", written_sheet(1, "MODIFICATO")), caluso).created


# ---- Whole or not at all ---------------------------------------------------------------------------------------------


def test_a_failure_in_the_middle_leaves_nothing(caluso):
    """A slot that two phases claim stops the very last step; a reading would have refused it before."""
    before = rows_on_record()
    data = written_act(30, "2022-05-03", written_sheet(1, "ELIMINATO"), written_sheet(2), cites=[(8, "2022-02-07")])
    data["sheets"][1]["phases"] *= 2
    with pytest.raises(IntegrityError):
        load(data, caluso)
    assert rows_on_record() == before


@pytest.mark.django_db(transaction=True)
def test_two_people_import_one_act_at_once(caluso):
    """The second one waits for the first, and then hears that the act is there."""
    data = written_act(8, "2022-02-07", written_sheet(1))
    outcomes = at_once(*[lambda: load(data, caluso).created] * 2)
    assert outcomes in ([False, True], [True, False])
    assert Sheet.objects.count() == 1
