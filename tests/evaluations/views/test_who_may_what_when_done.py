"""Who may do what once things are done: a verification closed, the Relazione final, a package decided."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import get_resolver, reverse

from evaluations.reporting import begin_report
from evaluations.rounds import attach, close, open_round
from organisation.roles import Role
from tests.reports import frozen_report
from tests.results import ON, confirm_all
from tests.this_year import YEAR
from tests.validations import decided, frozen, requested

pytestmark = pytest.mark.django_db
WHO = ("ufficio", "altrove", "responsabile", "segretario", "nucleo", "lettura")
TABLE = {
    # An address and a method: the status for each of WHO. Nothing of it writes. What is different from the time when
    # all was open stands here, and what must not be; the rest is in objectives/views/test_who_may_what.py.
    ("evidence", "get"): "200 403 200 200 200 403",
    ("evidence_aside", "post"): "422 403 422 403 403 403",
    ("report_approve", "post"): "403 403 403 422 403 403",
    ("report_begin", "post"): "403 403 403 302 403 403",
    ("report_freeze", "post"): "403 403 403 302 403 403",
    ("report_pdf", "get"): "200 200 200 200 200 200",
    ("report_sector", "post"): "422 403 422 422 403 403",
    ("report_send", "post"): "403 403 403 302 403 403",
    ("report_text", "post"): "403 403 403 422 403 403",
    ("report_unfreeze", "post"): "403 403 403 422 403 403",
    ("round_average", "post"): "403 403 403 302 403 403",
    ("round_close", "post"): "403 403 403 302 403 403",
    ("round_confirm", "post"): "403 403 302 403 403 403",
    ("round_move", "post"): "403 403 403 302 403 403",
    ("round_people", "get"): "403 200 200 200 200 403",
    ("round_reopen", "post"): "403 403 403 302 403 403",
    ("round_save", "post"): "400 403 400 403 403 403",
    ("round_sector", "post"): "302 403 302 403 403 403",
    ("round_sheet", "get"): "200 200 200 200 200 200",
    ("round_take_back", "post"): "403 403 302 302 403 403",
    ("validation_decide", "post"): "403 403 403 403 302 403",
    ("validation_file", "get"): "200 200 200 200 200 200",
    ("validation_pdf", "post"): "302 302 302 302 302 302",
    ("validation_remark", "post"): "403 403 403 403 302 403",
    ("validation_request", "post"): "403 403 403 302 403 403",
    ("validation_sent_zip", "get"): "200 200 200 200 200 200",
    ("validation_sheet", "post"): "403 403 403 403 302 403",
}  # fmt: skip


@pytest.fixture(autouse=True)
def _in_silence(caplog):
    """Refusals are what this asks for: they need not be written down."""
    caplog.set_level(logging.CRITICAL, logger="django.request")


@pytest.fixture
def facts(plan, sheet, finanziario, of_finanziario, ufficio, responsabile, segretario, nucleo, make_person, caluso):
    """The keys of what is done: FINANZIARIO and TECNICO are confirmed and closed."""
    verification = open_round(plan, "FINALE", on=ON, by=segretario)
    prova = attach(verification, sheet.objective_id, None, SimpleUploadedFile("a.txt", b"prova"), "", by=ufficio)
    confirm_all(verification, make_person("tutto", (caluso, Role.RESPONSABILE)))
    final = close(verification, by=segretario)
    frozen_report(begin_report(plan, by=segretario), final)
    done = decided(frozen(requested(plan, segretario)), nucleo)
    return {
        "pk": {"round": finanziario.pk, "evidence": prova.pk, "validation": done.pk},
        "objective": sheet.objective_id, "sector": finanziario.pk, "sheet": done.files.first().sheet_id,
        "file": done.files.first().pk, "act": done.act.slug,
    }  # fmt: skip


def address(name, facts):
    """Where `name` leads for what is done."""
    kind = name.split("_")[0]
    pk = facts["objective"] if name in {"round_average", "round_sheet"} else facts["pk"].get(kind)
    known = {**facts, "slug": "caluso", "year": YEAR, "kind": "finale", "pk": pk}
    wanted = get_resolver().reverse_dict.getlist(name)[0][0][0][1]
    return reverse(name, kwargs={parameter: known[parameter] for parameter in wanted})


def answered(client, method, path):
    """The status of an answer, with "+" where something was written; then all is as it was before."""
    written = []

    def watch(execute, sql, *others):
        written.extend([sql] if sql.startswith(("INSERT", "UPDATE", "DELETE")) else [])
        return execute(sql, *others)

    with transaction.atomic(), connection.execute_wrapper(watch):
        status = getattr(client, method)(path).status_code
        transaction.set_rollback(True)
    return f"{status}+" if written else str(status)


def test_what_is_done_stays_as_it_is(request, signed_in, facts, altrove, estraneo):
    clients = [signed_in(request.getfixturevalue(person)) for person in WHO]
    found = {
        (name, method): " ".join(answered(client, method, address(name, facts)) for client in clients)
        for name, method in TABLE
    }
    assert found == TABLE
    for client, status in ((signed_in(estraneo), "404"), (Client(), "302")):
        assert {answered(client, method, address(name, facts)) for name, method in TABLE} == {status}


def test_a_number_that_is_no_key_is_nowhere(signed_in, facts, segretario):
    client = signed_in(segretario)
    for name in ("round_sheet", "round_sheet_pdf"):
        assert client.get(reverse(name, args=["caluso", YEAR, "finale", 10**30])).status_code == 404
