"""The drafting form: opened, saved, left half done, saved by two people; nothing that was typed is lost."""

import pytest

from objectives.forms.typed import PHASES, TypedRow
from objectives.models import Passage, Sheet
from objectives.workflow import eliminate, insert, send_back, submit
from organisation.models import Manager
from tests.desk import Desk
from tests.factories import make_sector
from tests.pages import text, texts, with_class
from tests.this_year import YEAR, sheet_of

pytestmark = pytest.mark.django_db

TITLE, WEIGHT = "//textarea[@name='title']", "//input[@name='weight']/@value"
ALERTS = "//main" + with_class("alert") + "[not(@hidden)]"


def now(draft):
    return Sheet.objects.get(pk=draft.pk)


def test_the_form_holds_the_whole_sheet(desk, change):
    page = desk.client.get(desk.address)
    assert page.status_code == 200
    assert text(page, TITLE) == "Sportello digitale"
    assert texts(page, WEIGHT) == ["60"]
    assert texts(page, "//fieldset[@id='phases']//textarea")[:2] == ["Avvio", "Verifica"]
    assert texts(page, "//input[@type='checkbox'][@checked]/@value") == [f"{YEAR}-12"]
    assert texts(page, with_class("reading"))[:2] == ["2 → 2, almeno", f"31/12/{YEAR} → 31/12/{YEAR}, entro"]


def test_the_weights_of_the_resulting_plan_stand_beside_it(desk):
    desk.write(weight="50").press()
    page = desk.client.get(desk.address)
    assert text(page, "//aside" + with_class("weight")) == "Peso noto 90 su 100: mancano 10."


def test_what_the_rules_say_stands_at_its_field(desk):
    desk.write(motive="").press()
    page = desk.client.get(desk.address)
    assert text(page, "//*[@id='motive']" + with_class("said-here")).startswith("R07 Manca il motivo")
    assert "#motive" in texts(page, "//*[@id='regole']//a/@href")


def test_who_corrects_a_draft_has_the_note_of_the_segretario_before_them(desk, change, responsabile, segretario):
    desk.write(motive="SLITTAMENTO", motive_text="La fornitura tarda.").press()
    submit(now(change), by=responsabile)
    send_back(now(change), by=segretario, note="Il titolo è vago.")
    assert text(desk.client.get(desk.address), with_class("sent-back")).endswith("Il titolo è vago.")


def test_a_save_stores_everything_and_says_so(desk, change):
    answer = desk.write(title="Sportello unico", weight="12,5", multi_year="on").press()
    assert (answer.status_code, answer.url) == (302, f"{desk.address}?salvata")
    saved = now(change)
    assert (saved.title, str(saved.weight), saved.multi_year) == ("Sportello unico", "12.50", True)
    assert saved.row_version == change.row_version + 1
    said = texts(desk.client.get(answer.url), ALERTS)[0]
    assert said.startswith("Bozza salvata alle ")
    assert said.endswith(". Quando è pronta, la invia al Segretario il responsabile.")


def test_a_save_that_changes_nothing_leaves_a_sheet_sent(desk, change, responsabile):
    desk.write(motive="SLITTAMENTO", motive_text="La fornitura tarda.").press()
    submit(now(change), by=responsabile)
    desk.typed.row_version = now(change).row_version
    assert "Nulla è cambiato: la scheda resta inviata." in texts(desk.client.get(desk.press().url), ALERTS)
    assert now(change).state == "INVIATA"


def test_a_draft_that_nobody_wrote_in_yet_is_not_found_wrong(signed_in, ufficio, this_plan):
    desk = Desk(signed_in(ufficio), insert(this_plan, sheet_of(this_plan, 1).sector, by=ufficio))
    page = desk.client.get(desk.address)
    assert text(page, "//*[@id='regole']") == "Si legge qui dal primo salvataggio."
    assert texts(page, "//main" + with_class("said-here")) == []
    desk.write(title="Archivio").press()
    assert "R07" in text(desk.client.get(desk.address), "//*[@id='regole']")


def test_a_draft_may_be_incomplete(desk, change):
    assert desk.write(title="", weight="", motive="", description="").press().status_code == 302
    assert (now(change).title, now(change).weight) == ("", None)


def test_what_cannot_be_kept_comes_back_as_it_was_typed(desk, change):
    page = desk.write(weight="abc", title="Titolo nuovo").press()
    assert page.status_code == 422
    assert texts(page, WEIGHT) == ["abc"]
    assert text(page, TITLE) == "Titolo nuovo"
    assert text(page, "//*[@id='weight']" + with_class("wrong")) == "Scrivere un numero, per esempio 12,5."
    assert texts(page, "//*[@role='alert']//a/@href") == ["#id_weight"]
    assert now(change).row_version == change.row_version


def test_a_double_click_on_save_is_harmless(desk, change):
    desk.write(title="Sportello unico")
    assert [desk.press().status_code for _ in range(2)] == [302, 302]
    assert now(change).row_version == change.row_version + 1


def test_what_is_typed_is_only_text(desk):
    markup = "</textarea><script>alert(1)</script>{{ sheet }}{% now 'Y' %}"
    page = desk.write(title=markup, weight="x").press()
    assert text(page, TITLE) == markup


def test_a_row_is_added_without_a_script_and_nothing_is_saved(desk, change):
    page = desk.write(weight="abc").press("aggiungi-fase:5")
    assert page.status_code == 200
    assert len(texts(page, "//li[@data-slot='5']//textarea[@autofocus]")) == 1
    assert texts(page, WEIGHT) == ["abc"]
    assert now(change).phases.count() == 2


def test_a_row_is_moved_without_a_script_and_the_focus_stays_on_its_button(desk, change):
    key = desk.typed.phases[0].key
    page = desk.press(f"giu-fase:{key}")
    assert texts(page, "//fieldset[@id='phases']//textarea")[:2] == ["Verifica", "Avvio"]
    assert texts(page, "//button[@autofocus]/@value") == [f"giu-fase:{key}"]


def test_rows_come_go_and_move_and_are_stored_so(desk, change):
    first, second = desk.typed.phases
    first.slot, second.slot = 5, 1
    desk.typed.phases.append(TypedRow("00000000-0000-4000-8000-000000000008", {"text": ["Collaudo"]}, 8))
    desk.typed.indicators.pop()
    assert desk.press().status_code == 302
    assert list(now(change).phases.values_list("position", "text")) == [(1, "Verifica"), (5, "Avvio"), (8, "Collaudo")]
    assert now(change).indicators.count() == 1


def test_a_new_row_keeps_its_key_when_the_page_saves_again(desk, change):
    desk.typed.phases.append(TypedRow("00000000-0000-4000-8000-000000000008", {"text": ["Collaudo"]}, 8))
    first = desk.save_by_itself().json()
    desk.typed.row_version = first["row_version"]
    assert desk.save_by_itself().json()["row_version"] == first["row_version"]


def test_a_draft_saves_itself(desk, change):
    told = desk.write(title="Sportello unico", weight="50").save_by_itself().json()
    assert now(change).title == "Sportello unico"
    assert told["row_version"] == change.row_version + 1
    assert "Peso noto 90 su 100: mancano 10." in told["weights"]
    assert set(told) == {"row_version", "opened", "saved_at", "weights", "messages", "places"}


def test_what_the_rules_say_follows_what_was_saved(desk):
    places = {one["anchor"]: one["said"] for one in desk.write(motive="").save_by_itself().json()["places"]}
    assert "Manca il motivo della variazione." in places["motive"]


def test_what_cannot_be_kept_is_told_to_the_page_that_saves_itself(desk, change):
    answer = desk.write(weight="abc").save_by_itself()
    assert (answer.status_code, answer.json()) == (
        422,
        {"errors": [{"id": "id_weight", "label": "Peso", "message": "Scrivere un numero, per esempio 12,5."}]},
    )


def test_text_found_again_in_the_browser_comes_back_unsaved(desk, change):
    page = desk.write(title="Ritrovato").press("riprendi")
    assert text(page, TITLE) == "Ritrovato"
    assert texts(page, "//form[@id='bozza']/@data-unsaved") == ["1"]
    assert now(change).title == "Sportello digitale"


def test_of_a_removal_only_the_reason_is_written(signed_in, ufficio, this_plan):
    removal = eliminate(sheet_of(this_plan, 2), by=ufficio)
    desk = Desk(signed_in(ufficio), removal)
    page = desk.client.get(desk.address)
    assert texts(page, "//form[@id='bozza']//textarea/@name") == ["motive_text"]
    assert "Obiettivo 2" in text(page, "//section[@aria-labelledby='testo']")
    desk.write(motive="CAUSA_ESTERNA", motive_text="Fondi revocati.", title="Altro").press()
    assert (now(removal).motive_text, now(removal).title) == ("Fondi revocati.", "Obiettivo 2")


def test_the_responsabile_is_chosen_among_those_of_the_settore(signed_in, ufficio, this_plan, caluso):
    new = insert(this_plan, sheet_of(this_plan, 1).sector, by=ufficio)
    Manager(sector=new.sector, name="Di ieri", valid_from="2001-01-01", valid_to="2002-01-01").save()
    Manager(sector=new.sector, title="DR.", name="Di oggi", valid_from="2001-01-01").save()
    Manager(sector=make_sector(caluso, "TECNICO"), name="Altrove", valid_from="2001-01-01").save()
    page = signed_in(ufficio).get(f"/caluso/bozze/{new.pk}/modifica/")
    assert texts(page, "//select[@name='manager']/option") == ["non indicato", "DR. DANILO BERTOLDI", "DR. Di oggi"]


def test_a_value_is_read_while_it_is_typed(desk, change):
    address = f"/caluso/bozze/{change.pk}/lettura/"
    sent = {"family": "TEMPO", "text": "Avvio", "expected": "31-dic"}
    assert desk.client.post(address, sent).json() == {
        "reading": f"31-dic → 31/12/{YEAR}, entro (l'anno non è scritto: è quello del piano)"
    }
    corrected = desk.client.post(address, {**sent, "kind": "DATE", "date": f"{YEAR}-06-30"}).json()
    assert corrected == {"reading": f"31-dic → 30/06/{YEAR}, entro (lettura corretta a mano)"}
    assert desk.client.post(address, {"kind": "COUNT", "number": "molti"}).status_code == 200


def test_a_reading_is_for_who_writes_the_draft(signed_in, lettura, change):
    assert signed_in(lettura).post(f"/caluso/bozze/{change.pk}/lettura/").status_code == 403


@pytest.mark.parametrize("count", [1, 30])
def test_the_form_takes_the_same_queries_whatever_its_rows(desk, change, django_assert_num_queries, count):
    for number in range(count):
        row = TypedRow(f"00000000-0000-4000-8000-0000000000{number:02}", {"category": ["C"], "name": [f"P{number}"]})
        desk.typed.staff.append(row)
    desk.press()
    with django_assert_num_queries(22):
        desk.client.get(desk.address)


def test_the_path_is_told_once_however_often_a_draft_is_saved(desk, change):
    for title in ("a", "b", "c"):
        desk.write(title=title).press()
        desk.typed.row_version = now(change).row_version
    assert list(Passage.objects.filter(sheet=change).values_list("kind", flat=True)) == ["AVVIATA"]
    assert [row.title for row in now(change).history.order_by("-history_id")[:3]] == ["c", "b", "a"]


def test_every_button_among_the_rows_names_a_row_kind(desk):
    values = texts(desk.client.get(desk.address), "//form[@id='bozza']//button[@name='azione']/@value")
    assert {value.split(":")[0] for value in values if PHASES.prefix in value} == {
        "aggiungi-fase",
        "su-fase",
        "giu-fase",
        "togli-fase",
    }
