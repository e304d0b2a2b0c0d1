"""The page of a Relazione: who sees the draft, what it lacks, its files; the final text for everybody."""

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from evaluations.models import Report
from evaluations.papers.report.content import WHILE_OPEN
from evaluations.reporting import approve_report, begin_report
from evaluations.rounds import enter, open_round
from evaluations.views.reports import DueDay
from organisation.roles import Role
from tests.pages import text, texts, with_class
from tests.reports import approving_act, closed_final, frozen_report
from tests.results import ON, result
from tests.this_year import YEAR, approved_plan, full_sheet, sheet_of

pytestmark = pytest.mark.django_db
PATH = f"/caluso/relazione/{YEAR}/"


@pytest.fixture
def report(plan, segretario):
    """Begun, nothing written."""
    return begin_report(plan, by=segretario)


@pytest.fixture
def done(report, ufficio, responsabile, segretario):
    """The final text is there."""
    return frozen_report(report, closed_final(report.plan, office=ufficio, manager=responsabile, by=segretario))


def test_before_it_is_begun_only_the_segretario_may_begin_it(plan, signed_in, segretario, ufficio):
    assert texts(signed_in(ufficio).get(PATH), "//form[contains(@action, 'inizia')]") == []
    client = signed_in(segretario)
    assert text(client.get(PATH), "//form[contains(@action, 'inizia')]//button") == "Inizia la Relazione"
    assert client.post(f"{PATH}inizia/").headers["Location"] == PATH
    assert Report.objects.get().plan == plan


def test_a_year_without_a_plan_has_none(caluso, signed_in, segretario):
    client = signed_in(segretario)
    answers = [client.get("/caluso/relazione/1999/"), client.post("/caluso/relazione/1999/inizia/")]
    assert [one.status_code for one in answers] == [404, 404]
    assert client.get("/caluso/relazione/1999/pdf/").status_code == 404


def test_the_draft_says_what_it_lacks_and_who_may_write_what(report, of_finanziario, signed_in, segretario, ufficio):
    page = signed_in(ufficio).get(PATH)
    assert text(page, with_class("severity-e") + "/p[2]") == (
        "La verifica finale non è chiusa: i risultati sono provvisori."
    )
    assert texts(page, "//section[@aria-labelledby='testi']//a") == ["Scrivi il testo di FINANZIARIO"]
    assert texts(page, "//a[contains(@href, 'definitiva')]") == []
    own = signed_in(segretario).get(PATH)
    assert texts(own, "//section[@aria-labelledby='testi']//a") == [
        "Scrivi presentazione, contesto e conclusioni",
        "Scrivi il testo di FINANZIARIO",
        "Scrivi il testo di TECNICO",
    ]
    assert texts(own, "//a[contains(@href, 'definitiva')]") == ["Rendi definitiva"]


@pytest.mark.parametrize("who", ["nucleo", "lettura"])
def test_who_does_not_write_it_does_not_see_the_draft(request, report, signed_in, segretario, who):
    client = signed_in(request.getfixturevalue(who))
    page = client.get(PATH)
    assert text(page, with_class("empty-title")) == "La Relazione è in preparazione."
    assert texts(page, "//section") == []
    assert [client.get(f"{PATH}{file}/").status_code for file in ("pdf", "docx")] == [403, 403]


def test_the_draft_comes_as_docx(report, signed_in, ufficio):
    answer = signed_in(ufficio).get(f"{PATH}docx/")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="relazione-{YEAR}-bozza.docx"'
    assert answer.content.startswith(b"PK")


@pytest.fixture
def half_way(report, open_one, sheet, of_finanziario, altrove, ufficio):
    """FINANZIARIO, of the ufficio, and TECNICO, of `altrove`, have entered results; the verification is open."""
    enter(open_one, [result(sheet, 1, achieved="1 corso")], by=ufficio)
    enter(open_one, [result(sheet_of(report.plan, 1, "TECNICO"), 1, achieved="3 cantieri")], by=altrove)
    return open_one


def docx_text(client: Any) -> str:
    """The words of the draft as .docx."""
    with zipfile.ZipFile(io.BytesIO(client.get(f"{PATH}docx/").content)) as file:
        return file.read("word/document.xml").decode()


def test_a_draft_tells_an_office_only_what_its_own_settori_reached_while_the_verification_is_open(
    half_way, signed_in, ufficio, altrove, segretario
):
    told = {person: docx_text(signed_in(person)) for person in (ufficio, altrove, segretario)}
    seen = {person: [words in text for words in ("1 corso", "3 cantieri", WHILE_OPEN)] for person, text in told.items()}
    assert seen == {ufficio: [True, False, True], altrove: [False, True, True], segretario: [True, True, False]}
    below = "//section//tbody/tr/td[3]"
    assert texts(signed_in(ufficio).get(PATH), below) == ["1 su 2", "riservato", "riservato"]
    assert texts(signed_in(segretario).get(PATH), below) == ["1 su 2", "0 su 1", "1 su 3"]


def test_what_is_final_is_told_to_every_office(
    report, of_finanziario, signed_in, ufficio, make_person, caluso, segretario
):
    everywhere = make_person("tutto", (caluso, Role.RESPONSABILE))
    closed_final(report.plan, office=everywhere, manager=everywhere, by=segretario)
    assert WHILE_OPEN not in docx_text(signed_in(ufficio))


@pytest.mark.pdf
def test_the_draft_comes_as_pdf(report, signed_in, ufficio):
    answer = signed_in(ufficio).get(f"{PATH}pdf/")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="relazione-{YEAR}-bozza.pdf"'
    assert answer.content.startswith(b"%PDF-1.7")


def test_everybody_reads_the_final_text_as_it_was_frozen(done, signed_in, lettura):
    client = signed_in(lettura)
    assert client.get(f"{PATH}pdf/").content == b"%PDF-1.7 relazione"
    page = client.get(PATH)
    assert text(page, with_class("hash")) == f"SHA-256 {done.document.sha256}"
    assert texts(page, "//a[contains(@href, 'approva') or contains(@href, 'bozza')]") == []


def test_a_final_text_whose_bytes_were_changed_is_not_sent(done, signed_in, lettura):
    with open(done.document.file.path, "wb") as stored:
        stored.write(b"%PDF-1.7 altro")
    assert signed_in(lettura).get(f"{PATH}pdf/").status_code == 503


def test_each_state_offers_its_next_step(done, caluso, signed_in, segretario):
    client = signed_in(segretario)
    main = with_class("btn-primary")
    assert texts(client.get(PATH), main) == ["Registra l'approvazione"]
    approve_report(done, approving_act(caluso), by=segretario)
    assert texts(client.get(PATH), main) == ["Trasmetti al Nucleo", "Sì, trasmetti al Nucleo"]
    client.post(f"{PATH}trasmetti/")
    assert texts(client.get(PATH), main) == []
    assert texts(client.get(PATH), "//a[contains(@href, '/validazioni/')]")[-1] == "fascicolo in preparazione"


def test_the_passages_tell_states_and_no_texts(done, signed_in, segretario):
    page = signed_in(segretario).get(PATH)
    assert len(texts(page, "//section[@aria-labelledby='storia']//li")) == 2


def test_an_act_approved_before_the_text_was_there_is_remarked(done, caluso, signed_in, segretario):
    early = approving_act(caluso, session_on=done.document.created_at.date() - dt.timedelta(days=1), year=YEAR)
    done.act, done.state = early, "APPROVATA"
    done.save()
    page = signed_in(segretario).get(PATH)
    assert "precede il giorno in cui il testo definitivo è stato registrato" in text(page, with_class("alert-warning"))


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_takes_as_many_queries_whatever_the_plan_holds(caluso, signed_in, segretario, count):
    plan = approved_plan(caluso, *(full_sheet(number, weight=1) for number in range(1, count + 1)))
    begin_report(plan, by=segretario)
    open_round(plan, "INTERMEDIA", on=ON, by=segretario)
    client = signed_in(segretario)
    client.get(PATH)
    with CaptureQueriesContext(connection) as queries:
        client.get(PATH)
    assert len(queries) == 27


def due(today: dt.date, approved: dt.date | None = None) -> Any:
    """What is said of the day it is due."""
    day = DueDay(dt.date(2027, 6, 30), today, approved)
    return day.sentence, day.late


@pytest.mark.parametrize(
    ("today", "approved", "said", "late"),
    [
        (dt.date(2027, 6, 20), None, "Da approvare entro il 30 giugno 2027: mancano 10 giorni.", False),
        (dt.date(2027, 6, 29), None, "Da approvare entro il 30 giugno 2027: manca un giorno.", False),
        (dt.date(2027, 7, 1), None, "Da approvare entro il 30 giugno 2027: è in ritardo di un giorno.", True),
        (
            dt.date(2027, 9, 1), dt.date(2027, 6, 30),
            "Da approvare entro il 30 giugno 2027: approvata il 30 giugno 2027.", False,
        ),
        (
            dt.date(2027, 9, 1), dt.date(2027, 7, 3),
            "Da approvare entro il 30 giugno 2027: approvata il 3 luglio 2027, con 3 giorni di ritardo.", True,
        ),
    ],
)  # fmt: skip
def test_the_day_it_is_due_is_said_with_the_days_left(today, approved, said, late):
    assert due(today, approved) == (said, late)
