"""Work outside a request: freezing a package, printing what was validated.

A job that fails leaves a sentence on its validation (`problem`) and can be asked for again; what it had made is kept.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from documents.models import DamagedDocumentError
from documents.render import PdfUnavailable
from documents.seal import SealUnavailable
from evaluations.choices import ValidationState
from evaluations.models import Validation
from evaluations.packages.preparing import prepare
from evaluations.packages.validated import print_validated
from organisation.recording import recording

UNEXPECTED = "La preparazione si è interrotta per un errore imprevisto ({kind}). Se si ripete, serve l'assistenza."

WHOLE = ("plan__entity", "act__entity", "report__plan", "report__document", "report__round__plan__entity")


@task()
def freeze_package(validation: int) -> int:
    """Freeze the package of a validation, and return its number."""
    return _make(prepare, validation)


@task()
def print_decision(validation: int) -> int:
    """Print the files that say what the Nucleo validated, and return the number of the validation."""
    return _make(print_validated, validation)


def begin(validation: Validation) -> None:
    """Queue what comes next for a validation. In a transaction, the job exists if the deed does."""
    _job(validation).enqueue(validation=validation.pk)


def asked(validation: Validation) -> Any:
    """Return the jobs that were queued for what comes next."""
    named = {"args": [], "kwargs": {"validation": validation.pk}}
    return DBTaskResult.objects.filter(task_path=_job(validation).module_path, args_kwargs=named)


def _job(validation: Validation) -> Any:
    return freeze_package if validation.state == ValidationState.IN_PREPARAZIONE else print_decision


def _make(work: Callable[[Validation, int], Validation], validation: int) -> int:
    found = Validation.objects.select_related(*WHOLE).get(pk=validation)
    try:
        return work(found, settings.PDF_PROCESSES).pk
    except (PdfUnavailable, DamagedDocumentError, SealUnavailable) as reason:
        _failed(validation, str(reason))
        raise
    except Exception as reason:
        _failed(validation, UNEXPECTED.format(kind=type(reason).__name__))
        raise


def _failed(validation: int, problem: str) -> None:
    found = Validation.objects.get(pk=validation)
    found.problem = problem
    with recording(by=None, why="Preparazione non riuscita"):
        found.save()
