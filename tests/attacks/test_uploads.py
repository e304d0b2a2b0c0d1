"""Every place that takes a file, with every hostile file: refused quickly, in a page, and nothing of it is kept."""

import datetime as dt
import io
import logging
import time
import zipfile
from pathlib import Path

import pikepdf
import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile

from deliberations.models import Deliberation
from documents.models import Document, freeze
from evaluations.choices import RoundKind
from evaluations.reporting import begin_report
from evaluations.rounds import open_round
from objectives import pending
from objectives.models import Enclosure, Sheet
from objectives.workflow import amend
from organisation.models import Entity, Sector
from tests.this_year import YEAR, approved_plan, full_sheet, rewritten, sheet_of

pytestmark = pytest.mark.django_db
LONGEST = 5
"""Seconds."""
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><x>&b;</x>'
OUTSIDE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'
TYPES = '<Types><Override ContentType="application/vnd.openxmlformats-officedocument.{}.main+xml"/></Types>'
MAIN = {"docx": "word/document.xml", "xlsx": "xl/workbook.xml"}
KIND = {"docx": "wordprocessingml.document", "xlsx": "spreadsheetml.sheet"}


def package(extension, main=b"<x/>", **others):
    """An office file of a few parts; the names of `others` have __ for a slash."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES.format(KIND[extension]))
        archive.writestr(MAIN[extension], main)
        for name, content in others.items():
            archive.writestr(name.replace("__", "/"), content)
    return out.getvalue()


def bomb(extension):
    """A few kilobytes that say of themselves that they unpack to three gigabytes."""
    content = bytearray(package(extension, b" " * 50_000))
    at = content.rfind(MAIN[extension].encode()) - 46 + 24  # the size, in the directory at the end
    content[at : at + 4] = (3_000_000_000).to_bytes(4, "little")
    return bytes(content)


def pdf():
    """A sound PDF."""
    out = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page()
        document.save(out)
    return out.getvalue()


ATTACKS = {
    "zip bomb .docx": ("a.docx", lambda: bomb("docx")),
    "zip bomb .xlsx": ("a.xlsx", lambda: bomb("xlsx")),
    "billion laughs .docx": ("a.docx", lambda: package("docx", LAUGHS)),
    "billion laughs .xlsx": ("a.xlsx", lambda: package("xlsx", LAUGHS)),
    "external entity .docx": ("a.docx", lambda: package("docx", OUTSIDE)),
    "external entity .xlsx": ("a.xlsx", lambda: package("xlsx", OUTSIDE)),
    "macros in a .docx": ("a.docx", lambda: package("docx", word__vbaProject="x")),
    "macros in a .xlsx": ("a.xlsx", lambda: package("xlsx", xl__vbaProject="x")),
    "macros, honestly": ("a.docm", lambda: package("docx", word__vbaProject="x")),
    "paths in a .docx": ("a.docx", lambda: package("docx", **{"..__..__fuori.txt": "x"})),
    "paths in a .xlsx": ("a.xlsx", lambda: package("xlsx", **{"__fuori.txt": "x"})),
    "page before a PDF": ("a.pdf", lambda: b"<script>alert(1)</script>" + pdf()),
    "archive behind a PDF": ("a.pdf", lambda: pdf() + package("docx")),
    "archive behind a picture": ("a.png", lambda: b"\x89PNG\r\n\x1a\n" + package("docx")),
    "program before an archive": ("a.docx", lambda: b"MZ" + package("docx")),
    "page called a PDF": ("a.pdf", lambda: b"<!doctype html><script>alert(1)</script>"),
    "picture that runs": ("a.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
    "too large": ("a.txt", lambda: b"x" * 2_000_001),
}
WITH_PREVIEW = {"import", "sheets"}
"""Where a file is read and shown first, and then confirmed."""
HARMLESS = {"billion laughs", "external entity"}
"""Of what is kept and handed out closed: the program opens no XML in it."""


@pytest.fixture
def places(caluso, ufficio, segretario, nucleo, amministratore, signed_in, settings):
    """Each place by name: a function that brings a file there, and answers what came of it."""
    settings.IMPORT_MAX_BYTES = settings.EVIDENCE_MAX_BYTES = settings.CHECK_MAX_BYTES = 2_000_000
    plan = approved_plan(caluso, *(full_sheet(number, weight=50) for number in (1, 2)))
    ufficio.memberships.get().sectors.add(Sector.objects.get(name="FINANZIARIO"))
    change = rewritten(amend(sheet_of(plan, 1), by=ufficio), ufficio)
    open_round(plan, RoundKind.INTERMEDIA, on=dt.date(YEAR, 1, 1), by=segretario)
    begin_report(plan, by=segretario)
    document = freeze(entity=caluso, subject="prova", name="a.pdf", content=pdf(), code="7KQM-X4DN-P9TB")
    clients = {one.username: signed_in(one) for one in (ufficio, segretario, nucleo, amministratore)}
    sheet = sheet_of(plan, 2)
    results = f"/caluso/verifiche/{YEAR}/intermedia/settori/{sheet.sector_id}/"
    entity = {"name": caluso.name, "slug": "caluso"}

    def to(person, path, field="file", **more):
        return lambda file: clients[person].post(path, {**more, field: file}, follow=True)

    return {
        "import": to("segretario", "/caluso/importa/"),
        "sheets": to("ufficio", f"/caluso/piano/{YEAR}/schede-da-file/"),
        "enclosure": to("ufficio", f"/caluso/bozze/{change.pk}/allega/"),
        "evidence": to("ufficio", results, f"prove-{sheet.objective_id}", azione=f"allega-{sheet.objective_id}"),
        "signed": to("nucleo", f"/caluso/documenti/{document.pk}/firma/"),
        "report": to("segretario", f"/caluso/relazione/{YEAR}/definitiva/", origine="file", row_version=1),
        "logo": to("amministratore", f"/gestione/organisation/entity/{caluso.pk}/change/", "logo", **entity),
        "check": to("ufficio", "/verifica/"),
    }


def kept():
    """What files can become."""
    of = (Document, Sheet, Deliberation, Enclosure)
    return [model.objects.count() for model in of] + list(Entity.objects.values_list("logo", flat=True))


def lying(stored):
    """The files kept; what waits for a preview to be confirmed goes within a day."""
    return sorted(one for one in stored.rglob("*") if one.is_file() and pending.FOLDER not in one.parts)


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_hostile_file_is_refused_wherever_it_is_brought(attack, places, caplog, settings):
    caplog.set_level(logging.CRITICAL, logger="django.request")
    name, made = ATTACKS[attack]
    content, before = made(), kept()
    stored = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    files = lying(stored)
    let_in = []
    for place, bring in places.items():
        began = time.perf_counter()
        answer = bring(SimpleUploadedFile(name, content))
        if place in WITH_PREVIEW:
            answer = answer.client.post(answer.request["PATH_INFO"], follow=True)
        assert time.perf_counter() - began < LONGEST, place
        assert answer.status_code in {200, 404, 413, 422}, place
        if kept() != before or lying(stored) != files:
            let_in, before, files = [*let_in, place], kept(), lying(stored)
    closed = attack.rsplit(" ", 1)[0] in HARMLESS
    assert let_in == (["enclosure", "evidence"] if closed else [])


@pytest.mark.parametrize(
    "name", ["../../etc/passwd.txt", "..\\..\\windows\\win.txt", "/etc/cron.d/x.txt", "a\x00b.txt", "a\nb.txt"]
)
def test_no_name_leads_a_file_elsewhere(name, places, settings):
    stored = Path(settings.STORAGES["default"]["OPTIONS"]["location"])
    for place in ("enclosure", "evidence"):
        answer = places[place](SimpleUploadedFile(name, f"testo {place}".encode()))
        assert answer.status_code == 200, list(get_messages(answer.wsgi_request))
    names = set(Enclosure.objects.values_list("name", flat=True)) | set(Document.objects.values_list("name", flat=True))
    assert not any(sign in one for one in names for sign in ("/", "\\", "\0", "\n"))
    outside = [one for one in stored.parent.rglob("*") if one.is_file() and stored not in one.parents]
    assert outside == []


def test_a_request_that_is_too_large_is_refused_before_it_is_read(client, settings, caplog):
    caplog.set_level(logging.CRITICAL, logger="django.request")
    settings.REQUEST_MAX_BYTES = 1000
    for path in ("/accesso/login/", "/verifica/", "/caluso/importa/"):
        answer = client.post(path, {"file": SimpleUploadedFile("a.pdf", b"x" * 2000)})
        assert (answer.status_code, "Invio troppo grande" in answer.content.decode()) == (413, True), path
    for length in ("9" * 30, "-1", "x"):
        assert client.post("/accesso/login/", {}, CONTENT_LENGTH=length).status_code == 413
