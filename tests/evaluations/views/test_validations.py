"""The Nucleo's desk: what waits, a package with what changed in it, remarks that nobody else reads before the time."""

import pytest

from deliberations.calendar import of_the, written
from evaluations.models import Validation
from evaluations.validating import remark
from objectives.workflow import adopt, amend, approve, propose, submit
from tests.factories import load, written_act
from tests.pages import text, texts, with_class
from tests.sessions import SESSION, TODAY, with_opinions
from tests.this_year import YEAR, approved_plan, first_act, full_sheet, rewritten, sheet_of
from tests.validations import decided, frozen, requested

pytestmark = pytest.mark.django_db

SECRET = "Titolo che nessuno ha ancora adottato"


@pytest.fixture
def waiting(plan, segretario):
    """The plan after GC 8, before the Nucleo."""
    return frozen(requested(plan, segretario))


@pytest.fixture
def second(plan, waiting, nucleo, ufficio, responsabile, segretario):
    """The first was validated; then GC 100 changed FINANZIARIO n° 2, and it lies before the Nucleo."""
    decided(waiting, nucleo, minutes_number="1")
    change = rewritten(amend(sheet_of(plan, 2), by=ufficio), ufficio, title="Sportello digitale", weight="40")
    change = approve(submit(change, by=responsabile), by=segretario)
    adopt(with_opinions(propose(plan, [change], by=segretario), segretario), SESSION, by=segretario)
    return frozen(Validation.objects.get(act__number=100))


def changed(plan, *sheets):
    """The act GC 9, imported, that changed these sheets of the plan."""
    act = written_act(9, f"{YEAR}-01-02", *sheets, cites=[(8, f"{YEAR}-01-01")])
    return load({**act, "plan": {"year": YEAR, "triennium": None}}, plan.entity).act


def page_of(validation, way=""):
    return f"/caluso/validazioni/{validation.pk}/{way}"


def reading(validation, sheet):
    return page_of(validation, f"schede/{sheet.pk}/")


# ---- The list --------------------------------------------------------------------------------------------------------


def test_what_waits_stands_first_then_what_was_decided_by_plan(signed_in, nucleo, second):
    page = signed_in(nucleo).get("/caluso/validazioni/")
    assert texts(page, "//main//h2") == ["Da validare 1", f"Piano della Performance {YEAR}"]
    name = f"Piano della Performance {YEAR} dopo la GC 100/{YEAR}"
    assert texts(page, with_class("waiting") + "//a") == [name]
    assert texts(page, "//table//td") == [
        f"Dopo la GC 8/{YEAR} poi il piano è cambiato con la GC 100/{YEAR}",
        "validata",
        f"n. 1 {of_the(TODAY)}",
        written(TODAY),
    ]


def test_the_segretario_finds_there_what_is_to_be_sent_and_sends_it(signed_in, segretario, act100):
    client = signed_in(segretario)
    page = client.get("/caluso/validazioni/", {"atto": "gc-100-2022"})
    assert texts(page, "//section//li//a") == ["Piano della Performance 2022 dopo la GC 100/2022"]
    sent = client.post(text(page, "//main//form/@action"), {"anno": "2022"})
    validation = Validation.objects.get()
    assert (sent.url, validation.act, validation.state) == (page_of(validation), act100, "IN_PREPARAZIONE")
    assert "in preparazione" in text(client.get(sent.url), "//main//section[@aria-labelledby='fascicolo']")
    again = client.post("/caluso/validazioni/nuova/gc-100-2022/", {"anno": "2022"}, follow=True)
    assert texts(again, with_class("alert-danger")) == ["È già trasmesso al Nucleo, che non ha ancora deciso."]


@pytest.mark.parametrize("year", ["", "1999", "boh", "²⁰²²"])
def test_an_act_goes_with_a_plan_that_it_changed(signed_in, segretario, act100, year):
    answer = signed_in(segretario).post("/caluso/validazioni/nuova/gc-100-2022/", {"anno": year})
    assert answer.status_code == (404 if year == "1999" else 302)


def test_an_act_that_changed_no_plan_has_nothing_to_validate(signed_in, segretario, act100):
    assert signed_in(segretario).post("/caluso/validazioni/nuova/gc-1-2022/").status_code == 404


def test_the_page_of_an_act_says_what_the_nucleo_said(signed_in, segretario, lettura, second):
    section = "//section[@aria-labelledby='validazioni']"
    page = signed_in(lettura).get(f"/caluso/atti/gc-8-{YEAR}/")
    assert texts(page, section + "//li") == [f"Validata: verbale n. 1 {of_the(TODAY)}"]
    path = f"/caluso/atti/{changed(second.plan, full_sheet(9)).slug}/"
    assert texts(signed_in(lettura).get(path), section + "//button") == []
    assert texts(signed_in(segretario).get(path), section + "//button") == ["Sì, trasmetti al Nucleo"]


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_however_long(
    count, plan, segretario, nucleo, signed_in, django_assert_num_queries
):
    one = decided(frozen(requested(plan, segretario)), nucleo, "RESTITUITA", reasons="Manca il verbale.")
    for number in range(1, count):
        one.pk, one.minutes_number = None, str(number)
        one.save()
    client = signed_in(segretario)
    with django_assert_num_queries(10):
        page = client.get("/caluso/validazioni/")
    assert len(texts(page, "//tbody/tr")) == count


# ---- A package -------------------------------------------------------------------------------------------------------


def test_a_first_validation_says_so_and_shows_the_weights(signed_in, nucleo, waiting):
    page = signed_in(nucleo).get(page_of(waiting))
    assert "prima validazione" in text(page, "//section[@aria-labelledby='schede']/p")
    assert texts(page, "//main//h3") == ["FINANZIARIO", "TECNICO"]
    assert texts(page, "//td[@data-label='Peso']") == ["60", "40", "100"]
    hashes = texts(page, with_class("hash"))
    assert hashes == [waiting.package_sha256, *(one.document.sha256 for one in waiting.files.all())]


def test_what_changed_since_the_last_validated_version_stands_beside_each_sheet(signed_in, nucleo, plan, second):
    page = signed_in(nucleo).get(page_of(second))
    since = '//td[@data-label="Dall\'ultima validazione"]'
    assert texts(page, since) == ["uguale", "MODIFICATO Obiettivo: testo modificato", "uguale"]
    only = signed_in(nucleo).get(page_of(second), {"solo": "cambiate"})
    assert texts(only, since) == ["MODIFICATO Obiettivo: testo modificato"]
    sheet = sheet_of(plan, 2)
    read = signed_in(nucleo).get(reading(second, sheet))
    assert texts(read, "//dl[@class='differences']//ins") != []
    assert f"/caluso/schede/{sheet.pk}/confronto/?con={sheet.base_id}" in texts(read, "//main//a/@href")


def test_a_sheet_that_went_is_named_and_one_that_came_is_marked(signed_in, plan, waiting, nucleo, segretario):
    decided(waiting, nucleo)
    act = changed(plan, full_sheet(2, change="ELIMINATO"), full_sheet(7, weight=40))
    page = signed_in(nucleo).get(page_of(frozen(requested(plan, segretario, act))))
    assert texts(page, with_class("gone") + "/li") == [
        "ELIMINATO n° 2 Obiettivo 2 era nell'ultima validazione e non è più nel piano"
    ]
    assert texts(page, "//td" + with_class("change")) == ["INSERITO"]


def test_a_package_that_was_sent_back_is_nothing_to_compare_with(signed_in, plan, waiting, nucleo, segretario):
    decided(waiting, nucleo, "RESTITUITA", reasons="Mancano i pesi.")
    again = frozen(requested(plan, segretario))
    assert "prima validazione" in text(signed_in(nucleo).get(page_of(again)), "//section[@aria-labelledby='schede']/p")


def test_the_package_that_a_later_act_overtook_says_so(signed_in, lettura, waiting, second):
    page = signed_in(lettura).get(page_of(waiting))
    assert "il piano è cambiato ancora, con la GC 100" in text(page, with_class("standing"))
    assert texts(signed_in(lettura).get(page_of(second)), with_class("standing")) == []


@pytest.mark.parametrize("count", [1, 30])
def test_a_package_takes_the_same_queries_whatever_it_holds(
    count, caluso, segretario, nucleo, signed_in, django_assert_num_queries
):
    plan = approved_plan(caluso, *(full_sheet(number, weight=100) for number in range(1, count + 1)))
    decided(frozen(requested(plan, segretario)), nucleo)
    sheets = (full_sheet(number, change="MODIFICATO", title="Altro titolo") for number in range(1, count + 1))
    asked = frozen(requested(plan, segretario, changed(plan, *sheets)))
    client = signed_in(nucleo)
    with django_assert_num_queries(17):
        page = client.get(page_of(asked))
    assert len(texts(page, "//tbody/tr")) == count


def test_the_nucleo_never_reads_a_draft(signed_in, plan, ufficio, nucleo, waiting, second):
    draft = rewritten(amend(sheet_of(plan, 1), by=ufficio), ufficio, title=SECRET)
    client, sheet = signed_in(nucleo), sheet_of(plan, 1)
    pages = [
        "/caluso/",
        "/caluso/validazioni/",
        page_of(waiting),
        page_of(second),
        page_of(second, "decidi/"),
        page_of(second, "rilievo/"),
        reading(second, sheet),
        f"/caluso/atti/gc-100-{YEAR}/",
        f"/caluso/schede/{sheet.pk}/",
    ]
    shown = [client.get(path) for path in pages]
    assert [page.status_code for page in shown] == [200] * len(pages)
    assert not any(SECRET in page.content.decode() for page in shown)
    assert client.get(reading(second, draft)).status_code == 404


# ---- Remarks ---------------------------------------------------------------------------------------------------------


def test_the_nucleo_writes_a_remark_and_goes_on_to_the_next_sheet(signed_in, nucleo, plan, waiting):
    client, first, following = signed_in(nucleo), sheet_of(plan, 1), sheet_of(plan, 2)
    answer = client.post(reading(waiting, first), {"testo": "Serve un costo.", "versione": "", "poi": "prossima"})
    assert answer.url == reading(waiting, following)
    back = client.post(reading(waiting, following), {"testo": "", "versione": ""})
    assert back.url == f"{page_of(waiting)}#scheda-{following.pk}"
    assert list(waiting.remarks.values_list("sheet", "text", "by")) == [(first.pk, "Serve un costo.", nucleo.pk)]
    assert texts(client.get(page_of(waiting)), "//td[@data-label='Rilievo']") == ["Serve un costo.", "—", "—"]


def test_a_remark_on_the_whole_package(signed_in, nucleo, waiting):
    client = signed_in(nucleo)
    answer = client.post(page_of(waiting, "rilievo/"), {"testo": "Tempi stretti.", "versione": ""})
    assert answer.url == f"{page_of(waiting)}#rilievo"
    assert texts(client.get(page_of(waiting)), "//section[@aria-labelledby='rilievo']//div") == ["Tempi stretti."]


@pytest.mark.parametrize("who", ["ufficio", "responsabile", "segretario", "amministratore", "lettura"])
def test_until_the_decision_only_the_nucleo_reads_its_remarks(request, signed_in, who, plan, waiting, nucleo):
    remark(waiting, sheet_of(plan, 1), "Serve un costo.", by=nucleo)
    remark(waiting, None, "Tempi stretti.", by=nucleo)
    client, words = signed_in(request.getfixturevalue(who)), ("Serve un costo.", "Tempi stretti.")

    def read():
        pages = [client.get(page_of(waiting)), client.get(reading(waiting, sheet_of(plan, 1)))]
        return [[word in page.content.decode() for word in words] for page in pages]

    assert read() == [[False, False], [False, False]]
    refused = client.post(reading(waiting, sheet_of(plan, 1)), {"testo": "Anch'io.", "versione": ""})
    assert (refused.status_code, waiting.remarks.count()) == (403, 2)
    waiting.refresh_from_db()
    decided(waiting, nucleo, "CON_RILIEVI")
    assert read() == [[True, True], [True, False]]


def test_two_of_the_nucleo_write_at_once_and_neither_loses_a_word(signed_in, nucleo, plan, waiting):
    sheet, client = sheet_of(plan, 1), signed_in(nucleo)
    remark(waiting, sheet, "Il primo.", by=nucleo)
    page = client.post(reading(waiting, sheet), {"testo": "Il secondo.", "versione": ""})
    assert page.status_code == 409
    assert texts(page, "//section[@aria-labelledby='rilievo']//div[@class='note']") == ["Il primo."]
    assert texts(page, "//textarea") == ["Il secondo."]
    version = text(page, "//input[@name='versione']/@value")
    client.post(reading(waiting, sheet), {"testo": "Il secondo.", "versione": version})
    assert waiting.remarks.get().text == "Il secondo."


def test_what_comes_after_the_decision_is_not_kept_and_not_lost(signed_in, nucleo, plan, waiting):
    decided(waiting, nucleo)
    page = signed_in(nucleo).post(reading(waiting, sheet_of(plan, 1)), {"testo": "Troppo tardi.", "versione": ""})
    assert page.status_code == 422
    assert texts(page, "//section[@aria-labelledby='rilievo']//div[@class='note']") == ["Troppo tardi."]
    general = signed_in(nucleo).post(page_of(waiting, "rilievo/"), {"testo": "Tardi anche questo.", "versione": ""})
    assert texts(general, "//main//div[@class='note']") == ["Tardi anche questo."]
    assert waiting.remarks.count() == 0


def test_a_remark_has_an_end(signed_in, nucleo, plan, waiting):
    page = signed_in(nucleo).post(reading(waiting, sheet_of(plan, 1)), {"testo": "x" * 4001, "versione": ""})
    assert page.status_code == 422
    assert "al massimo 4000 caratteri" in text(page, with_class("has-error"))


# ---- Elsewhere -------------------------------------------------------------------------------------------------------


def test_of_another_entity_there_is_nothing(signed_in, estraneo, plan, waiting):
    client, sheet = signed_in(estraneo), sheet_of(plan, 1)
    paths = ["/caluso/validazioni/", page_of(waiting), reading(waiting, sheet), page_of(waiting, "decidi/")]
    paths += [path.replace("caluso", "esempio") for path in paths[1:]]
    assert [client.get(path).status_code for path in paths] == [404] * 7


def test_a_sheet_of_another_package_is_not_found(signed_in, nucleo, plan, waiting, second):
    old = sheet_of(plan, 2).base
    assert signed_in(nucleo).get(reading(second, old)).status_code == 404
    assert signed_in(nucleo).get(reading(waiting, old)).status_code == 200


def test_nobody_asks_for_a_validation_of_an_unknown_plan(signed_in, segretario, plan):
    path = f"/caluso/validazioni/nuova/gc-77-{YEAR}/"
    assert signed_in(segretario).post(path).status_code == 404
    assert first_act(plan).validations.count() == 0
