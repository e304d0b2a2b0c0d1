"""The Relazione is handed over with the results of each sheet, and attested as it is, byte for byte."""

import io
import zipfile

import pikepdf
import pytest

from evaluations.models import Validation
from evaluations.packages.preparing import prepare
from evaluations.packages.validated import print_validated
from evaluations.reporting import approve_report, begin_report
from evaluations.validating import request_validation
from tests.conformance import failures
from tests.reports import approving_act, closed_final, frozen_report, written_pdf
from tests.tagged import page_texts
from tests.validations import decided

pytestmark = pytest.mark.pdf
OUTSIDE = written_pdf("Relazione sulla performance")


def again(validation):
    related = ("plan__entity", "act__entity", "report__plan", "report__document", "report__round__plan__entity")
    return Validation.objects.select_related(*related).get(pk=validation.pk)


@pytest.fixture
def handed_over(plan, ufficio, responsabile, segretario, caluso):
    """A Relazione written outside the program, approved, its package frozen."""
    final = closed_final(plan, office=ufficio, manager=responsabile, by=segretario)
    report = frozen_report(begin_report(plan, by=segretario), final, content=OUTSIDE)
    approve_report(report, approving_act(caluso), by=segretario)
    return prepare(again(request_validation(plan, report=report, by=segretario)))


def test_it_is_handed_over_with_the_results_and_attested_as_it_is(handed_over, nucleo, signed_in, lettura):
    year = handed_over.plan.year
    assert [(file.role, file.path) for file in handed_over.files.all()] == [
        ("RELAZIONE", f"relazione/relazione-{year}.pdf"),
        ("SCHEDA", "risultati/001-finanziario-1.pdf"),
        ("SCHEDA", "risultati/002-finanziario-2.pdf"),
        ("SCHEDA", "risultati/003-tecnico-1.pdf"),
    ]
    done = print_validated(again(decided(handed_over, nucleo)))
    report, sheet, *_ = done.files.all()
    with pikepdf.open(io.BytesIO(report.validated.read())) as attestation:
        (attached,) = attestation.attachments.values()
        assert attached.get_file().read_bytes() == OUTSIDE
    pages = page_texts(sheet.validated.read())
    assert f"la cui impronta SHA-256 è {sheet.document.sha256}, e lo ha validato." in pages[0]
    assert pages[1:] == page_texts(sheet.document.read())
    with zipfile.ZipFile(io.BytesIO(handed_over.archive.read())) as archive:
        assert archive.read(report.path) == OUTSIDE
    assert {profile: failures(done.validated_bound.read(), profile) for profile in ("3a", "ua1")} == {
        "3a": {},
        "ua1": {},
    }
    only_the_relazione_is_for_all(done, [report, sheet], signed_in(lettura))


def only_the_relazione_is_for_all(validation, files, client):
    """The forms of results hold names and shares (R32)."""
    ways = ["pdf", "zip", *(f"file/{file.pk}/validato" for file in files)]
    answers = [client.get(f"/caluso/validazioni/{validation.pk}/{way}/").status_code for way in ways]
    assert answers == [403, 403, 200, 403]
