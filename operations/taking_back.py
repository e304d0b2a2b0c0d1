"""Tasks whose worker was killed in the middle are done by another one.

Every task may be done twice: what it made is found again, and an e-mail is claimed before it is sent (ADR 0016). So it
does no harm where a worker that only stood still goes on after all.
"""

from functools import partial

from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from operations.worker_life import Watch

ATTEMPTS = 3
"""A task that outlived so many workers may be what kills them: it fails, and whoever wants it asks for it again."""


class WorkersDiedError(Exception):
    """Every worker that began the task was killed."""


def take_back(watch: Watch) -> int:
    """Give the tasks of workers that fell silent back to the queue; return how many there were."""
    running = list(DBTaskResult.objects.running().only("worker_ids"))
    silent = watch.silent(task.worker_ids[-1] for task in running if task.worker_ids)
    lost = [task for task in running if task.worker_ids and task.worker_ids[-1] in silent]
    return sum(map(_take_back, lost))


def _take_back(lost: DBTaskResult) -> bool:
    with transaction.atomic():
        running = DBTaskResult.objects.running().filter(pk=lost.pk, worker_ids=lost.worker_ids)
        task = running.select_for_update().first()
        if task is None:
            return False
        if len(task.worker_ids) >= ATTEMPTS:
            task.set_failed(WorkersDiedError(f"Its workers were killed, {ATTEMPTS} in turn."))
            return False
        task.status, task.started_at = TaskResultStatus.READY, None
        task.save(update_fields=["status", "started_at"])
        return True


def looking_after_others() -> partial[int]:
    """Return what a worker does now and then while it works."""
    return partial(take_back, Watch())
