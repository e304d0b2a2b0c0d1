"""The Relazione is begun, written by who must, frozen once its results are final, approved by an act (R32, R33)."""

import datetime as dt

import pytest

from evaluations.models import Report, ReportText
from evaluations.reporting import (
    approve_report,
    approved_too_early,
    begin_report,
    freeze_report,
    report_for,
    unfreeze_report,
    why_not_unfreeze,
    word_report,
    word_sector,
)
from evaluations.rounds import reopen
from evaluations.validating import request_validation
from objectives.workflow import Refused, Stale
from tests.reports import TEXTS, approving_act, closed_final, frozen_report, written_pdf
from tests.this_year import first_act
from tests.validations import decided, frozen

OTHERS = ["ufficio", "responsabile", "nucleo", "amministratore", "lettura", "estraneo"]


@pytest.fixture
def report(plan, segretario):
    """Begun, nothing written."""
    return begin_report(plan, by=segretario)


@pytest.fixture
def final(plan, ufficio, responsabile, segretario):
    """The final verification, closed."""
    return closed_final(plan, office=ufficio, manager=responsabile, by=segretario)


@pytest.fixture
def done(report, final):
    """The final text is there."""
    return frozen_report(report, final)


# ---- Beginning and writing -------------------------------------------------------------------------------------------


def test_the_segretario_begins_it_once(plan, segretario):
    begun = begin_report(plan, by=segretario)
    assert begin_report(plan, by=segretario) == begun == report_for(plan)
    assert (begun.state, Report.objects.count()) == ("BOZZA", 1)


def test_nobody_else_begins_words_freezes_approves_it_or_takes_it_back(request, plan, report, caluso):
    act = approving_act(caluso)
    for who in OTHERS:
        person = request.getfixturevalue(who)
        deeds = (
            lambda person=person: begin_report(plan, by=person),
            lambda person=person: word_report(report, **TEXTS, by=person),
            lambda person=person: freeze_report(report, by=person),
            lambda person=person: approve_report(report, act, by=person),
            lambda person=person: unfreeze_report(report, reason="No", by=person),
        )
        for deed in deeds:
            with pytest.raises(Refused, match="La Relazione la prepara il Segretario"):
                deed()


def test_the_same_texts_again_change_nothing(report, segretario):
    worded = word_report(report, **TEXTS, by=segretario, row_version=report.row_version)
    again = word_report(report, **TEXTS, by=segretario, row_version=report.row_version)
    assert (again.row_version, again.presentation) == (worded.row_version, "Un anno di lavoro.")


def test_who_read_an_earlier_text_gets_the_one_saved_meanwhile(report, segretario):
    word_report(report, **TEXTS, by=segretario, row_version=report.row_version)
    with pytest.raises(Stale) as stale:
        word_report(report, **{**TEXTS, "context": "Altro."}, by=segretario, row_version=report.row_version)
    assert stale.value.stored.context == "Meno risorse."


def test_a_settore_writes_its_own_text_and_no_other(
    report, of_finanziario, finanziario, tecnico, ufficio, responsabile
):
    assert word_sector(report, finanziario, text="Fatto.", by=ufficio, row_version=0).text == "Fatto."
    assert word_sector(report, finanziario, text="Fatto bene.", by=responsabile, row_version=1).row_version == 2
    with pytest.raises(Refused, match="TECNICO non è tra i suoi"):
        word_sector(report, tecnico, text="Fatto.", by=ufficio)
    assert list(ReportText.objects.values_list("sector__name", "text")) == [("FINANZIARIO", "Fatto bene.")]


def test_an_empty_text_of_a_settore_leaves_no_row(report, finanziario, segretario):
    assert word_sector(report, finanziario, text="", by=segretario, row_version=0) is None


def test_two_who_begin_the_text_of_a_settore_see_each_other(report, finanziario, segretario, ufficio):
    word_sector(report, finanziario, text="Uno.", by=ufficio, row_version=0)
    with pytest.raises(Stale) as stale:
        word_sector(report, finanziario, text="Due.", by=segretario, row_version=0)
    assert stale.value.stored.text == "Uno."


@pytest.mark.parametrize("who", ["nucleo", "lettura", "estraneo"])
def test_who_enters_no_results_writes_no_text(request, report, finanziario, who):
    with pytest.raises(Refused, match="Il suo ruolo non permette"):
        word_sector(report, finanziario, text="Io.", by=request.getfixturevalue(who))


def test_a_settore_of_another_entity_has_no_place_in_it(report, esempio, segretario):
    foreign = esempio.sectors.create(name="ALTROVE")
    with pytest.raises(Refused, match="non è di Comune di Caluso"):
        word_sector(report, foreign, text="Noi.", by=segretario)


# ---- The final text --------------------------------------------------------------------------------------------------


def test_it_is_not_frozen_while_the_final_verification_is_open(report, open_one, segretario):
    with pytest.raises(Refused) as refusal:
        freeze_report(report, by=segretario)
    assert [finding.rule for finding in refusal.value.findings] == ["R30"]


def test_a_pdf_from_outside_is_kept_byte_for_byte(report, final, segretario):
    pdf = written_pdf("Relazione sulla performance", "Due persone coinvolte.")
    done = freeze_report(report, upload=pdf, by=segretario)
    assert (done.state, done.round, done.document.read()) == ("CONGELATA", final, pdf)
    assert "fuori dal programma" in done.document.subject
    assert done.history.first().history_change_reason == "Relazione definitiva: PDF preparato fuori dal programma"


def test_a_pdf_that_names_staff_or_can_not_be_read_is_refused(report, final, segretario):
    for upload, words in (
        (written_pdf("Merito di BIANCHI Anna."), "Nel PDF compare «Bianchi Anna»"),
        (written_pdf(), "non si può leggere il testo"),
        (b"Relazione", "Il file non è un PDF"),
    ):
        with pytest.raises(Refused, match=words):
            freeze_report(report, upload=upload, by=segretario)


@pytest.mark.pdf
def test_from_the_texts_of_the_program_it_says_what_it_said_then(report, final, segretario):
    worded = word_report(report, **TEXTS, by=segretario)
    done = freeze_report(report, by=segretario, row_version=worded.row_version)
    assert done.document.read().startswith(b"%PDF-1.7")
    assert "testi del programma" in done.document.subject


def test_a_text_that_names_staff_keeps_it_a_draft(report, final, finanziario, segretario):
    word_sector(report, finanziario, text="Merito di Bianchi Anna.", by=segretario, row_version=0)
    with pytest.raises(Refused) as refusal:
        freeze_report(report, by=segretario)
    (finding,) = refusal.value.findings
    assert finding.rule == "R32"
    assert finding.message == "Testo del settore FINANZIARIO: vi compare «Bianchi Anna», tra il personale del piano."


def test_what_was_changed_after_the_page_was_read_is_not_frozen(report, final, segretario):
    read = report.row_version
    word_report(report, **TEXTS, by=segretario)
    with pytest.raises(Stale, match="La Relazione è cambiata"):
        freeze_report(report, upload=written_pdf("Relazione"), by=segretario, row_version=read)


def test_a_final_text_is_written_no_more_and_holds_its_verification(done, final, finanziario, segretario):
    for deed in (
        lambda: word_report(done, **TEXTS, by=segretario),
        lambda: word_sector(done, finanziario, text="Dopo.", by=segretario),
    ):
        with pytest.raises(Refused, match="va riportata in bozza"):
            deed()
    with pytest.raises(Refused, match="non si può riaprire"):
        reopen(final, by=segretario, note="Un errore.")


def test_it_becomes_a_draft_again_with_a_reason_that_stays(done, segretario):
    document = done.document
    for reason in ("", "  ", "x" * 71):
        with pytest.raises(Refused, match="Scrivere perché"):
            unfreeze_report(done, reason=reason, by=segretario)
    back = unfreeze_report(done, reason="Manca un settore", by=segretario)
    assert (back.state, back.document, back.round) == ("BOZZA", None, None)
    assert back.history.first().history_change_reason == "Riportata in bozza: Manca un settore"
    assert document.read() == b"%PDF-1.7 relazione"
    with pytest.raises(Refused, match="è già in bozza"):
        unfreeze_report(done, reason="Ancora", by=segretario)


# ---- Approval and validation -----------------------------------------------------------------------------------------


def test_an_act_approves_the_final_text_alone(report, final, caluso, segretario):
    act = approving_act(caluso)
    with pytest.raises(Refused, match="prima la Relazione va resa definitiva"):
        approve_report(report, act, by=segretario)
    done = approve_report(frozen_report(report, final), act, by=segretario)
    assert (done.state, done.act) == ("APPROVATA", act)
    with pytest.raises(Refused, match="è già approvata con la GC 40"):
        approve_report(report, act, by=segretario)
    assert why_not_unfreeze(done) == (
        "La Relazione è approvata: torna in bozza solo se il Nucleo di Valutazione la restituisce."
    )


def test_it_is_approved_by_a_registered_act_of_the_entity_after_the_year(done, plan, caluso, esempio, segretario):
    proposal = caluso.deliberations.create(subject="Proposta")
    for act, words in (
        (approving_act(esempio), "stesso ente"),
        (proposal, "stesso ente"),
        (first_act(plan), f"si approva dopo il {plan.year}"),
    ):
        with pytest.raises(Refused, match=words):
            approve_report(done, act, by=segretario)


def test_a_session_before_the_final_text_was_there_is_remarked(done, caluso):
    assert approved_too_early(done) == ""
    done.act = approving_act(caluso)
    assert approved_too_early(done) == ""
    done.act.session_on = done.document.created_at.date() - dt.timedelta(days=1)
    assert "precede il giorno in cui il testo definitivo è stato registrato" in approved_too_early(done)


def test_what_the_nucleo_returns_may_be_written_again(done, caluso, segretario, nucleo):
    approved = approve_report(done, approving_act(caluso), by=segretario)
    asked = frozen(request_validation(done.plan, report=approved, by=segretario))
    with pytest.raises(Refused, match="solo se il Nucleo di Valutazione la restituisce"):
        unfreeze_report(approved, reason="Un errore", by=segretario)
    decided(asked, nucleo, "RESTITUITA", reasons="Mancano i costi.")
    assert unfreeze_report(approved, reason="Mancano i costi", by=segretario).act is None
