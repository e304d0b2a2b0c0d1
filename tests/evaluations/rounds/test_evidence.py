"""Files as evidence: what their name says is what they contain; kept for ever, put aside when mistaken."""

import pytest

from evaluations.models import EvidenceFile
from evaluations.rounds import attach, put_aside
from objectives.workflow import Refused
from tests.results import PDF, upload


def refusal(*args, **kwargs):
    """The sentence with which a file is refused."""
    with pytest.raises(Refused) as refused:
        attach(*args, **kwargs)
    return str(refused.value)


def test_a_note_that_cannot_be_kept_is_refused_with_the_reason(open_one, sheet, ufficio):
    for note, why in (("a\x00b", "caratteri che non si possono scrivere"), ("x" * 4001, "al massimo 4000 caratteri")):
        told = refusal(open_one, sheet.objective_id, None, upload(), note, by=ufficio)
        assert told.startswith("La nota del file non si può salvare.")
        assert why in told
    assert not EvidenceFile.objects.exists()


@pytest.mark.django_db
def test_a_file_is_kept_for_an_indicator_or_for_the_whole_sheet(open_one, sheet, ufficio):
    key = sheet.indicators.all()[0].key
    file = attach(open_one, sheet.objective_id, key, upload(), "Verbale", by=ufficio)
    whole = attach(open_one, sheet.objective_id, None, upload(), "", by=ufficio)
    assert (file.name, file.note, file.by, file.key, whole.key) == ("prova.pdf", "Verbale", ufficio, key, None)
    assert (file.document.read(), file.document.mime) == (PDF, "application/pdf")
    assert file.document.subject.startswith("prova ")


@pytest.mark.django_db
def test_files_that_are_empty_too_large_of_another_type_or_there_already_are_refused(
    open_one, sheet, ufficio, settings
):
    place = (open_one, sheet.objective_id, None)
    assert refusal(*place, upload(content=b""), "", by=ufficio).startswith("Il file «prova.pdf» è vuoto")
    assert refusal(*place, upload("pagina.html"), "", by=ufficio).startswith("Il file «pagina.html» non si può")
    attach(*place, upload(), "", by=ufficio)
    assert refusal(*place, upload("copia.pdf"), "", by=ufficio) == "Il file «copia.pdf» è già allegato qui."
    settings.EVIDENCE_MAX_BYTES = len(PDF) - 1
    assert refusal(*place, upload(), "", by=ufficio).startswith("Il file «prova.pdf» supera i 0 MB")
    assert EvidenceFile.objects.count() == 1


@pytest.mark.django_db
def test_evidence_is_attached_where_results_may_be_entered(
    open_one, sheet, of_finanziario, ufficio, altrove, segretario
):
    for person in (altrove, segretario):
        with pytest.raises(Refused):
            attach(open_one, sheet.objective_id, None, upload(), "", by=person)
    with pytest.raises(Refused, match="non è più nella scheda"):
        attach(open_one, sheet.objective_id, open_one.plan.objectives.first().code, upload(), "", by=ufficio)


@pytest.mark.django_db
def test_a_mistaken_file_is_put_aside_with_the_reason_and_stays(open_one, sheet, ufficio):
    file = attach(open_one, sheet.objective_id, None, upload(), "", by=ufficio)
    with pytest.raises(Refused, match="scrivere perché"):
        put_aside(file, " ", by=ufficio)
    aside = put_aside(file, "È di un altro anno.", by=ufficio)
    assert (aside.note, aside.by, file.document.read()) == ("È di un altro anno.", ufficio, PDF)
    with pytest.raises(Refused, match="già stato messo da parte"):
        put_aside(file, "Ancora.", by=ufficio)
    assert attach(open_one, sheet.objective_id, None, upload(), "Di nuovo", by=ufficio).pk
