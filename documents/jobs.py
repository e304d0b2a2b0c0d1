"""Jobs of the background worker that make files: whether one will ever end."""

from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult


def died(job: DBTaskResult) -> bool:
    """Tell whether a job was begun so long ago that its worker must have been stopped in the middle."""
    return bool(
        job.status == TaskResultStatus.RUNNING
        and job.started_at
        and timezone.now() - job.started_at > timedelta(seconds=settings.PDF_LONGEST_SECONDS)
    )
