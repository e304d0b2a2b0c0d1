"""The rules of a plan: read by everybody, changed by the Segretario, kept in history."""

from decimal import Decimal

import pytest

from objectives.rule_settings import SWITCHABLE
from objectives.rules import RULES
from objectives.workflow import amend
from tests.factories import make_plan
from tests.pages import text, texts, with_class
from tests.this_year import YEAR, approved_plan, sheet_of

pytestmark = pytest.mark.django_db
PAGE = "/caluso/piano/2022/regole/"
ERRORS = with_class("wrong") + "/li"
RULE_TEXTS = with_class("rule-text", "details")
USUAL = {"weight_total": "100", "weight_tolerance": "0", "cut_off": "30/09", "share_rule": "NESSUNA", "on": SWITCHABLE}


@pytest.fixture
def plan(caluso):
    """The plan of 2022, without sheets."""
    return make_plan(caluso)


@pytest.fixture
def save(plan, signed_in, segretario):
    """Save the rules as the Segretario, as the page sends them, with some told otherwise."""
    client = signed_in(segretario)

    def send(**told):
        version = texts(client.get(PAGE), "//input[@name='version']/@value")[0]
        return client.post(PAGE, {"version": version, **USUAL, **told})

    return send


def rule(response, key):
    """What the page says of a rule."""
    return text(response, f"//div[contains(@class, 'rule') and h3/span='{key}']")


def test_everybody_reads_the_rules_and_only_the_segretario_changes_them(plan, signed_in, lettura, segretario):
    page = signed_in(lettura).get(PAGE)
    assert rule(page, "R01").endswith("Attiva in questo piano. Somma dei pesi di un settore: 100. Tolleranza: 0.")
    assert rule(page, "R28").endswith("Attiva in questo piano. Modifiche entro il: 30/09.")
    assert "Sempre attiva: art. 49 TUEL." in rule(page, "R10")
    assert texts(page, "//main//input") == []
    assert len(texts(signed_in(segretario).get(PAGE), "//input[@type='checkbox'][@checked]")) == len(SWITCHABLE)


@pytest.mark.parametrize("person", ["ufficio", "responsabile", "nucleo", "amministratore", "lettura"])
def test_nobody_else_changes_them(plan, signed_in, person, request):
    client = signed_in(request.getfixturevalue(person))
    response = client.post(PAGE, {"version": 1, **USUAL, "weight_total": "50"})
    assert response.status_code == 403
    plan.refresh_from_db()
    assert plan.weight_total == Decimal(100)


def test_the_segretario_changes_parameters_and_switches_rules_off(plan, save, segretario):
    on = [key for key in SWITCHABLE if key not in {"R19", "R02"}]
    told = {"weight_total": "", "weight_tolerance": "0,5", "cut_off": "31-10", "share_rule": "PER_SCHEDA", "on": on}
    assert save(**told).status_code == 302
    plan.refresh_from_db()
    assert (plan.weight_total, plan.weight_tolerance, plan.cut_off) == (None, Decimal("0.5"), "10-31")
    assert (plan.share_rule, plan.rules_off) == ("PER_SCHEDA", ["R02", "R19"])
    last = plan.history.first()
    assert (last.history_user, last.history_change_reason) == (segretario, "Regole del piano")


def test_who_changed_what_stands_below(save, signed_in, lettura):
    save(weight_total="", on=[key for key in SWITCHABLE if key != "R19"])
    save(cut_off="31/10")
    page = signed_in(lettura).get(PAGE)
    assert texts(page, with_class("rows", "ul") + "//p") == [
        "Somma dei pesi di un settore: da nessun controllo a 100; termine per le modifiche: da 30/09 a 31/10; "
        "riaccesa la regola R19.",
        "Somma dei pesi di un settore: da 100 a nessun controllo; spenta la regola R19.",
    ]


def test_saving_the_same_rules_writes_no_history(plan, save):
    before = plan.history.count()
    assert save().status_code == 302
    assert plan.history.count() == before


@pytest.mark.parametrize(
    ("told", "error"),
    [
        ({"weight_total": "cento"}, "Scrivere un numero, come 100 o 0,5."),
        ({"weight_total": "-1"}, "La somma dei pesi non è negativa."),
        ({"weight_tolerance": ""}, "Scrivere la tolleranza; 0 per nessuna."),
        ({"weight_tolerance": "0,555"}, "Al massimo due decimali."),
        ({"cut_off": ""}, "Scrivere giorno e mese, come 30/09."),
        ({"cut_off": "31/02"}, "Scrivere giorno e mese, come 30/09."),
        ({"cut_off": "09-30"}, "Scrivere giorno e mese, come 30/09."),
        ({"share_rule": "ALTRO"}, "Scegliere una delle voci."),
    ],
)
def test_what_is_no_setting_is_told_beside_its_field_and_nothing_is_lost(plan, save, told, error):
    response = save(**{"cut_off": "15/10", **told})
    assert (response.status_code, texts(response, ERRORS)) == (422, [error])
    ((name, typed),) = told.items()
    shown = "//select[@name='{0}']/option[@selected]/@value" if name == "share_rule" else "//input[@name='{0}']/@value"
    assert texts(response, shown.format(name)) == ([typed] if name != "share_rule" and typed else [])
    plan.refresh_from_db()
    assert plan.cut_off == "09-30"


def test_a_rule_that_law_asks_for_cannot_be_switched(plan, save):
    response = save(on=[*SWITCHABLE, "R10"])
    assert response.status_code == 422
    plan.refresh_from_db()
    assert plan.rules_off == []


def test_two_who_change_them_at_once_do_not_overwrite_each_other(plan, save, signed_in, segretario):
    client = signed_in(segretario)
    read = texts(client.get(PAGE), "//input[@name='version']/@value")[0]
    save(cut_off="31/10")
    late = client.post(PAGE, {**USUAL, "version": read, "weight_total": "50"})
    assert late.status_code == 422
    assert text(late, "//main//div[@role='alert']") == (
        "Le regole sono state cambiate dopo che la pagina è stata aperta: vedere sotto che cosa, e salvare di nuovo se "
        "va bene."
    )
    plan.refresh_from_db()
    assert (plan.cut_off, plan.weight_total) == ("10-31", Decimal(100))
    again = texts(late, "//input[@name='version']/@value")[0]
    assert client.post(PAGE, {**USUAL, "version": again, "weight_total": "50"}).status_code == 302


def test_another_entity_finds_nothing(plan, signed_in, estraneo):
    assert signed_in(estraneo).get(PAGE).status_code == 404


def test_a_year_without_a_plan_says_which_years_have_one(plan, signed_in, lettura):
    response = signed_in(lettura).get("/caluso/piano/1999/regole/")
    assert (response.status_code, "2022" in response.content.decode()) == (404, True)


@pytest.mark.parametrize("changes", [1, 30])
def test_the_number_of_queries_does_not_depend_on_the_history(
    plan, signed_in, segretario, changes, django_assert_num_queries
):
    for number in range(changes):
        plan.weight_tolerance = Decimal(number + 1)
        plan.save()
    client = signed_in(segretario)
    with django_assert_num_queries(6):
        assert len(texts(client.get(PAGE), with_class("rows", "ul") + "/li")) == changes


def test_what_a_rule_says_stands_under_what_it_found(caluso, signed_in, ufficio):
    draft = amend(sheet_of(approved_plan(caluso), 1), by=ufficio)
    page = signed_in(ufficio).get(f"/caluso/bozze/{draft.pk}/")
    said = dict(zip(texts(page, RULE_TEXTS + "/summary"), texts(page, RULE_TEXTS + "/p"), strict=True))
    assert said["Che cosa dice la R07"] == f"{RULES['R07'].title}. {RULES['R07'].text}"
    assert "R07" in texts(signed_in(ufficio).get(PAGE.replace("2022", str(YEAR))), "//h3/@id")
