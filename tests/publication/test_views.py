"""The public pages: what is in force, for anybody, and nothing of what is private or still on its way."""

import csv
import datetime as dt
import io
import re
from collections import Counter

import jsonschema
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date

from deliberations.calendar import on_the, written
from evaluations.choices import RoundKind
from evaluations.models import Report, Validation
from evaluations.rounds import open_round
from objectives.choices import Change
from objectives.models import Objective, Sheet
from objectives.workflow import amend, approve, correct, propose, submit
from organisation.models import Entity
from publication.api.operations import OPERATIONS, ROOT
from publication.open_data import COLUMNS
from publication.schema import SCHEMA
from tests.factories import load, make_entity, written_act
from tests.pages import text, texts
from tests.reports import approving_act, frozen_report
from tests.this_year import YEAR, approved_plan, first_act, full_sheet, rewritten, sheet_of
from tests.validations import decided, frozen, requested

pytestmark = pytest.mark.django_db
HOME = "/trasparenza/caluso/"
PLAN = f"{HOME}{YEAR}/"
TITLES = "//table[contains(@class, 'sheets')]//td/a"


def crawled(client, *starts):
    """Every public address that the pages under /trasparenza/ lead to, with its answer; PDFs are tested apart."""
    found, ahead = {}, list(starts)
    while ahead:
        path = ahead.pop()
        if path in found or path.endswith(".pdf") or not path.startswith(("/trasparenza/", "/accessibilita/", "/api/")):
            continue
        found[path] = client.get(path)
        if found[path]["Content-Type"].startswith("text/html"):
            ahead += texts(found[path], "//a/@href")
    return found


def text_of(answer):
    """Every byte of an answer, headers too, in small letters."""
    return (answer.content + str(answer.headers).encode()).decode("utf-8-sig").casefold()


def each_operation(plan):
    """An address of each operation of the programming interface."""
    sheet = sheet_of(plan, 1)
    named = {"ente": "caluso", "anno": YEAR, "codice": sheet.objective.code, "atto": f"gc-8-{YEAR}"}
    return [f"/{ROOT}{one.path.format(**named)}" for one in OPERATIONS] + [f"/{ROOT}openapi.json"]


def later_act(caluso, number, *sheets, **facts):
    """An act of today that changes the plan approved by GC 8."""
    day = timezone.localdate().isoformat()
    data = written_act(number, day, *sheets, cites=[(8, f"{YEAR}-01-01")], **facts)
    load({**data, "plan": {"year": YEAR, "triennium": None}}, caluso)


def test_an_entity_that_publishes_nothing_is_one_that_does_not_exist(client, plan, caluso):
    addresses = crawled(client, HOME)
    assert {answer.status_code for answer in addresses.values()} == {200}
    caluso.published = False
    caluso.save()
    own = [path for path in addresses if "/caluso/" in path]
    assert len(own) == 10
    assert {client.get(path).status_code for path in [*own, "/trasparenza/mai-visto/"]} == {404}


def test_nobody_signs_in_no_session_is_read_and_caches_may_keep_it(client, plan, signed_in, lettura):
    for path, answer in crawled(client, HOME, "/accessibilita/").items():
        assert (path, answer.status_code, answer["Cache-Control"]) == (path, 200, "public, max-age=600")
        assert not answer.cookies
        assert "Cookie" not in answer.get("Vary", "")
        again = client.get(path, headers={"If-None-Match": answer["ETag"]})
        assert (path, again.status_code, again.content) == (path, 304, b"")
        assert signed_in(lettura).get(path).content == answer.content
        assert client.post(path).status_code == 405


def test_the_plan_in_force_and_its_acts(client, plan):
    page = client.get(PLAN)
    assert text(page, "//h1") == f"Piano della Performance {YEAR}"
    assert texts(page, TITLES) == ["=SOMMA(A1)", "Obiettivo 2"]
    assert texts(page, "//*[@class='acts-behind']//a") == [f"GC 8/{YEAR} del 1° gennaio {YEAR}"]
    assert texts(client.get(HOME), "//tbody/tr/td[2]") == [f"GC 8/{YEAR}"]
    registered = http_date(first_act(plan).registered_at.timestamp())
    assert {client.get(path)["Last-Modified"] for path in (HOME, PLAN, f"{PLAN}obiettivi.csv")} == {registered}
    assert client.get(PLAN, headers={"If-Modified-Since": registered}).status_code == 200


def test_a_version_for_each_act_with_what_it_changed(client, plan, caluso):
    change = full_sheet(2, change="MODIFICATO", weight=40, title="Obiettivo nuovo", motive_text="Lo dice Ugo Bianchi.")
    later_act(caluso, 9, change, full_sheet(1, change="ELIMINATO", weight=60))
    assert texts(client.get(PLAN), TITLES) == ["Obiettivo nuovo"]
    assert texts(client.get(f"{PLAN}dopo/gc-8-{YEAR}/"), TITLES) == ["=SOMMA(A1)", "Obiettivo 2"]
    after = client.get(f"{PLAN}dopo/gc-9-{YEAR}/")
    assert texts(after, TITLES) == ["Obiettivo nuovo"]
    assert texts(after, "//ul[@class='rows']/li") == [
        "ELIMINATO FINANZIARIO n° 1: Obiettivo 1",
        "MODIFICATO FINANZIARIO n° 2: Obiettivo nuovo Motivo: Lo dice [nome omesso].",
    ]
    changed, gone = (sheet_of(plan, number).objective_id for number in (2, 1))
    earlier = client.get(f"{PLAN}dopo/gc-8-{YEAR}/schede/{changed}/")
    assert (text(earlier, "//h1"), len(texts(earlier, "//ol[@class='timeline']/li"))) == ("Obiettivo 2", 2)
    assert text(client.get(f"{PLAN}schede/{gone}/"), "//p[@class='lead']").startswith(
        f"Obiettivo eliminato con GC 9/{YEAR}"
    )


def test_an_act_that_is_not_in_force_yet_is_not_told(client, plan, caluso):
    change = full_sheet(2, change="MODIFICATO", weight=40, title="Obiettivo futuro")
    later_act(caluso, 9, change, full_sheet(3, title="Obiettivo segreto"), immediately_enforceable=False)
    secret = sheet_of(plan, 3).objective_id
    assert client.get(f"{PLAN}dopo/gc-9-{YEAR}/").status_code == 404
    assert client.get(f"{PLAN}schede/{secret}/").status_code == 404
    told = b"".join(answer.content for answer in crawled(client, HOME).values())
    assert b"Obiettivo 2" in told
    assert not any(word in told for word in (b"futuro", b"segreto", b"GC 9/", b"gc-9-"))


def test_a_draft_a_proposal_and_an_open_verification_are_not_told(
    client, plan, caluso, ufficio, responsabile, segretario
):
    before = {path: answer.content for path, answer in crawled(client, HOME).items()}
    rewritten(amend(sheet_of(plan, 1), by=ufficio), ufficio)
    sent = submit(rewritten(amend(sheet_of(plan, 2), by=ufficio), ufficio), by=responsabile)
    propose(plan, [approve(sent, by=segretario)], by=segretario)
    open_round(plan, RoundKind.INTERMEDIA, on=dt.date(YEAR, 1, 1), by=segretario)
    Report(plan=plan, presentation="Ancora in bozza.").save()
    frozen(requested(plan, segretario))
    assert {path: answer.content for path, answer in crawled(client, HOME).items()} == before
    assert client.get(f"{PLAN}relazione.pdf").status_code == 404


def test_a_plan_of_drafts_alone_does_not_exist(client, plan, caluso):
    other = caluso.plans.model(entity=caluso, year=YEAR + 1)
    other.save()
    objective = Objective(plan=other)
    objective.save()
    draft = Sheet(objective=objective, sector=caluso.sectors.get(), change=Change.INSERITO, number=1, title="Bozza")
    draft.save()
    assert client.get(f"{HOME}{YEAR + 1}/").status_code == 404
    assert client.get(f"{PLAN}schede/{objective.pk}/").status_code == 404
    assert len(texts(client.get(HOME), "//tbody/tr")) == 1


@pytest.mark.parametrize("value", ["9" * 19, "9" * 5000, "0", "-1", "x' OR 1=1--", "%00", "<script>"])
def test_strange_addresses_are_of_nothing(client, plan, value):
    after = f"{PLAN}dopo/gc-8-{YEAR}/"
    for path in (HOME, PLAN, f"{PLAN}schede/", f"{after}schede/", f"{PLAN}dopo/"):
        for end in ("", "scheda.pdf", "piano.pdf", "obiettivi.csv"):
            answer = client.get(f"{path}{value}/{end}")
            assert (path, end, answer.status_code) == (path, end, 404)
            assert b"<script>" not in answer.content


def test_sheets_of_another_entity_or_year_are_not_reached(client, plan):
    foreign = approved_plan(make_entity("altro"), full_sheet(1, weight=100, title="Altrui"), number=8)
    objective = sheet_of(foreign, 1).objective_id
    assert client.get(f"{PLAN}schede/{objective}/").status_code == 404
    assert client.get(f"{PLAN}dopo/gc-8-{YEAR}/schede/{objective}/").status_code == 404


def test_after_five_years_a_plan_is_not_published_any_more(client, plan, caluso):
    old = {**written_act(3, f"{YEAR - 6}-01-10", full_sheet(1)), "plan": {"year": YEAR - 6, "triennium": None}}
    kept = {**written_act(4, f"{YEAR - 5}-01-10", full_sheet(1)), "plan": {"year": YEAR - 5, "triennium": None}}
    load(old, caluso)
    load(kept, caluso)
    gone = client.get(f"{HOME}{YEAR - 6}/")
    assert gone["Cache-Control"] == "no-store"
    assert (gone.status_code, client.get(f"{HOME}{YEAR - 5}/").status_code) == (410, 200)
    assert f"finiti il 31/12/{YEAR - 1}. Si chiede all'ente con l'accesso civico" in text(gone, "//p[@class='lead']")
    assert texts(client.get(HOME), "//tbody/tr/td[4]") == [f"31 dicembre {YEAR + 5}", f"31 dicembre {YEAR}"]


def test_validations_and_the_approved_report(client, plan, caluso, segretario, nucleo):
    said = decided(frozen(requested(plan, segretario)), nucleo)
    report = Report(plan=plan)
    report.save()
    frozen_report(report, None, b"%PDF-1.7 pubblica")
    day = timezone.localdate()
    report.act = approving_act(caluso, year=YEAR, session_on=day, in_force_from=day)
    report.state = "APPROVATA"
    report.save()
    page = client.get(PLAN)
    assert [one.split() for one in texts(page, "//section[@aria-labelledby='validazioni']//tbody/tr")] == [
        f"Piano dopo GC 8/{YEAR} validata {written(day)} {said.code or '—'}".split()
    ]
    assert client.get(f"{PLAN}relazione.pdf").content == b"%PDF-1.7 pubblica"
    assert Validation.objects.count() == 1


def test_open_data_follow_their_schema_and_no_cell_is_a_formula(client, plan):
    answer = client.get(f"{PLAN}obiettivi.json")
    schema = client.get("/trasparenza/obiettivi.schema.json").json()
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(answer.json(), schema)
    assert schema == SCHEMA
    assert [one["persone_coinvolte"] for one in answer.json()["obiettivi"]] == [2, 0]
    rows = list(
        csv.DictReader(io.StringIO(client.get(f"{PLAN}obiettivi.csv").content.decode("utf-8-sig")), delimiter=";")
    )
    assert list(rows[0]) == list(COLUMNS)
    assert [(row["obiettivo"], row["peso"], row["persone_coinvolte"]) for row in rows] == [
        ("'=SOMMA(A1)", "60", "2"),
        ("Obiettivo 2", "40", "0"),
    ]
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Origin" not in client.get(PLAN)
    assert answer["Link"] == '<https://creativecommons.org/licenses/by/4.0/>; rel="license"'


def test_as_many_queries_for_thirty_objectives_as_for_one(client, db):
    for slug, sheets in (("caluso", 1), ("altro", 30)):
        approved_plan(
            make_entity(slug, published=True), *(full_sheet(number, weight=1) for number in range(1, sheets + 1))
        )
    asked = {}
    for slug in ("caluso", "altro"):
        for path in (f"{YEAR}/", f"{YEAR}/dopo/gc-8-{YEAR}/", f"{YEAR}/obiettivi.csv", f"{YEAR}/obiettivi.json"):
            with CaptureQueriesContext(connection) as queries:
                client.get(f"/trasparenza/{slug}/{path}")
            asked[slug, path] = len(queries)
    assert Counter(asked.values()) == Counter({10: 6, 11: 2})


def test_no_name_of_the_staff_comes_out_of_any_kind_of_answer(client, plan, caluso, segretario):
    noted = {"written": "Se ne occupa Giuseppina Verdi.", "note": "Lo chiede Ugo Bianchi.", "by": segretario}
    correct(sheet_of(plan, 1), place="Descrizione", right="Se ne occupa Ugo Bianchi con l'ufficio.", **noted)
    correct(sheet_of(plan, 1), place="Personale 2", right="Bianchini Ugo 40,5%", **noted)
    told = {"title": "Di Verdi Giuseppina e Ugo Bianchini", "motive_text": "Lo dice Ugo Bianchi."}
    later_act(caluso, 9, full_sheet(2, change="MODIFICATO", weight=40, **told), subject="Variazione di Ugo Bianchi")
    answers = crawled(client, HOME, "/accessibilita/caluso/", "/api/")
    answers |= {path: client.get(path) for path in each_operation(plan)}
    assert {answer.status_code for answer in answers.values()} == {200}
    names = {path: re.findall("verdi|giuseppina|bianchi|ugo", text_of(answer)) for path, answer in answers.items()}
    assert {path: found for path, found in names.items() if found} == {}
    page = client.get(f"{PLAN}schede/{sheet_of(plan, 1).objective_id}/")
    right = "«Se ne occupa [nome omesso].» si legga «Se ne occupa [nome omesso] con l'ufficio.»."
    assert texts(page, "//section[@class='corrections']//li") == [
        f"Descrizione: dove è scritto {right} Annotata {on_the(timezone.localdate())}."
    ]


def test_the_statement_says_where_to_write(client, plan):
    assert "accessibile@caluso.example" in texts(client.get("/accessibilita/caluso/"), "//main//a")
    assert client.get("/accessibilita/").status_code == 200


def test_the_pages_inside_lead_there_once_published(signed_in, lettura, plan, caluso):
    footer = "//footer//a/@href"
    assert HOME in texts(signed_in(lettura).get("/caluso/"), footer)
    caluso.published = False
    caluso.save()
    assert HOME not in texts(signed_in(lettura).get("/caluso/"), footer)


def test_the_amministratore_switches_it_on(signed_in, amministratore, caluso, esempio):
    client = signed_in(amministratore)
    form = client.get(f"/gestione/organisation/entity/{caluso.pk}/change/").context["adminform"].form
    told = {name: form.initial[name] for name in form.fields if name != "logo" and form.initial.get(name)}
    assert (
        client.post(f"/gestione/organisation/entity/{caluso.pk}/change/", {**told, "published": "on"}).status_code
        == 302
    )
    assert Entity.objects.get(pk=caluso.pk).published
    assert Client().get(HOME).status_code == 200
    assert client.get(f"/gestione/organisation/entity/{esempio.pk}/change/").status_code == 302
