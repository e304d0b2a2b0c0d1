"""What is on record is printed once and kept: a version, what an act adopted, a plan at a moment (R35)."""

import datetime as dt
import hashlib
import io
import json

import pikepdf
import pytest

from documents.models import DamagedDocumentError
from objectives import moments
from objectives.exchange import sheet_to_dict
from objectives.models import Plan, Sheet
from objectives.printing import (
    act_collection,
    collection_document,
    find_collection_document,
    plan_collection,
    printed_of,
    sheet_document,
)

pytestmark = pytest.mark.pdf


@pytest.fixture
def sheet(act100):
    """FINANZIARIO n° 4, as GC 100/2022 has it."""
    return Sheet.objects.with_rows().get(deliberation=act100, sector__name="FINANZIARIO", number=4)


@pytest.fixture
def plan(act100):
    """The plan of 2022."""
    return Plan.objects.get(year=2022)


def test_a_version_is_printed_once_and_kept_byte_for_byte(sheet):
    first, second = sheet_document(sheet), sheet_document(sheet)
    assert (first.pk, first.sha256) == (second.pk, hashlib.sha256(second.read()).hexdigest())
    assert first.name == f"scheda-2022-finanziario-4-{sheet.version_id}.pdf"


def test_the_pdf_carries_the_exchange_text_of_its_version(sheet):
    with pikepdf.open(io.BytesIO(sheet_document(sheet).read())) as pdf:
        [attached] = pdf.attachments.values()
        source = json.loads(attached.get_file().read_bytes())
    assert source["sheets"] == [sheet_to_dict(sheet)]
    assert source["act"]["number"] == 100


def test_a_kept_file_that_was_touched_is_never_sent(sheet):
    document = sheet_document(sheet)
    with document.file.storage.open(document.file.name, "wb") as stored:
        stored.write(b"%PDF-1.7 something else")
    with pytest.raises(DamagedDocumentError, match="non è più quello registrato"):
        document.read()


def test_what_an_act_adopted_is_bound_in_the_order_of_the_act(act100):
    collection = act_collection(act100)
    assert [(sheet.sector_printed, sheet.number) for sheet in collection.sheets][:3] == [
        ("FINANZIARIO", 1),
        ("FINANZIARIO", 2),
        ("FINANZIARIO", 2),
    ]
    assert (collection.act_line, collection.force_line) == (
        "Deliberazione G.C. n. 100 del 18/10/2022",
        "testo vigente dal 18/10/2022",
    )
    with pikepdf.open(io.BytesIO(collection_document(collection).read())) as pdf:
        assert (len(pdf.pages), len(pdf.attachments)) == (14, 13)


def test_the_plan_the_day_before_an_act_and_on_its_day_are_two_files(plan):
    before = plan_collection(plan, moments.on(plan.entity, dt.date(2022, 10, 17)))
    on_the_day = plan_collection(plan, moments.on(plan.entity, dt.date(2022, 10, 18)))
    assert (len(before.sheets), len(on_the_day.sheets)) == (12, 12)
    assert before.subject != on_the_day.subject
    assert (find_collection_document(before), printed_of(before)) == (None, 0)
    assert collection_document(before) == find_collection_document(before)
    assert printed_of(before) == 12


def test_the_plan_has_a_file_for_each_change_not_for_each_day(plan):
    days = [dt.date(2022, 2, 7), dt.date(2022, 10, 17), dt.date(2022, 10, 18), dt.date(2024, 1, 1)]
    collections = [plan_collection(plan, moments.on(plan.entity, day)) for day in days]
    assert [(one.force_line, one.file_name) for one in collections] == [
        ("testo vigente dal 07/02/2022", "piano-2022-vigente-dal-2022-02-07.pdf"),
        ("testo vigente dal 07/02/2022", "piano-2022-vigente-dal-2022-02-07.pdf"),
        ("testo vigente dal 18/10/2022", "piano-2022-vigente-dal-2022-10-18.pdf"),
        ("testo vigente dal 18/10/2022", "piano-2022-vigente-dal-2022-10-18.pdf"),
    ]
    assert len({one.subject for one in collections}) == 2


def test_before_the_first_act_there_is_nothing_to_print(plan):
    with pytest.raises(LookupError, match="nessuna scheda è in vigore"):
        plan_collection(plan, moments.on(plan.entity, dt.date(2022, 1, 1)))
