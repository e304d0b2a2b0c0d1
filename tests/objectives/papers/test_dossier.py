"""The whole dossier: one file that conforms, made once for what it says, and never taken for an adopted act."""

import pytest

from documents.models import Document
from objectives.papers.dossier import bind_dossier, dossier_document, dossier_of
from tests.conformance import failures
from tests.factories import load, make_proposal, written_act, written_sheet
from tests.objectives.papers.conftest import REASON
from tests.tagged import page_texts, read_aloud


@pytest.mark.pdf
def test_the_dossier_of_a_proposal_conforms_and_says_it_all(proposal, certify):
    certify()
    content = dossier_document(dossier_of(proposal)).read()
    pages = page_texts(content)
    assert len(pages) == 8
    assert all("PROPOSTA – non adottata" in page for page in pages)
    assert "Modifica del Piano. Contenuto del fascicolo" in pages[0]
    assert "Parere favorevole in ordine alla regolarità tecnica" in pages[1]
    assert "Effetto netto sui pesi del settore 0" in pages[2]
    assert REASON in pages[3]
    assert "Urgente." in pages[3]
    assert f"Approvata con deroga scritta: {REASON}" in pages[4]
    assert "In grassetto ciò che è nuovo rispetto al testo INSERITO con GC 8/2022 del 7 febbraio 2022." in pages[4]
    told = read_aloud(content)
    assert told[told.index("Documento") :][:8] == [
        *("Documento", "Pagina del file", "Testo", "2", "Prospetto delle variazioni", "3"),
        *("Deroghe, avvisi e rettifiche", "4"),
    ]
    assert told[told.index("Obiettivo 1 (MODIFICATO)") :][:3] == ["Obiettivo 1 (MODIFICATO)", "30", "5"]
    assert {profile: failures(content, profile) for profile in ("3a", "ua1")} == {"3a": {}, "ua1": {}}
    assert bind_dossier(dossier_of(proposal)) == content


@pytest.mark.pdf
def test_the_dossier_of_an_act_is_made_once_and_kept(base_act):
    first = dossier_document(dossier_of(base_act))
    assert (first.name, first.subject.split()[:2]) == ("fascicolo-gc-8-2022.pdf", ["fascicolo", "atto"])
    assert dossier_document(dossier_of(base_act)) == first
    assert Document.objects.count() == 3
    pages = page_texts(first.read())
    assert "Verbale di deliberazione della Giunta Comunale N. 8/2022" in pages[1]
    assert not any("non adottata" in page for page in pages)


@pytest.mark.pdf
def test_an_act_that_changes_a_text_on_file_shows_it_in_bold_and_its_own_file_stays(base_act):
    changed = written_sheet(1, "MODIFICATO", title="Obiettivo nuovo", description="Come da programma.")
    act = load(written_act(60, "2022-06-01", changed, cites=[(8, "2022-02-07")]), base_act.entity).act
    pages = page_texts(dossier_document(dossier_of(act)).read())
    assert "In grassetto ciò che è nuovo rispetto al testo INSERITO con GC 8/2022 del 7 febbraio 2022." in pages[3]
    assert [name for name in Document.objects.values_list("name", flat=True) if "modifiche" in name] == [
        f"scheda-2022-finanziario-1-{act.sheets.get().version_id}-modifiche.pdf"
    ]


def test_whatever_changes_makes_it_another_dossier(proposal, certify):
    seen = {dossier_of(proposal).subject}
    certify()
    seen.add(dossier_of(proposal).subject)
    proposal.dispositions += "\n\n2) di trasmettere."
    proposal.save()
    seen.add(dossier_of(proposal).subject)
    sheet = proposal.sheets.get(number=1)
    sheet.title = "Un altro titolo"
    sheet.save()
    seen.add(dossier_of(proposal).subject)
    proposal.sheets.filter(substitutes=None, base=None).delete()
    sheet.approval_exception = "Un altro motivo."
    sheet.save()
    seen.add(dossier_of(proposal).subject)
    assert len(seen) == 5
    assert dossier_of(proposal).subject == dossier_of(proposal).subject


def test_a_proposal_is_never_filed_as_an_act(proposal, registered):
    before = dossier_of(proposal)
    assert before.subject.startswith("fascicolo proposta ")
    assert before.file_name.startswith(f"proposta-{proposal.pk}-")
    act = registered()
    assert dossier_of(act).subject.startswith("fascicolo atto ")


def test_a_proposal_without_sheets_has_its_text_alone(caluso):
    dossier = dossier_of(make_proposal(caluso, session_on=None, plan_year=2022))
    assert [leaf.title for leaf in dossier.leaves] == ["Testo"]


def test_an_act_whose_text_is_not_on_file_has_no_dossier(adopted):
    with pytest.raises(LookupError, match="GC 8/2022 non è in archivio"):
        dossier_of(adopted.base.deliberation)
