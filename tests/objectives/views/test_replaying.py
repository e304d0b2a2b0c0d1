"""Forms sent again, sent without what the page had put in them, or with what no page would send."""

import pytest

from objectives.choices import State
from objectives.draft_content import DraftContent
from objectives.models import Sheet
from objectives.opinion_changes import changes_since
from objectives.workflow import amend, approve, content_hash, edit, gather, opinion_holds, submit, word
from tests.factories import make_sector
from tests.objectives.views.test_registering import page, typed
from tests.pages import texts, with_class
from tests.sessions import with_opinions
from tests.this_year import YEAR, rewritten, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def change(this_plan, ufficio):
    """A draft that changes FINANZIARIO n° 2."""
    return rewritten(amend(sheet_of(this_plan, 2), by=ufficio), ufficio)


def now(sheet):
    return Sheet.objects.get(pk=sheet.pk)


@pytest.mark.parametrize("read", ["", "niente", "0" * 64])
def test_no_act_is_registered_by_who_does_not_say_what_they_read(signed_in, segretario, proposta, read):
    ready = with_opinions(proposta, segretario)
    sent = typed(ready, "registra", letto=read, nota="Si procede.")
    answer = signed_in(segretario).post(page(ready), sent)
    assert "La proposta è cambiata dopo che la pagina è stata aperta" in answer.content.decode()
    assert now(ready.sheets.get()).state == State.APPROVATA


@pytest.mark.parametrize("day", ["9999-12-31", "31/12/9999", "0001-01-01"])
def test_a_day_from_which_none_can_be_counted_is_refused(signed_in, segretario, proposta, day):
    client = signed_in(segretario)
    wrong = "Controllare l'anno: va dal 1900 al 2200."
    registered = client.post(page(proposta), typed(proposta, published_on=day))
    assert (registered.status_code, texts(registered, with_class("wrong"))) == (422, [wrong])
    dated = client.post(f"/caluso/atti/gc-8-{YEAR}/date/", {"published_on": day})
    assert (dated.status_code, texts(dated, with_class("wrong"))) == (422, [wrong])


def test_an_approval_sent_again_after_an_edit_approves_nothing(signed_in, ufficio, responsabile, segretario, change):
    sent = submit(change, by=responsabile)
    form = {"versione": sent.row_version, "nota": "Letta."}
    approve(sent, by=segretario)
    rewritten(now(change), ufficio, title="Tutt'altro")
    client = signed_in(segretario)
    client.post(f"/caluso/bozze/{change.pk}/approva/", form)
    assert now(change).state == State.BOZZA
    submit(now(change), by=responsabile)
    answer = client.post(f"/caluso/bozze/{change.pk}/approva/", form)
    assert (answer.status_code, now(change).state, now(change).approved_by) == (409, State.INVIATA, None)


def test_a_form_sets_only_what_it_asks_for(signed_in, ufficio, segretario, change, tecnico_di_esempio):
    before = now(change)
    forged = {
        "row_version": before.row_version, "number": "2", "title": "Riscritta", "weight": "40",
        "state": "ADOTTATA", "approved_by": segretario.pk, "submitted_by": segretario.pk, "deliberation": 1,
        "base": "", "objective": 1, "change": "INSERITO", "sector": tecnico_di_esempio.pk, "fingerprint": "0" * 64,
    }  # fmt: skip
    signed_in(ufficio).post(f"/caluso/bozze/{change.pk}/modifica/", forged)
    after = now(change)
    assert after.title == "Riscritta"
    names = ("state", "approved_by", "submitted_by", "deliberation", "base", "objective", "change", "sector")
    assert [getattr(after, name) for name in names] == [getattr(before, name) for name in names]


@pytest.fixture
def tecnico_di_esempio(esempio):
    """A settore of another entity, with somebody who answers for it and a draft of its own."""
    sector = make_sector(esempio, "TECNICO")
    sector.managers.create(name="Ing. Altrui", valid_from=f"{YEAR}-01-01")
    return sector


def test_nobody_of_another_entity_is_made_to_answer_for_a_sheet(signed_in, ufficio, change, tecnico_di_esempio):
    forged = {
        "row_version": change.row_version, "number": "2", "title": "Riscritta",
        "manager": tecnico_di_esempio.managers.get().pk,
    }  # fmt: skip
    answer = signed_in(ufficio).post(f"/caluso/bozze/{change.pk}/modifica/", forged)
    assert (answer.status_code, now(change).title) == (422, change.title)


def test_a_row_of_another_objective_is_not_taken_over(signed_in, ufficio, this_plan, change):
    foreign = sheet_of(this_plan, 1).phases.first()
    forged = {
        "row_version": change.row_version, "number": "2", "title": "Riscritta", "weight": "40",
        "fasi": f"1:{foreign.key}", f"fase-{foreign.key}-text": "Rubata",
    }  # fmt: skip
    signed_in(ufficio).post(f"/caluso/bozze/{change.pk}/modifica/", forged)
    stolen = now(change).phases.get()
    foreign.refresh_from_db()
    assert (stolen.text, stolen.key != foreign.key, foreign.text) == ("Rubata", True, "Avvio")


NO_NUMBERS = ["0", "-1", "99999999", "9" * 5000, "1e3", "2²", "NaN", ""]
NO_WEIGHTS = ["NaN", "Infinity", "1e999", "1e9999999", "-1", "100,001", "9" * 5000, "²"]


def test_a_number_or_a_weight_that_is_none_is_refused(signed_in, ufficio, change):
    client = signed_in(ufficio)
    typed_wrong = [("number", text) for text in NO_NUMBERS] + [("weight", text) for text in NO_WEIGHTS]
    for name, text in typed_wrong:
        sent = {"row_version": change.row_version, "number": "2", "title": "Riscritta", name: text}
        answer = client.post(f"/caluso/bozze/{change.pk}/modifica/", sent)
        assert (name, text, answer.status_code) == (name, text, 422)
    assert now(change).title == change.title


@pytest.mark.parametrize("sent", [{"title": "x" * 6 * 2**20}, {f"campo-{number}": "" for number in range(20_001)}])
def test_far_too_much_is_refused_with_a_sentence(signed_in, ufficio, change, sent):
    answer = signed_in(ufficio).post(f"/caluso/bozze/{change.pk}/modifica/", sent)
    assert (answer.status_code, "Nulla è cambiato." in answer.content.decode()) == (400, True)


def reread(change, **corrected):
    """What the change is, but for how the expected value of its first indicator is understood."""
    kept = ("family", "text", "expected", "target_kind", "target_number", "target_date", "target_unit", "direction")
    rows = [{"key": row.key, **{name: getattr(row, name) for name in kept}} for row in change.indicators.all()]
    return DraftContent(indicators=[{**rows[0], **corrected}, *rows[1:]])


@pytest.mark.parametrize("what", ["multi_year", "reading"])
def test_an_opinion_does_not_outlive_what_no_paper_prints(ufficio, responsabile, segretario, proposta, what):
    with_opinions(proposta, segretario)
    change = proposta.sheets.get()
    content = DraftContent({"multi_year": True}) if what == "multi_year" else reread(change, direction="AT_LEAST")
    edit(change, content, by=ufficio)
    gather(proposta, [approve(submit(now(change), by=responsabile), by=segretario)], by=segretario)
    opinion = proposta.opinions.first()
    assert not opinion_holds(opinion, content_hash(proposta))


def test_another_proposer_makes_an_opinion_void_and_it_is_said_why(segretario, proposta):
    with_opinions(proposta, segretario)
    same = {name: getattr(proposta, name) for name in ("subject", "premises", "dispositions")}
    changed = word(proposta, **same, proposer="L'Assessore", by=segretario)
    opinion = changed.opinions.first()
    assert not opinion_holds(opinion, content_hash(changed))
    assert [said.partition(" – ")[0] for said in changes_since(changed, opinion)] == [
        "cambiato il testo (il proponente)"
    ]
