"""What the Nucleo validated is printed again with its words, a code of its own on each file; the rest stays."""

import io
import zipfile

import pytest
from django.core.management import call_command
from django.utils import timezone

from documents.models import Document
from documents.upper_rooms import known
from evaluations.models import Validation
from evaluations.packages.preparing import prepare
from evaluations.packages.progress import progress
from evaluations.packages.validated import print_validated
from evaluations.validating import remark, request_validation
from objectives.printing import render_version
from tests.conformance import failures
from tests.factories import load, written_act, written_sheet
from tests.tagged import page_texts
from tests.validations import decided

pytestmark = pytest.mark.pdf
TODAY = f"{timezone.localdate():%d/%m/%Y}"


def again(validation):
    related = ("plan__entity", "act__entity", "report__plan", "report__document")
    return Validation.objects.select_related(*related).get(pk=validation.pk)


@pytest.fixture
def with_remark(caluso, segretario, nucleo):
    """A plan of two sheets, one of them with its text not on file, validated with a remark on the other."""
    act = load(written_act(20, "2022-06-01", written_sheet(1)), caluso).act
    load(written_act(100, "2022-10-18", written_sheet(2, "MODIFICATO"), cites=[(8, "2022-02-07")]), caluso)
    validation = prepare(again(request_validation(caluso.plans.get(), act=act, by=segretario)))
    sheet = validation.files.get(title__startswith="n° 1").sheet
    remark(validation, sheet, "Serve un indicatore.\n\nAnche di costo.", by=nucleo)
    return decided(validation, nucleo, "CON_RILIEVI")


@pytest.mark.django_db(transaction=True)
def test_the_validated_files_carry_the_words_of_the_nucleo(with_remark, tmp_path):
    before = {document.pk: document.sha256 for document in Document.objects.all()}
    assert (progress(with_remark).making, progress(with_remark).done, progress(with_remark).total) == (True, 0, 1)
    call_command("db_worker", batch=True, verbosity=0, startup_delay=False)
    done = again(with_remark)
    assert progress(done).making is False
    act, first, second = done.files.all()
    assert (act.validated, second.validated, second.title) == (None, None, "n° 2 testo non in archivio")
    the_sheet_says_it(done, first)
    the_book_says_it(done, [act, first, second])
    the_zip_holds_them(done, [act, first, second])
    assert {document.pk: document.sha256 for document in Document.objects.filter(pk__in=before)} == before
    count = Document.objects.count()
    assert (print_validated(done).pk, Document.objects.count()) == (done.pk, count)
    assert failures(first.validated.read(), "3a") == failures(done.validated_bound.read(), "3a") == {}
    assert failures(first.validated.read(), "ua1") == failures(done.validated_bound.read(), "ua1") == {}


def the_sheet_says_it(validation, file):
    text = " ".join(page_texts(file.validated.read()))
    line = f"Validato dal Nucleo di Valutazione il {TODAY}, con rilievi"
    assert f"{line} Verbale n. 3 del {TODAY} Codice di controllo {file.validated.code}" in text
    assert "Rilievo del Nucleo: Serve un indicatore. Anche di costo." in text
    assert f"{line} – codice {file.validated.code}" in text
    assert file.document.read() == render_version(file.sheet)
    facts = dict(known(file.validated).facts)
    assert (facts["Esito"], facts["Verbale"], facts["Versione"]) == (line, f"n. 3 del {TODAY}", file.sheet.version_id)


def the_book_says_it(validation, files):
    assert validation.validated_bound.code == validation.code
    pages = page_texts(validation.validated_bound.read())
    assert f"codice {validation.code}" in pages[0]
    assert "Rilievo – FINANZIARIO, n° 1" in pages[0]
    assert "Componenti del Nucleo presenti: Dott.ssa Anna Verdi, Luca Neri." in pages[0]
    assert all((file.validated or file.document).sha256 in "".join(pages[0].split()) for file in files)
    assert known(validation.validated_bound).address == f"/caluso/validazioni/{validation.pk}/"


def the_zip_holds_them(validation, files):
    with zipfile.ZipFile(io.BytesIO(validation.validated_archive.read())) as archive:
        told = archive.read("INDICE.txt").decode()
        assert f"Codice di controllo dello zip: {validation.validated_archive.code}" in told
        assert validation.package_sha256 in told
        assert [archive.read(file.path) for file in files] == [
            (file.validated or file.document).read() for file in files
        ]
