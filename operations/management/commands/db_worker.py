"""db_worker: works off what pages leave for later, and leaves signs of life while it does."""

from typing import Any

from django_tasks_db.management.commands.db_worker import Command as Worker

from operations.worker_life import signs_of_life


class Command(Worker):
    """The library's own worker, seen alive from `/salute/pronto/`."""

    def handle(self, **options: Any) -> None:
        """Work."""
        with signs_of_life():
            super().handle(**options)
