"""What the papers of a proposal and of an act say: everything that is on record, nothing that is not."""

from objectives.choices import Change
from objectives.models import Correction
from objectives.papers.paper import NOT_ADOPTED, Signed, paper_of, vote
from objectives.papers.remarks import Corrected, Exemption, Noted
from objectives.papers.sheets import sheets_on_paper
from tests.factories import load, written_act, written_sheet
from tests.objectives.papers.conftest import REASON


def paper(act):
    return paper_of(act, sheets_on_paper(act))


def test_a_proposal_says_that_nobody_adopted_it(proposal):
    found = paper(proposal)
    assert (found.title, found.banner) == ("Proposta di deliberazione della Giunta Comunale", NOT_ADOPTED)
    assert (found.number, found.session, found.decision, found.days) == ("", [], [], [])
    assert found.premises == ["RICHIAMATA la delibera;", "VISTI:", "- il D.Lgs. 267/2000;"]


def test_a_missing_opinion_is_said(proposal):
    assert paper(proposal).opinions == [
        Signed("In ordine alla regolarità tecnica: parere da acquisire."),
        Signed("In ordine alla regolarità contabile: parere da acquisire."),
    ]


def test_an_opinion_is_printed_with_signer_and_day(proposal, certify):
    certify()
    assert paper(proposal).opinions[0] == Signed(
        "Parere favorevole in ordine alla regolarità tecnica, ai sensi degli artt. 49, comma 1, e 147-bis del "
        "D.Lgs. 18 agosto 2000, n. 267.",
        "Ezio IVALDI",
        "Data: 17/10/2022",
    )


def test_an_opinion_on_another_content_is_void(proposal, certify):
    certify()
    proposal.premises += "\n\nAggiunta."
    proposal.save()
    assert paper(proposal).opinions[0] == Signed(
        "In ordine alla regolarità tecnica: il parere del 17/10/2022 non vale più, perché il testo è cambiato; "
        "è da rendere."
    )


def test_a_written_exception_is_shown_with_who_approved(proposal):
    assert paper(proposal).remarks.exemptions == [Exemption("FINANZIARIO n° 1", REASON, "Segretario Rossi, 14/10/2022")]


def test_warnings_taken_note_of_are_listed_those_of_the_act_first(proposal):
    today = paper(proposal).remarks.noted[0].by
    assert paper(proposal).remarks.noted == [
        Noted("", "R19", "Pubblicata tardi.", "Ferie.", today),
        Noted("FINANZIARIO n° 1", "R28", "Proposta dopo il 30/09.", "Urgente.", today),
    ]


def test_a_clerical_error_is_listed_beside_the_adopted_text(base_act, segretario):
    assert not paper(base_act).remarks
    sheet = base_act.sheets.get(number=1)
    Correction(
        sheet=sheet, place="Titolo", written="Obiettivo 1", right="Obiettivo uno", note="Refuso.", by=segretario
    ).save()
    (found,) = paper(base_act).remarks.corrected
    assert found == Corrected("FINANZIARIO n° 1", "Titolo", "Obiettivo 1", "Obiettivo uno", found.note)
    assert found.note.startswith("Refuso. (Segretario Rossi, ")


def test_the_variations_of_a_proposal(proposal):
    (sector,) = paper(proposal).sectors
    lines = [(line.sheet.change, line.weight_before, line.weight_after, line.reason) for line in sector.lines]
    assert lines == [
        (Change.MODIFICATO, "25", "30", "Cause esterne. Bando prorogato"),
        (Change.ELIMINATO, "25", "—", "Sostituzione per volontà dell'Amministrazione"),
        (
            Change.INSERITO,
            "—",
            "20",
            "Sostituzione per volontà dell'Amministrazione. In luogo di n° 2 Obiettivo 2",
        ),
    ]
    assert sector.net_written == "0"


def test_an_act_tells_its_session_its_votes_and_its_effect(registered):
    found = paper(registered())
    assert (found.title, found.number, found.banner) == (
        "Deliberazione della Giunta Comunale n. 100 del 18/10/2022",
        "N. 100/2022",
        "",
    )
    assert found.record_title == "Verbale di deliberazione della Giunta Comunale"
    assert found.session == [
        "L'anno 2022, addì 18, del mese di ottobre, alle ore 18:00, si è riunito l'organo: Giunta Comunale.",
        "Assiste il Segretario Ezio IVALDI.",
    ]
    assert found.decision[-1] == "Con voti favorevoli n. 3, contrari n. 1, astenuti n. 0, espressi in forma palese;"
    assert found.immediate == (
        "Considerata l'urgenza (avviare subito il servizio), con separata votazione, voti favorevoli unanimi (n. 4), "
        "il presente atto è dichiarato immediatamente eseguibile (art. 134, comma 4, D.Lgs. 18 agosto 2000, n. 267)."
    )
    assert found.days[-2:] == [
        "In vigore dal 18 ottobre 2022, giorno della seduta, perché immediatamente eseguibile.",
        "Le date che mancano stanno nel fascicolo composto dopo la pubblicazione.",
    ]


def test_an_act_whose_premises_are_not_on_record_names_the_acts_it_cites(act100):
    found = paper(act100)
    assert found.premises[0] == "Richiamata la deliberazione della Giunta Comunale n. 8 del 07/02/2022;"
    assert found.decision[-1] == "Con voti favorevoli unanimi, espressi in forma palese;"
    assert found.immediate == (
        "Il presente atto è dichiarato immediatamente eseguibile (art. 134, comma 4, D.Lgs. 18 agosto 2000, n. 267)."
    )
    assert found.days[-1] == "Comunicata ai capigruppo consiliari il 06/02/2023 (art. 125 TUEL)."
    assert [opinion.signer for opinion in found.opinions] == ["Ezio IVALDI", ""]
    assert "non necessita del parere di regolarità contabile" in found.opinions[1].sentence


def test_votes_in_words():
    assert vote(None, None, None) == ""
    assert vote(5, 0, 0) == "favorevoli unanimi (n. 5)"
    assert vote(3, 1, None) == "favorevoli n. 3, contrari n. 1, astenuti n. 0"


def test_everything_changes_the_version_that_opinions_are_about(proposal):
    before = paper(proposal).version
    sheet = proposal.sheets.get(number=1)
    sheet.weight = 35
    sheet.save()
    assert paper(proposal).version != before


def test_the_papers_of_one_sheet_and_of_thirty_cost_the_same_queries(caluso, django_assert_num_queries):
    acts = [
        load(written_act(number, "2022-02-07", *(written_sheet(own) for own in sheets)), caluso).act
        for number, sheets in ((8, range(1, 2)), (9, range(2, 32)))
    ]
    for act in acts:
        with django_assert_num_queries(15):
            paper(act)
