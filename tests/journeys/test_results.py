"""An office enters results as in a spreadsheet: keys, a pasted block, no network, a colleague; and without scripts."""

import pytest

from evaluations.choices import RoundKind
from evaluations.models import PhaseProgress, Result
from evaluations.rounds import open_round
from organisation.models import Sector
from tests.factories import written_indicator
from tests.results import ON
from tests.this_year import YEAR, approved_plan, full_sheet

pytestmark = pytest.mark.journey

AT_A_DESK = pytest.mark.parametrize("visitor", [({"width": 1280, "height": 900}, True)], indirect=True, ids=["desk"])
COUNTS = [written_indicator(family="QUANTITA", text=f"Pratiche {n}", expected=f"{n}0") for n in range(1, 4)]


@pytest.fixture
def office(visitor, ufficio, segretario, with_password, caluso):
    """The office, signed in, before the results of FINANZIARIO: three counts on one sheet, three on another."""
    plan = approved_plan(
        caluso, full_sheet(1, weight=60, indicators=COUNTS), full_sheet(2, weight=40, indicators=COUNTS)
    )
    open_round(plan, RoundKind.INTERMEDIA, on=ON, by=segretario)
    with_password(ufficio)
    visitor.sign_in("ufficio")
    visitor.go(f"/caluso/verifiche/{YEAR}/intermedia/settori/{Sector.objects.get(name='FINANZIARIO').pk}/")
    return visitor


def cells(page, column="result:achieved"):
    """The cells of a column, over all sheets."""
    return page.locator(f"[data-column='{column}']")


def typed(page, column="result:achieved"):
    """What stands in them."""
    return cells(page, column).evaluate_all("cells => cells.map(cell => cell.value)")


def stored():
    """What the archive has, in the order in which it was first written."""
    return list(Result.objects.order_by("pk").values_list("achieved", flat=True))


def saved(page):
    """Wait until the page says that everything is saved."""
    page.locator("#risultati:not([data-unsaved])").wait_for()
    assert page.locator("#stato").inner_text().startswith("Salvato alle")
    assert page.evaluate("localStorage.length") == 0


def paste(page, text):
    """Paste what a spreadsheet puts on the clipboard."""
    page.evaluate(
        """text => {
            const clipboardData = new DataTransfer();
            clipboardData.setData("text/plain", text);
            document.activeElement.dispatchEvent(
                new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true }));
        }""",
        text,
    )


@AT_A_DESK
def test_like_a_spreadsheet(office):
    page = office.page
    cells(page).first.click()
    for text in ("8", "20"):
        page.keyboard.type(text)
        page.keyboard.press("Enter")
    page.keyboard.type("31")
    page.keyboard.press("ArrowRight")
    page.keyboard.type("Registro")
    saved(page)
    assert (stored(), Result.objects.get(achieved="31").evidence) == (["8", "20", "31"], "Registro")
    assert page.locator("[data-beside]").first.inner_text().split("\n")[0] == "−2"
    cells(page).nth(1).click()
    paste(page, 'venti\tAltro\r\n"tren\nta"\t\r\n10\tDa "registro"\r\n20\t\r\n30\t\r\n40\t\r\n')
    assert typed(page) == ["8", "venti", "tren ta", "10", "20", "30"]
    assert typed(page, "result:evidence") == ["", "Altro", "", 'Da "registro"', "", ""]
    said = page.locator("#incollato")
    assert said.inner_text().startswith("Incollati 8 valori da «Raggiunto» in poi.")
    assert "1 non ha una casella in cui stare." in said.inner_text()
    saved(page)
    office.check()
    said.get_by_role("button").click()
    assert typed(page) == ["8", "20", "31", "", "", ""]
    saved(page)
    assert stored() == ["8", "20", "31", "", "", ""]


@AT_A_DESK
def test_nothing_is_lost(office):
    page = office.page
    page.context.set_offline(True)
    cells(page).first.fill("8")
    page.locator("#stato").filter(has_text="Connessione assente").wait_for()
    office.troubles.clear()  # the browser notes that there is no network
    page.close(run_before_unload=False)
    page.context.set_offline(False)
    again = page.context.new_page()
    again.goto(page.url)
    again.get_by_role("button", name="Riprendi").click()
    saved(again)
    assert stored() == ["8"]
    other = page.context.new_page()
    other.goto(page.url)
    cells(other).first.fill("9")
    saved(other)
    cells(again).first.fill("10")
    again.get_by_role("group", name="ha scritto qui").get_by_label("Tieni ciò che ho scritto io").check()
    saved(again)
    assert stored() == ["10"]
    cells(again, "phase:percent").first.fill("quasi")
    again.locator(".wrong").filter(has_text="non è una percentuale").wait_for()
    cells(again, "phase:percent").first.fill("50")
    saved(again)
    assert PhaseProgress.objects.get().percent == 50


@pytest.mark.parametrize("visitor", [({"width": 390, "height": 844}, False)], indirect=True, ids=["telephone"])
def test_without_scripts_on_a_telephone(office):
    cells(office.page).first.fill("8")
    cells(office.page, "phase:percent").first.fill("quasi")
    office.page.locator(".save-bar button").click()
    office.page.get_by_role("alert").filter(has_text="Il resto è salvato.").wait_for()
    office.troubles.clear()  # the browser notes that the server answered 422
    office.check()
    assert (stored(), cells(office.page, "phase:percent").first.input_value()) == (["8"], "quasi")
    cells(office.page, "phase:percent").first.fill("50")
    office.page.locator(".save-bar button").click()
    office.page.locator(".alert").filter(has_text="Salvato alle").wait_for()
    assert (stored(), PhaseProgress.objects.get().percent) == (["8"], 50)
