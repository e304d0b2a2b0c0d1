"""What the database itself refuses of verifications and validations, whatever program writes to it."""

import uuid
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from simple_history.models import HistoricalChanges

from documents.models import freeze
from evaluations.guards import APPROVED, CLOSED, DECIDED, FINAL, FROZEN
from evaluations.models import (
    Aside,
    EvidenceFile,
    PackageFile,
    PhaseProgress,
    Remark,
    Report,
    ReportText,
    Result,
    RoundPassage,
    ScoreOverride,
    ScoreRules,
    SheetReview,
    StaffShare,
    Subscription,
    Validation,
)
from evaluations.reporting import approve_report, begin_report
from evaluations.rounds import Change, attach, close, enter, open_round, put_aside, reopen, set_average
from evaluations.validating import request_validation
from tests.raw_sql import refused
from tests.reports import approving_act, frozen_report
from tests.results import ON, analysis, confirm_all, upload
from tests.this_year import YEAR
from tests.validations import decided, frozen, requested

pytestmark = pytest.mark.django_db

HISTORY = "La storia delle modifiche non si cambia e non si cancella."
HISTORICAL = [
    model._meta.db_table for model in apps.get_app_config("evaluations").get_models()
    if issubclass(model, HistoricalChanges)
]  # fmt: skip


@pytest.fixture
def closed(open_one, every_kind, ufficio, responsabile, segretario):
    """A closed verification with a row of each kind."""
    objective, person = every_kind.objective_id, every_kind.participations.all()[0]
    enter(open_one, [analysis(every_kind), Change("staff", objective, person.key, {"share": "50"})], by=ufficio)
    put_aside(attach(open_one, objective, None, upload(), "", by=ufficio), "Di un altro anno.", by=ufficio)
    set_average(open_one, objective, "TEMPI", Decimal(90), "Proroga.", by=segretario)
    confirm_all(open_one, responsabile)
    return close(open_one, by=segretario)


def inserted(row):
    """The sentence with which the database refuses a new row, or None."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        return str(error).splitlines()[0]
    return None


def test_nothing_in_a_closed_verification_is_changed_removed_or_brought_in(closed, plan, every_kind, segretario):
    other = open_round(plan, "FINALE", on=ON, by=segretario)
    for table in ("result", "phaseprogress", "staffshare", "sheetreview", "sectorreview"):
        name = f"evaluations_{table}"
        mine = f"WHERE round_id = {closed.pk}"
        changed = "confirmed_at = NULL, confirmed_by_id = NULL" if table == "sectorreview" else "row_version = 9"
        assert refused(f"UPDATE {name} SET {changed} {mine}") == CLOSED, table
        assert refused(f"UPDATE {name} SET round_id = %s {mine}", other.pk) == CLOSED, table
        assert refused(f"DELETE FROM {name} {mine}") == CLOSED, table
    of_sheet = {"objective": every_kind.objective, "sheet": every_kind}
    for model in (Result, PhaseProgress, StaffShare):
        assert inserted(model(round=closed, key=uuid.uuid4(), **of_sheet)) == CLOSED
        row = model(round=other, key=uuid.uuid4(), **of_sheet)
        assert inserted(row) is None
        row.round = closed
        assert inserted(row) == CLOSED
    SheetReview(round=other, **of_sheet).save()
    assert refused("UPDATE evaluations_sheetreview SET round_id = %s", closed.pk) == CLOSED


def test_a_closed_verification_is_reopened_and_nothing_else(closed, segretario):
    assert refused("UPDATE evaluations_round SET outcome = '{}'") == CLOSED
    assert refused("UPDATE evaluations_round SET closed_at = %s", timezone.now()) == CLOSED
    assert refused("DELETE FROM evaluations_round") == CLOSED
    opened = "UPDATE evaluations_round SET closed_at = NULL, closed_by_id = NULL"
    for column, value in (("kind", "'FINALE'"), ('"on"', f"'{YEAR}-06-30'")):
        assert refused(f"{opened}, {column} = {value}") == CLOSED, column
    assert reopen(closed, by=segretario, note="Un dato mancava.").is_closed is False


def test_no_average_and_no_evidence_enters_a_closed_verification(closed, every_kind, segretario):
    average = ScoreOverride(
        round=closed, objective=every_kind.objective, measure="VALORE", value=1, note="?", by=segretario
    )
    assert inserted(average) == CLOSED
    paper = freeze(entity=closed.plan.entity, subject="prova", name="a.pdf", content=b"%PDF-")
    file = EvidenceFile(round=closed, objective=every_kind.objective, name="a.pdf", document=paper, by=segretario)
    assert inserted(file) == CLOSED
    with connection.cursor() as cursor:
        cursor.execute("UPDATE evaluations_round SET closed_at = NULL, closed_by_id = NULL")
    file.save()
    closed.save()
    assert inserted(Aside(file=file, note="?", by=segretario)) == CLOSED


def test_what_was_noted_is_only_added_to(closed):
    for model in (RoundPassage, ScoreOverride, EvidenceFile, Aside):
        table = model._meta.db_table
        assert model.objects.count() >= 1, table
        assert refused(f"UPDATE {table} SET note = 'altro'") == HISTORY, table
        assert refused(f"DELETE FROM {table}") == HISTORY, table


def test_what_the_nucleo_received_is_that_package(plan, segretario, nucleo):
    sent = frozen(requested(plan, segretario))
    for column, value in (("package_sha256", "'x'"), ("bound_id", "archive_id"), ("kind", "'RELAZIONE'")):
        assert refused(f"UPDATE evaluations_validation SET {column} = {value}") in {FROZEN, DECIDED}
    assert refused("UPDATE evaluations_packagefile SET path = 'x'") == FROZEN
    assert refused("UPDATE evaluations_packagefile SET position = 99") == FROZEN
    assert refused("UPDATE evaluations_packagefile SET title = 'x'") == FROZEN
    assert refused("UPDATE evaluations_validation SET state = 'IN_PREPARAZIONE'") == FROZEN
    assert refused("DELETE FROM evaluations_packagefile") == FROZEN
    first = sent.files.first()
    added = PackageFile(validation=sent, position=99, role="ALTRO", path="x", title="x", document=first.document)
    assert inserted(added) == FROZEN
    first.validated = sent.bound
    assert inserted(first) is None
    assert refused("UPDATE evaluations_packagefile SET validated_id = NULL WHERE id = %s", first.pk) == FROZEN


def test_what_the_nucleo_decided_stays(plan, segretario, nucleo):
    sent = frozen(requested(plan, segretario))
    Remark(validation=sent, text="Chiarire il punto 2.", by=nucleo).save()
    done = decided(sent, nucleo, "CON_RILIEVI")
    for change in (
        "state = 'RESTITUITA'", "minutes_number = '9'", "minutes_on = '2020-01-01'", "reasons = 'altro'",
        "exception = 'altra'", "package_sha256 = 'x'", "decided_at = '2020-01-01 00:00:00+00:00'", "code = 'X'",
        "members = '[\"Altri\"]'", "requested_by_id = NULL",
    ):  # fmt: skip
        assert refused(f"UPDATE evaluations_validation SET {change}") == DECIDED, change
    assert refused("DELETE FROM evaluations_validation") == DECIDED
    assert refused("UPDATE evaluations_remark SET text = 'altro'") == DECIDED
    assert refused("DELETE FROM evaluations_remark") == DECIDED
    assert inserted(Remark(validation=done, text="Tardi.", by=nucleo)) == DECIDED
    assert refused("UPDATE evaluations_validation SET validated_bound_id = bound_id") is None
    assert refused("UPDATE evaluations_validation SET validated_bound_id = archive_id") == DECIDED
    assert refused("UPDATE evaluations_validation SET validated_bound_id = NULL") == DECIDED


@pytest.fixture
def final_report(plan, finanziario, segretario, closed):
    """A Relazione with its final text, and a text of a settore."""
    report = begin_report(plan, by=segretario)
    ReportText(report=report, sector=finanziario, text="Fatto.").save()
    return frozen_report(report, closed)


def test_a_final_relazione_keeps_its_words_and_its_file(final_report, tecnico):
    other = freeze(entity=final_report.plan.entity, subject="altro", name="a.pdf", content=b"%PDF-altro")
    for change in ("presentation = 'Altro'", "context = 'Altro'", "conclusions = 'Altro'", "round_id = NULL"):
        assert refused(f"UPDATE evaluations_report SET {change}") == FINAL, change
    assert refused("UPDATE evaluations_report SET document_id = %s", other.pk) == FINAL
    back = "UPDATE evaluations_report SET state = 'BOZZA', document_id = NULL, round_id = NULL"
    assert refused(f"{back}, context = 'Altro'") == FINAL
    assert refused("DELETE FROM evaluations_report") == FINAL
    assert refused("UPDATE evaluations_reporttext SET text = 'Altro'") == FINAL
    assert refused("DELETE FROM evaluations_reporttext") == FINAL
    assert inserted(ReportText(report=final_report, sector=tecnico, text="Tardi.")) == FINAL
    assert refused(back) is None
    assert refused("UPDATE evaluations_reporttext SET text = 'Altro'") is None


def test_an_approved_relazione_is_a_draft_again_only_if_it_was_returned(final_report, caluso, segretario, nucleo):
    approved = approve_report(final_report, approving_act(caluso), by=segretario)
    back = "UPDATE evaluations_report SET state = 'BOZZA', document_id = NULL, round_id = NULL, act_id = NULL"
    assert refused(back) == APPROVED
    assert refused("UPDATE evaluations_report SET state = 'CONGELATA', act_id = NULL") == APPROVED
    assert refused("UPDATE evaluations_report SET act_id = %s", approving_act(caluso, number=41).pk) == APPROVED
    asked = frozen(request_validation(approved.plan, report=approved, by=segretario))
    assert refused(back) == APPROVED
    decided(asked, nucleo, "RESTITUITA", reasons="Mancano i costi.")
    frozen(request_validation(approved.plan, report=approved, by=segretario))
    assert refused(back) == APPROVED
    decided(approved.validations.first(), nucleo, "RESTITUITA", reasons="Mancano ancora.")
    assert refused(back) is None


def test_every_history_of_results_and_validations_is_only_added_to(closed, plan, finanziario, segretario, nucleo):
    sent = frozen(requested(plan, segretario))
    Remark(validation=sent, text="Chiarire.", by=nucleo).save()
    report = Report(plan=plan)
    report.save()
    ReportText(report=report, sector=finanziario).save()
    ScoreRules(plan=plan).save()
    Subscription(user=segretario).save()
    found = {table: (refused(f"UPDATE {table} SET history_id = history_id + 1000"), refused(f"DELETE FROM {table}"))
             for table in HISTORICAL}  # fmt: skip
    assert found == dict.fromkeys(HISTORICAL, (HISTORY, HISTORY))
    assert len(found) == 17


def test_no_table_is_emptied_at_one_stroke(closed, plan, segretario, nucleo):
    decided(frozen(requested(plan, segretario)), nucleo)
    connection.check_constraints()
    found = {}
    for model in (Result, Validation, RoundPassage, PackageFile):
        table = model._meta.db_table
        whole = f'TRUNCATE "{table}" CASCADE' if connection.vendor == "postgresql" else f'DELETE FROM "{table}"'
        found[table] = refused(whole)
    assert None not in found.values()
