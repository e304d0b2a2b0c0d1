"""A citizen reads what the town publishes, takes it home, checks a document, sees where to complain: no sign-in."""

import csv
import io

import pytest

from documents.models import freeze
from tests.factories import load, written_act
from tests.this_year import YEAR, approved_plan, full_sheet
from tests.validations import decided, frozen, requested

pytestmark = [pytest.mark.journey, pytest.mark.pdf]


@pytest.fixture
def validated(caluso, segretario, nucleo):
    """A file with the code of a validation: the town publishes its plan, which a second act has changed since."""
    caluso.published, caluso.accessibility_contact = True, "accessibile@caluso.example"
    caluso.save()
    plan = approved_plan(caluso, full_sheet(1, weight=60), full_sheet(2, weight=40))
    code = decided(frozen(requested(plan, segretario), whole=False), nucleo).code
    change = full_sheet(
        2, change="MODIFICATO", weight=40, title="Sportello digitale", motive_text="La fornitura tarda."
    )
    later = written_act(9, f"{YEAR}-01-02", change, cites=[(8, f"{YEAR}-01-01")])
    load({**later, "plan": {"year": YEAR, "triennium": None}}, caluso)
    return freeze(entity=caluso, subject="validato", name="piano.pdf", content=b"%PDF piano", code=code)


def fetched(visitor, name):
    """What the browser gets by a link of the page, and its type."""
    address = visitor.page.get_by_role("link", name=name).first.get_attribute("href")
    answer = visitor.page.request.get(visitor.home + address)
    assert answer.status == 200
    return answer.body(), answer.headers["content-type"]


def test_a_citizen_reads_the_plan(visitor, validated):
    assert visitor.go("/trasparenza/caluso/") == 200
    visitor.follow(f"Piano della Performance {YEAR}")
    assert visitor.heading() == f"Piano della Performance {YEAR}"
    content, kind = fetched(visitor, "obiettivi.csv")
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))
    assert (kind, len(rows)) == ("text/csv; charset=utf-8", 3)
    visitor.follow(f"GC 9/{YEAR} del 2 gennaio {YEAR}")
    assert visitor.heading() == f"Piano della Performance {YEAR} dopo GC 9/{YEAR}"
    assert "La fornitura tarda." in visitor.page.locator("ul.rows").inner_text()
    visitor.follow("Sportello digitale")
    assert visitor.heading() == "Sportello digitale"
    content, kind = fetched(visitor, "Scheda in PDF")
    assert (kind, content[:5]) == ("application/pdf", b"%PDF-")
    visitor.follow("Accessibilità")
    contact = visitor.page.get_by_role("link", name="accessibile@caluso.example")
    assert contact.get_attribute("href") == "mailto:accessibile@caluso.example"


def test_a_citizen_checks_a_document(visitor, validated):
    visitor.go(f"/trasparenza/caluso/{YEAR}/")
    visitor.follow(validated.code)
    assert visitor.page.locator(".verdict h2").inner_text() == "Il codice corrisponde a un documento registrato"
    visitor.page.get_by_label("File da controllare").set_input_files(
        {"name": "piano.pdf", "mimeType": "application/pdf", "buffer": validated.read()}
    )
    with visitor.page.expect_navigation():
        visitor.page.get_by_role("button", name="Controlla il file").click()
    visitor.check()
    assert visitor.page.locator(".verdict h2").inner_text() == "Il file è autentico"
    visitor.page.get_by_label("Codice").fill(validated.code.lower().replace("-", " "))
    visitor.press("Cerca il codice")
    assert visitor.page.url.endswith(f"/verifica/{validated.code}/")
