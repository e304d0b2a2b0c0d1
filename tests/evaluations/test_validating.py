"""The plan is handed over, the Nucleo remarks and decides, on one frozen package, once (R20, R22)."""

import datetime as dt

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from evaluations.choices import ValidationState
from evaluations.models import Remark, Report, Validation
from evaluations.validating import ask_again, decide, remark, request_validation
from objectives.workflow import Refused, Stale, adopt, amend, approve, propose, submit
from organisation.models import Manager, Notice
from organisation.roles import Role
from tests.factories import load, written_act, written_sheet
from tests.sessions import SESSION, with_opinions
from tests.this_year import first_act, rewritten, sheet_of
from tests.validations import MEMBERS, decided, frozen, requested

TODAY = timezone.localdate()
SAID = {"minutes_number": "3", "minutes_on": TODAY, "members": MEMBERS}


@pytest.fixture
def asked(plan, segretario):
    """The plan handed over: its package is in preparation."""
    return requested(plan, segretario)


@pytest.fixture
def waiting(asked):
    """The plan handed over, its package frozen."""
    return frozen(asked)


def one_sheet(validation):
    return validation.files.first().sheet


# ---- Handing over ----------------------------------------------------------------------------------------------------


def test_the_segretario_hands_the_plan_over_and_its_package_is_prepared(asked, segretario):
    assert (asked.state, asked.requested_by, asked.kind) == ("IN_PREPARAZIONE", segretario, "ATTO")
    job = DBTaskResult.objects.get(task_path="evaluations.packages.jobs.freeze_package")
    assert job.args_kwargs["kwargs"] == {"validation": asked.pk}


@pytest.mark.parametrize("who", ["ufficio", "responsabile", "nucleo", "amministratore", "lettura", "estraneo"])
def test_nobody_else_hands_it_over(request, plan, who):
    with pytest.raises(Refused, match="Segretario"):
        requested(plan, request.getfixturevalue(who))
    assert Validation.objects.count() == 0


def test_an_act_that_is_adopted_here_is_handed_over_by_itself(plan, ufficio, responsabile, segretario):
    change = rewritten(amend(sheet_of(plan, 2), by=ufficio), ufficio)
    approved = approve(submit(change, by=responsabile), by=segretario)
    act = adopt(with_opinions(propose(plan, [approved], by=segretario), segretario), SESSION, by=segretario)
    validation = Validation.objects.get()
    assert (validation.plan, validation.act, validation.requested_by) == (plan, act, segretario)


def test_what_waits_or_was_validated_is_not_handed_over_again(plan, waiting, segretario, nucleo):
    with pytest.raises(Refused, match="non ha ancora deciso"):
        requested(plan, segretario)
    decided(waiting, nucleo)
    with pytest.raises(Refused, match="lo ha già validato"):
        requested(plan, segretario)


def test_what_was_sent_back_is_handed_over_again(plan, waiting, segretario, nucleo):
    decided(waiting, nucleo, ValidationState.RESTITUITA, reasons="Mancano i pesi.")
    again = requested(plan, segretario)
    assert list(plan.validations.order_by("pk").values_list("pk", "state")) == [
        (waiting.pk, "RESTITUITA"), (again.pk, "IN_PREPARAZIONE"),
    ]  # fmt: skip


def test_an_act_without_its_text_or_of_another_plan_is_not_handed_over(act100, segretario):
    plan = act100.entity.plans.get(year=2022)
    stub = act100.entity.deliberations.registered().filter(on_file=False).first()
    with pytest.raises(Refused, match="non è in archivio"):
        request_validation(plan, act=stub, by=segretario)
    other = load({**written_act(5, "2023-02-01", written_sheet(1)), "plan": {"year": 2023, "triennium": None}},
                 act100.entity).act  # fmt: skip
    with pytest.raises(Refused, match="GC 5/2023 non ha schede di questo piano"):
        request_validation(plan, act=other, by=segretario)


def test_a_relazione_is_handed_over_once_it_is_approved(plan, segretario):
    report = Report(plan=plan)
    report.save()
    with pytest.raises(Refused, match="dopo che un atto l'ha approvata"):
        request_validation(plan, report=report, by=segretario)


# ---- Remarks ---------------------------------------------------------------------------------------------------------


def test_the_nucleo_remarks_on_a_sheet_and_on_the_whole(waiting, nucleo):
    sheet = one_sheet(waiting)
    remark(waiting, sheet, " Serve un indicatore. ", by=nucleo)
    remark(waiting, None, "Tempi da rispettare.", by=nucleo)
    assert list(waiting.remarks.values_list("sheet", "text", "by", "row_version")) == [
        (sheet.pk, "Serve un indicatore.", nucleo.pk, 1), (None, "Tempi da rispettare.", nucleo.pk, 1),
    ]  # fmt: skip


def test_a_remark_is_changed_and_taken_away(waiting, nucleo):
    first = remark(waiting, None, "Primo.", by=nucleo)
    second = remark(waiting, None, "Secondo.", by=nucleo, row_version=first.row_version)
    assert (second.pk, second.text, second.row_version) == (first.pk, "Secondo.", 2)
    assert remark(waiting, None, "  ", by=nucleo, row_version=2) is None
    assert waiting.remarks.count() == 0
    assert list(Remark.history.filter(id=first.pk).values_list("history_type", flat=True)) == ["-", "~", "+"]


def test_nobody_writes_over_a_remark_unseen(waiting, nucleo):
    first = remark(waiting, None, "Primo.", by=nucleo)
    for version in (None, 7):
        with pytest.raises(Stale) as stale:
            remark(waiting, None, "Altro.", by=nucleo, row_version=version)
        assert stale.value.stored == first


@pytest.mark.parametrize("who", ["ufficio", "responsabile", "segretario", "amministratore", "lettura", "estraneo"])
def test_only_the_nucleo_remarks_and_decides(request, waiting, who):
    person = request.getfixturevalue(who)
    with pytest.raises(Refused, match="Nucleo di Valutazione"):
        remark(waiting, None, "No.", by=person)
    with pytest.raises(Refused, match="Nucleo di Valutazione"):
        decided(waiting, person)


def test_a_sheet_that_is_not_in_the_package_takes_no_remark(waiting, nucleo, ufficio):
    draft = amend(sheet_of(waiting.plan, 2), by=ufficio)
    with pytest.raises(Refused, match="non è in questo fascicolo"):
        remark(waiting, draft, "Che bozza!", by=nucleo)


# ---- Deciding --------------------------------------------------------------------------------------------------------


def test_the_decision_is_recorded_with_its_minutes(waiting, nucleo):
    names = ["  Anna   Verdi ", "", "Luca Neri", "Luca Neri"]
    validation = decide(
        waiting, "VALIDATA", minutes_number=" 3/bis ", minutes_on=TODAY, members=names, by=nucleo, row_version=1
    )
    assert (validation.state, validation.minutes_number, validation.minutes_on) == ("VALIDATA", "3/bis", TODAY)
    assert (validation.members, validation.decided_by, len(validation.code)) == (
        ["Anna Verdi", "Luca Neri"],
        nucleo,
        14,
    )
    job = DBTaskResult.objects.get(task_path="evaluations.packages.jobs.print_decision")
    assert job.args_kwargs["kwargs"] == {"validation": validation.pk}
    assert validation.history.first().history_act == "GC 8/" + str(TODAY.year)


def test_what_is_sent_back_has_reasons_and_no_code(waiting, nucleo):
    with pytest.raises(Refused, match="motivi"):
        decided(waiting, nucleo, "RESTITUITA", reasons=" ")
    validation = decided(waiting, nucleo, "RESTITUITA", reasons="Mancano i pesi.")
    assert (validation.state, validation.reasons, validation.code) == ("RESTITUITA", "Mancano i pesi.", "")
    assert not DBTaskResult.objects.filter(task_path__endswith="print_decision").exists()


def test_with_remarks_there_are_remarks_and_without_there_are_none(waiting, nucleo):
    with pytest.raises(Refused, match="Non ci sono rilievi"):
        decided(waiting, nucleo, "CON_RILIEVI")
    remark(waiting, one_sheet(waiting), "Serve un indicatore.", by=nucleo)
    with pytest.raises(Refused, match="Ci sono rilievi scritti"):
        decided(waiting, nucleo)
    assert decided(waiting, nucleo, "CON_RILIEVI").state == "CON_RILIEVI"


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({"minutes_number": " "}, "numero del verbale"),
        ({"minutes_number": "9" * 41}, "al massimo 40 caratteri"),
        ({"minutes_on": TODAY - dt.timedelta(days=1)}, "tra la trasmissione"),
        ({"minutes_on": TODAY + dt.timedelta(days=1)}, "tra la trasmissione"),
        ({"members": [" ", ""]}, "almeno un componente"),
    ],
)
def test_what_the_minutes_lack_is_said(waiting, nucleo, said, reason):
    with pytest.raises(Refused, match=reason):
        decided(waiting, nucleo, **said)
    assert Validation.objects.get().state == "DA_VALIDARE"


def test_it_decides_on_a_frozen_package_in_one_of_three_ways(asked, nucleo):
    with pytest.raises(Refused, match="ancora in preparazione"):
        decided(asked, nucleo)
    for state in ("DA_VALIDARE", "FORSE"):
        with pytest.raises(Refused, match="valida, valida con rilievi o restituisce"):
            decided(frozen(Validation.objects.get()) if state == "DA_VALIDARE" else asked, nucleo, state)


def test_who_did_not_read_the_last_remark_is_told(waiting, nucleo):
    remark(waiting, None, "Tempi da rispettare.", by=nucleo)
    with pytest.raises(Stale, match="è cambiata dopo che la pagina è stata aperta"):
        decide(waiting, "CON_RILIEVI", **SAID, by=nucleo, row_version=waiting.row_version)


def test_what_was_decided_stays(waiting, nucleo):
    validation = decided(waiting, nucleo)
    with pytest.raises(Refused, match=r"Il Nucleo ha già deciso: validata, verbale n\. 3 del"):
        decided(validation, nucleo, "RESTITUITA", reasons="No.")
    with pytest.raises(Refused, match="ha già deciso"):
        remark(validation, None, "Tardi.", by=nucleo)
    validation.minutes_number = "4"
    with pytest.raises(DatabaseError, match="non si cambia"), transaction.atomic():
        validation.save()


def test_a_package_that_was_handed_over_does_not_move(waiting):
    file = waiting.files.first()
    file.path = "altro.pdf"
    with pytest.raises(DatabaseError, match="congelato"), transaction.atomic():
        file.save()
    waiting.package_sha256 = "0" * 64
    with pytest.raises(DatabaseError, match="congelato"), transaction.atomic():
        waiting.save()


# ---- Who judges what is their own ------------------------------------------------------------------------------------


def test_who_answers_for_a_sheet_needs_a_written_exception_which_stays(waiting, nucleo, finanziario):
    Manager(sector=finanziario, name="Anna Verdi", user=nucleo, valid_from=dt.date(2020, 1, 1)).save()
    with pytest.raises(Refused, match=r"schede di questo fascicolo .*FINANZIARIO.*deroga scritta \(R20\)"):
        decided(waiting, nucleo)
    validation = decided(waiting, nucleo, exception=" Unico componente in carica. ")
    assert validation.exception == "Unico componente in carica."


def test_nobody_else_leaves_an_exception_behind(waiting, nucleo):
    assert decided(waiting, nucleo, exception="Non serve.").exception == ""


def test_a_responsabile_who_sits_in_the_nucleo_judges_their_own(waiting, make_person, caluso):
    both = make_person("entrambi", (caluso, Role.NUCLEO), (caluso, Role.RESPONSABILE))
    with pytest.raises(Refused, match="R20"):
        decided(waiting, both)


# ---- Asking again, and telling ---------------------------------------------------------------------------------------


def test_what_failed_is_asked_again_by_who_works_on_it(asked, segretario, lettura):
    with pytest.raises(Refused, match="in corso"):
        ask_again(asked, by=segretario)
    asked.problem = "Manca Pango."
    asked.save()
    with pytest.raises(Refused, match="il Segretario o il Nucleo"):
        ask_again(asked, by=lettura)
    assert ask_again(asked, by=segretario).problem == ""
    assert DBTaskResult.objects.filter(task_path__endswith="freeze_package").count() == 2


def test_who_waits_for_the_decision_hears_of_it(waiting, nucleo, segretario):
    segretario.email = "segretario@comune.esempio.it"
    segretario.save()
    decided(waiting, nucleo, "RESTITUITA", reasons="Mancano i pesi.")
    notice = Notice.objects.get()
    assert (notice.to, notice.path) == (segretario, f"/caluso/validazioni/{waiting.pk}/")
    assert notice.subject.endswith(": restituita")
    assert "Mancano i pesi." in notice.body


def test_an_older_package_may_still_be_decided_after_a_later_act(plan, waiting, nucleo):
    changed = written_sheet(2, "MODIFICATO", weight=40)
    year = plan.year
    data = written_act(20, f"{year}-03-01", changed, cites=[(8, f"{year}-01-01")])
    load({**data, "plan": {"year": year, "triennium": None}}, plan.entity)
    assert decided(waiting, nucleo).act == first_act(plan)
