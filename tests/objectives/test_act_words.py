"""What a proposal's words are filled in with: nothing of it is retyped."""

from decimal import Decimal

import pytest

from deliberations.choices import ActTextKind
from deliberations.wording import PLACEHOLDERS, texts_for
from objectives.act_words import facts_for, kind_of, listed
from objectives.choices import Change, Motive
from objectives.models import Sheet
from tests.factories import load, make_draft, make_plan, make_sector, written_act, written_sheet
from tests.plans import cites


@pytest.fixture
def base_act(caluso):
    """The act that approved the plan, with two sheets of FINANZIARIO."""
    return load(written_act(8, "2022-02-07", written_sheet(1), written_sheet(2)), caluso).act


def change(sheet, kind, **facts):
    """A draft that changes `sheet`."""
    facts = {"objective": sheet.objective, "base": sheet, "number": sheet.number, "title": sheet.title, **facts}
    return make_draft(sheet.sector, sheet.objective.plan, change=kind, **facts)


def stored(drafts):
    """The drafts as the database holds them."""
    return Sheet.objects.filter(pk__in=[draft.pk for draft in drafts]).with_rows().select_related("base").order_by("pk")


def test_a_plan_is_approved_once_and_then_changed(caluso):
    plan = make_plan(caluso)
    assert kind_of(plan) == ActTextKind.APPROVAZIONE
    load(written_act(8, "2022-02-07", written_sheet(1)), caluso)
    assert kind_of(plan) == ActTextKind.MODIFICA


def test_every_placeholder_has_its_fact(base_act):
    first, second = base_act.sheets.order_by("number")
    drafts = [
        change(first, Change.MODIFICATO, weight=30, motive=Motive.CAUSA_ESTERNA),
        change(second, Change.ELIMINATO, motive=Motive.SOSTITUZIONE),
        make_draft(make_sector(first.objective.plan.entity, "SETTORE TERRITORIO"), first.objective.plan, number=4),
    ]
    facts = facts_for(first.objective.plan, stored(drafts), [base_act])
    assert facts == {
        "ente": "Comune di Caluso",
        "piano": "Piano della Performance",
        "anno": "2022",
        "triennio": "2022-2024",
        "atto_modificato": "deliberazione della Giunta Comunale n. 8 del 07/02/2022",
        "atti_citati": "- deliberazione della Giunta Comunale n. 8 del 07/02/2022, ad oggetto "
        "«Piano della Performance 2022»;",
        "elenco_variazioni": "- FINANZIARIO n° 1 «Obiettivo 1»: MODIFICATO, peso da 25 a 30;\n"
        "- FINANZIARIO n° 2 «Obiettivo 2»: ELIMINATO, peso 25;\n"
        "- TERRITORIO n° 4 «Sportello unico»: INSERITO, peso 25;",
        "numero_schede": "3 schede",
        "settori": "FINANZIARIO e TERRITORIO",
        "motivi": "cause esterne e sostituzione per volontà dell'Amministrazione",
    }
    assert facts.keys() == PLACEHOLDERS.keys()


def test_the_words_name_the_acts_that_are_cited(base_act):
    later = load(written_act(60, "2022-06-01", written_sheet(1, "MODIFICATO"), cites=cites(base_act)), base_act.entity)
    sheets = Sheet.objects.filter(deliberation=later.act).with_rows().select_related("base")
    facts = facts_for(sheets[0].objective.plan, sheets, [base_act, later.act])
    words = texts_for(ActTextKind.MODIFICA, base_act.entity, facts)
    assert words.subject == "Modifica del Piano della Performance 2022."
    assert "deliberazione della Giunta Comunale n. 8 del 07/02/2022" in words.premises
    assert "deliberazione della Giunta Comunale n. 60 del 01/06/2022" in words.premises


def test_a_plan_without_anything_still_has_words(caluso):
    plan = make_plan(caluso)
    facts = facts_for(plan, [], [])
    assert (facts["numero_schede"], facts["settori"], facts["atti_citati"]) == ("0 schede", "", "")
    assert "Approvazione del Piano della Performance 2022, triennio 2022-2024." in texts_for(
        ActTextKind.APPROVAZIONE, caluso, facts
    )


@pytest.mark.parametrize(
    ("names", "said"), [([], ""), (["a"], "a"), (["a", "b"], "a e b"), (["a", "b", "c"], "a, b e c")]
)
def test_names_are_listed_as_one_says_them(names, said):
    assert listed(names) == said


def test_a_weight_is_written_as_offices_do(base_act):
    draft = change(base_act.sheets.order_by("number")[0], Change.MODIFICATO, weight=Decimal("12.50"))
    assert "peso da 25 a 12,5" in facts_for(draft.objective.plan, stored([draft]), [])["elenco_variazioni"]
