"""The timeline of an objective and its full audit: what happened, who did it, and who may read it."""

import pytest

from objectives.draft_content import DraftContent
from objectives.models import Acknowledgement, Sheet
from objectives.workflow import amend, approve, comment, correct, edit, insert, send_back, submit, withdraw
from organisation.models import Membership, Sector
from organisation.roles import Role
from tests.pages import text, texts, with_class
from tests.plans import adopt, cites, indicator_data, sheet_data
from tests.this_year import YEAR, approved_plan, rewritten, sheet_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def in_force(caluso):
    """FINANZIARIO n° 1, in force this year."""
    return sheet_of(approved_plan(caluso), 1)


@pytest.fixture
def change(in_force, ufficio):
    """A draft that changes it, written by the office."""
    return rewritten(amend(in_force, by=ufficio), ufficio)


@pytest.fixture
def altrove(make_person, caluso, in_force):
    """Works in an office of another settore."""
    tecnico = Sector(entity=caluso, name="TECNICO")
    tecnico.save()
    person = make_person("altrove", (caluso, Role.UFFICIO))
    Membership.objects.get(user=person).sectors.add(tecnico)
    return person


def timeline(client, sheet):
    return client.get(f"/caluso/schede/{getattr(sheet, 'pk', sheet)}/cronologia/")


def audit(client, sheet, more=""):
    return client.get(f"/caluso/schede/{getattr(sheet, 'pk', sheet)}/storia/{more}")


def titles(response):
    return texts(response, with_class("chapter") + "/h2")


def steps(response, chapter=1):
    """What was done with a version, and by whom."""
    place = f"({with_class('chapter')})[{chapter}]//li//*[self::strong or contains(@class, 'meta')]"
    found = texts(response, place)
    return list(zip(found[::2], found[1::2], strict=True))


def saves(response):
    """What each save did: its entries, the latest first."""
    count = len(texts(response, with_class("save")))
    return [texts(response, f"({with_class('save')})[{place}]//tr[th]") for place in range(1, count + 1)]


# ---- The timeline ----------------------------------------------------------------------------------------------------


def test_the_versions_of_the_real_act_with_their_days(signed_in, lettura, act100):
    response = timeline(signed_in(lettura), Sheet.objects.get(title="ESTERNALIZZAZIONE SERVIZIO TRIBUTI"))
    assert titles(response) == ["GC 8/2022", "GC 100/2022 MODIFICATO"]
    assert texts(response, with_class("chapter-days")) == [
        "Adottata il 7 febbraio 2022 · in vigore dal 7 febbraio 2022 al 17 ottobre 2022 (253 giorni) · "
        "testo non in archivio",
        "Adottata il 18 ottobre 2022 · in vigore dal 18 ottobre 2022",
    ]
    assert steps(response) == [("Messa in archivio", "chi amministra l'installazione")]


def test_a_removal_and_what_waits(signed_in, lettura, caluso):
    first = adopt(caluso, 1, "2022-01-10", sheet_data())
    removal = sheet_data(change="ELIMINATO", motive="SOSTITUZIONE", motive_text="Non serve.")
    adopt(caluso, 2, "2022-03-10", removal, cites=cites(first), immediately_enforceable=False)
    response = timeline(signed_in(lettura), Sheet.objects.first())
    assert texts(response, with_class("chapter-days")) == [
        "Adottata il 10 gennaio 2022 · in vigore dal 10 gennaio 2022",
        "Adottata il 10 marzo 2022 · in attesa di esecutività",
    ]
    assert "Motivo: sostituzione per volontà dell'Amministrazione: Non serve." in texts(response, "//main//li/p")


def test_a_version_that_was_changed_on_its_first_day_was_never_in_force(signed_in, lettura, caluso):
    first = adopt(caluso, 1, "2022-01-10", sheet_data())
    adopt(caluso, 2, "2022-01-10", sheet_data(change="MODIFICATO"), cites=cites(first))
    days = texts(timeline(signed_in(lettura), Sheet.objects.first()), with_class("chapter-days"))
    changed = "mai in vigore: l'ha cambiata un altro atto con effetto dal 10 gennaio 2022"
    assert days[0] == f"Adottata il 10 gennaio 2022 · {changed}"


def test_who_drafted_sent_refused_and_approved_with_their_notes(
    signed_in, ufficio, responsabile, segretario, change, in_force
):
    send_back(submit(change, by=responsabile, note="Pronta."), by=segretario, note="Manca il mese.")
    approve(submit(change, by=responsabile), by=segretario)
    Acknowledgement(sheet=change, rule="R28", message="Tardi.", note="Urgente.", by=segretario).save()
    response = timeline(signed_in(ufficio), in_force)
    assert titles(response) == [f"GC 8/{YEAR} INSERITO", "Proposta in corso: approvata MODIFICATO"]
    assert steps(response, 2) == [
        ("Bozza avviata", "Ufficio Rossi"),
        ("Inviata al Segretario", "Responsabile Rossi"),
        ("Rinviata con nota", "Segretario Rossi"),
        ("Inviata al Segretario", "Responsabile Rossi"),
        ("Approvata", "Segretario Rossi"),
        ("Presa d'atto dell'avviso R28: Tardi.", "Segretario Rossi"),
    ]
    assert texts(response, with_class("note")) == ["Pronta.", "Manca il mese.", "Urgente."]


def test_a_correction_stands_with_both_texts(signed_in, lettura, segretario, in_force):
    correct(in_force, place="Titolo", written="Obbiettivo", right="Obiettivo", note="Refuso.", by=segretario)
    response = timeline(signed_in(lettura), in_force)
    assert steps(response)[1] == ("Rettifica di errore materiale, Titolo", "Segretario Rossi")
    assert "Registrato «Obbiettivo», si legga «Obiettivo»." in texts(response, with_class("steps-taken") + "//p")


def test_a_withdrawn_proposal_stays_with_its_reason(signed_in, ufficio, change, in_force):
    key = change.pk
    withdraw(change, by=ufficio, note="Non serve più.")
    for start in (in_force, key):
        response = timeline(signed_in(ufficio), start)
        assert titles(response) == [f"GC 8/{YEAR} INSERITO", "Proposta ritirata MODIFICATO"]
        assert steps(response, 2) == [("Bozza avviata", "Ufficio Rossi"), ("Ritirata", "Ufficio Rossi")]
        assert texts(response, with_class("note")) == ["Non serve più."]


def test_a_new_objective_that_was_withdrawn_is_still_told(signed_in, ufficio, lettura, in_force):
    draft = insert(in_force.objective.plan, in_force.sector, by=ufficio)
    key = draft.pk
    withdraw(draft, by=ufficio)
    assert titles(timeline(signed_in(ufficio), key)) == ["Proposta ritirata INSERITO"]
    assert audit(signed_in(ufficio), key).status_code == 200
    assert [timeline(signed_in(lettura), key).status_code, audit(signed_in(lettura), key).status_code] == [404, 404]


@pytest.mark.parametrize("who", ["lettura", "nucleo", "amministratore", "altrove"])
def test_who_has_no_part_in_a_proposal_sees_adopted_versions_alone(request, signed_in, change, in_force, who):
    client = signed_in(request.getfixturevalue(who))
    assert titles(timeline(client, in_force)) == [f"GC 8/{YEAR} INSERITO"]
    assert [timeline(client, change).status_code, audit(client, change).status_code] == [404, 404]


@pytest.mark.parametrize("kind", ["cronologia", "storia"])
def test_another_entity_does_not_learn_that_it_is_there(signed_in, estraneo, change, in_force, kind):
    client = signed_in(estraneo)
    pages = [f"/{entity}/schede/{key}/{kind}/" for entity in ("caluso", "esempio") for key in (in_force.pk, change.pk)]
    assert {client.get(page).status_code for page in pages} == {404}


@pytest.mark.parametrize("count", [1, 30])
def test_the_timeline_takes_the_same_queries_whatever_happened(
    signed_in, ufficio, responsabile, change, in_force, django_assert_num_queries, count
):
    for _ in range(count):
        edit(submit(change, by=responsabile), DraftContent({"title": f"Titolo {_}"}), by=ufficio)
    client = signed_in(ufficio)
    with django_assert_num_queries(11):
        assert len(steps(timeline(client, in_force), 2)) == 1 + 2 * count


def test_what_was_said_about_a_draft_is_a_click_away_for_who_sees_drafts(
    signed_in, ufficio, lettura, responsabile, change, in_force
):
    comment(change, "Da rivedere", by=ufficio)
    link = f"//a[@href='/caluso/bozze/{change.pk}/commenti/']"
    page = f"/caluso/schede/{in_force.pk}/cronologia/"
    assert texts(signed_in(responsabile).get(page), link) == ["Commenti e allegati della bozza (1)"]
    assert texts(signed_in(lettura).get(page), link) == []


def test_from_a_withdrawn_draft_to_where_it_is_taken_up_again(signed_in, ufficio, segretario, change, in_force):
    withdraw(change, by=ufficio)
    page, link = f"/caluso/schede/{in_force.pk}/cronologia/", "//a[@href='/caluso/bozze/ritirate/']"
    assert len(texts(signed_in(ufficio).get(page), link)) == 1
    assert texts(signed_in(segretario).get(page), link) == []


# ---- The audit -------------------------------------------------------------------------------------------------------


def test_every_save_field_by_field(signed_in, ufficio, change, in_force):
    row = {"key": str(change.phases.first().key), "position": 1, "text": "Avvio subito", "months": [f"{YEAR}-03"]}
    edit(change, DraftContent({"weight": 55}, phases=[row]), by=ufficio)
    response = audit(signed_in(ufficio), change)
    assert text(response, f"({with_class('save')})[1]//h2/span") == "Ufficio Rossi"
    assert text(response, f"({with_class('save')})[1]/p") == "Proposta in corso (bozza) · Modifica della bozza"
    assert saves(response)[0][1:] == [
        "Scheda: modificata",
        "Peso 60 55",
        "Fase 1: modificata",
        "Descrizione della fase Avvio Avvio subito",
        f"Mesi vuoto {YEAR}-03",
        "Fase 2: tolta",
    ]
    assert texts(response, f"({with_class('save')})[1]//li") == [
        "Posizione: 2",
        "Descrizione della fase: Verifica",
        f"Mesi: {YEAR}-12",
    ]
    assert "Obiettivo Obiettivo 1 Sportello digitale" in saves(response)[1]


def test_the_saves_of_a_withdrawn_proposal_outlive_it(signed_in, ufficio, change, in_force):
    withdraw(change, by=ufficio)
    response = audit(signed_in(ufficio), in_force)
    names = texts(response, with_class("save") + "/p")
    assert names[0].startswith("Proposta ritirata · Bozza ritirata")
    assert "Scheda: tolta" in saves(response)[0]
    assert names[-1] == (
        f"Versione della GC 8/{YEAR} · Importazione dell'atto Giunta Comunale 8/{YEAR} · Giunta Comunale 8/{YEAR}"
    )


def test_readers_see_what_was_written_with_an_act(signed_in, lettura, change, in_force):
    response = audit(signed_in(lettura), in_force)
    assert {name.split(" · ")[0] for name in texts(response, with_class("save") + "/p")} == {
        f"Versione della GC 8/{YEAR}"
    }
    assert "Le scritture fatte prima dell'adozione" in " ".join(texts(response, "//main/p"))


def test_what_people_wrote_is_shown_and_never_run(signed_in, ufficio, change):
    rewritten(change, ufficio, title="<script>alert(1)</script>", description="riga\nriga")
    page = audit(signed_in(ufficio), change).content.decode()
    assert "<script>alert" not in page
    assert "riga<br>riga" in page


@pytest.mark.parametrize("count", [1, 30])
def test_the_audit_takes_the_same_queries_whatever_was_saved(
    signed_in, segretario, caluso, django_assert_num_queries, count
):
    staff = [{"category": "C", "name": f"Persona {number}", "share": "10"} for number in range(count)]
    indicators = [indicator_data(f"Indice {number}") for number in range(count)]
    adopt(caluso, 1, "2022-01-10", sheet_data(indicators=indicators, staff=staff))
    client = signed_in(segretario)
    with django_assert_num_queries(14):
        audit(client, Sheet.objects.get())


def test_the_audit_comes_in_pages(signed_in, segretario, caluso):
    staff = [{"category": "C", "name": f"Persona {number}", "share": "10"} for number in range(110)]
    adopt(caluso, 1, "2022-01-10", sheet_data(staff=staff))
    client, sheet = signed_in(segretario), Sheet.objects.get()
    entries = [len(texts(audit(client, sheet, f"?pagina={page}"), "//th[@colspan]")) for page in (1, 2)]
    assert entries == [100, 14]  # 110 people, a phase, an indicator, the sheet made and adopted


# ---- As it was -------------------------------------------------------------------------------------------------------


@pytest.fixture
def three(caluso):
    """Sheet 1 in three versions: of January, of March, removed in June."""
    first = adopt(caluso, 1, "2022-01-10", sheet_data(title="Primo"))
    second = adopt(caluso, 2, "2022-03-10", sheet_data(title="Secondo", change="MODIFICATO"), cites=cites(first))
    adopt(caluso, 3, "2022-06-10", sheet_data(title="Secondo", change="ELIMINATO"), cites=cites(second))
    return list(Sheet.objects.order_by("pk"))


@pytest.mark.parametrize(
    ("asked", "version", "said"),
    [
        ({"giorno": "2022-02-01"}, 0, "Questa è la versione in vigore al 1° febbraio 2022."),
        ({"giorno": "11/03/2022"}, 1, "Questa è la versione in vigore all'11 marzo 2022."),
        ({"atto": "gc-2-2022"}, 1, "Questa è la versione in vigore dopo GC 2/2022."),
        ({"giorno": "2021-12-31"}, 2, "Nessuna versione di questo obiettivo risulta in vigore al 31 dicembre 2021."),
        ({"atto": "gc-3-2022"}, 2, "Nessuna versione di questo obiettivo risulta in vigore dopo GC 3/2022."),
        ({"giorno": "2022-02-30"}, 2, "Questo giorno non esiste: scriverlo come 31/10/2022."),
        ({"giorno": "2022-02-01", "atto": "gc-2-2022"}, 2, "Scegliere un giorno oppure un atto, non tutti e due."),
        ({"atto": "gc-77-2022"}, 2, "Questo atto non è in archivio."),
    ],
)
def test_a_sheet_leads_to_its_version_of_a_moment(signed_in, lettura, three, asked, version, said):
    response = signed_in(lettura).get(f"/caluso/schede/{three[2].pk}/com-era/", asked, follow=True)
    assert response.redirect_chain == [(f"/caluso/schede/{three[version].pk}/", 302)]
    assert texts(response, with_class("alert")) == [said]
