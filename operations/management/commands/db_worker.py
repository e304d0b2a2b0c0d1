"""db_worker: works off what pages leave for later, leaves signs of life, and takes over what dead workers began."""

from typing import Any

from django_tasks_db.management.commands.db_worker import Command as Worker

from operations.taking_back import looking_after_others
from operations.worker_life import signs_of_life


class Command(Worker):
    """The library's own worker, seen alive from `/salute/pronto/`."""

    def handle(self, *, worker_id: str, **options: Any) -> None:
        """Work."""
        with signs_of_life(worker_id, looking_after_others()):
            super().handle(worker_id=worker_id, **options)
