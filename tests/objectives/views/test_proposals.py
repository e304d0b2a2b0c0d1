"""Proposals in the browser: gathered, worded, opined on, dissolved; and who may see them."""

import pytest

from deliberations.models import Deliberation
from objectives.choices import State
from objectives.draft_content import DraftContent
from objectives.models import Acknowledgement, Sheet
from objectives.proposal_content import changes_by_sector, missing, opinions_of, steps
from objectives.workflow import adopt, edit
from organisation.models import Membership
from organisation.roles import Role
from tests.factories import make_draft, make_plan, make_proposal, make_sector
from tests.pages import text, texts, with_class
from tests.sessions import SESSION, with_opinions
from tests.this_year import YEAR, sheet_of

pytestmark = pytest.mark.django_db

LIST = "/caluso/proposte/"
MESSAGES = "//main" + with_class("alert", "div")
MISSING = with_class("missing-list", "ul") + "/li"


@pytest.fixture
def visit(signed_in, segretario):
    """The Segretario at the pages of proposals."""
    return signed_in(segretario)


def page(proposal, below=""):
    return f"{LIST}{proposal.pk}/{below}"


def now(sheet):
    return Sheet.objects.get(pk=sheet.pk)


# ---- Who sees them -------------------------------------------------------------------------------------------------


def test_who_only_reads_sees_no_proposal(signed_in, nucleo, lettura, amministratore, proposta):
    for person in (nucleo, lettura, amministratore):
        answers = [signed_in(person).get(path) for path in (LIST, page(proposta))]
        assert [answer.status_code for answer in answers] == [403, 403]
        assert "le vede solo chi è Segretario o Ufficio o Responsabile di settore" in answers[0].content.decode()


def test_an_office_reads_the_proposals_that_hold_its_sheets(signed_in, ufficio, proposta):
    client = signed_in(ufficio)
    assert texts(client.get(LIST), with_class("rows") + "/li//a") == [f"Proposta {proposta.pk} — {proposta.subject}"]
    shown = client.get(page(proposta))
    assert (shown.status_code, texts(shown, "//main//form")) == (200, [])
    assert text(shown, with_class("changes") + "//td/a[1]") == "n° 1 Sportello digitale"


def test_another_office_does_not(signed_in, make_person, caluso, proposta):
    elsewhere = make_person("altrove", (caluso, Role.UFFICIO))
    Membership.objects.get(user=elsewhere).sectors.add(make_sector(caluso, "TECNICO"))
    client = signed_in(elsewhere)
    assert text(client.get(LIST), with_class("empty-title")) == "Nessuna proposta contiene schede dei suoi settori"
    assert client.get(page(proposta)).status_code == 404


def test_only_the_segretario_works_on_them(signed_in, ufficio, proposta):
    client = signed_in(ufficio)
    for below in ("testo/", "atti-citati/", "parere/tecnica/", "registra/", "sciogli/", "avvisi/", "aggiungi/"):
        answers = [client.get(page(proposta, below)), client.post(page(proposta, below))]
        assert [answer.status_code for answer in answers] == [403, 403]
        assert "lo può fare Segretario" in answers[0].content.decode()


def test_for_another_entity_it_does_not_exist(signed_in, estraneo, proposta):
    client = signed_in(estraneo)
    own = page(proposta).replace("/caluso/", "/esempio/")
    assert [client.get(path).status_code for path in (page(proposta), own)] == [404, 404]
    assert client.post(f"{own}sciogli/").status_code == 404


# ---- Gathering -----------------------------------------------------------------------------------------------------


def test_all_that_waits_is_offered_and_gathered(visit, this_plan, approvata):
    assert "1 scheda approvata in attesa di una proposta." in text(visit.get(LIST), with_class("panel") + "/p[1]")
    offered = visit.get(f"{LIST}nuova/{YEAR}/")
    assert texts(offered, "//input[@name='schede'][@checked]/@value") == [str(approvata.pk)]
    assert text(offered, with_class("net")) == "Peso del settore: nessuna variazione"
    made = visit.post(f"{LIST}nuova/{YEAR}/", {"schede": [approvata.pk]})
    assert made["Location"] == page(now(approvata).deliberation)


def test_a_double_click_makes_one_proposal(visit, approvata):
    first, second = [visit.post(f"{LIST}nuova/{YEAR}/", {"schede": [approvata.pk]}, follow=True) for _ in range(2)]
    assert first.redirect_chain == second.redirect_chain == [(page(Deliberation.objects.proposals().get()), 302)]
    assert "Queste schede sono già in questa proposta: non ne è stata preparata un'altra." in texts(second, MESSAGES)


WRONG_CHOICES = [
    ({}, "Scegliere almeno una scheda."),
    ({"schede": ["999999"]}, "non è più tra quelle da raccogliere"),
    ({"schede": ["abc"]}, "non è in archivio"),
    ({"schede": ["\x00"]}, "I caratteri null non sono ammessi."),
    ({"schede": ["9" * 30]}, "non è più tra quelle da raccogliere"),
]


def test_a_wrong_choice_is_said_and_nothing_is_made(visit, approvata):
    for sent, sentence in WRONG_CHOICES:
        answer = visit.post(f"{LIST}nuova/{YEAR}/", sent)
        assert (answer.status_code, Deliberation.objects.proposals().count()) == (422, 0)
        assert sentence in text(answer, MESSAGES)


def test_a_year_without_a_plan_and_a_plan_without_sheets(visit, this_plan):
    assert [visit.get(f"{LIST}{path}/").status_code for path in ("nuova/1999", "9" * 30, "nuova/" + "9" * 30)] == [
        404
    ] * 3
    empty = visit.get(f"{LIST}nuova/{YEAR}/")
    assert text(empty, with_class("empty-title")) == "Nessuna scheda approvata da raccogliere"


def test_a_sheet_is_taken_out_and_put_in_again(visit, approvata, proposta):
    taken = visit.post(page(proposta, f"togli/{approvata.pk}/"), follow=True)
    assert (now(approvata).deliberation, now(approvata).state) == (None, State.APPROVATA)
    assert texts(taken, MISSING)[0] == "Non c'è nessuna scheda: aggiungerne una approvata."
    again = visit.post(page(proposta, f"togli/{approvata.pk}/"), follow=True)
    assert "Questa scheda non è più nella proposta." in texts(again, MESSAGES)
    visit.post(page(proposta, "aggiungi/"), {"schede": [approvata.pk]})
    assert now(approvata).deliberation == proposta
    assert visit.post(page(proposta, "togli/999999/")).status_code == 404


def test_an_edit_takes_the_sheet_out_and_the_page_follows(visit, ufficio, approvata, proposta):
    edit(approvata, DraftContent({"title": "Altro titolo"}), by=ufficio)
    assert texts(visit.get(page(proposta)), with_class("changes")) == []


def test_dissolving_asks_first_and_gives_the_sheets_back(visit, approvata, proposta):
    asked = visit.get(page(proposta, "sciogli/"))
    assert "un'altra proposta: 1." in text(asked, "//main/p[1]")
    assert visit.post(page(proposta, "sciogli/"), {"nota": "x" * 2001}).status_code == 422
    answer = visit.post(page(proposta, "sciogli/"), {"nota": "Rinviata a dicembre."}, follow=True)
    assert answer.redirect_chain == [(LIST, 302)]
    assert (Deliberation.objects.proposals().count(), now(approvata).deliberation) == (0, None)
    assert visit.post(page(proposta, "sciogli/")).status_code == 404


# ---- Warnings and what is missing ----------------------------------------------------------------------------------


@pytest.fixture
def late(this_plan, proposta):
    """The proposal once the plan takes no more changes without a note (R28)."""
    this_plan.cut_off = "01-01"
    this_plan.save()
    return proposta


def test_warnings_are_acknowledged_with_a_note(visit, segretario, late):
    warning = text(visit.get(page(late)), "//input[@name='avvisi']/@value")
    without = visit.post(page(late, "avvisi/"), {"avvisi": [warning], "nota": " "})
    assert (without.status_code, Acknowledgement.objects.filter(deliberation=late).count()) == (422, 0)
    assert "Scrivere perché si procede" in text(without, with_class("wrong"))
    other = visit.post(page(late, "avvisi/"), {"avvisi": ["Inventato"], "nota": "Urgente."})
    assert "Gli avvisi sono cambiati nel frattempo" in text(other, with_class("wrong"))
    visit.post(page(late, "avvisi/"), {"avvisi": [warning], "nota": "Urgente."})
    (kept,) = Acknowledgement.objects.filter(deliberation=late)
    assert (kept.rule, kept.message, kept.note, kept.by) == ("R28", warning, "Urgente.", segretario)
    assert texts(visit.get(page(late)), "//input[@name='avvisi']") == []


def test_what_is_missing_is_listed_step_by_step(proposta):
    proposta.premises = " "
    stages = steps(proposta, 1, opinions_of(proposta))
    assert [(stage.label, stage.done) for stage in stages] == [("Schede", True), ("Testo", False), ("Pareri", False)]
    assert [(one.sentence, one.place) for one in missing(stages, [])] == [
        ("Mancano le premesse.", "testo"),
        ("Parere di regolarità tecnica: non ancora reso.", "pareri"),
        ("Parere di regolarità contabile: non ancora reso.", "pareri"),
    ]


def test_what_is_missing_leads_to_where_it_is_done_and_the_heading_has_no_full_stop(visit, proposta):
    proposta.subject = "Variazione del piano."
    proposta.save()
    shown = visit.get(page(proposta))
    assert texts(shown, f"{MISSING}/a/@href") == ["#pareri", "#pareri"]
    assert text(shown, "//h1") == "Variazione del piano"


def test_who_gathers_can_read_what_each_sheet_changes(visit, approvata):
    shown = visit.get(f"{LIST}nuova/{YEAR}/")
    assert texts(shown, with_class("changes") + "//td/a/@href") == [
        f"/caluso/bozze/{approvata.pk}/", f"/caluso/schede/{approvata.pk}/confronto/",
    ]  # fmt: skip


def test_a_sheet_that_moves_weighs_on_both_settori(caluso, this_plan):
    base, left = sheet_of(this_plan, 1), sheet_of(this_plan, 2)
    facts = {"change": "MODIFICATO", "base": base, "objective": base.objective, "weight": 50}
    make_draft(make_sector(caluso, "TERRITORIO"), this_plan, **facts)
    facts |= {"base": left, "objective": left.objective, "number": 2, "weight": 90}
    make_draft(left.sector, this_plan, **facts)
    blocks = changes_by_sector(Sheet.objects.filter(state=State.BOZZA))
    assert [(block.sector.name, block.net, block.effect) for block in blocks] == [
        ("FINANZIARIO", -10, "Peso del settore: −10"),
        ("TERRITORIO", 50, "Peso del settore: +50"),
    ]


def test_a_registered_proposal_leads_to_its_act(visit, segretario, proposta):
    act = adopt(with_opinions(proposta, segretario), SESSION, by=segretario)
    for below in ("", "testo/", "atti-citati/", "parere/tecnica/", "sciogli/", "registra/"):
        assert visit.get(page(proposta, below), follow=True).redirect_chain[-1][0] == f"/caluso/atti/{act.slug}/"
    for below in ("sciogli/", "avvisi/"):
        assert visit.post(page(proposta, below), follow=True).redirect_chain[-1][0] == f"/caluso/atti/{act.slug}/"


# ---- Queries -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_whatever_its_length(visit, caluso, django_assert_num_queries, count):
    plan, sector = make_plan(caluso, YEAR), make_sector(caluso)
    for number in range(1, count + 1):
        proposal = make_proposal(caluso, session_on=None, plan_year=YEAR)
        make_draft(sector, plan, number=number, state=State.APPROVATA, deliberation=proposal)
        make_draft(sector, plan, number=100 + number, state=State.APPROVATA)
    with django_assert_num_queries(7):
        listed = visit.get(LIST)
    assert len(texts(listed, with_class("rows") + "/li")) == count


@pytest.mark.parametrize("count", [1, 30])
def test_a_proposal_takes_the_same_queries_whatever_its_sheets(visit, caluso, django_assert_num_queries, count):
    plan, sector = make_plan(caluso, YEAR), make_sector(caluso)
    proposal = make_proposal(caluso, session_on=None, plan_year=YEAR)
    for number in range(1, count + 1):
        make_draft(sector, plan, number=number, state=State.APPROVATA, deliberation=proposal)
        make_draft(sector, plan, number=100 + number, state=State.APPROVATA)
    with django_assert_num_queries(21):
        shown = visit.get(page(proposal))
    assert len(texts(shown, "//tbody/tr")) == 2 * count
