"""From the version in force to a draft, its changes and its withdrawal."""

import pytest
from django.core.exceptions import ValidationError

from objectives.change_sets import findings_for_sheet
from objectives.choices import PassageKind, State
from objectives.draft_content import DraftContent
from objectives.models import Objective, Passage, Plan, Sheet
from objectives.workflow import Refused, Stale, amend, carry_over, edit, eliminate, insert, withdraw
from organisation.models import Manager, Sector
from tests.factories import load, written_act, written_indicator, written_sheet
from tests.this_year import YEAR, approved_plan, full_sheet, rewritten, sheet_of


def rows(sheet, kind, *names):
    return list(getattr(sheet, kind).values_list("key", *names))


def test_a_change_starts_as_a_draft_with_the_content_in_force_and_the_same_keys(in_force, ufficio):
    draft = amend(in_force, by=ufficio)
    assert (draft.state, draft.change, draft.base, draft.deliberation) == ("BOZZA", "MODIFICATO", in_force, None)
    assert (draft.number, draft.weight, draft.title, draft.created_by) == (1, 60, "Obiettivo 1", ufficio)
    assert rows(draft, "phases", "position", "text", "months") == rows(in_force, "phases", "position", "text", "months")
    assert rows(draft, "indicators", "expected", "target_date") == rows(
        in_force, "indicators", "expected", "target_date"
    )


def test_the_plan_in_force_does_not_know_of_drafts(plan, in_force, ufficio):
    rewritten(amend(in_force, by=ufficio), ufficio)
    acts = plan.entity.deliberations.registered()
    assert list(Sheet.objects.of(plan).in_force(acts).order_by("number")) == [in_force, sheet_of(plan, 2)]


def test_an_elimination_keeps_the_whole_content_and_takes_only_a_motive(in_force, ufficio):
    draft = eliminate(in_force, by=ufficio)
    assert (draft.change, draft.title, draft.phases.count()) == ("ELIMINATO", "Obiettivo 1", 2)
    edit(draft, DraftContent({"motive": "CAUSA_ESTERNA", "motive_text": "Fondi revocati."}), by=ufficio)
    for content in (DraftContent({"title": "Altro"}), DraftContent(phases=[])):
        with pytest.raises(Refused, match="si scrive solo il motivo"):
            edit(draft, content, by=ufficio)
    draft.refresh_from_db()
    assert (draft.motive_text, draft.title, draft.phases.count()) == ("Fondi revocati.", "Obiettivo 1", 2)


def test_an_elimination_keeps_the_results_that_the_text_in_force_has(caluso, ufficio):
    verified = written_indicator(expected=f"31/12/{YEAR}", achieved=f"29/07/{YEAR}", deviation="0")
    plan = approved_plan(caluso, full_sheet(1, indicators=[verified]))
    draft = eliminate(sheet_of(plan, 1), by=ufficio)
    assert rows(draft, "indicators", "achieved", "deviation") == rows(draft.base, "indicators", "achieved", "deviation")
    assert [finding.rule for finding in findings_for_sheet(draft)].count("R05") == 0


def test_a_new_objective_takes_the_number_after_the_highest(plan, finanziario, ufficio):
    draft = insert(plan, finanziario, by=ufficio)
    assert (draft.change, draft.base, draft.number, draft.weight, draft.title) == ("INSERITO", None, 3, None, "")


def test_one_change_at_a_time_and_the_second_is_led_to_the_first(in_force, ufficio, responsabile):
    first = amend(in_force, by=ufficio)
    with pytest.raises(Refused, match="modifica in corso su questa scheda, avviata da Ufficio Rossi") as refusal:
        eliminate(in_force, by=responsabile)
    assert refusal.value.sheet == first


def test_a_text_not_on_file_is_changed_by_writing_it_whole_and_is_not_eliminated(caluso, ufficio):
    load(written_act(100, "2022-10-18", written_sheet(1, "MODIFICATO"), cites=[(8, "2022-02-07")]), caluso)
    stub = Sheet.objects.get(on_file=False)
    with pytest.raises(Refused, match="l'ha cambiato la GC 100/2022"):
        amend(stub, by=ufficio)
    other = Sheet(
        objective=_objective(stub), change="INSERITO", state="ADOTTATA", deliberation=stub.deliberation,
        on_file=False, sector=stub.sector, number=9,
    )  # fmt: skip
    other.save()
    draft = amend(other, by=ufficio)
    assert (draft.title, draft.weight, draft.phases.count()) == ("", None, 0)
    withdraw(draft, by=ufficio)
    with pytest.raises(Refused, match="non è in archivio"):
        eliminate(other, by=ufficio)


def _objective(sheet):
    objective = Objective(plan=sheet.objective.plan)
    objective.save()
    return objective


def test_what_is_eliminated_is_not_changed_any_more(caluso, ufficio):
    plan = approved_plan(caluso)
    gone = full_sheet(2, change="ELIMINATO", weight=40)
    act = written_act(20, f"{YEAR}-01-02", gone, cites=[(8, f"{YEAR}-01-01")])
    load({**act, "plan": {"year": YEAR, "triennium": None}}, caluso)
    with pytest.raises(Refused, match="è stato eliminato"):
        amend(sheet_of(plan, 2), by=ufficio)


@pytest.mark.parametrize("who", ["segretario", "nucleo", "amministratore", "lettura", "estraneo", "altrove"])
def test_who_does_not_work_in_the_settore_drafts_nothing(request, who, plan, in_force, finanziario):
    person = request.getfixturevalue(who)
    for deed in (
        lambda: amend(in_force, by=person),
        lambda: eliminate(in_force, by=person),
        lambda: insert(plan, finanziario, by=person),
    ):
        with pytest.raises(Refused):
            deed()
    assert Sheet.objects.exclude(state=State.ADOTTATA).count() == 0
    assert Passage.objects.count() == 0


@pytest.mark.parametrize("who", ["segretario", "nucleo", "amministratore", "lettura", "estraneo", "altrove"])
def test_nor_edits_or_withdraws_another_ones_draft(request, who, change):
    person = request.getfixturevalue(who)
    with pytest.raises(Refused):
        edit(change, DraftContent({"title": "Mio"}), by=person)
    with pytest.raises(Refused):
        withdraw(change, by=person)
    change.refresh_from_db()
    assert change.title == "Sportello digitale"


def test_rows_are_added_changed_moved_and_removed_under_their_keys(change, ufficio):
    first, second = change.phases.all()
    wanted = [
        {"key": str(second.key), "position": 1, "text": "Verifica finale", "months": [f"{YEAR}-11"]},
        {"key": str(first.key), "position": 5, "text": first.text, "months": first.months},
        {"key": None, "position": 8, "text": "Collaudo", "months": []},
    ]
    edit(change, DraftContent(phases=wanted), by=ufficio)
    phases = list(change.phases.order_by("position"))
    assert [(phase.position, phase.text, phase.months) for phase in phases] == [
        (1, "Verifica finale", [f"{YEAR}-11"]),
        (5, "Avvio", []),
        (8, "Collaudo", []),
    ]
    assert [phase.key for phase in phases[:2]] == [second.key, first.key]
    edit(change, DraftContent(phases=[]), by=ufficio)
    assert change.phases.count() == 0


def test_a_row_taken_out_comes_back_under_its_key_and_a_key_of_another_sheet_is_not_taken_over(change, plan, ufficio):
    first, second = change.phases.all()
    edit(change, DraftContent(phases=[]), by=ufficio)
    foreign = sheet_of(plan, 2).phases.first()
    wanted = [
        {"key": str(second.key), "position": 1, "text": "Verifica", "months": []},
        {"key": str(foreign.key), "position": 2, "text": "Altrui", "months": []},
    ]
    edit(change, DraftContent(phases=wanted), by=ufficio)
    back, new = change.phases.order_by("position")
    assert back.key == second.key
    assert new.key not in {foreign.key, first.key, second.key}


def test_the_same_content_again_changes_nothing_even_from_an_old_page(change, ufficio):
    before = change.row_version
    content = DraftContent({"title": "Sportello unico digitale"})
    edit(change, content, by=ufficio, row_version=before)
    again = edit(change, content, by=ufficio, row_version=before)
    assert again.row_version == before + 1
    assert Sheet.history.filter(id=change.pk, title="Sportello unico digitale").count() == 1


def test_the_second_of_two_people_does_not_overwrite_the_first(change, ufficio, responsabile):
    seen = change.row_version
    edit(change, DraftContent({"title": "Il mio"}), by=ufficio, row_version=seen)
    content = DraftContent({"title": "L'altro", "weight": 10}, phases=[])
    with pytest.raises(Stale) as stale:
        edit(change, content, by=responsabile, row_version=seen)
    stored = Sheet.objects.get(pk=change.pk)
    assert (stored.title, stored.weight, stored.phases.count()) == ("Il mio", 60, 2)
    assert (stale.value.stored.title, stale.value.stored.row_version) == ("Il mio", stored.row_version)


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (DraftContent({"weight": 101}), "weight"),
        (DraftContent({"motive": "CAPRICCIO"}), "motive"),
        (DraftContent(phases=[{"key": None, "position": 9, "text": "Nona", "months": []}]), "phases"),
        (DraftContent(phases=[{"key": None, "position": 1, "text": text, "months": []} for text in "ab"]), "phases"),
        (DraftContent(phases=[{"key": None, "position": 3, "text": "Tardi", "months": ["2099-01"]}]), "months"),
        (DraftContent(indicators=[{"key": None, "family": "FUMO", "text": "x"}]), "family"),
    ],
)
def test_a_value_that_no_sheet_may_have_leaves_the_draft_as_it_was(change, ufficio, content, field):
    with pytest.raises(ValidationError) as error:
        edit(change, content, by=ufficio)
    assert list(error.value.message_dict) == [field]
    stored = Sheet.objects.get(pk=change.pk)
    assert (stored.row_version, stored.weight, stored.phases.count()) == (change.row_version, 60, 2)


def test_an_edit_makes_what_was_approved_a_draft_again(approved, ufficio):
    edited = edit(approved, DraftContent({"weight": 55}), by=ufficio)
    assert (edited.state, edited.submitted_by, edited.submitted_at, edited.approved_by, edited.approved_at) == (
        "BOZZA", None, None, None, None,
    )  # fmt: skip
    assert edited.passages.last().kind == PassageKind.MODIFICATA


def test_a_withdrawn_draft_frees_its_sheet_and_stays_in_the_history(in_force, change, ufficio):
    key = change.pk
    withdraw(change, by=ufficio, note="Non serve più.")
    assert not Sheet.objects.filter(pk=key).exists()
    assert [row.history_type for row in Sheet.history.filter(id=key).order_by("history_id")] == ["+", "~", "-"]
    kinds = list(Passage.objects.filter(objective=in_force.objective).values_list("kind", "note"))
    assert kinds == [("AVVIATA", ""), ("RITIRATA", "Non serve più.")]
    assert amend(in_force, by=ufficio).base == in_force


def test_a_draft_that_another_substitutes_is_not_withdrawn(plan, finanziario, ufficio):
    gone = eliminate(sheet_of(plan, 2), by=ufficio)
    new = edit(insert(plan, finanziario, by=ufficio), DraftContent({"substitutes": gone}), by=ufficio)
    with pytest.raises(Refused, match="togliere prima quel collegamento") as refusal:
        withdraw(gone, by=ufficio)
    assert refusal.value.sheet == new


def test_a_substitution_names_an_eliminated_sheet_of_the_same_plan(change, plan, ufficio):
    with pytest.raises(ValidationError, match="ELIMINATO dello stesso piano"):
        edit(change, DraftContent({"substitutes": sheet_of(plan, 2)}), by=ufficio)


def test_what_is_gone_is_said_to_be_gone(change, ufficio):
    withdraw(change, by=ufficio)
    change.pk = change.pk or Passage.objects.first().sheet_id
    with pytest.raises(Refused, match="non c'è più"):
        edit(change, DraftContent({"title": "Tardi"}), by=ufficio)


def test_a_settore_that_was_merged_gets_no_new_objective_and_its_drafts_move(
    plan, finanziario, tecnico, ufficio, in_force
):
    draft = amend(in_force, by=ufficio)
    finanziario.active = False
    finanziario.save()
    with pytest.raises(Refused, match="non è più attivo"):
        insert(plan, finanziario, by=ufficio)
    assert edit(draft, DraftContent({"sector": tecnico, "manager": None}), by=ufficio).sector == tecnico


def test_nobody_moves_a_draft_to_a_settore_where_they_do_not_work(change, tecnico, finanziario, ufficio):
    ufficio.memberships.get().sectors.add(finanziario)
    with pytest.raises(Refused, match="TECNICO non è tra i suoi"):
        edit(change, DraftContent({"sector": tecnico}), by=ufficio)
    elsewhere = Sector.objects.exclude(pk=tecnico.pk).get()
    assert Sheet.objects.get(pk=change.pk).sector == elsewhere


def test_a_responsabile_replaced_mid_year_is_replaced_in_the_next_change(in_force, finanziario, ufficio):
    before = in_force.manager
    before.valid_to = f"{YEAR}-01-01"
    before.save()
    after = Manager(sector=finanziario, name="Anna Verdi", valid_from=f"{YEAR}-01-02")
    after.save()
    assert amend(in_force, by=ufficio).manager == after
    assert Sheet.objects.get(pk=in_force.pk).manager == before


def test_an_objective_goes_on_in_next_years_plan_once(caluso, ufficio):
    later = [{"slot": 1, "text": "Collaudo", "months": [f"{YEAR}-12", f"{YEAR + 1}-03"]}]
    plan = approved_plan(caluso, full_sheet(4, weight=100, phases=later, title="Piscina (obiettivo biennale)"))
    following = Plan(entity=caluso, year=YEAR + 1)
    following.save()
    source = sheet_of(plan, 4)
    draft = carry_over(source, following, by=ufficio)
    assert (draft.change, draft.number, draft.title) == ("INSERITO", 4, "Piscina (obiettivo biennale)")
    assert draft.objective.continues == source.objective
    assert [phase.months for phase in draft.phases.all()] == [[f"{YEAR + 1}-03"]]
    with pytest.raises(Refused, match="già stato riportato"):
        carry_over(source, following, by=ufficio)
