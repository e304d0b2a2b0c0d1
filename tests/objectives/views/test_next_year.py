"""From the plan of a year to the next: its settings, and the multi-year objectives that are chosen."""

import pytest

from objectives.models import Objective, Plan, Sheet
from objectives.workflow import withdraw
from organisation.models import Membership, Sector
from organisation.roles import Role
from tests.factories import load, written_act, written_indicator
from tests.pages import text, texts, with_class
from tests.this_year import YEAR, approved_plan, full_sheet, sheet_of

pytestmark = pytest.mark.django_db
NEXT = YEAR + 1
PAGE = f"/caluso/piano/{YEAR}/nuovo-anno/"
STAFF = [{"category": "C", "name": "Anna Bianchi", "share": "50"}]


def multi_year(number, **facts):
    """A sheet with a phase and an indicator of the next year."""
    phases = [{"slot": 1, "text": "Avvio", "months": [f"{YEAR}-12", f"{NEXT}-01"]}]
    indicators = [written_indicator(expected=f"31/12/{year}") for year in (YEAR, NEXT)]
    return full_sheet(number, phases=phases, indicators=indicators, staff=STAFF, **facts)


@pytest.fixture
def plan(caluso):
    """FINANZIARIO n° 1 of this year alone, n° 2 and n° 3 that go on."""
    sheets = [full_sheet(1, weight=40), multi_year(2, weight=30, title="Due"), multi_year(3, weight=30, title="Tre")]
    plan = approved_plan(caluso, *sheets)
    plan.weight_tolerance, plan.rules_off = 2, ["R28"]
    plan.triennium_start, plan.triennium_end = YEAR, YEAR + 2
    plan.save()
    return plan


@pytest.fixture
def client(signed_in, segretario):
    return signed_in(segretario)


def carried(client, *sheets):
    return client.post(PAGE, {"scheda": [sheet.pk for sheet in sheets]}, follow=True)


def said(response):
    return texts(response, "//main/" + with_class("alert").removeprefix("//"))


def test_multi_year_sheets_are_offered_and_none_is_chosen_beforehand(client, plan):
    response = client.get(PAGE)
    assert texts(response, with_class("carried") + "//td[2]/a") == ["Due", "Tre"]
    assert texts(response, "//input[@type='checkbox'][@checked]") == []
    assert text(response, "//main//form/button") == f"Apri il piano {NEXT} con le schede scelte"
    assert Plan.objects.count() == 1


def test_the_new_plan_takes_the_settings_of_the_old_one(client, plan):
    assert said(carried(client)) == [f"Il piano {NEXT} è aperto. Nessuna scheda riportata."]
    new = Plan.objects.get(year=NEXT)
    names = ("name", "weight_total", "weight_tolerance", "cut_off", "rules_off", "share_rule")
    assert [getattr(new, name) for name in names] == [getattr(Plan.objects.get(year=YEAR), name) for name in names]
    assert (new.triennium_start, new.triennium_end) == (NEXT, NEXT + 2)


def test_what_is_chosen_goes_on_as_a_draft(client, plan, segretario):
    response = carried(client, sheet_of(plan, 2))
    assert said(response) == [f"Il piano {NEXT} è aperto. Nel piano {NEXT}: una scheda è stata riportata come bozza."]
    draft = Sheet.objects.get(objective__plan__year=NEXT)
    assert (draft.title, draft.change, draft.state, draft.base, draft.created_by) == (
        "Due", "INSERITO", "BOZZA", None, segretario
    )  # fmt: skip
    assert draft.objective.continues == sheet_of(plan, 2).objective
    assert ([row.months for row in draft.phases.all()], [row.year for row in draft.indicators.all()]) == (
        [[f"{NEXT}-01"]],
        [NEXT],
    )
    assert texts(response, with_class("carried") + "//td[3]") == [
        "FINANZIARIO n° 2 (bozza) fasi 1 su 1, indicatori 1 su 2, persone 1 su 1",
        "non ancora riportato",
    ]


def test_sending_it_again_carries_nothing_twice(client, plan):
    for _ in range(2):
        response = carried(client, sheet_of(plan, 2), sheet_of(plan, 3))
    assert said(response) == ["Nessuna scheda nuova da riportare: nulla è cambiato."]
    assert (Plan.objects.count(), Objective.objects.filter(continues__isnull=False).count()) == (2, 2)


def test_what_was_withdrawn_is_offered_again(client, plan, ufficio):
    carried(client, sheet_of(plan, 2))
    withdraw(Sheet.objects.get(objective__plan__year=NEXT), by=ufficio)
    assert texts(client.get(PAGE), with_class("carried") + "//td[3]") == ["non ancora riportato"] * 2
    carried(client, sheet_of(plan, 2))
    assert Sheet.objects.get(objective__plan__year=NEXT).title == "Due"


def test_what_was_taken_out_of_the_plan_does_not_go_on(client, plan, caluso):
    removal = written_act(9, f"{YEAR}-01-02", multi_year(2, weight=30, title="Due", change="ELIMINATO"))
    load({**removal, "plan": {"year": YEAR, "triennium": None}}, caluso)
    assert texts(client.get(PAGE), with_class("carried") + "//td[2]/a") == ["Tre"]


def test_a_settore_that_is_no_more_carries_nothing(client, plan):
    sector = Sector.objects.get(name="FINANZIARIO")
    sector.active = False
    sector.save()
    response = carried(client, sheet_of(plan, 2))
    assert Sheet.objects.filter(objective__plan__year=NEXT).count() == 0
    assert texts(response, with_class("carried") + "//td[3]")[0] == (
        "Non si riporta: il settore FINANZIARIO non è più attivo."
    )


@pytest.mark.parametrize("keys", [["abc"], ["0"], ["99999999"], ["-1"], [""], ["9" * 5000], ["٣"]])
def test_keys_that_are_none_carry_nothing(client, plan, keys):
    client.post(PAGE, {"scheda": keys})
    assert Sheet.objects.filter(objective__plan__year=NEXT).count() == 0


def test_a_sheet_of_a_single_year_is_not_carried_by_hand(client, plan):
    carried(client, sheet_of(plan, 1))
    assert Sheet.objects.filter(objective__plan__year=NEXT).count() == 0


@pytest.mark.parametrize("who", ["ufficio", "responsabile", "nucleo", "amministratore", "lettura"])
def test_only_the_segretario_opens_it(request, signed_in, plan, who):
    client = signed_in(request.getfixturevalue(who))
    assert [client.get(PAGE).status_code, client.post(PAGE).status_code, Plan.objects.count()] == [403, 403, 1]


def test_a_year_without_a_plan_is_not_found(client, plan):
    assert client.get(f"/caluso/piano/{YEAR - 5}/nuovo-anno/").status_code == 404


def test_the_plan_page_leads_there(client, signed_in, lettura, plan):
    links = "//main//a[contains(@href, 'nuovo-anno')]/@href"
    assert texts(client.get(f"/caluso/piano/{YEAR}/"), links) == [PAGE]
    assert texts(signed_in(lettura).get(f"/caluso/piano/{YEAR}/"), links) == []


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_takes_the_same_queries_whatever_goes_on(client, caluso, django_assert_num_queries, count):
    approved_plan(caluso, *(multi_year(number, weight=1) for number in range(1, count + 1)))
    carried(client, *Sheet.objects.all())
    with django_assert_num_queries(13):
        assert len(texts(client.get(PAGE), with_class("carried") + "//tbody/tr")) == count


# ---- One sheet, by its office ----------------------------------------------------------------------------------------


def carry(client, sheet):
    return client.post(f"/caluso/schede/{sheet.pk}/riporta/", follow=True)


def buttons(client, sheet):
    return texts(client.get(f"/caluso/schede/{sheet.pk}/"), "//form[contains(@action, 'riporta')]/button")


def test_an_office_carries_its_sheet_once_the_plan_is_there(client, signed_in, ufficio, plan):
    office, sheet = signed_in(ufficio), sheet_of(plan, 2)
    assert buttons(office, sheet) == []
    assert f"Il piano {NEXT} non c'è ancora: lo apre il Segretario." in said(carry(office, sheet))
    carried(client)
    assert buttons(office, sheet) == [f"Riporta nel piano {NEXT}"]
    carry(office, sheet)
    draft = Sheet.objects.get(objective__plan__year=NEXT)
    assert (draft.created_by, draft.objective.continues) == (ufficio, sheet.objective)
    again = carry(office, sheet)
    assert again.redirect_chain == [(f"/caluso/bozze/{draft.pk}/", 302)]
    links = texts(office.get(f"/caluso/schede/{sheet.pk}/"), "//main//a[starts-with(., 'Prosegue')]/@href")
    assert (links, Sheet.objects.filter(objective__plan__year=NEXT).count()) == ([f"/caluso/bozze/{draft.pk}/"], 1)


def test_the_button_is_for_multi_year_sheets_of_ones_own_settore(client, signed_in, make_person, lettura, caluso, plan):
    carried(client)
    tecnico = Sector(entity=caluso, name="TECNICO")
    tecnico.save()
    other = make_person("altrove", (caluso, Role.UFFICIO))
    Membership.objects.get(user=other).sectors.add(tecnico)
    sheet = sheet_of(plan, 2)
    assert [buttons(signed_in(person), sheet) for person in (lettura, other)] == [[], []]
    assert "Il settore FINANZIARIO non è tra i suoi" in " ".join(said(carry(signed_in(other), sheet)))
    assert carry(signed_in(lettura), sheet).status_code == 403
    assert Sheet.objects.filter(objective__plan__year=NEXT).count() == 0


def test_the_next_years_sheet_says_what_it_goes_on_from(client, signed_in, lettura, caluso, plan):
    carried(client)
    act = written_act(1, f"{YEAR}-01-03", full_sheet(2, indicators=[]))
    new = load({**act, "plan": {"year": NEXT, "triennium": None}}, caluso).act.sheets.get()
    new.objective.continues = sheet_of(plan, 2).objective
    new.objective.save()
    reader = signed_in(lettura)
    back = texts(reader.get(f"/caluso/schede/{new.pk}/"), "//main//a[starts-with(., 'Continua')]")
    on = texts(reader.get(f"/caluso/schede/{sheet_of(plan, 2).pk}/"), "//main//a[starts-with(., 'Prosegue')]")
    assert (back, on) == (
        [f"Continua l'obiettivo del {YEAR}: FINANZIARIO n° 2"],
        [f"Prosegue nel piano {NEXT}: FINANZIARIO n° 2"],
    )
