"""A package is frozen outside the request, as a whole, once, whatever happens to the worker."""

import datetime as dt
import hashlib
import io
import subprocess
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from documents.models import Document, freeze
from evaluations.models import Validation
from evaluations.packages import preparing
from evaluations.packages.progress import progress
from evaluations.validating import ask_again, request_validation
from objectives.models import Sheet
from objectives.printing import sheet_subject
from organisation.ledger import anchor_at
from organisation.models import Notice
from tests.factories import load, written_act, written_sheet
from tests.tagged import page_texts
from tests.validations import requested


@pytest.fixture
def asked(plan, segretario):
    """The plan of three sheets handed over."""
    return requested(plan, segretario)


def work():
    call_command("db_worker", batch=True, verbosity=0, startup_delay=False)


def again(validation):
    return Validation.objects.select_related("plan__entity", "act__entity", "report__plan").get(pk=validation.pk)


@pytest.mark.pdf
@pytest.mark.django_db(transaction=True)
def test_the_worker_freezes_the_package_and_tells_the_nucleo(asked, nucleo, tmp_path):
    nucleo.email = "nucleo@comune.esempio.it"
    nucleo.save()
    work()
    validation = again(asked)
    assert (validation.state, validation.problem, progress(validation).making) == ("DA_VALIDARE", "", False)
    assert [(file.position, file.role, file.path) for file in validation.files.all()] == [
        (1, "ATTO", f"atto/gc-8-{asked.plan.year}.pdf"),
        (2, "SCHEDA", "schede/001-finanziario-1.pdf"),
        (3, "SCHEDA", "schede/002-finanziario-2.pdf"),
        (4, "SCHEDA", "schede/003-tecnico-1.pdf"),
    ]
    assert Notice.objects.get().to == nucleo
    check_unpacked(validation, tmp_path)
    pages = page_texts(validation.bound.read())
    assert validation.package_sha256 in "".join(pages[0].split())
    assert all(file.document.sha256 in "".join(pages[0].split()) for file in validation.files.all())
    assert str(anchor_at(validation.history.earliest("history_id"))) in "".join(pages[0].split())
    make_it_again(validation)


def check_unpacked(validation, folder):
    """Unzip and check every hash; the package is named by that of its index."""
    with zipfile.ZipFile(io.BytesIO(validation.archive.read())) as archive:
        archive.extractall(folder)
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True, check=True)
    assert [line.endswith(": OK") for line in done.stdout.splitlines()] == [True] * 5
    assert hashlib.sha256((folder / "SHA256SUMS").read_bytes()).hexdigest() == validation.package_sha256
    for file in validation.files.all():
        assert (folder / file.path).read_bytes() == file.document.read()


def make_it_again(validation):
    """The same package comes out of the same files, to the last byte."""
    kept = Document.objects.count()
    pieces = preparing.pieces_of(validation, 1)
    lines = [preparing.Line(piece.path, piece.title, piece.document.sha256) for piece in pieces]
    told, named = preparing.with_index(preparing.head(validation), lines)
    files = [(piece.path, piece.document.read()) for piece in pieces]
    assert preparing.zipped(told, named, files, validation.requested_at) == validation.archive.read()
    leaves = [preparing.Leaf(line, piece.group) for line, piece in zip(lines, pieces, strict=True)]
    book = preparing.Book(validation, leaves, validation.package_sha256, validation.requested_at)
    assert preparing.bind(book, (content for _, content in files)) == validation.bound.read()
    assert (preparing.prepare(validation), Document.objects.count()) == (validation, kept)


@pytest.fixture
def small(caluso, segretario):
    """A plan of one sheet handed over."""
    act = load(written_act(8, "2022-02-07", written_sheet(1)), caluso).act
    return again(request_validation(caluso.plans.get(), act=act, by=segretario))


@pytest.mark.pdf
@pytest.mark.django_db(transaction=True)
def test_what_a_killed_worker_had_made_is_found_again(small, segretario):
    made = {piece.document.pk for piece in preparing.pieces_of(small, 1)}
    assert (progress(small).done, progress(small).total, small.files.count()) == (1, 1, 0)
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING, started_at=timezone.now())
    assert progress(small).can_be_asked_again is False
    DBTaskResult.objects.update(started_at=timezone.now() - dt.timedelta(hours=1))
    assert progress(small).can_be_asked_again is True
    ask_again(small, by=segretario)
    work()
    done = again(small)
    assert done.state == "DA_VALIDARE"
    assert set(Document.objects.exclude(pk__in={done.bound_id, done.archive_id}).values_list("pk", flat=True)) == made


@pytest.mark.pdf
@pytest.mark.django_db(transaction=True)
def test_a_file_that_is_spoilt_is_made_again_or_said(small, segretario, caplog):
    papers, sheet = (piece.document for piece in preparing.pieces_of(small, 1))
    as_it_was = change_a_byte(papers)
    work()
    failed = again(small)
    assert failed.problem == f"Il file «{papers.name}» non è più quello registrato: rivolgersi all'assistenza."
    assert (progress(failed).problem, failed.state) == (failed.problem, "IN_PREPARAZIONE")
    Path(papers.file.path).write_bytes(as_it_was)
    change_a_byte(sheet)
    assert ask_again(failed, by=segretario).problem == ""
    work()
    assert (again(small).state, sheet.size) == ("DA_VALIDARE", len(sheet.read()))


def change_a_byte(document):
    """Change a byte of a stored file; return what it was."""
    path = Path(document.file.path)
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"?")
    return content


@pytest.mark.pdf
@pytest.mark.django_db(transaction=True)
def test_a_surprise_is_not_told_in_its_own_words(small, caplog):
    sheet = Sheet.objects.get()
    freeze(entity=small.plan.entity, subject=sheet_subject(sheet), name="scheda.pdf", content=b"nessun PDF")
    work()
    assert again(small).problem == (
        "La preparazione si è interrotta per un errore imprevisto (PdfError). Se si ripete, serve l'assistenza."
    )


def test_a_job_that_nobody_queued_can_be_asked_for(asked):
    DBTaskResult.objects.all().delete()
    assert progress(asked).problem.startswith("La preparazione si è fermata")
