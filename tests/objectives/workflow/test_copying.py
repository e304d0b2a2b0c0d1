"""R34: one objective given to several settori; what an act changes in it is offered to each copy."""

from dataclasses import replace

import pytest

from objectives.change_sets import findings_for_sheet
from objectives.draft_content import DraftContent
from objectives.models import Objective, Sheet
from objectives.workflow import (
    Refused,
    adopt,
    amend,
    approve,
    copy_to,
    edit,
    eliminate,
    leave_as_is,
    propose,
    submit,
    take_over,
    withdraw,
)
from organisation.models import Sector
from tests.factories import load, written_act, written_indicator
from tests.sessions import SESSION, with_opinions
from tests.this_year import YEAR, approved_plan, full_sheet, rewritten

pytestmark = pytest.mark.django_db
WORDS = {"motive": "SLITTAMENTO", "motive_text": "La fornitura tarda."}


def said(sheet, kind, *names):
    return list(getattr(sheet, kind).values_list(*names))


@pytest.fixture
def copy(plan, in_force, tecnico, ufficio):
    """FINANZIARIO n° 1 given to the TECNICO: a draft there."""
    (draft,) = copy_to(in_force, plan, [tecnico], by=ufficio)
    return draft


def adopted(plan, draft, responsabile, segretario, number=100):
    """The sheet once an act of today adopted it; no settore has to add up to 100."""
    plan.weight_total = None
    plan.save()
    sent = approve(submit(draft, by=responsabile, note="visto"), by=segretario, note="visto")
    proposal = with_opinions(propose(plan, [sent], by=segretario), segretario)
    adopt(proposal, replace(SESSION, number=number), by=segretario, note="visto")
    return Sheet.objects.get(pk=draft.pk)


@pytest.fixture
def changed(copy, plan, in_force, ufficio, responsabile, segretario):
    """The source, changed since by an act: title, description and a phase."""
    phases = [{"key": row.key, "position": row.position, "text": row.text} for row in in_force.phases.all()]
    phases[0]["text"] = "Avvio della gara"
    rows = [*phases, {"key": None, "position": 3, "text": "Collaudo", "months": [f"{YEAR}-12"]}]
    draft = edit(amend(in_force, by=ufficio), DraftContent(dict(WORDS), phases=rows), by=ufficio)
    draft = edit(draft, DraftContent({"title": "Sportello digitale", "description": "Nuova."}), by=ufficio)
    return adopted(plan, draft, responsabile, segretario)


def test_a_copy_is_a_new_objective_with_the_same_words(copy, in_force, tecnico, ufficio):
    assert (copy.change, copy.state, copy.sector, copy.number, copy.title, copy.weight) == (
        "INSERITO", "BOZZA", tecnico, 1, in_force.title, 60
    )  # fmt: skip
    assert (copy.objective.copied_from, copy.objective.copied_version) == (in_force.objective, in_force)
    names = ("position", "text", "months")
    assert said(copy, "phases", *names) == said(in_force, "phases", *names)
    names = ("family", "text", "expected", "target_kind", "target_date", "target_number", "year")
    assert said(copy, "indicators", *names) == said(in_force, "indicators", *names)
    assert set(said(copy, "phases", "key")) & set(said(in_force, "phases", "key")) == set()
    assert (copy.created_by, copy.participations.count(), copy.motive) == (ufficio, 0, "")


def test_all_settori_or_none(plan, in_force, tecnico, altrove, finanziario, caluso):
    closed = Sector(entity=caluso, name="POLIZIA", active=False)
    closed.save()
    for sectors, problem in (
        ([tecnico, finanziario], "FINANZIARIO non è tra i suoi"), ([], "almeno un settore"),
        ([tecnico, closed], "POLIZIA non è tra i suoi"),
    ):  # fmt: skip
        with pytest.raises(Refused, match=problem):
            copy_to(in_force, plan, sectors, by=altrove)
    assert Sheet.objects.filter(sector=tecnico).count() == 0
    assert Objective.objects.exclude(copied_from=None).count() == 0


def test_a_settore_has_an_objective_once(plan, in_force, copy, tecnico, finanziario, ufficio):
    for sheet, sector, present in ((in_force, tecnico, copy), (in_force, finanziario, in_force)):
        with pytest.raises(Refused, match="ha già questo obiettivo") as refusal:
            copy_to(sheet, plan, [sector], by=ufficio)
        assert refusal.value.sheet == present
    withdraw(copy, by=ufficio)
    assert copy_to(in_force, plan, [tecnico], by=ufficio)[0].objective.copied_from == in_force.objective


def test_only_the_last_text_of_an_objective_in_the_plan_is_copied(plan, in_force, changed, copy, caluso, ufficio):
    sector = Sector(entity=caluso, name="POLIZIA")
    sector.save()
    for sheet in (in_force, copy):
        with pytest.raises(Refused, match="Si copia l'ultimo testo adottato"):
            copy_to(sheet, plan, [sector], by=ufficio)


def test_the_segretario_and_the_reader_copy_nothing(plan, in_force, tecnico, segretario, lettura):
    for person in (segretario, lettura):
        with pytest.raises(Refused, match="Il suo ruolo non permette"):
            copy_to(in_force, plan, [tecnico], by=person)


def test_from_another_year_months_stay_behind_and_values_are_read_for_the_new_one(caluso, ufficio):
    phases = [{"slot": 1, "text": "Avvio", "months": [f"{YEAR - 1}-12", f"{YEAR}-01"]}]
    rows = [written_indicator(expected="31-dic")]
    act = written_act(3, f"{YEAR - 1}-01-01", full_sheet(1, phases=phases, indicators=rows))
    old = load({**act, "plan": {"year": YEAR - 1, "triennium": None}}, caluso).act.sheets.get()
    plan = approved_plan(caluso, full_sheet(2))
    (draft,) = copy_to(old, plan, [old.sector], by=ufficio)
    assert (draft.number, said(draft, "phases", "months")) == (1, [([f"{YEAR}-01"],)])
    ((expected, day, year),) = said(draft, "indicators", "expected", "target_date", "year")
    assert (expected, f"{day:%d/%m/%Y}", year) == ("31-dic", f"31/12/{YEAR}", YEAR)


def test_a_draft_says_that_its_source_changed(copy, changed):
    found = [(one.severity, one.sentence) for one in findings_for_sheet(copy) if one.rule == "R34"]
    assert found == [("I", f"È la copia di FINANZIARIO n° 1, che la {changed.deliberation.short} ha poi cambiato.")]
    assert [one for one in findings_for_sheet(amend(changed, by=changed.created_by)) if one.rule == "R34"] == []


def test_what_fits_is_taken_over_and_own_words_stay(copy, changed, ufficio):
    edit(copy, DraftContent({"description": "La nostra."}), by=ufficio)
    draft = take_over(copy.objective, seen=changed.pk, by=ufficio)
    assert (draft.pk, draft.title, draft.description, draft.motive) == (
        copy.pk, "Sportello digitale", "La nostra.", "SLITTAMENTO"
    )  # fmt: skip
    assert said(draft, "phases", "position", "text") == [(1, "Avvio della gara"), (2, "Verifica"), (3, "Collaudo")]
    assert Objective.objects.get(pk=copy.objective_id).copied_version == changed
    assert [one for one in findings_for_sheet(draft) if one.rule == "R34"] == []


def test_of_an_adopted_copy_a_change_is_begun(plan, copy, changed, ufficio, responsabile, segretario):
    adopted(plan, rewritten(copy, ufficio, title=copy.title), responsabile, segretario, number=101)
    draft = take_over(copy.objective, seen=changed.pk, by=ufficio)
    assert (draft.base_id, draft.change, draft.title) == (copy.pk, "MODIFICATO", "Sportello digitale")


def test_a_copy_can_stay_as_it_is(copy, changed, ufficio):
    leave_as_is(copy.objective, seen=changed.pk, by=ufficio)
    copy.refresh_from_db()
    assert (copy.title, copy.objective.copied_version) == ("Obiettivo 1", changed)
    last = copy.objective.history.first()
    assert (last.history_change_reason, last.history_user) == ("Copia lasciata com'è", ufficio)
    with pytest.raises(Refused, match="è cambiato ancora, o qualcuno ha già deciso"):
        leave_as_is(copy.objective, seen=changed.pk, by=ufficio)


def test_who_read_an_earlier_text_decides_nothing(copy, in_force, changed, ufficio):
    for deed in (take_over, leave_as_is):
        with pytest.raises(Refused, match="rileggere la pagina"):
            deed(copy.objective, seen=in_force.pk, by=ufficio)


def test_only_who_drafts_in_the_settore_of_the_copy_decides(copy, changed, finanziario, ufficio, segretario):
    ufficio.memberships.get().sectors.set([finanziario])
    for person in (ufficio, segretario):
        for deed in (take_over, leave_as_is):
            with pytest.raises(Refused):
                deed(copy.objective, seen=changed.pk, by=person)


def test_what_was_sent_is_not_changed_behind_the_segretario(copy, changed, ufficio, responsabile):
    submit(rewritten(copy, ufficio), by=responsabile, note="visto")
    with pytest.raises(Refused, match="ritirare prima l'invio"):
        take_over(copy.objective, seen=changed.pk, by=ufficio)


def test_where_everything_is_in_other_words_nothing_is_taken(copy, changed, ufficio):
    rows = [{"key": row.key, "position": n, "text": f"Fase {n}"} for n, row in enumerate(copy.phases.all(), 1)]
    rows += [{"key": None, "position": slot, "text": "Altro"} for slot in range(3, 9)]
    edit(copy, DraftContent({"title": "Nostro", "description": "Nostra."}, phases=rows), by=ufficio)
    with pytest.raises(Refused, match="non c'è niente da riprendere"):
        take_over(copy.objective, seen=changed.pk, by=ufficio)


def test_an_elimination_is_followed_by_one(plan, in_force, copy, ufficio, responsabile, segretario):
    draft = edit(eliminate(in_force, by=ufficio), DraftContent(dict(WORDS)), by=ufficio)
    gone = adopted(plan, draft, responsabile, segretario)
    with pytest.raises(Refused, match="ha una modifica in corso"):
        take_over(copy.objective, seen=gone.pk, by=ufficio)
    adopted(plan, rewritten(copy, ufficio), responsabile, segretario, number=101)
    followed = take_over(copy.objective, seen=gone.pk, by=ufficio)
    assert (followed.change, followed.base_id) == ("ELIMINATO", copy.pk)
