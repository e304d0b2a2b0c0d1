"""A worker is killed in the middle of its task: another one does it, soon, and whatever the clocks say."""

import time
from threading import Event

import pytest
from django.core.cache import cache
from django_tasks_db.models import DBTaskResult

from operations.taking_back import ATTEMPTS, take_back
from operations.worker_life import Watch, is_alive, leave_sign, seconds_since_sign, signs_of_life
from organisation.tasks import send_notice

pytestmark = pytest.mark.django_db


class Clock:
    """A clock that only goes forward, as far as it is told."""

    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def clock():
    """What the watching worker goes by."""
    cache.clear()
    return Clock()


@pytest.fixture
def watch(clock):
    """What that worker has seen of others."""
    return Watch(clock)


@pytest.fixture
def begun(db):
    """A task that the worker "first" has begun; there is no such notice, so that it ends at once."""
    send_notice.enqueue(pk=0)
    task = DBTaskResult.objects.get()
    task.claim("first")
    leave_sign("first", 1)
    return task


def now(task):
    task.refresh_from_db()
    return task.status, task.worker_ids, task.started_at is not None


def test_a_task_goes_back_when_its_worker_was_silent_for_a_minute(begun, watch, clock):
    assert take_back(watch) == 0
    clock.seconds += 59
    assert take_back(watch) == 0
    clock.seconds += 1
    assert (take_back(watch), now(begun)) == (1, ("READY", ["first"], False))
    assert DBTaskResult.objects.ready().get() == begun


def test_a_worker_that_leaves_signs_keeps_its_task_however_long_it_takes(begun, watch, clock):
    for number in range(2, 40):
        clock.seconds += 50
        leave_sign("first", number)
        assert take_back(watch) == 0
    assert now(begun) == ("RUNNING", ["first"], True)


def test_who_has_just_started_watches_before_it_judges(begun, clock):
    clock.seconds += 10_000
    assert take_back(Watch(clock)) == 0


def test_what_kills_its_workers_is_given_up(begun, watch, clock):
    for name in ("second", "third"):
        take_back(watch)
        clock.seconds += 60
        assert take_back(watch) == 1
        begun.refresh_from_db()
        begun.claim(name)
    take_back(watch)
    clock.seconds += 60
    assert (take_back(watch), now(begun)) == (0, ("FAILED", ["first", "second", "third"], True))
    assert len(begun.worker_ids) == ATTEMPTS
    assert begun.exception_class_path == "operations.taking_back.WorkersDiedError"


def test_a_task_that_ended_meanwhile_stays_ended(begun, watch, clock):
    take_back(watch)
    clock.seconds += 60
    begun.set_successful("spedito")
    assert (take_back(watch), now(begun)[0]) == (0, "SUCCESSFUL")


@pytest.mark.parametrize("jump", [-2 * 3600, 2 * 24 * 3600])
def test_after_a_jump_of_the_clock_only_a_new_sign_counts(db, monkeypatch, jump):
    cache.clear()
    leave_sign()
    before = time.time()
    monkeypatch.setattr(time, "time", lambda: before + jump)
    assert (is_alive(), seconds_since_sign()) == (False, pytest.approx(abs(jump), abs=5))
    leave_sign()
    assert (is_alive(), seconds_since_sign()) == (True, 0)


@pytest.mark.django_db(transaction=True)
def test_a_worker_looks_after_the_others_while_it_works(settings):
    settings.WORKER_SILENCE_SECONDS = 0.1
    looked = Event()
    with signs_of_life("this-one", looked.set):
        assert looked.wait(10)
        assert is_alive()
