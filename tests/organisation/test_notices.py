"""E-mails: written with the deed, sent by the worker, tried again with growing waits, never sent twice."""

from datetime import timedelta
from itertools import pairwise

import pytest
from django.core import mail
from django.db import transaction
from django_tasks_db.models import DBTaskResult

from organisation.models import Notice, User
from organisation.notices import write_notices
from organisation.sending import NO_ADDRESS, NOT_WAITING, WAITS, send
from organisation.tasks import send_notice
from tests.at_once import at_once
from tests.factories import make_entity

pytestmark = pytest.mark.django_db
SERVERS = "tests.organisation.mail_servers."


def with_mail(username, **facts):
    """A person with an e-mail address."""
    return User.objects.create_user(username=username, email=f"{username}@esempio.invalid", **facts)


def write(entity, *people):
    """Write a notice to each of these people."""
    return write_notices(
        entity, people, "FINANZIARIO n° 1: da approvare", "Anna ha inviato la scheda.", "/caluso/bozze/7/"
    )


@pytest.fixture
def notice(caluso):
    """A notice that waits to be sent."""
    (written,) = write(caluso, with_mail("segretario"))
    return written


def jobs():
    return DBTaskResult.objects.filter(task_path=send_notice.module_path)


def work():
    """Do what a worker does with the jobs that wait now, as if each one's time had come."""
    for job in jobs().filter(status="READY"):
        job.claim("worker")
        job.set_successful(send_notice.call(**job.args_kwargs["kwargs"]))


def now(notice):
    return Notice.objects.get(pk=notice.pk)


def test_the_worker_sends_it_to_the_person_with_a_link(notice, settings):
    settings.SITE_URL = "https://perf.comune.esempio.it"
    work()
    (message,) = mail.outbox
    assert (message.to, message.subject) == (["segretario@esempio.invalid"], "FINANZIARIO n° 1: da approvare")
    assert message.body == (
        "Anna ha inviato la scheda.\n\nPagina: https://perf.comune.esempio.it/caluso/bozze/7/\n\n-- \n"
        "Caluso Perf per Comune di Caluso. Messaggio automatico: le risposte non le legge nessuno.\n"
    )
    assert (now(notice).sent_at is not None, now(notice).attempts, now(notice).problem) == (True, 1, "")


def test_the_mail_of_a_demonstration_says_so(esempio):
    write(esempio, with_mail("segretario"))
    work()
    assert mail.outbox[0].subject == "[DATI DIMOSTRATIVI] FINANZIARIO n° 1: da approvare"


def test_it_stands_or_falls_with_the_deed(caluso):
    person = with_mail("segretario")
    with transaction.atomic():
        write(caluso, person)
        transaction.set_rollback(True)
    assert (Notice.objects.count(), jobs().count()) == (0, 0)


def test_who_has_no_address_or_no_access_is_left_out_and_nobody_gets_it_twice(caluso):
    person, former = with_mail("segretario"), with_mail("cessato", is_active=False)
    written = write(caluso, person, former, User.objects.create_user(username="senza"), person)
    assert [notice.to for notice in written] == [person]


def test_a_subject_stays_on_one_line(caluso):
    (notice,) = write_notices(caluso, [with_mail("segretario")], "Prima\nBcc: tutti@esempio.invalid", "Testo")
    assert notice.subject == "Prima Bcc: tutti@esempio.invalid"


def test_a_job_that_comes_again_finds_nothing_to_send(notice):
    work()
    assert send_notice.call(pk=notice.pk) == NOT_WAITING
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("server", ["Down", "Full"])
def test_what_the_server_did_not_take_is_tried_five_times_with_growing_waits(notice, settings, server):
    settings.EMAIL_BACKEND = SERVERS + server
    for attempt in range(1, 6):
        work()
        assert (now(notice).attempts, now(notice).claimed_at) == (attempt, None)
    work()
    assert now(notice).attempts == 5
    assert now(notice).problem.startswith("Tentativo 5: ")
    waits = [job.run_after - job.enqueued_at for job in jobs().filter(run_after__year__lt=9999).order_by("run_after")]
    assert [timedelta(seconds=round(wait.total_seconds())) for wait in waits] == list(WAITS)
    assert all(later > earlier for earlier, later in pairwise(WAITS))


def test_it_goes_out_once_the_server_is_back(notice, settings):
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = SERVERS + "Down"
    work()
    settings.EMAIL_BACKEND = usual
    work()
    assert (len(mail.outbox), now(notice).attempts, now(notice).problem) == (1, 2, "")


def test_where_nobody_knows_whether_it_left_it_is_not_sent_again(notice, settings):
    usual = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = SERVERS + "BrokenOff"
    work()
    settings.EMAIL_BACKEND = usual
    work()
    assert send_notice.call(pk=notice.pk) == NOT_WAITING
    assert (mail.outbox, now(notice).sent_at, now(notice).claimed_at is None) == ([], None, False)
    assert now(notice).problem.startswith("Non si sa se il messaggio è partito")


def test_who_lost_the_address_meanwhile_gets_nothing(notice):
    person = notice.to
    person.email = ""
    person.save()
    work()
    assert (mail.outbox, now(notice).problem, now(notice).claimed_at) == ([], NO_ADDRESS, None)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_it_once():
    (notice,) = write(make_entity(), with_mail("segretario"))
    at_once(*[lambda: send(notice.pk, WAITS.index)] * 2)
    assert len(mail.outbox) == 1
