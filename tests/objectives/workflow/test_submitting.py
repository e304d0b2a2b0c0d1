"""The Responsabile sends, the Segretario approves or sends back with a note."""

import pytest

from objectives.choices import PassageKind
from objectives.draft_content import DraftContent
from objectives.models import Acknowledgement, Sheet
from objectives.workflow import Refused, Stale, approve, edit, insert, send_back, submit, take_back
from organisation.models import Membership
from organisation.roles import Role


def path(sheet):
    return list(sheet.passages.values_list("kind", "by__username", "note"))


def test_from_draft_to_approved(change, responsabile, segretario):
    sent = submit(change, by=responsabile, note="Come d'accordo.")
    assert (sent.state, sent.submitted_by, sent.approved_by) == ("INVIATA", responsabile, None)
    done = approve(sent, by=segretario)
    assert (done.state, done.submitted_by, done.approved_by, done.approval_exception) == (
        "APPROVATA", responsabile, segretario, "",
    )  # fmt: skip
    assert path(change) == [
        ("AVVIATA", "ufficio", ""),
        ("INVIATA", "responsabile", "Come d'accordo."),
        ("APPROVATA", "segretario", ""),
    ]


def test_sent_back_with_a_note_and_sent_again(change, responsabile, segretario, ufficio):
    submit(change, by=responsabile)
    back = send_back(change, by=segretario, note="Manca il collegamento al DUP.")
    assert (back.state, back.submitted_by, back.submitted_at) == ("BOZZA", None, None)
    edit(change, DraftContent({"dup_link": "Missione 1"}), by=ufficio)
    submit(change, by=responsabile)
    assert [kind for kind, _, _ in path(change)] == ["AVVIATA", "INVIATA", "RINVIATA", "INVIATA"]
    assert change.passages.get(kind=PassageKind.RINVIATA).note == "Manca il collegamento al DUP."


@pytest.mark.parametrize("note", ["", "  \n"])
def test_nothing_is_sent_back_without_a_word(change, responsabile, segretario, note):
    submit(change, by=responsabile)
    with pytest.raises(Refused, match="scrivere una nota"):
        send_back(change, by=segretario, note=note)
    assert Sheet.objects.get(pk=change.pk).state == "INVIATA"


def test_what_was_sent_can_be_taken_back_until_it_is_approved(change, responsabile, segretario):
    submit(change, by=responsabile)
    assert take_back(change, by=responsabile).state == "BOZZA"
    submit(change, by=responsabile)
    approve(change, by=segretario)
    with pytest.raises(Refused, match="è già approvata"):
        take_back(change, by=responsabile)


@pytest.mark.parametrize("who", ["ufficio", "segretario", "nucleo", "amministratore", "lettura", "estraneo", "altrove"])
def test_only_the_responsabile_sends(request, who, change):
    with pytest.raises(Refused):
        submit(change, by=request.getfixturevalue(who))
    assert Sheet.objects.get(pk=change.pk).state == "BOZZA"


@pytest.mark.parametrize(
    "who", ["ufficio", "responsabile", "nucleo", "amministratore", "lettura", "estraneo", "altrove"]
)
def test_only_the_segretario_approves_or_sends_back(request, who, change, responsabile):
    submit(change, by=responsabile)
    person = request.getfixturevalue(who)
    with pytest.raises(Refused):
        approve(change, by=person, exception="Perché sì.")
    with pytest.raises(Refused):
        send_back(change, by=person, note="No.")
    assert Sheet.objects.get(pk=change.pk).state == "INVIATA"


def test_a_second_approval_and_a_second_sending_are_refused(change, responsabile, segretario):
    submit(change, by=responsabile)
    with pytest.raises(Refused, match="è già stata inviata"):
        submit(change, by=responsabile)
    approve(change, by=segretario)
    with pytest.raises(Refused, match="è già approvata"):
        approve(change, by=segretario)
    assert [kind for kind, _, _ in path(change)].count("APPROVATA") == 1


def test_what_was_read_is_what_is_approved(change, responsabile, segretario, ufficio):
    seen = submit(change, by=responsabile).row_version
    edit(change, DraftContent({"weight": 61}), by=ufficio)
    submit(change, by=responsabile)
    with pytest.raises(Stale, match="è cambiata dopo che la pagina è stata aperta"):
        approve(change, by=segretario, row_version=seen)
    assert Sheet.objects.get(pk=change.pk).state == "INVIATA"


def test_approval_does_not_outlive_an_edit(approved, ufficio, responsabile, segretario):
    edit(approved, DraftContent({"title": "Altro ancora"}), by=ufficio)
    with pytest.raises(Refused, match="è ancora una bozza"):
        approve(approved, by=segretario)
    submit(approved, by=responsabile)
    assert approve(approved, by=segretario).state == "APPROVATA"


def test_who_answers_for_a_sheet_approves_it_only_with_a_written_exception(change, responsabile, segretario):
    Membership(user=segretario, entity=change.sector.entity, role=Role.RESPONSABILE).save()
    submit(change, by=segretario)
    with pytest.raises(Refused, match="deroga scritta"):
        approve(change, by=segretario)
    done = approve(change, by=segretario, exception="Il vicesegretario è assente fino a dicembre.")
    assert done.approval_exception == "Il vicesegretario è assente fino a dicembre."


def test_an_exception_nobody_needs_is_not_kept(change, responsabile, segretario):
    submit(change, by=responsabile)
    assert approve(change, by=segretario, exception="Non si sa mai.").approval_exception == ""


def test_what_a_rule_blocks_is_not_sent(plan, finanziario, ufficio, responsabile):
    empty = insert(plan, finanziario, by=ufficio)
    with pytest.raises(Refused) as refusal:
        submit(empty, by=responsabile)
    assert {finding.rule for finding in refusal.value.findings} >= {"R07", "R23"}
    assert {finding.severity for finding in refusal.value.findings} == {"E"}


def test_a_warning_wants_a_note_that_is_kept_and_asked_once(plan, change, responsabile, segretario):
    plan.cut_off = "01-01"
    plan.save()
    with pytest.raises(Refused, match="scrivere una nota") as refusal:
        submit(change, by=responsabile)
    assert [finding.rule for finding in refusal.value.findings] == ["R28"]
    submit(change, by=responsabile, note="La ditta ha comunicato il ritardo solo ora.")
    approve(change, by=segretario)
    kept = Acknowledgement.objects.get()
    assert (kept.rule, kept.sheet, kept.by, kept.note) == (
        "R28", change, responsabile, "La ditta ha comunicato il ritardo solo ora.",
    )  # fmt: skip


def test_a_role_that_is_taken_away_no_longer_counts(change, responsabile, segretario):
    submit(change, by=responsabile)
    segretario.memberships.get().delete()
    with pytest.raises(Refused):
        approve(change, by=segretario)
