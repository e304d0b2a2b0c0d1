"""Files enclosed with a draft: by who may see it, while it is on its way; each is kept as it came."""

import pytest

from objectives.models import Enclosure, Sheet
from objectives.workflow import Refused, enclose, withdraw
from tests.results import PDF, upload


@pytest.mark.parametrize("who", ["ufficio", "responsabile", "segretario"])
def test_who_sees_the_draft_encloses_a_file_and_changes_nothing_of_it(request, who, change):
    person, before = request.getfixturevalue(who), Sheet.objects.filter(pk=change.pk).values().get()
    made = enclose(change, upload("preventivo.pdf"), note=" Il preventivo ", by=person)
    assert (made.sheet, made.name, made.note, made.by) == (change, "preventivo.pdf", "Il preventivo", person)
    assert (made.document.read(), made.document.mime, made.document.code) == (PDF, "application/pdf", None)
    assert Sheet.objects.filter(pk=change.pk).values().get() == before


@pytest.mark.parametrize("who", ["altrove", "nucleo", "amministratore", "lettura", "estraneo"])
def test_nobody_else_does(request, who, change):
    with pytest.raises(Refused, match="le vede solo chi le prepara o le approva"):
        enclose(change, upload(), by=request.getfixturevalue(who))
    assert not Enclosure.objects.exists()


def test_an_adopted_sheet_takes_no_files(in_force, ufficio):
    with pytest.raises(Refused, match="è già adottata"):
        enclose(in_force, upload(), by=ufficio)


def test_nor_does_one_that_was_withdrawn(change, ufficio):
    withdraw(Sheet.objects.get(pk=change.pk), by=ufficio)
    with pytest.raises(Refused, match="la bozza è stata ritirata"):
        enclose(change, upload(), by=ufficio)


def test_files_that_are_empty_too_large_not_what_they_say_or_there_already_are_refused(change, ufficio, settings):
    enclose(change, upload(), by=ufficio)
    wrong = {
        "è vuoto": upload(content=b""),
        "non si può allegare": upload("pagina.html"),
        "copia.pdf» è già allegato": upload("copia.pdf"),
    }
    for why, file in wrong.items():
        with pytest.raises(Refused, match=why):
            enclose(change, file, by=ufficio)
    settings.EVIDENCE_MAX_BYTES = len(PDF) - 1
    with pytest.raises(Refused, match="supera i 0 MB"):
        enclose(change, upload("altro.pdf", PDF + b"x"), by=ufficio)
    assert Enclosure.objects.count() == 1
